/**
 * Checks of a published tree, for tests: that every number is the sum of its parts, in both books, and that the districts
 * beside the geography say the same. It adds up the JSON anew and shares no code with what wrote it.
 */
import assert from "node:assert/strict";
import { isWithin, regionCode } from "../../election/codes.ts";
import type { District, Model } from "../../election/model.ts";
import {
  BOOK_NAMES,
  type BookJson,
  type ChildJson,
  type DetailJson,
  type FiguresJson,
  type ListJson,
  type Published,
  type ResultJson,
  type RowJson,
  type Sparse,
  type StationBookJson,
  stationIn,
} from "./published.ts";

type BookName = (typeof BOOK_NAMES)[number];

/** A list added up: full arrays by column. */
interface Sum {
  readonly votes: number[];
  readonly raised: number[];
  readonly removed: number[];
  readonly held: number[];
}

type Stated = Pick<ListJson, keyof Sum>;
const SPARSE = ["held", "raised", "removed"] as const;

const COUNTS = ["in", "withVotes", "posted", "held", "read"] as const;
const FIGURES = 25;
/** Those of the figures that the row of a child has. */
const IN_ROWS = { valid: 22, invalid: 23, total: 24 };

/** @throws AssertionError naming the region and book that is not the sum of its parts */
export function checkSums(published: Published, model: Model): void {
  for (const object of published.results()) {
    checkPartyNames(object, model);
    for (const name of BOOK_NAMES) {
      const what = `${name} ${object.contest} ${object.region}`;
      if (object.children) {
        checkRows(published, object, object.children, name, what);
        checkChildren(published, object, object.children, name, model, what);
      } else checkStations(published, object, name, model, what);
    }
  }
  checkDistricts(published, model);
}

/**
 * Above the kecamatan the candidates of several districts stand apart. Of these districts, and of those below the region, the first
 * that together have all parties are named: each has one that none before it has.
 */
function checkPartyNames({ contest, level, lists, parties, partyNames = [], region }: ResultJson, model: Model): void {
  const what = `${contest} ${region}: names of parties`;
  const unnamed = new Set<string>();
  const here = (model.contest(contest)?.districts ?? []).filter(({ desa }) =>
    desa.some(({ code }) => isWithin(code, regionCode(region))),
  );
  const carried = here.filter(({ container }) => isWithin(regionCode(region), container.code));
  const isApart = parties !== undefined && carried.length > 1 && level !== "kecamatan";
  assert.equal(lists !== undefined, isApart, `${contest} ${region}: lists apart`);
  const below = here.filter((district) => isApart || !carried.includes(district));
  for (const { parties } of below) for (const { id } of parties) unnamed.add(id);
  for (const hash of partyNames) {
    const district = below.find(({ object }) => object === hash);
    assert.ok(district?.parties.filter(({ id }) => unnamed.delete(id)).length, `${what}: ${hash}`);
  }
  assert.deepEqual([...unnamed], [], what);
}

/** The row of each child is what the child's own object says, as far as its parent shows it. */
function checkRows(
  published: Published,
  object: ResultJson,
  children: readonly ChildJson[],
  name: BookName,
  what: string,
): void {
  const shown = districtsOf(object);
  for (const child of children) {
    const row = child[name];
    if (!child.hash) {
      assert.deepEqual(row, { expected: row.expected }, `${what}: ${child.code} has no object and yet figures`);
      continue;
    }
    const own = published.region(child.hash);
    assert.equal(own.region, child.code, what);
    assert.equal(own.name, child.name, what);
    assert.deepEqual(child.sittings, own.sittings, `${what}: plenaries of ${child.code}`);
    const { adjustments: _, figures, lists, ...rest } = own[name];
    const three = figures && Object.entries(IN_ROWS).map(([key, place]) => [key, figures[place]] as const);
    const kept = lists?.filter(({ district }) => shown.has(district)).map(({ names: _, ...list }) => list);
    const expected = { ...rest, ...Object.fromEntries(three ?? []) };
    const withLists = kept && !own.parties ? { ...expected, lists: kept } : expected;
    assert.deepEqual(row, withLists, `${what}: the row of ${child.code}`);
  }
}

