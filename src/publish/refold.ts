/**
 * Brings a fold to exactly the state of an edition that exists already, at a start.
 *
 * With snapshots it reads what came after them, log by log; without, it reads the whole store in order of arrival, which is
 * one scan instead of thousands. Either way the logs' roots and the results must come out as that edition says. If they do
 * not with snapshots, a snapshot was wrong, and all is folded again without; if they do not even then, program or store
 * are not those that made the edition, and nothing may be published.
 */
import { NATION, plenoLog } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Build } from "../tally/build.ts";
import { PORTION, type Tally } from "../tally/fold.ts";
import type { AboutObject } from "../tally/output.ts";
import type { Cut, Edition } from "./edition.ts";
import type { PublishIndex } from "./index-db.ts";
import { restoreUnits } from "./snapshots.ts";

/** What is folded from the store is not what an edition published. */
export class RebuildDiffers extends Error {
  override readonly name = "RebuildDiffers";

  constructor(edition: number, what: string) {
    super(
      `edition ${edition} cannot be rebuilt: ${what} differs. ` +
        "Publish with the program and the store that made it; nothing was changed",
    );
  }
}

export interface Refold {
  readonly tally: Tally;
  /** Every object of that state; null if it was folded with snapshots, or if there is no edition. */
  readonly objects: readonly AboutObject[] | null;
}

export interface RefoldOptions {
  readonly store: Store;
  readonly index: PublishIndex;
  readonly newTally: () => Tally;
  readonly vkeyOf: (log: LogName) => string;
  readonly log: (line: string) => void;
}

/** A fold at the cut of `edition`, which is null before the first. @throws RebuildDiffers */
export async function refold(options: RefoldOptions, edition: Edition | null, cut: Cut): Promise<Refold> {
  const { index, newTally, log } = options;
  if (!edition) return { tally: newTally(), objects: null };
  const quick = newTally();
  if (await restore(options, quick, cut)) {
    const difference = await complete(options, quick, edition, cut, []);
    if (difference === null) return { tally: quick, objects: null };
    log(`the snapshots are dropped, since with them ${difference} differs; folding from the first statement`);
    index.dropUnits();
  }
  const tally = newTally();
  await scan(options.store, tally, cut);
  const objects: AboutObject[] = [];
  const difference = await complete(options, tally, edition, cut, objects);
  if (difference !== null) throw new RebuildDiffers(edition.number, difference);
  return { tally, objects };
}

/** Restores what fits; false if nothing does, so that scanning the store is the better way. */
async function restore({ store, index, log }: RefoldOptions, tally: Tally, cut: Cut): Promise<boolean> {
  // The definition comes first: snapshots are laid out by it.
  await readTo(store, tally, plenoLog(NATION), cut);
  if (!tally.model) return false;
  try {
    const { restored, unfit } = restoreUnits(index, tally, cut);
    if (unfit > 0) log(`${unfit} of ${unfit + restored} snapshots do not fit; their kecamatan are folded anew`);
    return restored > 0;
  } catch (error) {
    log(`the snapshots are dropped, since one cannot be restored: ${error instanceof Error ? error.message : error}`);
    index.dropUnits();
    return false;
  }
}

/** Reads what is missing up to the cut and builds into `objects`; the name of what differs from the edition, if anything does. */
async function complete(
  { store, vkeyOf }: RefoldOptions,
  tally: Tally,
  edition: Edition,
  cut: Cut,
  objects: AboutObject[],
): Promise<string | null> {
  for (const log of cut.keys()) await readTo(store, tally, log, cut);
  for (const [log, { size, root }] of cut) {
    if (tally.size(log) !== size || toHex(tally.root(log)) !== root) return `the log ${log} at ${size}`;
  }
  const build = tally.build(vkeyOf, ({ bytes: _, ...about }) => objects.push(about));
  return differs(build, edition);
}

/** What of an edition a build does not agree with; null if it agrees. */
export function differs(build: Build, edition: Edition): string | null {
  for (const contest of new Set([...Object.keys(build.results), ...Object.keys(edition.results)])) {
    const kind = contest as keyof Edition["results"];
    if (build.results[kind] !== edition.results[kind]) return `the result of ${contest}`;
  }
  if (build.districts !== edition.districts) return "the tree of districts";
  return build.heads === edition.heads ? null : "the tree of heads";
}

async function readTo(store: Store, tally: Tally, log: LogName, cut: Cut): Promise<void> {
  const size = cut.get(log)?.size ?? 0;
  const from = tally.offered(log);
  if (from >= size) return;
  for (const entry of await store.read(log, from, size)) tally.add(log, entry);
}

/** Reads the store in order of arrival until the cut is complete, leaving out what comes after it in each log. */
async function scan(store: Store, tally: Tally, cut: Cut): Promise<void> {
  let missing = 0;
  for (const { size } of cut.values()) missing += size;
  for (let cursor = 0; missing > 0; ) {
    const { entries, cursor: next, release } = await store.changes(cursor, PORTION);
    if (entries.length === 0) return;
    const within = entries.filter(({ log, index }) => index < (cut.get(log)?.size ?? 0));
    tally.addAll(within);
    release();
    missing -= within.length;
    cursor = next;
  }
}
