/**
 * Kecamatan that rest: the fold goes on from an edition without them, until something first asks for one. What stands above
 * needs of a kecamatan only its outline: the hash of its object and its sums. So a start costs what happens after it and not what
 * ever happened: of a nation's rows, 2 GB, it reads those that the next editions touch.
 *
 * What is brought back must come out as the edition has it: its logs by size and root, its objects by their hashes.
 */
import { plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import type { Contest } from "../election/model.ts";
import type { Hash } from "../ledger/hash.ts";
import { BOOKS, type BookName } from "./book.ts";
import type { LogName, SavedLog } from "./logs.ts";
import type { Plenary } from "./plenary.ts";
import type { Adjustment, ListSums, Sittings, Sums, Totals } from "./totals.ts";
import type { Block, SavedUnit, VoidEntry } from "./unit.ts";

/** A snapshot of one kecamatan: its books, its plenary and its two logs. Plain data. */
export interface SavedKecamatan {
  readonly unit: SavedUnit;
  readonly plenary: Plenary;
  readonly logs: readonly SavedLog[];
  readonly voids: readonly VoidEntry[];
  readonly adjustments: readonly Adjustment[];
}

/** How far an edition has a log. The root in hex. */
export interface Mark {
  readonly size: number;
  readonly root: string;
}

/** An edition, as far as a fold needs it to go on from there. */
export interface Rest {
  /** How far it has each log. */
  readonly marks: ReadonlyMap<LogName, Mark>;
  /** The outlines of all kecamatan that have any. */
  outlines(): Iterable<readonly [RegionCode, SavedOutline]>;
  /** The last snapshot of a kecamatan, which may be older than the edition; null if there is none. */
  saved(region: RegionCode): SavedKecamatan | null;
  /** Entries of a kecamatan's log. */
  entries(log: LogName, from: number, to: number): Iterable<Uint8Array>;
}

/** What stands above a kecamatan needs of it in one contest. */
export interface Outline {
  readonly object: Hash | null;
  readonly totals: Totals;
}

/** Plain data, for one definition. */
export interface SavedOutline {
  /** Index into `CONTEST_KINDS`. */
  readonly contest: number;
  /** How often custody of the kecamatan's plenary has moved. */
  readonly epoch: number;
  readonly object: Hash | null;
  readonly expected: number;
  readonly sittings: Sittings;
  readonly books: Record<BookName, SavedSums | null>;
}

type SavedSums = Omit<Sums, "lists"> & { readonly lists: readonly (readonly [district: string, ListSums])[] };

/** A kecamatan that was brought back is not what the edition has. */
export class RestingDiffers extends Error {
  override readonly name = "RestingDiffers";
  readonly region: RegionCode;

  constructor(region: RegionCode, what: string) {
    super(
      `kecamatan ${region} does not come out as it was published: ${what} differs; start again, to fold it from its first entry`,
    );
    this.region = region;
  }
}

export const logsOf = (kecamatan: RegionCode): [LogName, LogName] => [plenoLog(kecamatan), tpsLog(kecamatan)];

/** The region of a log of the fold. */
export const regionOf = (log: LogName): RegionCode => log.slice(log.indexOf("/") + 1) as RegionCode;

/** The outline of a block as last built. */
export function saveOutline({ contest, object, totals }: Block, epoch: number): SavedOutline {
  const save = (sums: Sums | null | undefined) =>
    sums ? { ...sums, lists: [...sums.lists].map(([{ code }, list]) => [code, list] as const) } : null;
  const books = { count: save(totals?.books.count), recap: save(totals?.books.recap) };
  return { contest, epoch, object, expected: totals?.expected ?? 0, sittings: totals?.sittings ?? {}, books };
}

/** Arrays of numbers are taken over. @throws RangeError if it names a district that the contest does not have */
export function restoreOutline({ object, expected, sittings, books }: SavedOutline, contest: Contest): Outline {
  const totals: Totals = { expected, sittings, books: { count: null, recap: null } };
  for (const name of BOOKS) {
    const sums = books[name];
    if (!sums) continue;
    const lists: Sums["lists"] = new Map();
    for (const [code, list] of sums.lists) {
      const district = contest.district(code);
      if (!district) throw new RangeError(`no district ${code} votes in ${contest.kind}`);
      lists.set(district, list);
    }
    totals.books[name] = { ...sums, lists };
  }
  return { object, totals };
}
