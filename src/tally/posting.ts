/**
 * Moves votes in a book, the way money moves: nothing is overwritten without a posting that says by how much. What postings other
 * than first reports add and remove is counted apart, so that the lines of every account follow from its published counters:
 * new stations (what no correction added), corrections up, corrections down.
 */
import type { RegionCode } from "../election/codes.ts";
import type { District } from "../election/model.ts";
import { type Book, type BookName, postedVotes, STATE, setState, votesOf, wasEverPosted } from "./book.ts";
import { addPosting, emptyJournal, type PostingKind } from "./journal.ts";
import type { LogName } from "./logs.ts";
import type { Block } from "./unit.ts";

export interface Posting {
  readonly book: BookName;
  /** Index into `CONTEST_KINDS`. */
  readonly contest: number;
  readonly district: District;
  /** 13 digits; null for an adjustment, which names no station. */
  readonly station: string | null;
  readonly region: RegionCode;
  readonly kind: PostingKind;
  readonly log: LogName;
  readonly index: number;
  /** Votes posted before and after, by column; null: nothing. An adjustment has its deltas in `after`. */
  readonly before: ArrayLike<number> | null;
  readonly after: ArrayLike<number> | null;
  readonly reason: string | null;
}

/** The statement that causes a posting. */
export interface Cause {
  readonly log: LogName;
  readonly index: number;
  readonly reason: string | null;
}

export interface Place {
  readonly block: Block;
  readonly bookName: BookName;
  readonly book: Book;
  readonly slot: number;
  /** Place of the desa in the kecamatan. */
  readonly desa: number;
  readonly district: District;
}

/** What is posted for a station: its votes by column, all that its row shows, or nothing. */
export type Posted = Int32Array | "shown" | null;

/**
 * Sets what is posted for a station. Its desa must be touched, and the row already show the new statement; `before` is what was posted before it.
 * `after` null: nothing is posted (any more), and `stateWithout` is the state that then holds.
 */
export function post(
  place: Place,
  before: Int32Array | null,
  posted: Posted,
  stateWithout: number,
  kind: "correction" | "withdrawal" | "annulment",
  cause: Cause,
  listener: ((posting: Posting) => void) | null,
): void {
  const { block, book, slot, district } = place;
  const first = !wasEverPosted(book, slot);
  setState(book, slot, posted ? STATE.posted : stateWithout);
  showBeside(place, posted);
  if (!before && !posted) return;
  if (!before && first && !listener) return;
  const after = posted === "shown" ? postedAt(place) : posted;
  const changes = before || !first ? changesOf(before, after, district.choices.length) : [];
  if (changes.length === 0 && !first) return;
  for (let i = 0; i < changes.length; i += 3)
    move(place, changes[i] ?? 0, (changes[i + 2] ?? 0) - (changes[i + 1] ?? 0));
  const station = block.unit.model.stationAt(block.unit.region.stationFrom + slot);
  const how: PostingKind = first ? "report" : kind;
  if (!first) {
    addPosting(journalOf(book, cause.log), {
      station,
      district: district.code,
      kind: how,
      index: cause.index,
      reason: cause.reason,
      changes,
    });
  }
  listener?.({
    book: place.bookName,
    contest: block.contest,
    district,
    station,
    region: block.unit.code,
    kind: how,
    log: cause.log,
    index: cause.index,
    before,
    after,
    reason: cause.reason,
  });
}

/** Keeps the posted votes beside the row where the row does not show just them. */
function showBeside({ book, slot, district }: Place, after: Posted): void {
  if (!after || after === "shown") {
    if (book.posted.size > 0) book.posted.delete(slot);
  } else if (isShown(book, slot, after, district.choices.length)) book.posted.delete(slot);
  else
    book.posted.set(
      slot,
      Int32Array.from({ length: district.choices.length }, (_, i) => after[i] ?? 0),
    );
}

function isShown(book: Book, slot: number, votes: ArrayLike<number>, columns: number): boolean {
  for (let i = 0; i < columns; i++) if (votesOf(book, slot, i) !== votes[i]) return false;
  return true;
}

/** Triples column, before, after for the columns that differ; nothing counts as 0. */
function changesOf(before: ArrayLike<number> | null, after: ArrayLike<number> | null, columns: number): number[] {
  const changes: number[] = [];
  for (let i = 0; i < columns; i++) {
    const from = before?.[i] ?? 0;
    const to = after?.[i] ?? 0;
    if (from !== to) changes.push(i, from, to);
  }
  return changes;
}

/** Counts what a posting other than a first report adds to a column, or takes away. */
function move({ book, desa, block }: Place, column: number, delta: number): void {
  const counters = delta > 0 ? book.raised : book.removed;
  let votes = counters.get(desa);
  if (!votes) {
    votes = new Float64Array(block.columns);
    counters.set(desa, votes);
  }
  votes[column] = (votes[column] ?? 0) + Math.abs(delta);
}

function journalOf(book: Book, log: LogName) {
  let journal = book.journals.get(log);
  if (!journal) {
    journal = emptyJournal();
    book.journals.set(log, journal);
  }
  return journal;
}

/** What is posted for a station now: take it before the row changes. */
export const postedAt = ({ book, slot, district }: Place): Int32Array | null =>
  postedVotes(book, slot, district.choices.length);
