/**
 * What turning away costs, in processor time of the door and the core, against what accepting costs: each sheet in a request of its
 * own, over connections that stay open. A flood is borne by this ratio alone.
 */
import { BALI, Data } from "./data.ts";
import { type Context, type Figure, median } from "./figure.ts";
import { type Parcel, parcels, passesOf } from "./phones.ts";
import { ServerProcess } from "./server.ts";
import { sendOverWire, wireRequest } from "./wire.ts";

const dataOf = () => new Data(BALI, { signed: true, kind: "empty" });

export const prepare = (): Promise<void> => dataOf().statements({ sheets: false });

const CONNECTIONS = 64;
/** Stations whose sheets come first, until the code is compiled. */
const WARM_STATIONS = 1_200;
/** In each round so many stations send, then come the refusals; a machine changes its speed, so the ratio is taken in each. */
const ROUND_STATIONS = 600;
/** Times that a round's sheets come again in each kind: as often as one pass lets through. */
const REPEATED = 8;
const LEAST_ANSWERED = 0.95;

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
  const rounds = short ? 2 : 5;
  const passes = passesOf(data, model);
  const stations = data.reported(model);
  const parts = Array.from({ length: rounds + 1 }, (_, round) => {
    const from = round === 0 ? 0 : WARM_STATIONS + (round - 1) * ROUND_STATIONS;
    return parcels(nation, passes, stations.slice(from, WARM_STATIONS + round * ROUND_STATIONS));
  });
  await store.close();
  const core = await ServerProcess.start("core", data.dir);
  const door = await ServerProcess.start("intake", data.dir);
  const cpu = () => door.cpu() + core.cpu();
  /** Microseconds of processor time for each of these requests. */
  const cost = async (requests: readonly Buffer[], status: number): Promise<number> => {
    const before = cpu();
    const statuses = await sendOverWire(door.address, requests, CONNECTIONS);
    // On a machine that does much else the core can be away for a moment: a few are sent away then.
    const answered = statuses.get(status) ?? 0;
    if (answered < requests.length * LEAST_ANSWERED)
      throw new Error(`not all were answered with ${status}: ${JSON.stringify([...statuses])}`);
    return ((cpu() - before) * 1e6) / answered;
  };
  const costs = KINDS.map((): number[] => []);
  for (const [round, sheets] of parts.entries()) {
    const accept = await cost(sheets.map(wire), 200);
    const refusals: number[] = [];
    for (const { status, of } of KINDS) {
      const once = sheets.slice(-4 * ROUND_STATIONS).map(of);
      refusals.push(await cost(Array.from({ length: REPEATED }, () => once).flat(), status));
    }
    process.stderr.write(
      `refusals: an accept ${accept.toFixed(0)} µs, refusals ${refusals.map((one) => one.toFixed(1)).join(", ")} µs\n`,
    );
    // The first is for the code to be compiled.
    if (round > 0) for (const [kind, refusal] of refusals.entries()) costs[kind]?.push((refusal / accept) * 100);
  }
  await Promise.all([door.stop(), core.stop()]);
  data.remove();
  return KINDS.map(({ what, atMost }, kind) => ({
    what: `processor time of refusing ${what}, of an accept's`,
    value: median(costs[kind] ?? []),
    unit: "%",
    atMost,
  }));
}
