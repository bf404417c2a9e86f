/**
 * Recomputes, in this browser, the totals of a result object from the parts that stand in the same object: a region's
 * from the rows of its children, a desa's from its stations, both books apart. This is what "penjumlahan cocok" rests on,
 * so it shares no code with the fold that made the object.
 *
 * Not recomputed here: votes raised and removed in a desa (they are history, which is in the log), of a region's 25 figures those that
 * rows leave out, and candidates who stand within parties. Of these the votes of a large desa by station are in its detail (see
 * `detail.ts`), of others in its rows; at every level they must add up to the totals of their parties.
 */
import { byParty, carriesAll, knownDistricts } from "./candidates.ts";
import type { Names } from "./names.ts";
import {
  type Adjustment,
  BOOKS,
  type Book,
  type ChildRow,
  type Figures,
  FORM,
  type List,
  type Parties,
  type ResultObject,
  ROW_FIGURES,
  type RowFigures,
  SPARSE,
  STATION_COUNTS,
  type StationEntry,
  type StationRow,
} from "./objects.ts";
import type { Sparse } from "./shape.ts";

/** A stated number that is not the sum of its parts. `what` is the path within the object. */
export interface SumFault {
  readonly what: string;
  readonly stated: number;
  readonly computed: number;
}

export interface SumReport {
  /** How many stated totals were compared. */
  readonly compared: number;
  readonly faults: readonly SumFault[];
}

/** A list or party totals added up, a number for every column. */
type ListSums = Readonly<Record<keyof Parties, number[]>>;

class Comparison {
  compared = 0;
  readonly faults: SumFault[] = [];

  check(what: string, stated: number, computed: number): void {
    this.compared++;
    if (stated !== computed) this.faults.push({ what, stated, computed });
  }

  checkAll(what: string, stated: readonly number[], computed: readonly number[]): void {
    this.check(`${what}.length`, stated.length, computed.length);
    for (let i = 0; i < stated.length; i++) this.check(`${what}[${i}]`, stated[i] ?? 0, computed[i] ?? 0);
  }

  checkSparse(what: string, stated: Sparse, computed: readonly number[]): void {
    const full = new Array<number>(computed.length).fill(0);
    for (const [column, n] of stated) full[column] = (full[column] ?? 0) + n;
    for (let i = 0; i < full.length; i++) this.check(`${what}[${i}]`, full[i] ?? 0, computed[i] ?? 0);
  }

  checkList(what: string, stated: Parties, computed: ListSums): void {
    this.checkAll(`${what}.votes`, stated.votes, computed.votes);
    for (const key of SPARSE) this.checkSparse(`${what}.${key}`, stated[key], computed[key]);
  }

  checkFlags(what: string, stated: Readonly<Record<string, number>>, computed: ReadonlyMap<string, number>): void {
    for (const code of new Set([...Object.keys(stated), ...computed.keys()])) {
      this.check(`${what}.${code}`, stated[code] ?? 0, computed.get(code) ?? 0);
    }
  }
}

