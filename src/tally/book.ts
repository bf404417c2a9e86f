/**
 * One of the two books (`count`, `recap`) of one kecamatan and contest: for every station what was last reported, what of
 * it is posted, and what ever fell.
 *
 * A nation has 823,000 stations with some 700 numbers each, so a station is a row of 16-bit figures: 65535 is "not
 * reported", 65534 "see the overflow map" (an archive holds misreadings such as 80,000). What is posted is nearly always
 * just what is shown; where it is not (a held sheet over a posted one, one party's lines held), it stands beside.
 * All of it is plain data, so that a snapshot is a copy.
 */
import { FIGURE_COUNT } from "../election/figures.ts";
import type { Journal } from "./journal.ts";

const NOT_REPORTED_16 = 65535;
const OVERFLOW_16 = 65534;

export type BookName = "count" | "recap";
export const BOOKS: readonly BookName[] = ["count", "recap"];

/** A station in a book. `none`: nothing reported. `incomplete`: something, but not all votes. */
export const STATE = { none: 0, incomplete: 1, posted: 2, held: 3 } as const;
export const STATE_NAMES = ["none", "incomplete", "posted", "held"] as const;
/** Set in {@link Book.state} beside the state once something of the station was ever posted. */
const EVER = 4;
/** Set beside it once anything of the station was: a sheet that is annulled leaves a row, and its desa an object. */
const REPORTED = 8;
const NO_STATEMENT = 0xffffffff;

/** A sheet that was appended but does not replace the current one. */
export interface Rival {
  readonly index: number;
  readonly by: string;
}

export interface Book {
  /** Figures, then votes; `stride` = 25 + columns. */
  rows: Uint16Array;
  stride: number;
  state: Uint8Array;
  /** Rules that fire on what is shown: bits of `FLAG_CODES`. */
  flags: Uint32Array;
  /** Index of the statement that is shown, in the log that `level` tells; 2^32−1 if there is none. */
  at: Uint32Array;
  /** Its id, 32 bytes a station. */
  id: Uint8Array;
  /** The first 8 bytes of the key that signed it. */
  by: Uint32Array;
  /** Of a reading: how many levels above the kecamatan it was given. */
  level: Uint8Array;
  /** Of a reading: its outcome. */
  outcome: Uint8Array;
  /** Position in `rows` → a value too large for it. */
  overflow: Map<number, number>;
  /** Slot → statements shown before the present one, as pairs level, index. */
  earlier: Map<number, number[]>;
  /** Slot → votes posted, where they are not those shown. */
  posted: Map<number, Int32Array>;
  /** Slot → party totals as written, where they are not the sums of their lines. */
  written: Map<number, Int32Array>;
  rivals: Map<number, Rival[]>;
  /** Desa (place in the kecamatan) → votes ever removed, by column. */
  removed: Map<number, Float64Array>;
  /** Log → postings other than first reports. */
  journals: Map<string, Journal>;
}

/** An empty book for so many stations and columns. */
export function emptyBook(stations: number, columns: number): Book {
  const stride = FIGURE_COUNT + columns;
  return {
    rows: new Uint16Array(stations * stride).fill(NOT_REPORTED_16),
    stride,
    state: new Uint8Array(stations),
    flags: new Uint32Array(stations),
    at: new Uint32Array(stations).fill(NO_STATEMENT),
    id: new Uint8Array(stations * 32),
    by: new Uint32Array(stations * 2),
    level: new Uint8Array(stations),
    outcome: new Uint8Array(stations),
    overflow: new Map(),
    earlier: new Map(),
    posted: new Map(),
    written: new Map(),
    rivals: new Map(),
    removed: new Map(),
    journals: new Map(),
  };
}

export const stateOf = (book: Book, slot: number): number => (book.state[slot] ?? 0) & 3;
export const wasEverPosted = (book: Book, slot: number): boolean => ((book.state[slot] ?? 0) & EVER) !== 0;

export function setState(book: Book, slot: number, state: number): void {
  const ever = ((book.state[slot] ?? 0) & EVER) | (state === STATE.posted ? EVER : 0);
  book.state[slot] = state | ever | REPORTED;
}

export const hasStatement = (book: Book, slot: number): boolean => book.at[slot] !== NO_STATEMENT;
export const idOf = (book: Book, slot: number): Uint8Array => book.id.subarray(slot * 32, slot * 32 + 32);

