/**
 * One of the two books (`count`, `recap`) of one kecamatan and contest: for every station what was last reported, what of
 * it is posted, and what corrections ever moved.
 *
 * A nation has 823,000 stations with some 700 numbers each, so a station is a row of 16-bit figures: 65535 is "not
 * reported", 65534 "see the overflow map" (an archive holds misreadings such as 80,000). What is posted is nearly always
 * just what is shown; where it is not (a held sheet over a posted one, one party's lines held), it stands beside.
 * All of it is plain data, so that a snapshot is a copy.
 */
import { FIGURE_COUNT } from "../election/figures.ts";
import { type Journal, trimmed } from "./journal.ts";
import { lastingMemory } from "./memory.ts";

const NOT_REPORTED_16 = 65535;
/** In a row: the value is in the overflow map. Only this and the mark of what was not reported are no values. */
export const OVERFLOW_16 = 65534;

export type BookName = "count" | "recap";
export const BOOKS: readonly BookName[] = ["count", "recap"];
/** Both books of a kecamatan in one contest; null before anything was written to one. */
export type Books = Record<BookName, Book | null>;

/** A station in a book. `none`: nothing reported. `incomplete`: something, but not all votes. */
export const STATE = { none: 0, incomplete: 1, posted: 2, held: 3 } as const;
export const STATE_NAMES = ["none", "incomplete", "posted", "held"] as const;
/** Set beside the state once something of the station was ever posted. */
const EVER = 4;
/** Set beside it once anything of the station was: a sheet that is annulled leaves a row, and its desa an object. */
const REPORTED = 8;
const NO_STATEMENT = 0xffffffff;

/** A sheet that was appended but does not replace the current one. */
export interface Rival {
  readonly index: number;
  readonly by: string;
}

/** What a snapshot keeps of a book: all of it, each thing once. */
export interface SavedBook {
  /** The stations' records, `stride` cells each. */
  rows: Uint16Array;
  stride: number;
  columns: number;
  /** Position in `rows` → a value too large for it. */
  overflow: Map<number, number>;
  /** Slot → statements shown before the present one, as pairs level, index. */
  earlier: Map<number, number[]>;
  /** Slot → votes posted, where they are not those shown. */
  posted: Map<number, Int32Array>;
  /** Slot → party totals as written, where they are not the sums of their lines. */
  written: Map<number, Int32Array>;
  rivals: Map<number, Rival[]>;
  /** Desa (place in the kecamatan) → votes ever added by postings other than first reports, and votes ever removed, by column. */
  raised: Map<number, Float64Array>;
  removed: Map<number, Float64Array>;
  /** Log → postings other than first reports. */
  journals: Map<string, Journal>;
}

export interface Book extends SavedBook {
  /** The same memory as `rows`, as words and as bytes. */
  readonly words: Uint32Array;
  readonly bytes: Uint8Array;
}

/*
 * A station's record: what is known of the statement that it shows, then the figures, then the votes. All of it lies together,
 * so that a sheet of a station that nobody has touched for a while waits for memory once and not eight times.
 */
/** Words: rules that fire on what is shown (bits of `FLAG_CODES`); the statement's index in the log that the level tells. */
const FLAGS = 0;
const AT = 1;
/** Two words: the first 8 bytes of the key that signed it. */
const BY = 2;
/** Bytes: its id; the state; of a reading how many levels above the kecamatan it was given, and its outcome. */
const ID = 16;
const ID_BYTES = 32;
const STATE_AT = ID + ID_BYTES;
const LEVEL = STATE_AT + 1;
const OUTCOME = STATE_AT + 2;
/** Cells: where the figures begin, and after them the votes. */
const FIGURES_AT = (STATE_AT + 4) / Uint16Array.BYTES_PER_ELEMENT;
const VOTES_AT = FIGURES_AT + FIGURE_COUNT;

/** An empty book for so many stations and columns. */
export function emptyBook(stations: number, columns: number): Book {
  // An even number of cells, so that the words of every record are aligned.
  const stride = (VOTES_AT + columns + 1) & ~1;
  const book = bookOf(
    new Uint16Array(lastingMemory(stations * stride * Uint16Array.BYTES_PER_ELEMENT)),
    stride,
    columns,
  );
  for (let slot = 0; slot < stations; slot++) {
    book.words[word(book, slot, AT)] = NO_STATEMENT;
    book.rows.fill(NOT_REPORTED_16, slot * stride + FIGURES_AT, slot * stride + VOTES_AT + columns);
  }
  return book;
}

function bookOf(rows: Uint16Array, stride: number, columns: number): Book {
  return {
    rows,
    words: new Uint32Array(rows.buffer),
    bytes: new Uint8Array(rows.buffer),
    stride,
    columns,
    overflow: new Map(),
    earlier: new Map(),
    posted: new Map(),
    written: new Map(),
    rivals: new Map(),
    raised: new Map(),
    removed: new Map(),
    journals: new Map(),
  };
}

