/**
 * A desa as the sum of its stations' rows, in one book: the only place where rows become sums. It is added up again whenever
 * its kecamatan is built, which for 113 stations costs microseconds, so nothing is kept that could drift from its rows.
 */
import { FIGURE_COUNT } from "../election/figures.ts";
import type { District, Model, Region } from "../election/model.ts";
import { shownFlags } from "./as-the-sheet.ts";
import {
  type Book,
  type BookName,
  type Books,
  figuresFrom,
  hasStatement,
  STATE,
  shownVotes,
  stateOf,
  votesFrom,
  wasReported,
} from "./book.ts";
import { addParties, type Cells, emptyList, emptySums, type ListSums, type PartyIndex, type Sums } from "./totals.ts";

/** What sums are made from: a kecamatan in one contest. */
export interface Summable {
  readonly unit: {
    readonly model: Model;
    readonly region: Region;
    readonly desa: readonly Region[];
    slots(desa: Region): { readonly from: number; readonly to: number };
  };
  readonly contest: number;
  readonly districts: readonly (District | null)[];
  readonly books: Books;
}

/** The sums of one desa in one book, in `cells`; null if no station there has anything. */
export function sumDesa(
  block: Summable,
  name: BookName,
  desa: number,
  parties: PartyIndex | null,
  cells: Cells,
): Sums | null {
  const book = block.books[name];
  const district = block.districts[desa];
  const region = block.unit.desa[desa];
  if (!book || !district || !region) return null;
  const { from, to } = block.unit.slots(region);
  const list = emptyList(district.choices.length, cells);
  const sums = emptySums(parties, cells);
  let any = false;
  for (let slot = from; slot < to; slot++) {
    if (!wasReported(book, slot) && !hasStatement(book, slot) && !book.rivals.has(slot)) continue;
    any = true;
    addStation(sums, list, book, slot, shownFlags(block, name, slot), cells);
  }
  for (const key of ["raised", "removed"] as const) {
    list[key] = book[key].get(desa)?.subarray(0, list.votes.length) ?? null;
  }
  if (!any && !list.raised && !list.removed) return null;
  sums.lists.set(district, list);
  if (sums.parties && parties) addParties(sums.parties, list, district, parties.placesOf(district), cells);
  return sums;
}

/** @param flags bits of the rules that fire on what it shows */
function addStation(sums: Sums, list: ListSums, book: Book, slot: number, flags: number, cells: Cells): void {
  if (hasStatement(book, slot)) sums.in++;
  for (let rest = flags; rest !== 0; rest &= rest - 1) {
    const bit = 31 - Math.clz32(rest & -rest);
    sums.flags[bit] = (sums.flags[bit] ?? 0) + 1;
  }
  const state = stateOf(book, slot);
  const columns = list.votes.length;
  if (state === STATE.posted) {
    sums.posted++;
    sums.withVotes++;
    addRow(sums.figures, book, figuresFrom(book, slot), FIGURE_COUNT);
    const beside = book.posted.get(slot);
    if (beside) addBeside(list, beside, shownVotes(book, slot, columns), cells);
    else addRow(list.votes, book, votesFrom(book, slot), columns);
  } else if (state === STATE.held) {
    sums.held++;
    sums.withVotes++;
    list.held ??= cells(columns);
    addRow(list.held, book, votesFrom(book, slot), columns);
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
function addBeside(list: ListSums, posted: ArrayLike<number>, shown: Int32Array | null, cells: Cells): void {
  for (let i = 0; i < list.votes.length; i++) {
    const votes = posted[i] ?? 0;
    list.votes[i] = (list.votes[i] ?? 0) + votes;
    const more = shown ? Math.max(0, shown[i] ?? 0) - votes : 0;
    if (more > 0) {
      list.held ??= cells(list.votes.length);
      list.held[i] = (list.held[i] ?? 0) + more;
    }
  }
}
