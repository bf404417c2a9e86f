/**
 * What was read without a line reaches the centre: one kecamatan alone, for what it costs both sides; then all halls of Bali at once,
 * as when the network of a province comes back, while the public reads.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { signEndpoints } from "../src/election/endpoints.ts";
import type { Region } from "../src/election/model.ts";
import { centreEndpoints } from "../src/server/hall-sync.ts";
import { loadKeys } from "../src/store/keys.ts";
import { centreKeys } from "../src/sync/centre-folder.ts";
import { signContact } from "../src/sync/contact.ts";
import { keepInSync } from "../src/sync/http.ts";
import { decodeMessages } from "../src/sync/messages.ts";
import { type OpenNode, openNode } from "../src/sync/node-folder.ts";
import { BALI, Data, FULL_BALI } from "./data.ts";
import { haveProcessor } from "./elsewhere.ts";
import { type Context, type Figure, p99, seconds } from "./figure.ts";
import { hallFolder, kecamatanOf, prepareHalls, readingsIn } from "./halls.ts";
import { latencies } from "./readers.ts";
import { ServerProcess } from "./server.ts";

/** A kecamatan of this many stations is what is bounded. */
const STATIONS = 300;
const CONTESTS = 5;

const dataOf = ({ short }: Context) => new Data(short ? BALI : FULL_BALI, { signed: true, kind: "halls" });

export const prepare = (context: Context): Promise<void> => prepareHalls(dataOf(context));

export async function run(context: Context): Promise<Figure[]> {
  return [await alone(dataOf(context)), ...(await together(dataOf(context), context.short ? 4_000 : 15_000))];
}

/** What it costs both sides when a kecamatan of the usual size comes back. */
async function alone(made: Data): Promise<Figure> {
  const data = made.copy();
  const { regions, contests } = data.model();
  const stations = ({ stationFrom, stationTo }: Region) => stationTo - stationFrom;
  const distance = (region: Region) => Math.abs(stations(region) - STATIONS);
  const [hall] = regions.filter(({ level }) => level === "kecamatan").sort((a, b) => distance(a) - distance(b));
  if (hall === undefined) throw new RangeError("there is no kecamatan");
  const node = await openNode(hallFolder(data, hall.code), Date.now);
  const centre = [await ServerProcess.start("core", data.dir), await ServerProcess.start("intake", data.dir)] as const;
  try {
    const began = process.cpuUsage();
    const before = cpuOf(centre);
    await reconnect(data, node, centre[1].address);
    const { user, system } = process.cpuUsage(began);
    const share = (STATIONS * CONTESTS) / (stations(hall) * contests.length);
    return {
      what: `a kecamatan of ${STATIONS} stations × ${CONTESTS} contests synced: processor time, both sides`,
      value: (cpuOf(centre) - before + (user + system) / 1e6) * share,
      unit: "s",
      atMost: 5,
    };
  } finally {
    await node.close();
    for (const server of centre.toReversed()) await server.stop();
    data.remove();
  }
}

/** All halls at once, while the public reads. `quiet`: milliseconds for which it reads before. */
async function together(made: Data, quiet: number): Promise<Figure[]> {
  const data = made.copy();
  const readings = readingsIn(data);
  const nodes = await Promise.all(
    kecamatanOf(data.model()).map(({ code }) => openNode(hallFolder(data, code), Date.now)),
  );
  const core = await ServerProcess.start("core", data.dir);
  const intake = await ServerProcess.start("intake", data.dir);
  const publish = await ServerProcess.start("publish", data.dir);
  const site = await ServerProcess.start("public", data.dir);
  const counter = countSends();
  try {
    const before = await latencies(site.address, () => sleep(quiet));
    const cpu = [core, intake, publish].map((server) => server.cpu());
    const began = performance.now();
    let drained = 0;
    const busy = await latencies(site.address, async () => {
      // Halls are other machines: what they compute is not to be taken from the centre's.
      haveProcessor("last");
      await Promise.all(nodes.map((node) => reconnect(data, node, intake.address)));
      drained = seconds(began);
    });
    const took = [core, intake, publish].map((server, i) => server.cpu() - (cpu[i] ?? 0));
    const halls = `${nodes.length} halls reconnecting at once, ${readings} readings`;
    return [
      { what: `${halls}: drained after`, value: drained, unit: "s", atMost: 90 },
      { what: "the same: sends per statement", value: counter.sent / readings, unit: "", atMost: 1.3 },
      { what: "public p99 while they do, over quiet", value: p99(busy) / p99(before), unit: "×", atMost: 1.2 },
      ...["core", "intake", "publisher"].map((role, i) => {
        return { what: `processor time of the ${role} meanwhile`, value: took[i] ?? 0, unit: "s" };
      }),
    ];
  } finally {
    counter.end();
    await Promise.all(nodes.map((node) => node.close()));
    for (const server of [site, publish, intake, core]) await server.stop();
    data.remove();
  }
}

const cpuOf = (servers: readonly ServerProcess[]): number => servers.reduce((sum, server) => sum + server.cpu(), 0);

/** Brings a hall and the centre up to date, with the patience that a laptop has. */
async function reconnect(data: Data, node: OpenNode, url: string): Promise<void> {
  const { settings, replica } = node;
  const { election, electionTag } = replica.home.genesis;
  const { centre } = centreKeys(election, loadKeys(join(data.dir, "keys")));
  const endpoints = centreEndpoints(node, Math.random);
  endpoints.learn(signEndpoints({ election: electionTag, number: 1, time: 1, urls: [url] }, centre));
  const done = new AbortController();
  await keepInSync({
    replica,
    region: settings.region,
    endpoints,
    contact: () => signContact(replica, settings.region, Date.now()),
    signal: done.signal,
    every: 1,
    report: (_, outcome) => {
      if (!(outcome instanceof Error) && outcome.complete) done.abort();
    },
  });
}

/** Counts the entries that leave this process for the centre. */
function countSends(): { sent: number; end(): void } {
  const { fetch } = globalThis;
  const counter = {
    sent: 0,
    end() {
      globalThis.fetch = fetch;
    },
  };
  globalThis.fetch = (input, init) => {
    if (init?.body instanceof Uint8Array)
      for (const message of decodeMessages(init.body))
        if (message.kind === "chunk") counter.sent += message.entries.length;
    return fetch(input, init);
  };
  return counter;
}
