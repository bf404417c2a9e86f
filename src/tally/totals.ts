/**
 * Sums of regions and districts: what they are, and how a child's are added to its parent's. Everything above a desa is the
 * sum of its children; what changed is added up again, so that no total can drift from its parts.
 */

import { hasParties, isWithin, type RegionCode } from "../election/codes.ts";
import { FIGURE_COUNT } from "../election/figures.ts";
import type { Contest, District, Region } from "../election/model.ts";
import { listsApart, partyNames } from "../election/party-names.ts";
import { FLAG_CODES } from "../election/rules.ts";
import type { Hash } from "../ledger/hash.ts";
import type { BookName } from "./book.ts";

/** A ruling that fixes a total without naming stations: a line of its own, *penyesuaian putusan*. */
export interface Adjustment {
  readonly contest: string;
  readonly district: string;
  readonly log: string;
  readonly index: number;
  /** Pairs column, delta. */
  readonly deltas: readonly (readonly [number, number])[];
}

/** Gives so many zeros. */
export type Cells = (count: number) => Float64Array;

/** Zeros of their own. */
export const ownCells: Cells = (count) => new Float64Array(count);

/** Zeros for sums that are needed only for a moment: all of them lie in one piece of memory, which is used again. */
export class Scratch {
  #memory = new Float64Array(1 << 15);
  #used = 0;

  /** From now on everything that was given is used again. */
  reset(): void {
    this.#used = 0;
  }

  readonly cells: Cells = (count) => {
    if (this.#used + count > this.#memory.length) {
      this.#memory = new Float64Array(2 * this.#memory.length + count);
      this.#used = 0;
    }
    this.#used += count;
    return this.#memory.subarray(this.#used - count, this.#used).fill(0);
  };
}

/**
 * Votes by column (or by party): posted; ever added by postings other than first reports; ever removed; shown but held. `null` for
 * nothing but zeros.
 */
export interface ListSums {
  readonly votes: Float64Array;
  raised: Float64Array | null;
  removed: Float64Array | null;
  held: Float64Array | null;
}

/** Those of them that are nearly always zeros. */
export const SPARSE_SUMS = ["held", "raised", "removed"] as const;

/** One book of one region and contest. */
export interface Sums {
  /** Stations with a statement; with votes; posted; held. */
  in: number;
  withVotes: number;
  posted: number;
  held: number;
  /** The 25 figures, over stations that are posted; what was not reported adds nothing. */
  readonly figures: Float64Array;
  /** By rule: stations flagged. */
  readonly flags: Float64Array;
  /** Candidates, for the districts whose container is this region or holds it. */
  readonly lists: Map<District, ListSums>;
  /** In contests with parties: their totals over all districts, in the order of the contest's parties. */
  readonly parties: ListSums | null;
  /** The region's own, which are in the sums. */
  readonly adjustments: Adjustment[];
}

/** How a plenary can stand once it has begun, in the order in which objects say it. */
export const SITTINGS = ["certified", "halted", "open", "paused"] as const;
/** How many plenaries of a region and of all within it stand so; of regions in which anything was reported. */
export type Sittings = Readonly<Partial<Record<(typeof SITTINGS)[number], number>>>;

/** A region in one contest. `expected`: stations that vote in it. A book is null until something of it is there. */
export interface Totals {
  readonly expected: number;
  readonly sittings: Sittings;
  readonly books: Record<BookName, Sums | null>;
}

/** The parties of a contest over all its districts, in the order of their numbers; for each district its own parties' places. */
export interface PartyIndex {
  readonly ids: readonly string[];
  /** See {@link partyNames}. */
  readonly names: ReadonlyMap<RegionCode, readonly Hash[]>;
  /** See {@link listsApart}. */
  readonly apart: ReadonlySet<RegionCode>;
  placesOf(district: District): Int16Array;
}

const indexed = new WeakMap<Contest, PartyIndex>();

/** The parties of a contest; null if it has none. */
export function partiesOf(contest: Contest): PartyIndex | null {
  if (!hasParties(contest.kind)) return null;
  const parties = indexed.get(contest) ?? indexParties(contest);
  indexed.set(contest, parties);
  return parties;
}

function indexParties(contest: Contest): PartyIndex {
  const numbers = new Map<string, number>();
  for (const { partyNumbers } of contest.districts) for (const { id, number } of partyNumbers) numbers.set(id, number);
  const ids = [...numbers].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1)).map(([id]) => id);
  const place = new Map(ids.map((id, i) => [id, i]));
  const known = new Map<District, Int16Array>();
  return {
    ids,
    names: partyNames(contest),
    apart: listsApart(contest),
    placesOf(district) {
      let places = known.get(district);
      if (!places) {
        places = Int16Array.from(district.partyNumbers, ({ id }) => place.get(id) ?? 0);
        known.set(district, places);
      }
      return places;
    },
  };
}