function addTo(sums: number[], values: readonly (number | null)[]): void {
  for (let i = 0; i < values.length; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
}

function addSparse(sums: number[], values: Sparse): void {
  for (const [column, n] of values) sums[column] = (sums[column] ?? 0) + n;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

const emptySums = (length: number): ListSums => ({
  votes: zeros(length),
  raised: zeros(length),
  removed: zeros(length),
  held: zeros(length),
});

const NOTHING: Parties = { votes: [], raised: [], removed: [], held: [] };

function addList(sums: ListSums, list: Parties): void {
  addTo(sums.votes, list.votes);
  for (const key of SPARSE) addSparse(sums[key], list[key]);
}

/**
 * Compares the totals of the object with the sums of their parts. `names`: districts by the hash of their definition; what
 * needs a district that is not among them is not compared.
 */
export function recompute(object: ResultObject, names: ReadonlyMap<string, Names>): SumReport {
  const comparison = new Comparison();
  const districts = knownDistricts(object, names);
  const isWhole = carriesAll(object, districts);
  // A desa lies in one district, in the order of whose parties its stations' party totals stand.
  const [district] = districts.values();
  const places = (district?.parties ?? []).map(({ id }) => object.parties.indexOf(id));
  for (const book of BOOKS) {
    if (object.stations !== null) sumStations(comparison, book, object, object.stations, places);
    else sumChildren(comparison, book, object, names);
    if (isWhole) sumCandidates(comparison, book, object, districts);
  }
  return comparison;
}

function sumChildren(
  comparison: Comparison,
  book: Book,
  object: ResultObject,
  names: ReadonlyMap<string, Names>,
): void {
  const own = object[book];
  const rows = object.children.map((child) => child[book]);
  for (const key of STATION_COUNTS[book]) {
    comparison.check(`${book}.${key}`, own.stations[key] ?? 0, sum(rows.map((row) => row.stations[key] ?? 0)));
  }
  for (const key of ROW_FIGURES) comparison.check(`${book}.${key}`, own[key], sum(rows.map((row) => row[key])));
  const flags = new Map<string, number>();
  for (const [code, n] of rows.flatMap((row) => Object.entries(row.flags))) flags.set(code, (flags.get(code) ?? 0) + n);
  comparison.checkFlags(`${book}.flags`, own.flags, flags);
  if (book === "count") sumSittings(comparison, object);
  if (own.parties === null) sumLists(comparison, book, own, rows);
  else if (own.adjustments.every((adjustment) => names.has(adjustment.names))) {
    sumParties(comparison, book, object, names);
  }
}

/** The plenaries within the region, and its own. */
function sumSittings(comparison: Comparison, { children, sittings, status }: ResultObject): void {
  const sums = new Map(status === null || status === "none" ? [] : [[status, 1]]);
  for (const [sitting, n] of children.flatMap((child) => Object.entries(child.sittings))) {
    sums.set(sitting, (sums.get(sitting) ?? 0) + n);
  }
  comparison.checkFlags("sittings", sittings, sums);
}

/** What a ruling added (`sign` 1), as votes raised, or took away (-1), as votes removed. */
const movedBy = ({ deltas }: Adjustment, sign: 1 | -1): Sparse =>
  deltas.filter(([, n]) => n * sign > 0).map(([column, n]) => [column, n * sign] as const);

function sumLists(comparison: Comparison, book: Book, own: Figures, rows: readonly RowFigures[]): void {
  for (const list of own.lists) {
    const parts = rows.flatMap((row) => row.lists.filter((each) => each.district === list.district));
    const sums = emptySums(list.votes.length);
    for (const part of parts) addList(sums, part);
    for (const adjustment of own.adjustments) {
      if (adjustment.district !== list.district) continue;
      addSparse(sums.votes, adjustment.deltas);
      addSparse(sums.raised, movedBy(adjustment, 1));
      addSparse(sums.removed, movedBy(adjustment, -1));
    }
    comparison.checkList(`${book}.lists.${list.district}`, list, sums);
  }
}

function sumParties(comparison: Comparison, book: Book, object: ResultObject, names: ReadonlyMap<string, Names>): void {
  const own = object[book];
  if (own.parties === null) return;
  const sums = emptySums(object.parties.length);
  for (const child of object.children) addList(sums, child[book].parties ?? NOTHING);
  for (const adjustment of own.adjustments) {
    const district = names.get(adjustment.names);
    if (district === undefined) continue;
    addTo(sums.votes, byParty(adjustment.deltas, district, object.parties));
    addTo(sums.raised, byParty(movedBy(adjustment, 1), district, object.parties));
    addTo(sums.removed, byParty(movedBy(adjustment, -1), district, object.parties));
  }
  comparison.checkList(`${book}.parties`, own.parties, sums);
}

/** Where candidates stand within parties: those of all districts together have their parties' votes. */
function sumCandidates(
  comparison: Comparison,
  book: Book,
  object: ResultObject,
  districts: ReadonlyMap<string, Names>,
): void {
  const own = object[book];
  if (own.parties === null) return;
  const sums = emptySums(object.parties.length);
  for (const list of own.lists) {
    const district = districts.get(list.district);
    if (district === undefined) continue;
    const columns = list.votes.map((n, column) => [column, n] as const);
    addTo(sums.votes, byParty(columns, district, object.parties));
    for (const key of SPARSE) addTo(sums[key], byParty(list[key], district, object.parties));
  }
  comparison.checkList(`${book}.candidates`, own.parties, sums);
}

function sumStations(
  comparison: Comparison,
  book: Book,
  { [book]: own, detail }: ResultObject,
  rows: readonly StationRow[],
  places: readonly number[],
): void {
  const entries = rows.flatMap((row) => row[book] ?? []);
  const posted = entries.filter((entry) => entry.state === "posted");
  const held = entries.filter((entry) => entry.state === "held");
  const computed: Readonly<Record<string, number>> = {
    expected: rows.length,
    in: entries.filter((entry) => entry.state !== "none").length,
    withVotes: posted.length + held.length,
    posted: posted.length,
    held: held.length,
    read: posted.length,
  };
  for (const key of STATION_COUNTS[book])
    comparison.check(`${book}.${key}`, own.stations[key] ?? 0, computed[key] ?? 0);
  const flags = new Map<string, number>();
  for (const code of entries.flatMap((entry) => entry.flags)) flags.set(code, (flags.get(code) ?? 0) + 1);
  comparison.checkFlags(`${book}.flags`, own.flags, flags);
  if (own.parties !== null) sumPartyRows(comparison, book, own, posted, places);
  if (detail === null) sumVoteRows(comparison, book, own, posted, held);
}

function sumVoteRows(
  comparison: Comparison,
  book: Book,
  own: Figures,
  posted: readonly StationEntry[],
  held: readonly StationEntry[],
): void {
  const figures = zeros(FORM.figures);
  for (const entry of posted) addTo(figures, entry.figures ?? []);
  comparison.checkAll(`${book}.figures`, own.figures, own.figures.length === 0 ? [] : figures);
  // A desa lies in one district.
  for (const list of own.lists) {
    const votes = zeros(list.votes.length);
    const heldVotes = zeros(list.votes.length);
    for (const entry of posted) {
      addTo(votes, entry.counted ?? entry.votes ?? []);
      // What the sheet shows beyond what is counted of it is held.
      if (entry.counted !== null)
        addTo(
          heldVotes,
          entry.counted.map((n, i) => Math.max(0, (entry.votes?.[i] ?? 0) - n)),
        );
    }
    for (const entry of held) addTo(heldVotes, entry.votes ?? []);
    comparison.checkAll(`${book}.lists.${list.district}.votes`, list.votes, votes);
    comparison.checkSparse(`${book}.lists.${list.district}.held`, list.held, heldVotes);
  }
}

function sumPartyRows(
  comparison: Comparison,
  book: Book,
  own: Figures,
  posted: readonly StationEntry[],
  places: readonly number[],
): void {
  for (const key of ROW_FIGURES) {
    comparison.check(`${book}.${key}`, own[key], sum(posted.map((entry) => entry[key] ?? 0)));
  }
  const stated = own.parties?.votes ?? [];
  const votes = zeros(stated.length);
  for (const entry of posted) {
    entry.parties?.forEach((n, i) => {
      const place = places[i] ?? -1;
      if (place >= 0) votes[place] = (votes[place] ?? 0) + (n ?? 0);
      // Votes for a party that the district does not have can belong to no total.
      else if (n !== null && n !== 0) comparison.check(`${book}.parties.${i}`, n, 0);
    });
  }
  comparison.checkAll(`${book}.parties.votes`, stated, votes);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Whether a child's own object says what its parent's row says of it: the first field that differs, or null. */
export function differsFromRow(row: ChildRow, object: ResultObject): string | null {
  for (const book of BOOKS) {
    const inRow = row[book];
    const own = object[book];
    const pairs: [string, unknown, unknown][] = [
      ["stations", inRow.stations, own.stations],
      ...ROW_FIGURES.map((key): [string, unknown, unknown] => [key, inRow[key], own[key]]),
      ["flags", inRow.flags, own.flags],
      ["parties", inRow.parties, own.parties],
      ...inRow.lists.map((list): [string, unknown, unknown] => [
        `lists.${list.district}`,
        votesOf(list),
        votesOf(own.lists.find((each) => each.district === list.district)),
      ]),
    ];
    for (const [what, stated, found] of pairs) {
      if (JSON.stringify(stated) !== JSON.stringify(found)) return `${book}.${what}`;
    }
  }
  if (JSON.stringify(row.sittings) !== JSON.stringify(object.sittings)) return "sittings";
  return row.name === object.name ? null : "name";
}

/** What a row and an object both say of a list. */
const votesOf = (list: List | undefined) => list && [list.votes, ...SPARSE.map((key) => list[key])];
