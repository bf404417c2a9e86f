/**
 * The journals of a kecamatan: every posting that is not a station's first report, in chunks that each name the one before.
 * Votes removed are exactly the falls in them, so they are what an account of a kecamatan is drawn from.
 */
import { faulted } from "./edition.ts";
import { Fault } from "./fault.ts";
import { objectPath } from "./files.ts";
import type { Book, ResultObject } from "./objects.ts";
import { type Fields, fields, integer, items, optional, parseJson, text } from "./shape.ts";
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

/** Of each log that has posted to a book of a kecamatan the newest chunk, which stands in its object. Throws {@link Fault}. */
export function newestChunks({ contest, region, journal }: ResultObject, book: Book): Chunk[] {
  return faulted(`now/${contest}/${region}.json`, () =>
    items(fields(journal ?? {}, "journal")[book] ?? [], "journal", (value, where) => chunkOf(fields(value, where))),
  );
}

/** An older chunk, verified by its hash. Rejects with {@link Fault}. */
export async function readChunk(reader: Reader, hash: string): Promise<Chunk> {
  const bytes = await reader.object(hash);
  return faulted(objectPath(hash), () => chunkOf(parseJson(bytes, "journal")));
}

function chunkOf(from: Fields): Chunk {
  const log = text(from.log, "log");
  return {
    log,
    previous: optional(from.previous, "previous", text),
    postings: items(from.postings, "postings", (value, where) => posting(value, where, log)),
  };
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
 * The postings of a journal that came after what was once its newest chunk (`null`: all), oldest first. Rejects with
 * {@link Fault}: also where the journal does not go on from that earlier one.
 */
export async function postingsSince(reader: Reader, newest: Chunk, since: Chunk | null): Promise<Posting[]> {
  const newer: (readonly Posting[])[] = [];
  for (let chunk = newest; ; ) {
    const { previous, postings } = chunk;
    // What the earlier one has grown to is the one with the same chunk before it.
    if (since !== null && previous === since.previous) {
      checkPrefix(since, chunk);
      newer.push(postings.slice(since.postings.length));
      break;
    }
    newer.push(postings);
    if (previous === null) {
      if (since === null) break;
      throw new Fault("forked", `log/${chunk.log}`, "the journal does not go on from its earlier state");
    }
    chunk = await readChunk(reader, previous);
  }
  return newer.reverse().flat();
}

/** The newest chunk of then must be the beginning of what stands in its place now. */
function checkPrefix(then: Chunk, now: Chunk): void {
  const kept = now.postings.slice(0, then.postings.length);
  if (JSON.stringify(kept) === JSON.stringify(then.postings)) return;
  throw new Fault("forked", `log/${now.log}`, "a posting of the journal was changed or removed");
}