export const emptyList = (columns: number, cells = ownCells): ListSums => ({
  votes: cells(columns),
  raised: null,
  removed: null,
  held: null,
});

export function emptySums(parties: PartyIndex | null, cells = ownCells): Sums {
  return {
    in: 0,
    withVotes: 0,
    posted: 0,
    held: 0,
    figures: cells(FIGURE_COUNT),
    flags: cells(FLAG_CODES.length),
    lists: new Map(),
    parties: parties && emptyList(parties.ids.length, cells),
    adjustments: [],
  };
}

/** Adds a list of one district to the totals of the parties, for what these first have in `cells`. */
export function addParties(
  into: ListSums,
  list: ListSums,
  district: District,
  places: Int16Array,
  cells = ownCells,
): void {
  const { partyOf } = district;
  const fold = (from: Float64Array, to: Float64Array) => {
    for (let i = 0; i < from.length; i++) {
      const place = places[partyOf[i] ?? 0] ?? 0;
      to[place] = (to[place] ?? 0) + (from[i] ?? 0);
    }
  };
  fold(list.votes, into.votes);
  for (const key of SPARSE_SUMS) if (list[key]) fold(list[key], sparseOf(into, key, cells));
}

/** One of the sparse sums, to add to. */
function sparseOf(list: ListSums, key: (typeof SPARSE_SUMS)[number], cells = ownCells): Float64Array {
  list[key] ??= cells(list.votes.length);
  return list[key];
}

/** Sums as they were made: nothing in them. The arrays stay, so that adding up again makes none. */
export function clearSums(sums: Sums): void {
  sums.in = 0;
  sums.withVotes = 0;
  sums.posted = 0;
  sums.held = 0;
  sums.figures.fill(0);
  sums.flags.fill(0);
  for (const list of sums.lists.values()) clearList(list);
  if (sums.parties) clearList(sums.parties);
  sums.adjustments.length = 0;
}

function clearList(list: ListSums): void {
  list.votes.fill(0);
  for (const key of SPARSE_SUMS) list[key]?.fill(0);
}

/** Adds a child's book to its parent's. Candidates go no higher than the smallest region that holds their district. */
export const addSums = (into: Sums, child: Sums, parent: Region): void => combine(into, child, parent, 1);

/** Takes out of a parent's book what was added of its child's. */
export const subtractSums = (from: Sums, child: Sums, parent: Region): void => combine(from, child, parent, -1);

function combine(into: Sums, child: Sums, parent: Region, times: 1 | -1): void {
  into.in += times * child.in;
  into.withVotes += times * child.withVotes;
  into.posted += times * child.posted;
  into.held += times * child.held;
  addTo(into.figures, child.figures, times);
  addTo(into.flags, child.flags, times);
  for (const [district, list] of child.lists) {
    if (!isWithin(parent.code, district.container.code)) continue;
    let own = into.lists.get(district);
    if (!own) {
      // As long as the child's and not as the ballot says: above the kecamatan no start reads 2,700 ballots for it.
      own = emptyList(list.votes.length);
      into.lists.set(district, own);
    }
    addList(own, list, times);
  }
  if (into.parties && child.parties) addList(into.parties, child.parties, times);
}

/** Adds one of the region's own adjustments, which names no station. A delta above 0 counts as raised, one below 0 as removed. */
export function addAdjustment(sums: Sums, adjustment: Adjustment, contest: Contest, region: Region): void {
  sums.adjustments.push(adjustment);
  const district = contest.district(adjustment.district);
  if (!district) return;
  const change = emptyList(district.choices.length);
  for (const [column, delta] of adjustment.deltas) {
    change.votes[column] = (change.votes[column] ?? 0) + delta;
    const moved = sparseOf(change, delta > 0 ? "raised" : "removed");
    moved[column] = (moved[column] ?? 0) + Math.abs(delta);
  }
  if (isWithin(region.code, district.container.code)) {
    const list = sums.lists.get(district) ?? emptyList(district.choices.length);
    sums.lists.set(district, list);
    addList(list, change, 1);
  }
  const parties = partiesOf(contest);
  if (sums.parties && parties) addParties(sums.parties, change, district, parties.placesOf(district));
}

/** The plenaries of some regions together, and one more with this status. */
export function addSittings(parts: readonly Sittings[], status: string): Sittings {
  const sum: Partial<Record<(typeof SITTINGS)[number], number>> = {};
  for (const sitting of SITTINGS) {
    const count = parts.reduce((total, part) => total + (part[sitting] ?? 0), status === sitting ? 1 : 0);
    if (count > 0) sum[sitting] = count;
  }
  return sum;
}

function addList(into: ListSums, from: ListSums, times: 1 | -1): void {
  addTo(into.votes, from.votes, times);
  for (const key of SPARSE_SUMS) if (from[key]) addTo(sparseOf(into, key), from[key], times);
}

function addTo(into: Float64Array, from: ArrayLike<number>, times: 1 | -1): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) + times * (from[i] ?? 0);
}
