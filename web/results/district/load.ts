/**
 * Results by district (dapil): the edition names a tree of district objects beside the geography, each with its candidates' totals
 * and the parts of the geography that it is made of. The same totals stand in the smallest region that has all these parts; there they
 * are recomputed, rulings included, so the two are held against each other.
 */
import { byParty } from "../verify/candidates.ts";
import { type Edition, faulted } from "../verify/edition.ts";
import { Fault } from "../verify/fault.ts";
import { objectPath } from "../verify/files.ts";
import { ofDistrict, withLists } from "../verify/lists.ts";
import type { Names } from "../verify/names.ts";
import {
  BOOKS,
  type Book,
  counters,
  type Figures,
  type List,
  type Parties,
  type ResultObject,
  SPARSE,
} from "../verify/objects.ts";
import { fields, integer, items, optional, parseJson, text } from "../verify/shape.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

export interface DistrictName {
  readonly code: string;
  readonly name: string;
}

/** The districts of a province, or of the nation ("0"), by code: hashes of their objects. */
export type Group = ReadonlyMap<string, string>;

/** A district as a region's object is, so that it is shown alike, and the regions that it is made of. */
export interface District {
  readonly code: string;
  readonly object: ResultObject;
  readonly names: ReadonlyMap<string, Names>;
  readonly seats: number;
  readonly parts: readonly ResultObject[];
}

/** The groups of a contest: hashes of their objects by province. Rejects with {@link Fault}. */
export async function readGroups(reader: Reader, { edition, contest }: Snapshot): Promise<ReadonlyMap<string, string>> {
  const bytes = await reader.object(edition.districts);
  return faulted(objectPath(edition.districts), () => {
    const groups = fields(fields(parseJson(bytes, "districts").contests, "contests")[contest] ?? {}, contest);
    return new Map(Object.entries(groups).map(([group, hash]) => [group, text(hash, group)]));
  });
}

export async function readGroup(reader: Reader, hash: string): Promise<Group> {
  const bytes = await reader.object(hash);
  return faulted(objectPath(hash), () => {
    const rows = items(parseJson(bytes, "districts").districts, "districts", (value, where) => {
      const from = fields(value, where);
      return [text(from.district, where), text(from.hash, where)] as const;
    });
    return new Map(rows);
  });
}

/** The hash of each contest's object, by kind. */
function decodeElection(bytes: Uint8Array): ReadonlyMap<string, string> {
  const contests = items(parseJson(bytes, "election").contests, "contests", (value, where) => {
    const [kind, hash] = items(value, where, text);
    return [text(kind, where), text(hash, where)] as const;
  });
  return new Map(contests);
}

/** The names of all districts of a contest, in its order. */
export async function readDistrictNames(reader: Reader, { edition, contest }: Snapshot): Promise<DistrictName[]> {
  const election = await reader.object(edition.definition);
  const hash = faulted(objectPath(edition.definition), () => decodeElection(election)).get(contest);
  if (hash === undefined) return [];
  const bytes = await reader.object(hash);
  return faulted(objectPath(hash), () =>
    items(parseJson(bytes, "contest").districts, "districts", (value, where) => {
      const [code = "", name = ""] = items(value, where, text);
      return { code, name };
    }),
  );
}

/** A district, verified. Rejects with {@link Fault}. */
export async function readDistrict(reader: Reader, edition: Edition, contest: string, hash: string): Promise<District> {
  const file = objectPath(hash);
  const bytes = await reader.object(hash);
  const stated = faulted(file, () => decodeDistrict(parseJson(bytes, "district")));
  if (stated.contest !== contest) throw new Fault("wrong-place", file, `expected a district of ${contest}`);
  const region = commonRegion(stated.parts.map((part) => part.region));
  const around = (await reader.stateIn(edition, contest, region)).path.at(-1);
  const whole = around && (await withLists(reader, around));
  for (const book of BOOKS) checkSame(book, stated.lists[book], whole, stated.district, file);
  if (whole && around.lists !== null) {
    await ofDistrict(reader, whole, objectPath(around.lists), { code: stated.district });
  }
  const found = await Promise.all(
    stated.parts.map((part) => (part.hash === null ? null : reader.result(part.hash, contest, part.region))),
  );
  const parts = found.filter((part) => part !== null);
  const [first] = parts;
  const object: ResultObject = {
    contest,
    region,
    name: stated.name,
    level: "district",
    zone: first?.zone ?? "WIB",
    sittings: {},
    status: null,
    orders: [],
    lists: null,
    parties: first?.parties ?? [],
    partyNames: [],
    count: figuresOf("count", stated, parts),
    recap: figuresOf("recap", stated, parts),
    children: [],
    stations: null,
    detail: null,
    journal: null,
  };
  const names = await reader.namesOf(object);
  return { code: stated.district, object: withParties(object, names), names, seats: stated.seats, parts };
}

