/**
 * The journal of a kecamatan, book and log: every posting other than a first report, in chunks that each name the one before.
 * From it a reader draws an account without reading the logs. The newest chunk stands in the kecamatan's own object, which
 * changes with every posting anyway; it is an object by itself when it is full, and never written again.
 *
 * There is a journal for each log that posts to a book, since the order between two logs is nobody's to say. A posting is kept as
 * the bytes that its chunk has of it: a correction changes some hundred columns, and as lists of numbers those of a nation
 * were nearly all of the fold's heap.
 */
import type { Hash } from "../ledger/hash.ts";
import { JsonWriter } from "./json-writer.ts";

/** How a posting came about. `report` is a station's first; `adjustment` a ruling that names no station. */
export type PostingKind = "report" | "correction" | "withdrawal" | "annulment" | "adjustment";

export interface JournalPosting {
  readonly station: string;
  readonly district: string;
  readonly kind: PostingKind;
  readonly index: number;
  readonly reason: string | null;
  /** Triples column, before, after: the columns that changed. */
  readonly changes: readonly number[];
}

/** A chunk has no more bytes of postings than this, unless a single one is larger: some thirty of a few changed columns. */
const CHUNK_BYTES = 8192;
/** Bytes that a journal has room for at first. */
const ROOM = 1024;

/** Plain data, so that a snapshot is a copy. */
export interface Journal {
  /** The last full chunk that was built. */
  previous: Hash | null;
  /** Chunks that became full since the last build: each its postings, commas between them. */
  full: Uint8Array[];
  /** The postings of the open chunk in its first bytes; behind them room for more. */
  open: Uint8Array;
  openBytes: number;
}

export const emptyJournal = (): Journal => ({
  previous: null,
  full: [],
  open: new Uint8Array(ROOM),
  openBytes: 0,
});

/** A journal without the room behind its postings, in memory of its own if it is to be `kept`. */
export function trimmed(journal: Journal, kept: boolean): Journal {
  const open = journal.open.subarray(0, journal.openBytes);
  return kept
    ? { ...journal, open: open.slice(), full: journal.full.map((chunk) => chunk.slice()) }
    : { ...journal, open };
}

/** The postings of the open chunk, commas between them. */
export const openPostings = ({ open, openBytes }: Journal): Uint8Array => open.subarray(0, openBytes);

/** Used anew for every posting. */
const writer = new JsonWriter();

export function addPosting(journal: Journal, posting: JournalPosting): void {
  const bytes = writePosting(posting);
  if (journal.openBytes > 0 && journal.openBytes + 1 + bytes.length > CHUNK_BYTES) {
    journal.full.push(openPostings(journal).slice());
    journal.openBytes = 0;
  }
  append(journal, bytes);
}

function append(journal: Journal, posting: Uint8Array): void {
  const end = journal.openBytes + 1 + posting.length;
  if (end > journal.open.length) {
    const larger = new Uint8Array(Math.max(end, Math.ceil(journal.open.length * 1.5)));
    larger.set(openPostings(journal));
    journal.open = larger;
  }
  if (journal.openBytes > 0) journal.open[journal.openBytes++] = COMMA;
  journal.open.set(posting, journal.openBytes);
  journal.openBytes += posting.length;
}

const COMMA = 0x2c;

function writePosting({ station, district, kind, index, reason, changes }: JournalPosting): Uint8Array {
  const w = writer.reset().open().key("changes").openArray();
  for (let i = 0; i < changes.length; i += 3) w.ints(changes, i, i + 3);
  w.closeArray().key("district").string(district).key("index").int(index).key("kind").string(kind);
  return w.key("reason").string(reason).key("station").string(station).close().finish();
}
