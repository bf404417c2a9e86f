/**
 * What was read without a line reaches the centre: one kecamatan alone, for what it costs both sides; then all halls of Bali at once,
 * as when the network of a province comes back, while the public reads.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { RegionCode } from "../src/election/codes.ts";
import { Endpoints, signEndpoints } from "../src/election/endpoints.ts";
import { fromHex } from "../src/ledger/bytes.ts";
import { ed25519Verifier } from "../src/ledger/note.ts";
import { keyName } from "../src/ledger/statement.ts";
import { loadKeys } from "../src/store/keys.ts";
import { centreKeys } from "../src/sync/centre-folder.ts";
import { signContact } from "../src/sync/contact.ts";
import { keepInSync, SyncAway } from "../src/sync/http.ts";
import { decodeMessages } from "../src/sync/messages.ts";
import { type OpenNode, openNode } from "../src/sync/node-folder.ts";
import { BALI, Data, FULL_BALI } from "./data.ts";
import { type Context, type Figure, seconds } from "./figure.ts";
import { hallFolder, kecamatanOf, prepareHalls, readingsIn } from "./halls.ts";
import { latencies, p99 } from "./readers.ts";
import { ServerProcess } from "./server.ts";

/** A kecamatan of this many stations is what is bounded. */
const STATIONS = 300;
const CONTESTS = 5;

const dataOf = ({ short }: Context) => new Data(short ? BALI : FULL_BALI, { signed: true, kind: "halls" });

export const prepare = (context: Context): Promise<void> => prepareHalls(dataOf(context));

export async function run(context: Context): Promise<Figure[]> {
  const data = dataOf(context).copy();
  const model = data.model();
  const readings = readingsIn(data);
  const halls = [...kecamatanOf(model)].sort(
    (a, b) => Math.abs(a.stationTo - a.stationFrom - STATIONS) - Math.abs(b.stationTo - b.stationFrom - STATIONS),
  );
  const nodes = await Promise.all(halls.map(({ code }) => openNode(hallFolder(data, code), Date.now)));
  const [intake, publish, site] = [
    await ServerProcess.start("intake", data.dir),
    await ServerProcess.start("publish", data.dir),
    await ServerProcess.start("public", data.dir),
  ];
  const counter = countSends();
  try {
    const [alone, aloneHall] = [nodes[0], halls[0]];
    if (alone === undefined || aloneHall === undefined) throw new RangeError("there is no kecamatan");
    const share = (STATIONS * CONTESTS) / ((aloneHall.stationTo - aloneHall.stationFrom) * model.contests.length);
    const before = { centre: intake.cpu(), hall: process.cpuUsage() };
    await reconnect(data, alone, intake.address);
    const { user, system } = process.cpuUsage(before.hall);
    const both = (intake.cpu() - before.centre + (user + system) / 1e6) * share;
    const quiet = await latencies(site.address, () => sleep(context.short ? 4_000 : 15_000));
    counter.sent = 0;
    const began = performance.now();
    let drained = 0;
    const busy = await latencies(site.address, async () => {
      await Promise.all(nodes.slice(1).map((node) => reconnect(data, node, intake.address)));
      drained = seconds(began);
    });
    const others = readings - (aloneHall.stationTo - aloneHall.stationFrom) * model.contests.length;
    return [
      {
        what: `a kecamatan of ${STATIONS} stations × ${CONTESTS} contests synced: processor time, both sides`,
        value: both,
        unit: "s",
        atMost: 5,
      },
      {
        what: `${nodes.length - 1} halls reconnecting at once, ${others} readings: drained after`,
        value: drained,
        unit: "s",
        atMost: 90,
      },
      { what: "the same: sends per statement", value: counter.sent / others, unit: "", atMost: 1.3 },
      { what: "public p99 while they do, over quiet", value: p99(busy) / p99(quiet), unit: "×", atMost: 1.2 },
    ];
  } finally {
    counter.end();
    await Promise.all(nodes.map((node) => node.close()));
    await Promise.all([intake, publish, site].map((server) => server.stop()));
    data.remove();
  }
}

/** Brings a hall and the centre up to date, with the patience that a laptop has. */
async function reconnect(data: Data, node: OpenNode, url: string): Promise<void> {
  const { settings, replica } = node;
  const secrets = loadKeys(`${data.dir}/keys`);
  const { centre } = centreKeys(settings.election, secrets);
  const election = settings.genesis.id.slice(0, 32);
  const key = fromHex(settings.genesis.centre);
  const endpoints = new Endpoints({
    centre: ed25519Verifier(keyName(settings.election, key), key),
    electionTag: election,
    random: Math.random,
  });
  endpoints.learn(signEndpoints({ election, number: 1, time: 1, urls: [url] }, centre));
  const done = new AbortController();
  await keepInSync({
    replica,
    region: settings.region as RegionCode,
    endpoints,
    contact: () => signContact(replica, settings.region, Date.now()),
    signal: done.signal,
    every: 1,
    report: (_, outcome) => {
      if (!(outcome instanceof SyncAway) && outcome.complete) done.abort();
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
