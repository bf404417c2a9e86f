/**
 * What turning away costs, in processor time of the door and the core, against what accepting costs: each sheet in a request of its
 * own, over connections that stay open. A flood is borne by this ratio alone.
 */
import { BALI, Data } from "./data.ts";
import type { Context, Figure } from "./figure.ts";
import { type Parcel, parcels, passesOf } from "./phones.ts";
import { ServerProcess } from "./server.ts";
import { sendOverWire, wireRequest } from "./wire.ts";

const dataOf = () => new Data(BALI, { signed: true, kind: "empty" });

export const prepare = (): Promise<void> => dataOf().statements({ sheets: false });

const CONNECTIONS = 64;
/** Stations whose sheets come first, until the code is compiled. */
const WARM_STATIONS = 1_200;
/** Of the door's memory of receipts, which a duplicate is answered from. */
const REPEATED = 8_000;

/** The kinds of refusal and the most that each may cost, in percent of an accept. */
const KINDS = [
  { what: "no pass", atMost: 7, status: 401, of: ({ bytes }: Parcel) => wireRequest("/sheet", bytes, null) },
  {
    what: "a forged pass",
    atMost: 9,
    status: 401,
    of: (sheet: Parcel) => wire({ ...sheet, authorization: forged(sheet) }),
  },
  { what: "a duplicate", atMost: 15, status: 200, of: wire },
] as const;

function wire({ path, bytes, authorization }: Parcel): Buffer {
  return wireRequest(`/${path}`, bytes, authorization);
}

/** A pass of the right form whose MAC is not ours. */
function forged({ authorization }: Parcel): string {
  return `${authorization.slice(0, -24)}${"A".repeat(24)}`;
}

export async function run({ short }: Context): Promise<Figure[]> {
  const data = dataOf().copy();
  const model = data.model();
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  const stations = data.reported(model).slice(0, WARM_STATIONS + (short ? 800 : 4_000));
  const sheets = parcels(nation, passesOf(data, model), stations);
  await store.close();
  const warm = sheets.slice(0, WARM_STATIONS * 4);
  const fresh = sheets.slice(WARM_STATIONS * 4);
  const core = await ServerProcess.start("core", data.dir);
  const door = await ServerProcess.start("intake", data.dir);
  const cpu = () => door.cpu() + core.cpu();
  /** Microseconds of processor time for each of these requests. */
  const cost = async (requests: readonly Buffer[], status: number): Promise<number> => {
    const before = cpu();
    const statuses = await sendOverWire(door.address, requests, CONNECTIONS);
    if (statuses.get(status) !== requests.length)
      throw new Error(`not all were answered with ${status}: ${JSON.stringify([...statuses])}`);
    return ((cpu() - before) * 1e6) / requests.length;
  };
  await cost(warm.map(wire), 200);
  const accept = await cost(fresh.map(wire), 200);
  process.stderr.write(`refusals: an accept ${accept.toFixed(1)} µs\n`);
  const figures: Figure[] = [];
  for (const { what, atMost, status, of } of KINDS) {
    const once = fresh.slice(-REPEATED).map(of);
    // Twice over the same ones, so that what is measured is compiled too.
    const rounds = short ? 3 : 6;
    await cost(once, status);
    const all = Array.from({ length: rounds }, () => once).flat();
    const refusal = await cost(all, status);
    process.stderr.write(`refusals: ${what} ${refusal.toFixed(1)} µs\n`);
    figures.push({
      what: `processor time of refusing ${what}, of an accept's`,
      value: (refusal / accept) * 100,
      unit: "%",
      atMost,
    });
  }
  await Promise.all([door.stop(), core.stop()]);
  data.remove();
  return figures;
}