export function savedBook({ words: _, bytes: __, ...saved }: Book): SavedBook {
  return { ...saved, journals: new Map([...saved.journals].map(([log, journal]) => [log, trimmed(journal, false)])) };
}

/** A book as a snapshot gives it back, in memory like that of any other: nothing of the snapshot's own is kept. */
export function restoredBook(saved: SavedBook): Book {
  const rows = new Uint16Array(lastingMemory(saved.rows.byteLength));
  rows.set(saved.rows);
  for (const votes of [saved.posted, saved.written]) for (const [slot, list] of votes) votes.set(slot, list.slice());
  for (const moved of [saved.raised, saved.removed]) for (const [desa, votes] of moved) moved.set(desa, votes.slice());
  for (const [log, journal] of saved.journals) saved.journals.set(log, trimmed(journal, true));
  return { ...bookOf(rows, saved.stride, saved.columns), ...saved, rows };
}

const word = (book: Book, slot: number, which: number): number => ((slot * book.stride) >>> 1) + which;
const byte = (book: Book, slot: number, which: number): number => slot * book.stride * 2 + which;

/** State with the marks beside it. */
const marksOf = (book: Book, slot: number): number => book.bytes[byte(book, slot, STATE_AT)] ?? 0;

/** Whether anything of a station ever came in. */
export const wasReported = (book: Book, slot: number): boolean => marksOf(book, slot) !== 0;

/** Rules that fire on what a station shows: bits of `FLAG_CODES`. */
export const flagsOf = (book: Book, slot: number): number => book.words[word(book, slot, FLAGS)] ?? 0;
export function setFlags(book: Book, slot: number, flags: number): void {
  book.words[word(book, slot, FLAGS)] = flags;
}

/** Index of the statement shown, in the log that {@link levelOf} tells. Only where there is one. */
export const indexOf = (book: Book, slot: number): number => book.words[word(book, slot, AT)] ?? 0;
/** How many levels above the kecamatan the reading shown was given. */
export const levelOf = (book: Book, slot: number): number => book.bytes[byte(book, slot, LEVEL)] ?? 0;

/** The reading's outcome, by its place in `OUTCOMES`. */
export const outcomeOf = (book: Book, slot: number): number => book.bytes[byte(book, slot, OUTCOME)] ?? 0;
export function setOutcome(book: Book, slot: number, outcome: number): void {
  book.bytes[byte(book, slot, OUTCOME)] = outcome;
}

/** Where in `rows` a station's figures begin, and its votes. */
export const figuresFrom = (book: Book, slot: number): number => slot * book.stride + FIGURES_AT;
export const votesFrom = (book: Book, slot: number): number => slot * book.stride + VOTES_AT;

export const stateOf = (book: Book, slot: number): number => marksOf(book, slot) & 3;
export const wasEverPosted = (book: Book, slot: number): boolean => (marksOf(book, slot) & EVER) !== 0;

export function setState(book: Book, slot: number, state: number): void {
  const ever = (marksOf(book, slot) & EVER) | (state === STATE.posted ? EVER : 0);
  book.bytes[byte(book, slot, STATE_AT)] = state | ever | REPORTED;
}

export const hasStatement = (book: Book, slot: number): boolean => indexOf(book, slot) !== NO_STATEMENT;
/** Its id: a view. */
export function idOf(book: Book, slot: number): Uint8Array {
  const from = byte(book, slot, ID);
  return book.bytes.subarray(from, from + ID_BYTES);
}

/** Makes a statement the one shown; the one before it goes to `earlier`. */
export function setStatement(
  book: Book,
  slot: number,
  statement: { readonly index: number; readonly level: number; readonly id: Uint8Array; readonly by: string },
): void {
  if (hasStatement(book, slot)) keepEarlier(book, slot);
  const { words } = book;
  words[word(book, slot, AT)] = statement.index;
  words[word(book, slot, BY)] = Number.parseInt(statement.by.slice(0, 8), 16);
  words[word(book, slot, BY + 1)] = Number.parseInt(statement.by.slice(8), 16);
  book.bytes.set(statement.id, byte(book, slot, ID));
  book.bytes[byte(book, slot, LEVEL)] = statement.level;
}

/** After an annulment the station shows no statement, as if none had come; the history stays. */
export function clearStatement(book: Book, slot: number): void {
  keepEarlier(book, slot);
  book.words[word(book, slot, AT)] = NO_STATEMENT;
  book.words.fill(0, word(book, slot, BY), word(book, slot, BY + 2));
  idOf(book, slot).fill(0);
  setFlags(book, slot, 0);
  book.written.delete(slot);
  setFigures(book, slot, null, null);
}

function keepEarlier(book: Book, slot: number): void {
  const earlier = book.earlier.get(slot) ?? [];
  earlier.push(levelOf(book, slot), indexOf(book, slot));
  book.earlier.set(slot, earlier);
}

