/**
 * The built-in server of the public folder against nginx on the same files: answers for each second of processor time. What is
 * asked for is what readers ask for, in the packing that every browser accepts; a mixture of files that change and files that
 * do not. The built-in one keeps what it has packed, nginx packs each answer anew unless files are packed beforehand, so the
 * plain answers are measured too: of these alone the ratio is bounded.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { hasNginx, startNginx } from "../e2e/nginx.ts";
import { publishedSite } from "../e2e/published-site.ts";
import type { Context, Figure } from "./figure.ts";
import { ServerProcess } from "./server.ts";

/** Requests of one measurement, and how many are under way at a time. */
const REQUESTS = 60_000;
const SHORT_REQUESTS = 12_000;
/** Before it is measured, for both: by then what is worth compiling is compiled. */
const WARM = 15_000;
const UNDER_WAY = 64;
const TICKS_PER_SECOND = 100;
/** Of nginx' answers per second of processor time. */
const LEAST_SHARE = 0.55;

const PATHS = [
  "checkpoint",
  "status.json",
  "now/ppwp.json",
  "now/ppwp/51.json",
  "now/ppwp/5101.json",
  "now/ppwp/510101.json",
];

export async function run({ short }: Context): Promise<Figure[]> {
  if (!hasNginx) {
    process.stderr.write("nginx is not installed: serving is not compared with it\n");
    return [];
  }
  const site = await publishedSite();
  const { dir, publicDir } = site.office;
  // A role starts where there is an election; this one reads its public folder alone.
  writeFileSync(join(dir, "store.db"), "");
  const ours = await ServerProcess.start("public", dir);
  const nginx = await startNginx(publicDir);
  const requests = short ? SHORT_REQUESTS : REQUESTS;
  try {
    const own = await perCpuSecond(ours.address, () => ours.cpu(), requests, "identity");
    const theirs = await perCpuSecond(nginx.url, () => cpuOf(nginx.workerPid), requests, "identity");
    const ownPacked = await perCpuSecond(ours.address, () => ours.cpu(), requests, "gzip");
    const theirsPacked = await perCpuSecond(nginx.url, () => cpuOf(nginx.workerPid), requests, "gzip");
    return [
      { what: "public files, built-in server: answers per second of processor time", value: own, unit: "/s" },
      { what: "the same files, nginx", value: theirs, unit: "/s" },
      { what: "built-in server, as a share of nginx", value: own / theirs, unit: "", atLeast: LEAST_SHARE },
      { what: "the same with gzip, which nginx makes anew for each answer", value: ownPacked / theirsPacked, unit: "" },
    ];
  } finally {
    await ours.stop();
    await nginx.close();
    site.close();
  }
}

/** Seconds of processor time that a process has taken. */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function perCpuSecond(base: string, cpu: () => number, requests: number, coding: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: UNDER_WAY });
  // First so that both are warm: what is packed is packed, what is compiled is compiled.
  await askAll(base, agent, WARM, coding);
  const before = cpu();
  await askAll(base, agent, requests, coding);
  agent.destroy();
  return requests / (cpu() - before);
}

async function askAll(base: string, agent: Agent, requests: number, coding: string): Promise<void> {
  let next = 0;
  const reader = async () => {
    while (next < requests) await ask(new URL(PATHS[next++ % PATHS.length] ?? "", base), agent, coding);
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, reader));
}

function ask(url: URL, agent: Agent, coding: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { "accept-encoding": coding } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().on("end", resolve);
    }).on("error", reject);
  });
}
