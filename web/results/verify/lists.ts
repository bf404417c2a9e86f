/**
 * The candidates of a region where they stand apart: above the kecamatan those of several districts are an object of their own,
 * which the region's object names. It is fetched only where candidates are asked for, and verified like everything else: by its
 * hash, its place, and its votes against the totals of the region's parties.
 */
import { byParty, knownDistricts } from "./candidates.ts";
import { faulted } from "./edition.ts";
import { Fault } from "./fault.ts";
import { objectPath } from "./files.ts";
import type { Names } from "./names.ts";
import { BOOKS, type Book, type Figures, list, type Parties, type ResultObject, SPARSE } from "./objects.ts";
import { items, parseJson, ShapeError, type Sparse, text } from "./shape.ts";
import type { Reader, Snapshot } from "./verify.ts";

/** The object with its candidates in its books, where they stand apart; else itself. Rejects with {@link Fault}. */
export async function withLists(reader: Reader, object: ResultObject): Promise<ResultObject> {
  if (object.lists === null) return object;
  const file = objectPath(object.lists);
  const bytes = await reader.object(object.lists);
  const { contest, region, count, recap } = faulted(file, () => decodeLists(bytes));
  if (contest !== object.contest || region !== object.region) {
    const expected = `${object.contest} in ${object.region}`;
    throw new Fault(
      "wrong-place",
      file,
      `expected the candidates of ${expected}, found those of ${contest} in ${region}`,
    );
  }
  const books = { count: { ...object.count, lists: count }, recap: { ...object.recap, lists: recap } };
  const whole = { ...object, ...books, lists: null };
  checkVotes(whole, file, allTogether);
  return whole;
}

function decodeLists(bytes: Uint8Array) {
  const from = parseJson(bytes, "lists");
  if (from.format !== "teguh/lists/v1") throw new ShapeError("format: not the candidates of a region");
  const lists = (book: Book) => items(from[book] ?? [], book, list);
  return {
    contest: text(from.contest, "contest"),
    region: text(from.region, "region"),
    count: lists("count"),
    recap: lists("recap"),
  };
}

/** Votes added up: all of them, or those of each party. `district`: whose columns they are of; null: the parties' own. */
type AddUp = (votes: Sparse, district: string | null) => readonly number[];

const allTogether: AddUp = (votes) => [votes.reduce((total, [, n]) => total + n, 0)];

/** Candidates never have more than their parties; these may have more, from districts that lie in one part of the region. */
function checkVotes({ region, ...object }: ResultObject, file: string, addUp: AddUp): void {
  for (const book of BOOKS) {
    const { lists, parties } = object[book];
    for (const key of ["votes", ...SPARSE] as const) {
      const sums: number[] = [];
      for (const each of lists) {
        addUp(pairsOf(each, key), each.district).forEach((n, i) => {
          sums[i] = (sums[i] ?? 0) + n;
        });
      }
      const stated = parties === null ? [] : addUp(pairsOf(parties, key), null);
      for (const [i, n] of sums.entries()) {
        const most = stated[i] ?? 0;
        if (n <= most) continue;
        throw new Fault(
          "wrong-sum",
          file,
          `${book}.${key} of ${region}: the parties have ${most}, their candidates ${n}`,
        );
      }
    }
  }
}

const pairsOf = (from: Parties, key: keyof Parties): Sparse =>
  key === "votes" ? from.votes.map((n, column) => [column, n] as const) : from[key];

/**
 * An object whose candidates are in its books, with those of one district alone, and its names: the one with this code, or if none
 * is given the one in which this choice stands. Rejects with {@link Fault}.
 */
export async function ofDistrict(
  reader: Reader,
  whole: ResultObject,
  file: string,
  { code, choice }: { readonly code: string | undefined; readonly choice?: string | undefined },
): Promise<{ readonly object: ResultObject; readonly names: ReadonlyMap<string, Names> }> {
  let object = code === undefined ? whole : only(whole, code);
  const names = await reader.namesOf(object);
  const districts = knownDistricts(object, names);
  if (code === undefined) {
    const found = [...districts].find(([, { choices }]) => choices.some(({ id }) => id === choice));
    object = only(whole, found?.[0] ?? "");
  }
  const ids = object.parties;
  checkVotes(object, file, (votes, district) => {
    if (district === null) return ids.map((_, party) => votes.find(([place]) => place === party)?.[1] ?? 0);
    const known = districts.get(district);
    return known === undefined ? [] : byParty(votes, known, ids);
  });
  return { object, names };
}

function only(object: ResultObject, code: string): ResultObject {
  const books = ({ lists }: Figures) => ({ lists: lists.filter(({ district }) => district === code) });
  return {
    ...object,
    count: { ...object.count, ...books(object.count) },
    recap: { ...object.recap, ...books(object.recap) },
  };
}

/**
 * The snapshot with the candidates of one district in its region's object, where they stand apart: of the district with this code,
 * or if none is given of the one in which this choice stands. Rejects with {@link Fault}.
 */
export async function withCandidates(
  reader: Reader,
  snapshot: Snapshot,
  asked: { readonly code: string | undefined; readonly choice: string | undefined },
): Promise<Snapshot> {
  const { path, place } = snapshot;
  if (!place?.reported || place.object.lists === null) return snapshot;
  const whole = await withLists(reader, place.object);
  const { object, names } = await ofDistrict(reader, whole, objectPath(place.object.lists), asked);
  const all = new Map([...snapshot.names, ...names]);
  return { ...snapshot, path: [...path.slice(0, -1), object], place: { reported: true, object }, names: all };
}