interface Stated {
  readonly contest: string;
  readonly district: string;
  readonly name: string;
  readonly names: string;
  readonly seats: number;
  readonly parts: readonly { readonly region: string; readonly hash: string | null }[];
  readonly lists: Readonly<Record<Book, Parties | null>>;
}

function decodeDistrict(from: Readonly<Record<string, unknown>>): Stated {
  const list = (value: unknown, where: string): Parties => counters(fields(value, where), where);
  return {
    contest: text(from.contest, "contest"),
    district: text(from.district, "district"),
    name: text(from.name, "name"),
    names: text(from.names, "names"),
    seats: integer(from.seats, "seats"),
    parts: items(from.parts, "parts", (value, where) => {
      const part = fields(value, where);
      return { region: text(part.region, where), hash: optional(part.hash, where, text) };
    }),
    lists: { count: optional(from.count, "count", list), recap: optional(from.recap, "recap", list) },
  };
}

/** The smallest region that has all parts in it: there their account is kept. */
export function commonRegion(regions: readonly string[]): string {
  const [first = "0", ...others] = regions;
  const lengths = [10, 6, 4, 2].filter((length) => length <= first.length);
  const length = lengths.find((each) => others.every((region) => region.startsWith(first.slice(0, each))));
  return first === "0" || length === undefined ? "0" : first.slice(0, length);
}

/** The figures of a book: stations and totals from the parts, votes as stated. */
function figuresOf(book: Book, stated: Stated, parts: readonly ResultObject[]): Figures {
  const own = stated.lists[book];
  const list: List = {
    district: stated.district,
    names: stated.names,
    ...(own ?? { votes: [], raised: [], removed: [], held: [] }),
  };
  const rows = parts.map((part) => part[book]);
  const stations: Record<string, number> = {};
  for (const row of rows) for (const [key, n] of Object.entries(row.stations)) stations[key] = (stations[key] ?? 0) + n;
  const sum = (of: (row: Figures) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    stations,
    valid: sum((row) => row.valid),
    invalid: sum((row) => row.invalid),
    total: sum((row) => row.total),
    flags: {},
    figures: [],
    adjustments: [],
    lists: own === null ? [] : [list],
    parties: null,
  };
}

/** The district's votes must be those that the region around it carries, which were recomputed there. */
function checkSame(
  book: Book,
  stated: Parties | null,
  around: ResultObject | undefined,
  code: string,
  file: string,
): void {
  const carried = around?.[book].lists.find(({ district }) => district === code);
  const pairs = (["votes", ...SPARSE] as const).map((key) => [key, stated?.[key] ?? [], carried?.[key] ?? []] as const);
  for (const [key, own, theirs] of pairs) {
    if (JSON.stringify(own) === JSON.stringify(theirs)) continue;
    throw new Fault("wrong-row", file, `${book}.${key} of district ${code} differ from those of ${around?.region}`);
  }
}

/** With the totals of its parties, where candidates stand within parties. */
function withParties(object: ResultObject, names: ReadonlyMap<string, Names>): ResultObject {
  const [district] = names.values();
  if (object.parties.length === 0 || district === undefined) return object;
  const ids = object.parties;
  const change = (figures: Figures): Figures => {
    const [list] = figures.lists;
    if (list === undefined) return figures;
    const totals = (values: List["held"]) =>
      byParty(values, district, ids).flatMap((n, i) => (n === 0 ? [] : [[i, n] as const]));
    const columns = list.votes.map((n, column) => [column, n] as const);
    const parties = {
      votes: byParty(columns, district, ids),
      raised: totals(list.raised),
      removed: totals(list.removed),
      held: totals(list.held),
    };
    return { ...figures, parties };
  };
  const [count, recap] = BOOKS.map((book) => change(object[book]));
  return { ...object, count: count ?? object.count, recap: recap ?? object.recap };
}
