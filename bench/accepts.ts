/**
 * What accepting costs: sheets through the real door over HTTP, each durable before its receipt, counted against the processor
 * time of both processes that it takes (door and core), all threads, and that against the raw checks of signatures alone which
 * the same time would buy.
 *
 * Measured in both ways in which phones send: all of a station in one request, as a phone does that had no signal, and each
 * sheet in a request of its own.
 */
import { BALI, Data } from "./data.ts";
import { type Context, type Figure, seconds } from "./figure.ts";
import { rawVerifies } from "./machine.ts";
import { type Parcel, Phones, parcels, passesOf, together } from "./phones.ts";
import { ServerProcess } from "./server.ts";

const dataOf = () => new Data(BALI, { signed: true, kind: "empty" });

/** Stations whose sheets come first, until the code is compiled. */
const WARM_STATIONS = 1_200;
const CONNECTIONS = 128;
const RATIO = "accepts of one core's raw Ed25519 checks";
/** Percent: the bound for phones that send all of a station together. */
const AT_LEAST = 45;

export const prepare = (): Promise<void> => dataOf().statements({ sheets: false });

export async function run(context: Context): Promise<Figure[]> {
  const flushed = await measure(context, "a station's sheets in one request", together);
  const single = await measure(context, "each in its own request", (sheets) => sheets);
  return [
    { what: flushed.what, value: flushed.accepts, unit: "/s" },
    { what: `${RATIO}, a station's sheets in one request`, value: flushed.share, unit: "%", atLeast: AT_LEAST },
    { what: single.what, value: single.accepts, unit: "/s" },
    { what: `${RATIO}, each in its own request`, value: single.share, unit: "%" },
  ];
}

interface Accepts {
  readonly what: string;
  /** Per second of processor time. */
  readonly accepts: number;
  /** Of raw checks, in percent. */
  readonly share: number;
}

async function measure(
  { short }: Context,
  way: string,
  packed: (sheets: readonly Parcel[]) => readonly Parcel[],
): Promise<Accepts> {
  const data = dataOf().copy();
  const model = data.model();
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  const stations = data.reported(model);
  const passes = passesOf(data, model);
  const warm = parcels(nation, passes, stations.slice(0, WARM_STATIONS));
  const sheets = parcels(nation, passes, stations.slice(WARM_STATIONS, WARM_STATIONS + (short ? 800 : 4000)));
  await store.close();
  const before = rawVerifies(short ? 0.5 : 1.5).perCpuSecond;
  const core = await ServerProcess.start("core", data.dir);
  const door = await ServerProcess.start("intake", data.dir);
  const phones = new Phones(door.address, CONNECTIONS);
  await phones.sendAll(packed(warm), CONNECTIONS);
  const requests = packed(sheets);
  const cpu = [door.cpu(), core.cpu()] as const;
  const began = performance.now();
  await phones.sendAll(requests, CONNECTIONS);
  const took = seconds(began);
  const spent = { door: door.cpu() - cpu[0], core: core.cpu() - cpu[1] };
  phones.close();
  await Promise.all([door.stop(), core.stop()]);
  const raw = (before + rawVerifies(short ? 0.5 : 1.5).perCpuSecond) / 2;
  data.remove();
  const accepts = sheets.length / (spent.door + spent.core);
  process.stderr.write(
    `accepts, ${way}: ${sheets.length} in ${took.toFixed(1)} s and ${spent.door.toFixed(2)} + ${spent.core.toFixed(2)} s ` +
      `of processor time (door + core), ${(1e6 / accepts).toFixed(0)} µs each; a raw check ${(1e6 / raw).toFixed(0)} µs\n`,
  );
  return {
    what: `durable accepts per CPU second of door and core, ${way}`,
    accepts,
    share: (accepts / raw) * 100,
  };
}
