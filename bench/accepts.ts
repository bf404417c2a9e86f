/**
 * What accepting costs: sheets through the real door over HTTP, each durable before its receipt, counted against the processor
 * time of the whole process, and that against the raw checks of signatures alone which the same time would buy.
 */
import { BALI, Data } from "./data.ts";
import { type Context, type Figure, seconds } from "./figure.ts";
import { rawVerifies } from "./machine.ts";
import { Phones, parcels, passesOf } from "./phones.ts";
import { ServerProcess } from "./server.ts";

const dataOf = () => new Data(BALI, { signed: true, kind: "empty" });

/** Stations whose sheets come first, until the code is compiled. */
const WARM_STATIONS = 600;
const CONNECTIONS = 128;

export const prepare = (): Promise<void> => dataOf().statements({ sheets: false });

export async function run({ short }: Context): Promise<Figure[]> {
  const data = dataOf().copy();
  const model = data.model();
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  const stations = data.reported(model);
  const passes = passesOf(data, model);
  const warm = parcels(nation, passes, stations.slice(0, WARM_STATIONS));
  const sent = parcels(nation, passes, stations.slice(WARM_STATIONS, WARM_STATIONS + (short ? 800 : 4000)));
  await store.close();
  const before = rawVerifies(short ? 0.5 : 1.5).perCpuSecond;
  const server = await ServerProcess.start("intake", data.dir);
  const phones = new Phones(server.address, CONNECTIONS);
  await phones.sendAll(warm, CONNECTIONS);
  const cpu = server.cpu();
  const began = performance.now();
  await phones.sendAll(sent, CONNECTIONS);
  const took = seconds(began);
  const spent = server.cpu() - cpu;
  phones.close();
  await server.stop();
  const raw = (before + rawVerifies(short ? 0.5 : 1.5).perCpuSecond) / 2;
  data.remove();
  const accepts = sent.length / spent;
  process.stderr.write(
    `accepts: ${sent.length} in ${took.toFixed(1)} s and ${spent.toFixed(2)} s of processor time, ` +
      `${((spent * 1e6) / sent.length).toFixed(0)} µs each; a raw check ${(1e6 / raw).toFixed(0)} µs\n`,
  );
  return [
    { what: "durable accepts per second of processor time, all of the door's process", value: accepts, unit: "/s" },
    {
      what: "the same, of the raw Ed25519 checks that one core makes in that time",
      value: (accepts / raw) * 100,
      unit: "%",
      atLeast: 45,
    },
  ];
}