export function isSignedBy(book: Book, slot: number, short: string): boolean {
  return (
    hasStatement(book, slot) &&
    book.words[word(book, slot, BY)] === Number.parseInt(short.slice(0, 8), 16) &&
    book.words[word(book, slot, BY + 1)] === Number.parseInt(short.slice(8), 16)
  );
}

/** Writes a row: figures and votes, -1 where not reported; null for all of them not reported. */
export function setFigures(
  book: Book,
  slot: number,
  figures: ArrayLike<number> | null,
  votes: { readonly values: ArrayLike<number>; readonly count: number } | null,
): void {
  const from = figuresFrom(book, slot);
  const votesAt = votesFrom(book, slot);
  const to = votesAt + book.columns;
  if (book.overflow.size > 0) for (let at = from; at < to; at++) book.overflow.delete(at);
  setCells(book, from, figures ?? NOTHING, figures ? FIGURE_COUNT : 0);
  if (!figures) book.rows.fill(NOT_REPORTED_16, from, votesAt);
  const count = Math.min(votes?.count ?? 0, book.columns);
  const any = setCells(book, votesAt, votes?.values ?? NOTHING, count);
  // A column that was added to the ballot later is 0 for a sheet that reports votes without it.
  book.rows.fill(any ? 0 : NOT_REPORTED_16, votesAt + count, to);
}

const NOTHING: readonly number[] = [];

/** Writes the first `count` values from a cell on; whether any of them was reported. */
function setCells(book: Book, from: number, values: ArrayLike<number>, count: number): boolean {
  const { rows } = book;
  let any = false;
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? -1;
    // In 16 bits -1 is the mark of what was not reported.
    rows[from + i] = value;
    if (value >= 0) any = true;
    if (value < OVERFLOW_16) continue;
    rows[from + i] = OVERFLOW_16;
    book.overflow.set(from + i, value);
  }
  return any;
}

function cell(book: Book, at: number): number {
  const value = book.rows[at] ?? NOT_REPORTED_16;
  if (value < OVERFLOW_16) return value;
  return value === NOT_REPORTED_16 ? -1 : (book.overflow.get(at) ?? -1);
}

/** A figure as shown; -1 if not reported. */
export const figureOf = (book: Book, slot: number, figure: number): number =>
  cell(book, figuresFrom(book, slot) + figure);
/** Votes of a column as shown; -1 if not reported. */
export const votesOf = (book: Book, slot: number, column: number): number => cell(book, votesFrom(book, slot) + column);

/** Whether two books of one block show the same figures and votes of a station; what was not reported is as nothing. */
export function showsTheSame(a: Book, b: Book, slot: number): boolean {
  const to = votesFrom(a, slot) + a.columns;
  for (let at = alikeUpTo(a, b, figuresFrom(a, slot), to); at < to; at = alikeUpTo(a, b, at + 1, to)) {
    if (Math.max(0, cell(a, at)) !== Math.max(0, cell(b, at))) return false;
  }
  return true;
}

/** The next cell of two rows that must be looked at: what one holds is another thing in the other, or stands elsewhere. */
function alikeUpTo({ rows }: Book, other: Book, from: number, to: number): number {
  const others = other.rows;
  let at = from;
  while (at < to && rows[at] === others[at] && rows[at] !== OVERFLOW_16) at++;
  return at;
}

/** Whether a statement of each says just the same of a station: every cell, what was not reported too, and totals as written. */
export function saysTheSame(a: Book, b: Book, slot: number): boolean {
  if (!hasStatement(a, slot) || !hasStatement(b, slot)) return false;
  const to = votesFrom(a, slot) + a.columns;
  for (let at = alikeUpTo(a, b, figuresFrom(a, slot), to); at < to; at = alikeUpTo(a, b, at + 1, to)) {
    if (cell(a, at) !== cell(b, at)) return false;
  }
  return areEqual(a.written.get(slot), b.written.get(slot)) && areEqual(besideOf(a, slot), besideOf(b, slot));
}

/** What of the votes is posted, where it is not just what is shown. */
export const besideOf = (book: Book, slot: number): Int32Array | undefined =>
  stateOf(book, slot) === STATE.posted ? book.posted.get(slot) : undefined;

function areEqual(a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);
}

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

/** Copies a station's record into a book that may have more columns. */
export function moveStation(from: Book, slot: number, into: Book, to: number): void {
  const start = slot * from.stride;
  const target = to * into.stride;
  const cells = VOTES_AT + from.columns;
  into.rows.set(from.rows.subarray(start, start + cells), target);
  for (let i = FIGURES_AT; i < cells; i++) {
    const large = from.overflow.get(start + i);
    if (large !== undefined) into.overflow.set(target + i, large);
  }
  // A column added later holds nothing for a sheet that did not have it: 0 votes, not "not reported".
  const reportsVotes = from.rows.subarray(start + VOTES_AT, start + cells).some((value) => value !== NOT_REPORTED_16);
  if (reportsVotes) into.rows.fill(0, target + cells, target + VOTES_AT + into.columns);
}