/** Makes a statement the one shown; the one before it goes to `earlier`. */
export function setStatement(
  book: Book,
  slot: number,
  statement: { readonly index: number; readonly level: number; readonly id: Uint8Array; readonly by: string },
): void {
  if (hasStatement(book, slot)) keepEarlier(book, slot);
  book.at[slot] = statement.index;
  book.level[slot] = statement.level;
  book.id.set(statement.id, slot * 32);
  book.by[slot * 2] = Number.parseInt(statement.by.slice(0, 8), 16);
  book.by[slot * 2 + 1] = Number.parseInt(statement.by.slice(8), 16);
}

/** After an annulment the station shows no statement, as if none had come; the history stays. */
export function clearStatement(book: Book, slot: number): void {
  keepEarlier(book, slot);
  book.at[slot] = NO_STATEMENT;
  book.id.fill(0, slot * 32, slot * 32 + 32);
  book.by.fill(0, slot * 2, slot * 2 + 2);
  book.flags[slot] = 0;
  book.written.delete(slot);
  setFigures(book, slot, null, null);
}

function keepEarlier(book: Book, slot: number): void {
  const earlier = book.earlier.get(slot) ?? [];
  earlier.push(book.level[slot] ?? 0, book.at[slot] ?? 0);
  book.earlier.set(slot, earlier);
}

export function isSignedBy(book: Book, slot: number, short: string): boolean {
  return (
    hasStatement(book, slot) &&
    book.by[slot * 2] === Number.parseInt(short.slice(0, 8), 16) &&
    book.by[slot * 2 + 1] === Number.parseInt(short.slice(8), 16)
  );
}

/** Writes a row: figures and votes, -1 where not reported; null for all of them not reported. */
export function setFigures(
  book: Book,
  slot: number,
  figures: ArrayLike<number> | null,
  votes: { readonly values: ArrayLike<number>; readonly count: number } | null,
): void {
  const from = slot * book.stride;
  for (let i = 0; i < FIGURE_COUNT; i++) setCell(book, from + i, figures ? (figures[i] ?? -1) : -1);
  const columns = book.stride - FIGURE_COUNT;
  let any = false;
  for (let i = 0; i < columns; i++) {
    // A column that was added to the ballot later is 0 for a sheet that reports votes without it.
    const value = votes && i < votes.count ? (votes.values[i] ?? -1) : any ? 0 : -1;
    if (value >= 0) any = true;
    setCell(book, from + FIGURE_COUNT + i, value);
  }
}

function setCell(book: Book, at: number, value: number): void {
  if (book.overflow.size > 0) book.overflow.delete(at);
  if (value < 0) book.rows[at] = NOT_REPORTED_16;
  else if (value < OVERFLOW_16) book.rows[at] = value;
  else {
    book.rows[at] = OVERFLOW_16;
    book.overflow.set(at, value);
  }
}

function cell(book: Book, at: number): number {
  const value = book.rows[at] ?? NOT_REPORTED_16;
  if (value < OVERFLOW_16) return value;
  return value === NOT_REPORTED_16 ? -1 : (book.overflow.get(at) ?? -1);
}

/** A figure as shown; -1 if not reported. */
export const figureOf = (book: Book, slot: number, figure: number): number => cell(book, slot * book.stride + figure);
/** Votes of a column as shown; -1 if not reported. */
export const votesOf = (book: Book, slot: number, column: number): number =>
  cell(book, slot * book.stride + FIGURE_COUNT + column);

/** The votes shown in the first `columns` columns; null if none was reported. */
export function shownVotes(book: Book, slot: number, columns: number): Int32Array | null {
  const votes = new Int32Array(columns);
  let any = false;
  for (let i = 0; i < columns; i++) {
    votes[i] = votesOf(book, slot, i);
    if (votes[i] !== -1) any = true;
  }
  return any ? votes : null;
}

/** The votes posted for a station; null if nothing of it is. */
export function postedVotes(book: Book, slot: number, columns: number): Int32Array | null {
  if (stateOf(book, slot) !== STATE.posted) return null;
  const beside = book.posted.get(slot);
  if (beside) return beside;
  const votes = new Int32Array(columns);
  for (let i = 0; i < columns; i++) votes[i] = votesOf(book, slot, i);
  return votes;
}
