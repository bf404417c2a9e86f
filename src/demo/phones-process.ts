/**
 * The process of all phones. It knows the definition, its own keys and the door's address, as phones do, and nothing of the
 * store: what it sends goes the way of every sheet. It tells how far the night is, now and then.
 */
import { parseArgs } from "node:util";
import { Courier } from "../client/courier.ts";
import { FileShelves } from "../client/shelf-node.ts";
import { Endpoints } from "../election/endpoints.ts";
import { utf8 } from "../ledger/bytes.ts";
import { parseVkey } from "../ledger/note.ts";
import { answerPings } from "../server/channel.ts";
import { ownFigures } from "../server/eyes/figures.ts";
import { clockText } from "./calendar.ts";
import { DemoKeys } from "./keys.ts";
import { Phones } from "./phones.ts";
import { Studio } from "./picture/studio.ts";
import { rest } from "./rest.ts";
import { clockOf, modelIn, outboxPath, readRun } from "./settings.ts";

/** Between two lines about progress, in milliseconds. */
const TELL_EVERY = 30_000;
/** Sheets under way at once: the phones of an island share this machine with everything else. */
const AT_ONCE = 32;

const { values } = parseArgs({ options: { data: { type: "string" } } });
const { data } = values;
if (data === undefined) throw new TypeError("the phones need --data");
const run = readRun(data);
const clock = clockOf(run);
// The same machine's disk holds what they send and what is received; a power cut here is none of theirs.
const shelves = new FileShelves(outboxPath(data), { flush: false });
const studio = new Studio();
const phones = await Phones.open({
  model: modelIn(data),
  seed: run.seed,
  election: run.tag,
  keys: new DemoKeys(run.seed),
  clock,
  shelves,
  courierOf: (station, signer, shelf) =>
    Courier.open({
      signer,
      region: station,
      election: run.tag,
      vkeyOf: (log) => run.vkeys[log] ?? null,
      endpoints: endpointsOf(),
      shelf,
      fetch,
      clock: Date.now,
      ticks: () => performance.now(),
      random: Math.random,
      rest,
      photosAt: () => run.photos,
    }),
  studio,
  atOnce: AT_ONCE,
  log: (line) => tell(`phone: ${line}`),
});
const stopping = new AbortController();
const stop = () => stopping.abort();
// Ctrl-C reaches the whole group; the supervisor decides when its children stop.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", stop);
process.on("disconnect", stop);
answerPings(ownFigures(() => ({})));
process.send?.(`${phones.left}`);

const telling = setInterval(() => {
  tell(`${clockText(clock.now())}: ${phones.sent} lembar terkirim, ${phones.left} lagi / sheets sent, to come`);
}, TELL_EVERY);
await phones.run(stopping.signal);
clearInterval(telling);
if (!stopping.signal.aborted) tell(`semua lembar terkirim / all sheets are sent: ${phones.sent}`);
shelves.close();
await studio.close();
// Nothing more to do, but an end would be taken for an accident.
if (!stopping.signal.aborted) await new Promise((resolve) => stopping.signal.addEventListener("abort", resolve));
process.exit(0);

function endpointsOf(): Endpoints {
  const endpoints = new Endpoints({ centre: parseVkey(run.centre), electionTag: run.tag, random: Math.random });
  endpoints.learn(utf8(run.endpoints));
  return endpoints;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
