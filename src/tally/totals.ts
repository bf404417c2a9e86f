/**
 * Sums. A desa is the sum of its stations' rows, everything above the sum of its children, and nothing is ever kept that
 * could drift from its parts: what changed is added up again, which for a kecamatan of 113 stations costs microseconds.
 */

import { isWithin } from "../election/codes.ts";
import { FIGURE_COUNT } from "../election/figures.ts";
import type { Contest, District, Region } from "../election/model.ts";
import { FLAG_CODES } from "../election/rules.ts";
import { type Book, hasStatement, postedVotes, STATE, shownVotes, stateOf } from "./book.ts";
import type { Adjustment } from "./readings.ts";
import type { Block, BookName } from "./unit.ts";

/** Votes by column (or by party): posted, ever removed, and shown but held. `null` for nothing but zeros. */
export interface ListSums {
  readonly votes: Float64Array;
  removed: Float64Array | null;
  held: Float64Array | null;
}

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
  readonly flags: Uint32Array;
  /** Candidates, for the districts whose container is this region or holds it. */
  readonly lists: Map<District, ListSums>;
  /** In contests with parties: their totals over all districts, in the order of the contest's parties. */
  readonly parties: ListSums | null;
  readonly adjustments: readonly Adjustment[];
}

/** A region in one contest. `expected`: stations that vote in it. A book is null until something of it is there. */
export interface Totals {
  readonly expected: number;
  readonly books: Record<BookName, Sums | null>;
}

/** The parties of a contest over all its districts, in the order of their numbers; for each district its own parties' places. */
export interface PartyIndex {
  readonly ids: readonly string[];
  placesOf(district: District): Int16Array;
}

export function indexParties(contest: Contest): PartyIndex {
  const numbers = new Map<string, number>();
  for (const { parties } of contest.districts) for (const { id, number } of parties) numbers.set(id, number);
  const ids = [...numbers].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1)).map(([id]) => id);
  const place = new Map(ids.map((id, i) => [id, i]));
  const known = new Map<District, Int16Array>();
  return {
    ids,
    placesOf(district) {
      let places = known.get(district);
      if (!places) {
        places = Int16Array.from(district.parties, ({ id }) => place.get(id) ?? 0);
        known.set(district, places);
      }
      return places;
    },
  };
}

const emptyList = (columns: number): ListSums => ({ votes: new Float64Array(columns), removed: null, held: null });

export function emptySums(parties: PartyIndex | null, adjustments: readonly Adjustment[] = []): Sums {
  return {
    in: 0,
    withVotes: 0,
    posted: 0,
    held: 0,
    figures: new Float64Array(FIGURE_COUNT),
    flags: new Uint32Array(FLAG_CODES.length),
    lists: new Map(),
    parties: parties && emptyList(parties.ids.length),
    adjustments,
  };
}

/** The sums of one desa in one book; null if no station there has anything. */
export function sumDesa(block: Block, name: BookName, desa: number, parties: PartyIndex | null): Sums | null {
  const book = block.books[name];
  const district = block.districts[desa];
  const region = block.unit.desa[desa];
  if (!book || !district || !region) return null;
  const { from, to } = block.unit.slots(region);
  const list = emptyList(district.choices.length);
  const sums = emptySums(parties);
  let any = false;
  for (let slot = from; slot < to; slot++) {
    if (book.state[slot] === 0 && !hasStatement(book, slot) && !book.rivals.has(slot)) continue;
    any = true;
    addStation(sums, list, book, slot);
  }
  const removed = book.removed.get(desa);
  if (removed) list.removed = removed.slice(0, list.votes.length);
  if (!any && !removed) return null;
  sums.lists.set(district, list);
  if (sums.parties && parties) addParties(sums.parties, list, district, parties.placesOf(district));
  return sums;
}

function addStation(sums: Sums, list: ListSums, book: Book, slot: number): void {
  if (hasStatement(book, slot)) sums.in++;
  const flags = book.flags[slot] ?? 0;
  for (let rest = flags; rest !== 0; rest &= rest - 1) {
    const bit = 31 - Math.clz32(rest & -rest);
    sums.flags[bit] = (sums.flags[bit] ?? 0) + 1;
  }
  const state = stateOf(book, slot);
  const columns = list.votes.length;
  if (state === STATE.posted) {
    sums.posted++;
    sums.withVotes++;
    addRow(sums.figures, book, slot * book.stride, FIGURE_COUNT);
    const beside = book.posted.get(slot);
    if (beside) addBeside(list, beside, shownVotes(book, slot, columns));
    else addRow(list.votes, book, slot * book.stride + FIGURE_COUNT, columns);
  } else if (state === STATE.held) {
    sums.held++;
    sums.withVotes++;
    list.held ??= new Float64Array(columns);
    addRow(list.held, book, slot * book.stride + FIGURE_COUNT, columns);
  }
}

