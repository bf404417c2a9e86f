/**
 * The journal of a kecamatan, book and log: every posting other than a first report, in chunks of at most 100, each
 * naming the chunk before it. From it a reader draws an account without reading the logs.
 *
 * There is a journal for each log that posts to a book, since the order between two logs is nobody's to say.
 */
import type { Hash } from "../ledger/hash.ts";

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

export const CHUNK_POSTINGS = 100;

export interface Journal {
  /** The chunk before the open one, once it is full. */
  previous: Hash | null;
  /** Postings not yet in a full chunk. */
  open: JournalPosting[];
  /** Object of the open chunk as last built. */
  built: Hash | null;
}

export const emptyJournal = (): Journal => ({ previous: null, open: [], built: null });
