/**
 * What an account needs from the published files, and no more: the region in the two editions, and from the kecamatan down
 * the journals between them. Over all editions nothing is fetched but those, since the current state is on the page.
 */
import type { Edition } from "../verify/edition.ts";
import { Editions, stateIfKept } from "../verify/editions.ts";
import { newestChunks, type Posting, postingsSince } from "../verify/journal.ts";
import { withLists } from "../verify/lists.ts";
import { BOOKS, type Book, type ResultObject, type RowFigures } from "../verify/objects.ts";
import type { Reader, Snapshot, State } from "../verify/verify.ts";

/** A region in one of the two editions. */
export interface Moment {
  /** Null: before the first edition, when there was nothing. */
  readonly edition: Pick<Edition, "number" | "time"> | null;
  /** The region's figures by book; null where nothing had been reported. */
  readonly figures: Readonly<Record<Book, RowFigures>> | null;
  /** Its own object, where it is kept. */
  readonly object: ResultObject | null;
  /** Its kecamatan, from the kecamatan down. */
  readonly kecamatan: ResultObject | null;
}

export interface Between {
  readonly before: Moment;
  readonly after: Moment;
  /** Postings between them, oldest first in each log; null above the kecamatan. */
  readonly postings: Readonly<Record<Book, readonly Posting[]>> | null;
}

/** An edition of which nothing of the region is kept. */
export interface NotKept {
  readonly notKept: number;
}

/**
 * The region of the snapshot between two editions, with candidates in both if the snapshot has them; `from` 0: before the first.
 * Rejects with {@link Fault}.
 */
export async function loadBetween(
  reader: Reader,
  snapshot: Snapshot,
  region: string,
  from: number,
  to: number,
): Promise<Between | NotKept> {
  const editions = new Editions(reader, snapshot);
  const [before, after] = await Promise.all(
    [from, to].map((number) => momentOf(reader, editions, snapshot, region, number)),
  );
  if (before == null) return { notKept: from };
  if (after == null) return { notKept: to };
  const postings = after.kecamatan === null ? null : await postingsBetween(reader, before, after.kecamatan, region);
  return { before, after, postings };
}

const NEVER: Moment = { edition: null, figures: null, object: null, kecamatan: null };

async function momentOf(
  reader: Reader,
  editions: Editions,
  snapshot: Snapshot,
  region: string,
  number: number,
): Promise<Moment | null> {
  if (number === 0) return NEVER;
  if (number === snapshot.edition.number) return inState(snapshot, snapshot.edition, region);
  const edition = await editions.edition(number);
  const whole = await stateIfKept(reader, edition, snapshot.contest, region);
  if (whole !== null) {
    const moment = inState(whole, edition, region);
    if (moment.object === null || (snapshot.place?.reported && snapshot.place.object.lists !== null)) return moment;
    const object = await withLists(reader, moment.object);
    return { ...moment, object, figures: object };
  }
  // Of older editions a desa is kept as a row of its kecamatan alone.
  if (region.length < 10) return null;
  const coarse = await stateIfKept(reader, edition, snapshot.contest, region.slice(0, 6));
  return coarse && inState(coarse, edition, region);
}

function inState({ path }: Pick<State, "path">, edition: Edition, region: string): Moment {
  const object = path.find((each) => each.region === region) ?? null;
  const row = path.at(-1)?.children.find(({ code }) => code === region);
  const kecamatan = path.find(({ level }) => level === "kecamatan") ?? null;
  return { edition, figures: object ?? row ?? null, object, kecamatan };
}

async function postingsBetween(
  reader: Reader,
  before: Moment,
  kecamatan: ResultObject,
  region: string,
): Promise<Record<Book, readonly Posting[]>> {
  const [count = [], recap = []] = await Promise.all(
    BOOKS.map(async (book) => {
      const earlier = before.kecamatan === null ? [] : newestChunks(before.kecamatan, book);
      const then = new Map(earlier.map((chunk) => [chunk.log, chunk]));
      const newest = newestChunks(kecamatan, book);
      const lists = await Promise.all(newest.map((chunk) => postingsSince(reader, chunk, then.get(chunk.log) ?? null)));
      return lists.flat().filter(({ station }) => station.startsWith(region));
    }),
  );
  return { count, recap };
}