/** Adds cells of a row, what was not reported as 0. The inner loop of everything: no call for ordinary values. */
function addRow(into: Float64Array, book: Book, from: number, count: number): void {
  const { rows, overflow } = book;
  for (let i = 0; i < count; i++) {
    const value = rows[from + i] ?? 0;
    if (value < 65534) into[i] = (into[i] ?? 0) + value;
    else if (value === 65534) into[i] = (into[i] ?? 0) + (overflow.get(from + i) ?? 0);
  }
}

/** Votes that are posted beside the row: what the row shows beyond them is held. */
function addBeside(list: ListSums, posted: ArrayLike<number>, shown: Int32Array | null): void {
  for (let i = 0; i < list.votes.length; i++) {
    const votes = posted[i] ?? 0;
    list.votes[i] = (list.votes[i] ?? 0) + votes;
    const more = shown ? Math.max(0, shown[i] ?? 0) - votes : 0;
    if (more > 0) {
      list.held ??= new Float64Array(list.votes.length);
      list.held[i] = (list.held[i] ?? 0) + more;
    }
  }
}

function addParties(into: ListSums, list: ListSums, district: District, places: Int16Array): void {
  const { partyOf } = district;
  const fold = (from: Float64Array, to: Float64Array) => {
    for (let i = 0; i < from.length; i++) {
      const place = places[partyOf[i] ?? 0] ?? 0;
      to[place] = (to[place] ?? 0) + (from[i] ?? 0);
    }
  };
  fold(list.votes, into.votes);
  if (list.removed) fold(list.removed, removedOf(into));
  if (list.held) fold(list.held, heldOf(into));
}

function removedOf(list: ListSums): Float64Array {
  list.removed ??= new Float64Array(list.votes.length);
  return list.removed;
}

function heldOf(list: ListSums): Float64Array {
  list.held ??= new Float64Array(list.votes.length);
  return list.held;
}

/** Adds a child's book to its parent's. Candidates go no higher than the smallest region that holds their district. */
export function addSums(into: Sums, child: Sums, parent: Region): void {
  into.in += child.in;
  into.withVotes += child.withVotes;
  into.posted += child.posted;
  into.held += child.held;
  addTo(into.figures, child.figures);
  for (let i = 0; i < into.flags.length; i++) into.flags[i] = (into.flags[i] ?? 0) + (child.flags[i] ?? 0);
  for (const [district, list] of child.lists) {
    if (!isWithin(parent.code, district.container.code)) continue;
    let own = into.lists.get(district);
    if (!own) {
      own = emptyList(district.choices.length);
      into.lists.set(district, own);
    }
    addList(own, list);
  }
  if (into.parties && child.parties) addList(into.parties, child.parties);
}

/** Adds the region's own adjustments, which name no station. A delta below 0 counts as removed. */
export function addAdjustments(sums: Sums, contest: Contest, region: Region, parties: PartyIndex | null): void {
  for (const { district: code, deltas } of sums.adjustments) {
    const district = contest.district(code);
    if (!district) continue;
    const change = emptyList(district.choices.length);
    for (const [column, delta] of deltas) {
      change.votes[column] = (change.votes[column] ?? 0) + delta;
      if (delta < 0) {
        change.removed ??= new Float64Array(change.votes.length);
        change.removed[column] = (change.removed[column] ?? 0) - delta;
      }
    }
    if (isWithin(region.code, district.container.code)) {
      const list = sums.lists.get(district) ?? emptyList(district.choices.length);
      sums.lists.set(district, list);
      addList(list, change);
    }
    if (sums.parties && parties) addParties(sums.parties, change, district, parties.placesOf(district));
  }
}

function addList(into: ListSums, from: ListSums): void {
  addTo(into.votes, from.votes);
  if (from.removed) addTo(removedOf(into), from.removed);
  if (from.held) addTo(heldOf(into), from.held);
}

function addTo(into: Float64Array, from: ArrayLike<number>): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) + (from[i] ?? 0);
}

/** What was posted for a station, for rows and details. */
export const postedOf = (book: Book, slot: number, district: District): Int32Array | null =>
  postedVotes(book, slot, district.choices.length);
