/**
 * A kecamatan's laptop from a bundle to its first reading, with the real program: what it takes and how much memory it needs.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { plenoLog } from "../src/election/codes.ts";
import { ed25519Signer } from "../src/ledger/note.ts";
import { keyName, signStatement } from "../src/ledger/statement.ts";
import { OWN_REQUEST } from "../src/recap/wire/routes.ts";
import { signIn } from "../src/recap/wire/sign.ts";
import { loadKeys } from "../src/store/keys.ts";
import { readBundle } from "../src/sync/bundle.ts";
import { genesisOf, nodeVkey, receiveBundle } from "../src/sync/node-folder.ts";
import { BALI, Data } from "./data.ts";
import { type Figure, seconds } from "./figure.ts";
import { handTo, kecamatanOf, readingsOf, withCentre } from "./halls.ts";
import { seedOf } from "./nation.ts";

const CLI = join(import.meta.dirname, "..", "src", "cli", "teguh.ts");

const dataOf = () => new Data(BALI, { signed: true, kind: "hall" });

export const prepare = (): Promise<void> => dataOf().statements();

export async function run(): Promise<Figure[]> {
  const data = dataOf().copy();
  const model = data.model();
  // The largest there is: what is enough for it is enough for all.
  const region = [...kecamatanOf(model)].sort((a, b) => b.stationTo - b.stationFrom - (a.stationTo - a.stationFrom))[0];
  if (region === undefined) throw new RangeError("there is no kecamatan");
  const dir = join(data.dir, "laptop");
  const file = join(data.dir, "bundle");
  // The key of the laptop is made beforehand, so that the bundle can bring the hand-over: its folder is then made anew.
  const settings = await withCentre(data, async (centre, bundleOf) => {
    const first = readBundle(await bundleOf(region.code), { genesis: null, region: region.code });
    const made = await receiveBundle(dir, first, (count) => seedOf("laptop").subarray(0, count));
    await handTo(centre.sequencer, centre, data, plenoLog(region.code), nodeVkey(dir, made));
    writeFileSync(file, await bundleOf(region.code));
    return made;
  });
  for (const name of ["node.json", "store.db", "sync.db", "definition"])
    for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, name + end), { recursive: true, force: true });
  loadKeys(join(dir, "keys"));

  const began = performance.now();
  const ports = ["--public-port", "0", "--intake-port", "0", "--desk-port", "0", "--host", "127.0.0.1"];
  const args = [CLI, "start", "--kecamatan", region.code, "--bundle", file, "--data", dir, ...ports];
  const program = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const desk = await deskOf(program.stdout);
    const [reading] = readingsOf(model, region, genesisOf(settings).electionTag);
    if (reading === undefined) throw new RangeError("there is no station");
    const seed = seedOf(region.code);
    const signer = ed25519Signer(keyName(settings.election, publicKeyOf(seed)), seed);
    const ask = asker(desk);
    const { challenge } = JSON.parse(await ask("challenge", "{}")) as { challenge: string };
    await ask("session", JSON.stringify(signIn(settings.election, region.code, challenge, seed)));
    // The election of these figures is years away, and the desk asks whether the clock is right.
    await ask("safe/clock", "{}");
    await ask(`halls/${region.code}/statements`, signStatement("teguh/reading/v1", reading, [signer]));
    const taken = seconds(began);
    const megabytes = memoryOf(program.pid ?? 0);
    const stations = region.stationTo - region.stationFrom;
    return [
      { what: `bundle → first reading, a kecamatan of ${stations} stations`, value: taken, unit: "s", atMost: 30 },
      { what: "the same: most memory of all its processes", value: megabytes, unit: "MB", atMost: 512 },
    ];
  } finally {
    program.kill("SIGTERM");
    await once(program, "exit");
    data.remove();
  }
}

/** The address that the program prints for its desk. */
async function deskOf(stdout: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const piece of stdout) {
    text += String(piece);
    const found = /Plenary desk: (\S+)/.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  throw new Error(`the hall ended before it was ready:\n${text}`);
}

/** Asks the desk as its page does. */
function asker(desk: string): (path: string, body: string | Uint8Array) => Promise<string> {
  let cookie = "";
  return async (path, body) => {
    const [name, value] = OWN_REQUEST;
    const headers = { [name]: value, cookie, "content-type": "application/json" };
    const sent = typeof body === "string" ? body : new Uint8Array(body);
    const response = await fetch(`${desk}api/${path}`, { method: "POST", body: sent, headers });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) cookie = set.split(";")[0] ?? "";
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text;
  };
}

/** The most that a process and its children have held at a time, in megabytes. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const own = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_000;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return children.split(" ").reduce((sum, child) => (child === "" ? sum : sum + memoryOf(Number(child))), own);
}
