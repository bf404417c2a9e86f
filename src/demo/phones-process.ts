/**
 * The process of all phones. It knows the definition, its own keys and the door's address, as phones do, and nothing of the
 * store: what it sends goes the way of every sheet. It tells how far the night is, now and then.
 */
import { parseArgs } from "node:util";
import { answerPings } from "../server/channel.ts";
import { ownFigures } from "../server/eyes/figures.ts";
import { clockText } from "./calendar.ts";
import { DoorClient } from "./door-client.ts";
import { DemoKeys } from "./keys.ts";
import { Outbox } from "./outbox.ts";
import { Phones } from "./phones.ts";
import { clockOf, modelIn, outboxPath, readRun } from "./settings.ts";

/** Between two lines about progress, in milliseconds. */
const TELL_EVERY = 30_000;
/** The phones of an island share this machine with everything else. */
const CONNECTIONS = 16;
const AT_ONCE = 48;

const { values } = parseArgs({ options: { data: { type: "string" } } });
const { data } = values;
if (data === undefined) throw new TypeError("the phones need --data");
const run = readRun(data);
const clock = clockOf(run);
const outbox = new Outbox(outboxPath(data));
const client = new DoorClient({
  door: run.door,
  election: run.tag,
  vkeys: new Map(Object.entries(run.vkeys)),
  clock: Date.now,
  connections: CONNECTIONS,
});
const phones = new Phones({
  model: modelIn(data),
  seed: run.seed,
  election: run.tag,
  keys: new DemoKeys(run.seed),
  clock,
  outbox,
  client,
  atOnce: AT_ONCE,
  log: (line) => tell(`phone refused: ${line}`),
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
  tell(`${clockText(clock.now())}: ${outbox.sentCount} lembar terkirim, ${phones.left} lagi / sheets sent, to come`);
}, TELL_EVERY);
await phones.run(stopping.signal);
clearInterval(telling);
if (!stopping.signal.aborted) tell(`semua lembar terkirim / all sheets are sent: ${outbox.sentCount}`);
client.close();
// Nothing more to do, but an end would be taken for an accident.
if (!stopping.signal.aborted) await new Promise((resolve) => stopping.signal.addEventListener("abort", resolve));
process.exit(0);

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