/** A region is the sum of its children's rows and, for what these leave out, of their objects; and of its own adjustments. */
function checkChildren(
  published: Published,
  object: ResultJson,
  children: readonly ChildJson[],
  name: BookName,
  model: Model,
  what: string,
): void {
  const own = object[name];
  const rows = children.map((child) => child[name]);
  const parts = children.flatMap(({ hash }) => (hash ? [published.region(hash)[name]] : []));
  assert.equal(own.expected, total(rows, "expected"), `${what}: expected`);
  for (const key of COUNTS) assert.equal(own[key] ?? 0, total(rows, key), `${what}: ${key}`);
  checkArrays(
    own.figures,
    parts.flatMap(({ figures }) => (figures ? [figures] : [])),
    `${what}: figures`,
  );
  assert.deepEqual(own.flags ?? {}, addFlags(rows.map(({ flags }) => flags ?? {})), `${what}: flags`);
  const sittings = addFlags(children.map((child) => child.sittings ?? {}));
  if (object.status !== null && object.status !== "none") sittings[object.status] = (sittings[object.status] ?? 0) + 1;
  assert.deepEqual(object.sittings ?? {}, sittings, `${what}: plenaries`);
  const contest = model.contest(object.contest);
  for (const list of listsOf(own)) {
    const sum = emptySum(list.votes.length);
    for (const part of parts.flatMap(listsOf)) if (part.district === list.district) addTo(sum, part);
    for (const { deltas, district, names } of own.adjustments ?? []) {
      assert.equal(names, contest?.district(district)?.object, `${what}: columns of a ruling`);
      if (district === list.district) adjust(sum, deltas);
    }
    checkList(list, sum, `${what}: list ${list.district}`);
  }
  const carried = new Set(listsOf(own).map(({ district }) => district));
  for (const { district } of parts.flatMap(listsOf)) {
    if (districtsOf(object).has(district)) assert.ok(carried.has(district), `${what}: ${district} only in a child`);
  }
  if (!own.parties) {
    for (const row of rows) assert.equal(row.parties, undefined, `${what}: parties only in a child`);
    return;
  }
  const sum = emptySum(own.parties.votes.length);
  for (const { parties } of rows) if (parties) addTo(sum, parties);
  for (const { deltas, district } of own.adjustments ?? []) {
    adjust(sum, byParty(deltas, contest?.district(district), object.parties ?? []));
  }
  checkList(own.parties, sum, `${what}: parties`);
}

/** A desa is the sum of its stations, as its rows and its detail show them. */
function checkStations(published: Published, object: ResultJson, name: BookName, model: Model, what: string): void {
  const own = object[name];
  const detail = object.detail ? published.read<DetailJson>(object.detail) : null;
  const desa = model.region(object.region);
  const district = desa && model.contest(object.contest)?.districtOf(desa);
  assert.ok(district && object.stations, what);
  const sum = emptySum(district.choices.length);
  const counts = { in: 0, withVotes: 0, posted: 0, held: 0 };
  const figures: number[][] = [];
  const flags: Record<string, number>[] = [];
  object.stations.forEach((station, i) => {
    const row = stationIn(station, name);
    const shown = detail ? detail.stations[i]?.[name] : row;
    if (!row || !shown) {
      assert.equal(row ?? null, shown ?? null, what);
      return;
    }
    checkParties(row, shown, district, `${what}${station.n}`);
    if (row.state !== "none") counts.in++;
    flags.push(Object.fromEntries(row.flags.map((code) => [code, 1])));
    if (row.state !== "posted" && row.state !== "held") return;
    counts.withVotes++;
    counts[row.state]++;
    addStation(sum, row.state, shown);
    if (row.state === "posted") figures.push((shown.figures ?? []).map((value) => value ?? 0));
  });
  assert.equal(own.expected, object.stations.length, `${what}: expected`);
  const { posted, ...others } = counts;
  if (name === "recap") assert.equal(own.read ?? 0, posted, `${what}: read`);
  else {
    assert.equal(own.posted ?? 0, posted, `${what}: posted`);
    for (const [key, value] of Object.entries(others)) {
      assert.equal(own[key as keyof typeof others] ?? 0, value, `${what}: ${key}`);
    }
  }
  checkArrays(own.figures, figures, `${what}: figures`);
  assert.deepEqual(own.flags ?? {}, addFlags(flags), `${what}: flags`);
  const [list, ...more] = listsOf(own);
  assert.equal(more.length, 0, what);
  if (!list) {
    assert.equal(counts.in, 0, `${what}: stations without a list`);
    return;
  }
  assert.equal(list.district, district.code, what);
  // What corrections moved is not in the rows; the journal tells it.
  checkList({ ...list, raised: [], removed: [] }, sum, `${what}: list`);
  if (!own.parties) return;
  const byId = emptySum(own.parties.votes.length);
  const places = placesOf(district, object.parties ?? []);
  const fold = (from: readonly number[], to: number[]) =>
    from.forEach((votes, column) => {
      const place = places[column] ?? -1;
      to[place] = (to[place] ?? 0) + votes;
    });
  fold(sum.votes, byId.votes);
  fold(sum.held, byId.held);
  for (const key of ["raised", "removed"] as const) fold(dense(list[key], list.votes.length), byId[key]);
  checkList(own.parties, byId, `${what}: parties`);
}

function addStation(sum: Sum, state: "posted" | "held", shown: StationBookJson | FiguresJson): void {
  sum.votes.forEach((_, column) => {
    const votes = shown.votes?.[column] ?? 0;
    if (state === "held") sum.held[column] = (sum.held[column] ?? 0) + votes;
    else {
      const counted = shown.counted ? (shown.counted[column] ?? 0) : votes;
      sum.votes[column] = (sum.votes[column] ?? 0) + counted;
      if (votes > counted) sum.held[column] = (sum.held[column] ?? 0) + votes - counted;
    }
  });
}

