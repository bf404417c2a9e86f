/**
 * Brings a fold to exactly the state of an edition that exists already, at a start.
 *
 * If the index has the outlines of an edition, the kecamatan rest as that edition has them, and only what stands above them is
 * folded and built. Without, the whole store is read in order of arrival, which is one scan instead of thousands. Either way the
 * logs' roots and the results must come out as that edition says. If they do not with outlines, these are wrong, and all is
 * folded again without; if they do not even then, program or store are not those that made the edition, and nothing may be
 * published.
 */
import { NATION, plenoLog } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Build } from "../tally/build.ts";
import { PORTION, type Tally } from "../tally/fold.ts";
import type { AboutObject } from "../tally/output.ts";
import type { Cut, Edition } from "./edition.ts";
import type { PublicFolder } from "./folder.ts";
import type { PublishIndex } from "./index-db.ts";
import { outlinesOf, snapshotsWithin } from "./snapshots.ts";
import { publishedEntries } from "./tiles.ts";

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
  /** Every object of that state. */
  readonly objects: readonly AboutObject[];
}

export interface RefoldOptions {
  readonly store: Store;
  readonly index: PublishIndex;
  readonly folder: PublicFolder;
  readonly newTally: () => Tally;
  readonly vkeyOf: (log: LogName) => string;
  readonly log: (line: string) => void;
}

/** A fold at the cut of `edition`, by its outlines; null if that cannot be. */
export async function awaken(options: RefoldOptions, edition: Edition, cut: Cut): Promise<Tally | null> {
  const { store, index, folder, newTally, vkeyOf, log } = options;
  const tally = newTally();
  // The definition comes first: what rests is laid out by it.
  await readTo(store, tally, plenoLog(NATION), cut);
  const rest = {
    marks: cut,
    outlines: () => outlinesOf(index),
    saved: snapshotsWithin(index, cut, log),
    entries: (name: LogName, from: number, to: number) =>
      publishedEntries(folder, name, from, to, cut.get(name)?.size ?? 0),
  };
  let trouble: unknown;
  try {
    tally.rest(rest, vkeyOf);
    const difference = await complete(options, tally, edition, cut, []);
    if (difference === null) return tally;
    trouble = `${difference} differs`;
  } catch (error) {
    trouble = error instanceof Error ? error.message : error;
  }
  log(`outlines and snapshots are dropped, since with them edition ${edition.number} does not come out: ${trouble}`);
  index.dropSaved();
  return null;
}

/** A fold at the cut of `edition` from the first statement, with all objects of that state. @throws RebuildDiffers */
export async function refold(options: RefoldOptions, edition: Edition, cut: Cut): Promise<Refold> {
  const tally = options.newTally();
  await scan(options.store, tally, cut);
  const objects: AboutObject[] = [];
  const difference = await complete(options, tally, edition, cut, objects);
  if (difference !== null) throw new RebuildDiffers(edition.number, difference);
  return { tally, objects };
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
    if (tally.rests(log)) continue;
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
