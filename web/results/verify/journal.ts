/**
 * The journals of a kecamatan: every posting that is not a station's first report, in chunks that each name the one before.
 * Votes removed are exactly the falls in them, so they are what an account of a kecamatan is drawn from.
 */
import { faulted } from "./edition.ts";
import { Fault } from "./fault.ts";
import { objectPath } from "./files.ts";
import type { JournalHead } from "./objects.ts";
import { fields, integer, items, optional, parseJson, text } from "./shape.ts";
import type { Reader } from "./verify.ts";

export const POSTING_KINDS = ["correction", "withdrawal", "annulment"] as const;
export type PostingKind = (typeof POSTING_KINDS)[number];

/** What a statement changed of what was counted of a station. */
export interface Posting {
  readonly log: string;
  /** The place of the statement in it. */
  readonly index: number;
  readonly station: string;
  readonly district: string;
  readonly kind: PostingKind;
  /** A code of {@link READING_REASONS}, where the statement gives one. */
  readonly reason: string | null;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly column: number;
  readonly before: number;
  readonly after: number;
}

export interface Chunk {
  readonly log: string;
  readonly previous: string | null;
  readonly postings: readonly Posting[];
}

/** One chunk, verified by its hash. Rejects with {@link Fault}. */
export async function readChunk(reader: Reader, hash: string): Promise<Chunk> {
  const file = objectPath(hash);
  const bytes = await reader.object(hash);
  return faulted(file, () => {
    const from = parseJson(bytes, "journal");
    const log = text(from.log, "log");
    return {
      log,
      previous: optional(from.previous, "previous", text),
      postings: items(from.postings, "postings", (value, where) => posting(value, where, log)),
    };
  });
}

function posting(value: unknown, where: string, log: string): Posting {
  const from = fields(value, where);
  return {
    log,
    index: integer(from.index, where),
    station: text(from.station, where),
    district: text(from.district, where),
    kind: POSTING_KINDS.find((kind) => kind === from.kind) ?? "correction",
    reason: optional(from.reason, where, text),
    changes: items(from.changes, where, (triple, at) => {
      const [column = 0, before = 0, after = 0] = items(triple, at, integer);
      return { column, before, after };
    }),
  };
}

/**
 * The postings of a journal that came after those of an earlier head of it (`null`: all), oldest first. Rejects with
 * {@link Fault}: also where the journal does not go on from that earlier one.
 */
export async function postingsSince(reader: Reader, { hash }: JournalHead, since: string | null): Promise<Posting[]> {
  const before = since === null || since === hash ? null : await readChunk(reader, since);
  const newer: Posting[][] = [];
  for (let at: string | null = hash; at !== since; ) {
    if (at === null) throw new Fault("forked", objectPath(hash), "the journal does not go on from its earlier state");
    const chunk: Chunk = await readChunk(reader, at);
    if (before !== null && chunk.previous === before.previous) {
      checkPrefix(before, chunk, objectPath(at));
      newer.push(chunk.postings.slice(before.postings.length));
      break;
    }
    newer.push([...chunk.postings]);
    at = chunk.previous;
  }
  return newer.reverse().flat();
}

/** The open chunk of then must be the beginning of what stands in its place now. */
function checkPrefix(before: Chunk, now: Chunk, file: string): void {
  const kept = now.postings.slice(0, before.postings.length);
  if (JSON.stringify(kept) === JSON.stringify(before.postings)) return;
  throw new Fault("forked", file, "a posting of the journal was changed or removed");
}