/** In contests with parties the row of a station carries their sums. */
function checkParties(
  row: StationBookJson,
  shown: StationBookJson | FiguresJson,
  district: District,
  what: string,
): void {
  if (!row.parties) return;
  const sums = district.parties.map(({ columns }) => {
    const votes = columns.map((column) => (shown.counted ? shown.counted[column] : shown.votes?.[column]) ?? null);
    return votes.every((value) => value === null) ? null : votes.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  });
  assert.deepEqual(row.parties, sums, `${what}: parties of the row`);
}

/** A district's object says what the region that contains it says, and names its parts as they stand. */
function checkDistricts(published: Published, model: Model): void {
  const objects = new Map([...published.results()].map((object) => [`${object.contest} ${object.region}`, object]));
  const found = new Set<string>();
  for (const object of published.districts()) {
    const district = model.contest(object.contest)?.district(object.district);
    assert.ok(district);
    const what = `district ${object.contest} ${object.district}`;
    found.add(what);
    assert.equal(object.names, district.object, what);
    const container = objects.get(`${object.contest} ${district.container.code}`);
    for (const name of BOOK_NAMES) {
      const list = container && listsOf(container[name]).find((other) => other.district === object.district);
      const { district: _, names: __, ...expected } = list ?? {};
      assert.deepEqual(object[name], list ? expected : null, what);
    }
    assert.deepEqual(
      object.parts.map(({ region }) => region),
      district.parts.map(({ code }) => code),
      what,
    );
    for (const { region, hash } of object.parts) {
      const place = published.places.get(`result ${object.contest} ${region}`) ?? null;
      assert.equal(hash, place, `${what}: part ${region}`);
    }
  }
  for (const object of objects.values()) {
    for (const { district } of [...listsOf(object.count), ...listsOf(object.recap)]) {
      assert.ok(found.has(`district ${object.contest} ${district}`), `${object.contest} ${district} has no object`);
    }
  }
}

const listsOf = ({ lists }: Pick<BookJson, "lists">): readonly ListJson[] => lists ?? [];

/** The districts whose candidates an object carries, in either book. */
const districtsOf = ({ count, recap }: ResultJson): ReadonlySet<string> =>
  new Set([...listsOf(count), ...listsOf(recap)].map(({ district }) => district));

const total = (rows: readonly RowJson[], key: (typeof COUNTS)[number] | "expected"): number =>
  rows.reduce((sum, row) => sum + (row[key] ?? 0), 0);

const emptySum = (columns: number): Sum => ({
  votes: new Array<number>(columns).fill(0),
  raised: new Array<number>(columns).fill(0),
  removed: new Array<number>(columns).fill(0),
  held: new Array<number>(columns).fill(0),
});

function dense(sparse: Sparse, columns: number): number[] {
  const values = new Array<number>(columns).fill(0);
  for (const [column, value] of sparse) values[column] = value;
  return values;
}

function addTo(sum: Sum, list: Stated): void {
  list.votes.forEach((votes, i) => {
    sum.votes[i] = (sum.votes[i] ?? 0) + votes;
  });
  for (const key of SPARSE) {
    for (const [i, votes] of list[key]) sum[key][i] = (sum[key][i] ?? 0) + votes;
  }
}

function adjust(sum: Sum, deltas: Sparse): void {
  for (const [column, delta] of deltas) {
    sum.votes[column] = (sum.votes[column] ?? 0) + delta;
    const moved = delta < 0 ? sum.removed : sum.raised;
    moved[column] = (moved[column] ?? 0) + Math.abs(delta);
  }
}

/** For each column of a district the place of its party among the contest's. */
const placesOf = ({ choices, parties }: District, ids: readonly string[]): number[] =>
  choices.map(({ party }) => ids.indexOf(parties[party]?.id ?? ""));

function byParty(deltas: Sparse, district: District | undefined, ids: readonly string[]): Sparse {
  if (!district) return [];
  const places = placesOf(district, ids);
  return deltas.map(([column, delta]) => [places[column] ?? -1, delta] as const);
}

function checkList(list: Stated, sum: Sum, what: string): void {
  assert.deepEqual(list.votes, sum.votes, `${what}: votes`);
  for (const key of SPARSE) assert.deepEqual(dense(list[key], sum[key].length), sum[key], `${what}: ${key}`);
}

function checkArrays(own: readonly number[] | undefined, parts: readonly (readonly number[])[], what: string): void {
  const sum = new Array<number>(FIGURES).fill(0);
  for (const part of parts) {
    part.forEach((value, i) => {
      sum[i] = (sum[i] ?? 0) + value;
    });
  }
  assert.deepEqual(own ?? new Array<number>(FIGURES).fill(0), sum, what);
}

function addFlags(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const part of parts) for (const [code, n] of Object.entries(part)) sum[code] = (sum[code] ?? 0) + n;
  return sum;
}
