/**
 * The objects of the result tree as bytes: a desa with its stations, a region with its children, the detail of a desa, the lists
 * of a region that do not stand in its own object.
 *
 * Objects are canonical JSON with sorted keys, and a pure function of the fold's state: no clock, no edition number. Each
 * names its children by hash, so one hash fixes every number below it.
 */
import { CONTEST_KINDS, type ContestKind, hasParties, type RegionCode } from "../election/codes.ts";
import { FIGURE, FIGURE_COUNT } from "../election/figures.ts";
import { type District, type Region, STATION_KINDS } from "../election/model.ts";
import { flagCodes } from "../election/rules.ts";
import { MAX_PARTIES, OUTCOMES } from "../election/sheet.ts";
import type { Hash } from "../ledger/hash.ts";
import { shownFlags } from "./as-the-sheet.ts";
import type { Authority } from "./authority.ts";
import {
  BOOKS,
  type Book,
  type BookName,
  type Books,
  besideOf,
  figureOf,
  figuresFrom,
  hasStatement,
  indexOf,
  levelOf,
  OVERFLOW_16,
  outcomeOf,
  STATE_NAMES,
  saysTheSame,
  stateOf,
  votesFrom,
  votesOf,
  wasReported,
} from "./book.ts";
import { openPostings } from "./journal.ts";
import type { JsonWriter } from "./json-writer.ts";
import { WHOLE } from "./plenary.ts";
import type { Rows } from "./rows.ts";
import { type ListSums, type PartyIndex, SITTINGS, type Sittings, type Sums, type Totals } from "./totals.ts";
import type { Block, VoidEntry } from "./unit.ts";

export type Status = "none" | "open" | "paused" | "halted" | "certified";

/** A child as its parent's object shows it. */
export interface Child {
  readonly region: Region;
  readonly hash: Hash | null;
  readonly totals: Totals;
}

export interface RegionObject {
  readonly contest: number;
  readonly region: Region;
  readonly totals: Totals;
  readonly parties: PartyIndex | null;
  /** The rows of its children as its object last had them, and the child of a row that changed; null where it has none. */
  readonly rows: Rows;
  readonly childAt: (place: number) => Child | null;
  /** Where its candidates stand apart: the object that has them. */
  readonly lists: Hash | null;
  readonly status: Status;
  readonly orders: readonly string[];
  /** Of a kecamatan: its books with their journals, and what was refused. */
  readonly books: Books | null;
  readonly voids: readonly VoidEntry[] | null;
}

/** The object of a region from the kecamatan up. */
export function writeRegion(w: JsonWriter, object: RegionObject): void {
  const { lists, parties, region, totals } = object;
  w.open();
  writeChildren(w.key("children"), object);
  writeHead(w, object.contest);
  writeSums(w.key("count"), "count", totals, null, lists !== null);
  w.key("format").string("teguh/result/v1");
  if (object.books) writeJournals(w, object.books);
  w.key("level").string(region.level);
  if (lists) w.key("lists").string(lists);
  w.key("name").string(region.name).key("orders").strings(object.orders);
  if (parties) w.key("parties").strings(parties.ids);
  const names = parties?.names.get(region.code);
  if (names) w.key("partyNames").strings(names);
  writeSums(w.key("recap"), "recap", totals, null, lists !== null);
  w.key("region").string(region.code);
  writeSittings(w, totals.sittings);
  w.key("status").string(object.status);
  if (object.voids) {
    w.key("void").openArray();
    for (const { log, index, reason } of object.voids) w.openArray().string(log).int(index).string(reason).closeArray();
    w.closeArray();
  }
  w.key("zone").string(region.zone).close();
}

/** The rows of the children of a region, those that changed anew. A row depends on its child alone. */
export function writeChildren(
  w: JsonWriter,
  { totals, rows, childAt }: Pick<RegionObject, "totals" | "rows" | "childAt">,
): void {
  const own = new Set<District>();
  for (const name of BOOKS) for (const district of totals.books[name]?.lists.keys() ?? []) own.add(district);
  w.openArray();
  rows.write(w, (place) => {
    const child = childAt(place);
    if (child) writeChild(w, child, own);
  });
  w.closeArray();
}

/** The candidates of a region, where they stand apart. */
export function writeListsApart(w: JsonWriter, contest: number, region: Region, { books }: Totals): void {
  w.open();
  writeHead(w, contest);
  for (const name of BOOKS) {
    const sums = books[name];
    w.key(name);
    if (sums) writeLists(w, sums, null);
    else w.null();
    if (name === "count") w.key("format").string("teguh/lists/v1");
  }
  w.key("region").string(region.code).close();
}

/**
 * Up to so many stations, some 10 KB compressed where there are many candidates, the rows of a desa say all themselves: nearly every
 * desa has fewer, and a second file for each is a fifth of all files of an edition.
 */
export const MOST_WHOLE_ROWS = 32;

/** Whether the figures and votes of a desa's stations stand apart, in its detail. */
export const hasDetail = (desa: Region, contest: ContestKind): boolean =>
  hasParties(contest) && desa.stations.length > MOST_WHOLE_ROWS;

/** The object of a desa: its stations in rows, which say all unless there is a `detail`. */
export function writeDesa(
  w: JsonWriter,
  block: Block,
  desa: number,
  totals: Totals,
  parties: PartyIndex | null,
  detail: Hash | null,
): void {
  const region = block.unit.desa[desa];
  const district = block.districts[desa];
  if (!region || !district) throw new RangeError(`no desa ${desa} with this contest in ${block.unit.code}`);
  w.open();
  writeHead(w, block.contest);
  writeSums(w.key("count"), "count", totals, null);
  w.key("detail").string(detail).key("format").string("teguh/result/v1");
  w.key("level").string(region.level).key("name").string(region.name).key("orders").openArray().closeArray();
  if (parties) w.key("parties").strings(parties.ids);
  writeSums(w.key("recap"), "recap", totals, null);
  w.key("region").string(region.code).key("stations").openArray();
  eachStation(block, region, (slot, number) => {
    w.open().key("count");
    writeStation(w, block, block.books.count, slot, district, "count", detail === null);
    if (block.unit.model.kindAt(block.unit.region.stationFrom + slot) !== STATION_KINDS[0]) {
      w.key("kind").string(block.unit.model.kindAt(block.unit.region.stationFrom + slot));
    }
    w.key("n").string(number).key("recap");
    writeStation(w, block, block.books.recap, slot, district, "recap", detail === null);
    w.close();
  });
  w.closeArray().key("status").null().key("zone").string(region.zone).close();
}

/** The detail of a desa: every station's 25 figures and all its votes. */
export function writeDetail(w: JsonWriter, block: Block, desa: number): void {
  const region = block.unit.desa[desa];
  const district = block.districts[desa];
  if (!region || !district) throw new RangeError(`no desa ${desa} with this contest in ${block.unit.code}`);
  w.open()
    .key("contest")
    .string(CONTEST_KINDS[block.contest] ?? "")
    .key("format")
    .string("teguh/detail/v1");
  w.key("region").string(region.code).key("stations").openArray();
  eachStation(block, region, (slot, number) => {
    w.open().key("count");
    writeFigures(w, block.books.count, slot, district);
    w.key("n").string(number).key("recap");
    writeFigures(w, block.books.recap, slot, district);
    w.close();
  });
  w.closeArray().close();
}

/** One full chunk of a journal; its postings are written already, commas between them. */
export function writeJournalChunk(w: JsonWriter, log: string, previous: Hash | null, postings: Uint8Array): void {
  writeChunk(w.open().key("format").string("teguh/journal/v1"), log, previous, postings);
}

function writeChunk(w: JsonWriter, log: string, previous: Hash | null, postings: Uint8Array): void {
  w.key("log").string(log).key("postings").openArray().raw(postings).closeArray();
  w.key("previous").string(previous).close();
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** How far a region's plenary is with a contest, as its own log tells it. */
export function statusOf(
  authority: Authority,
  region: RegionCode,
  certified: boolean,
): { readonly status: Status; readonly orders: readonly string[] } {
  const plenary = authority.plenary(region);
  const order = authority.haltOn(authority.log(plenary.log), region);
  if (order !== null) return { status: "halted", orders: [order] };
  if (certified) return { status: "certified", orders: [] };
  if (plenary.paused.has(WHOLE)) return { status: "paused", orders: [] };
  return { status: plenary.opened ? "open" : "none", orders: [] };
}

function writeHead(w: JsonWriter, contest: number): void {
  w.key("contest").string(CONTEST_KINDS[contest] ?? "");
}

function writeChild(w: JsonWriter, { region, hash, totals }: Child, own: ReadonlySet<District>): void {
  w.open().key("code").string(region.code);
  writeSums(w.key("count"), "count", totals, own);
  w.key("hash").string(hash).key("name").string(region.name);
  writeSums(w.key("recap"), "recap", totals, own);
  writeSittings(w, totals.sittings);
  w.close();
}

function writeSittings(w: JsonWriter, sittings: Sittings): void {
  if (Object.keys(sittings).length === 0) return;
  w.key("sittings").open();
  for (const sitting of SITTINGS) {
    const count = sittings[sitting] ?? 0;
    if (count > 0) w.key(sitting).int(count);
  }
  w.close();
}

/**
 * A book; or, for the row of a child, its outline: three of the figures, and of the lists only those that the parent carries
 * too (`own`), without names. Where there are parties their totals stand for the lists: rows of candidates would be most
 * of what a reader fetches on the way to a desa, and the child's own object has them, or the one in which they stand apart.
 */
function writeSums(
  w: JsonWriter,
  book: BookName,
  { expected, books }: Totals,
  own: ReadonlySet<District> | null,
  areListsApart = false,
): void {
  const sums = books[book];
  w.open();
  if (sums && book === "recap" && !own) writeAdjustments(w, sums);
  w.key("expected").int(expected);
  if (!sums) {
    w.close();
    return;
  }
  if (!own) w.key("figures").ints(sums.figures);
  w.key("flags").open();
  for (const [bit, code] of SORTED_FLAGS) {
    const stations = sums.flags[bit] ?? 0;
    if (stations > 0) w.key(code).int(stations);
  }
  w.close();
  if (book === "count") w.key("held").int(sums.held).key("in").int(sums.in);
  if (own) w.key("invalid").int(sums.figures[FIGURE.invalid] ?? 0);
  if (!areListsApart && (!own || !sums.parties)) writeLists(w.key("lists"), sums, own);
  if (sums.parties) writeList(w.key("parties").open(), sums.parties, null);
  w.key(book === "count" ? "posted" : "read").int(sums.posted);
  if (own) {
    w.key("total").int(sums.figures[FIGURE.total] ?? 0);
    w.key("valid").int(sums.figures[FIGURE.valid] ?? 0);
  }
  if (book === "count") w.key("withVotes").int(sums.withVotes);
  w.close();
}

function writeLists(w: JsonWriter, { lists }: Sums, own: ReadonlySet<District> | null): void {
  w.openArray();
  for (const [district, list] of [...lists].sort(([a], [b]) => a.index - b.index)) {
    if (own && !own.has(district)) continue;
    w.open().key("district").string(district.code);
    writeList(w, list, own ? null : district.object);
  }
  w.closeArray();
}

function writeList(w: JsonWriter, list: ListSums, names: Hash | null): void {
  w.key("held").sparse(list.held ?? NOTHING);
  if (names) w.key("names").string(names);
  w.key("raised")
    .sparse(list.raised ?? NOTHING)
    .key("removed")
    .sparse(list.removed ?? NOTHING)
    .key("votes")
    .ints(list.votes)
    .close();
}

const NOTHING: readonly number[] = [];

function writeAdjustments(w: JsonWriter, { adjustments, lists }: Sums): void {
  const names = new Map([...lists.keys()].map(({ code, object }) => [code as string, object]));
  w.key("adjustments").openArray();
  for (const { deltas, district, index, log } of adjustments) {
    w.open().key("deltas").openArray();
    for (const delta of deltas) w.ints(delta);
    w.closeArray().key("district").string(district).key("index").int(index).key("log").string(log);
    w.key("names")
      .string(names.get(district) ?? null)
      .close();
  }
  w.closeArray();
}

/** The newest chunk of each log that has posted to a book. */
function writeJournals(w: JsonWriter, books: Books): void {
  w.key("journal").open();
  for (const name of BOOKS) {
    w.key(name).openArray();
    const journals = [...(books[name]?.journals ?? [])].sort(byName);
    for (const [log, journal] of journals) writeChunk(w.open(), log, journal.previous, openPostings(journal));
    w.closeArray();
  }
  w.close();
}

const STATION_NUMBERS: readonly string[] = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, "0"));

function eachStation(block: Block, desa: Region, write: (slot: number, number: string) => void): void {
  const { from } = block.unit.slots(desa);
  desa.stations.forEach((number, i) => {
    write(from + i, STATION_NUMBERS[number] ?? "");
  });
}

/** Whether a station has a row at all in a book. */
const isEmpty = (book: Book | null, slot: number): book is null =>
  !book || (!hasStatement(book, slot) && !wasReported(book, slot) && !book.rivals.has(slot) && !book.earlier.has(slot));

function writeStation(
  w: JsonWriter,
  block: Block,
  book: Book | null,
  slot: number,
  district: District,
  name: BookName,
  isWhole: boolean,
): void {
  if (isEmpty(book, slot)) {
    w.null();
    return;
  }
  const { count } = block.books;
  // Most readings say what the sheet says: the row then says it once.
  const isAsCount = name === "recap" && count !== null && saysTheSame(book, count, slot);
  const parties = !isAsCount && hasParties(district.contest.kind);
  w.open();
  if (isAsCount) w.key("as").string("count");
  writeStatements(w, block, book, slot, name);
  const beside = besideOf(book, slot);
  const isOwn = isWhole && !isAsCount;
  if (beside && isOwn) w.key("counted").ints(beside);
  if (isOwn) writeRow(w.key("figures"), book, figuresFrom(book, slot), FIGURE_COUNT);
  w.key("flags").strings(flagCodes(shownFlags(block, name, slot)));
  if (parties) w.key("invalid").figure(figureOf(book, slot, FIGURE.invalid));
  if (name === "recap") w.key("outcome").string(OUTCOMES[outcomeOf(book, slot)] ?? "same");
  if (parties) writePartySums(w, book, slot, district, beside);
  const rivals = book.rivals.get(slot);
  if (rivals) w.key("rivals").ints(rivals.map(({ index }) => index));
  w.key("state").string(STATE_NAMES[stateOf(book, slot)] ?? "none");
  if (parties) {
    w.key("total")
      .figure(figureOf(book, slot, FIGURE.total))
      .key("valid")
      .figure(figureOf(book, slot, FIGURE.valid));
  }
  if (isOwn) writeVotes(w, book, slot, district);
  w.close();
}

/** What the sheet says of choices, and of parties where that is another thing. */
function writeVotes(w: JsonWriter, book: Book, slot: number, district: District): void {
  writeRow(w.key("votes"), book, votesFrom(book, slot), district.choices.length);
  const written = book.written.get(slot);
  if (!written) return;
  w.key("written").openArray();
  for (const total of written) w.figure(total);
  w.closeArray();
}

/** The statements of a station, first to current: indices in the kecamatan's log of sheets, or pairs of log and index. */
function writeStatements(w: JsonWriter, block: Block, book: Book, slot: number, name: BookName): void {
  const statements = [...(book.earlier.get(slot) ?? [])];
  if (hasStatement(book, slot)) statements.push(levelOf(book, slot), indexOf(book, slot));
  w.key("at").openArray();
  for (let i = 0; i < statements.length; i += 2) {
    const index = statements[i + 1] ?? 0;
    if (name === "count") w.int(index);
    else
      w.openArray()
        .string(plenoAbove(block.unit.code, statements[i] ?? 0))
        .int(index)
        .closeArray();
  }
  w.closeArray();
}

const CODE_LENGTHS = [6, 4, 2];
const plenoAbove = (kecamatan: RegionCode, level: number): string =>
  `pleno/${level === 3 ? "0" : kecamatan.slice(0, CODE_LENGTHS[level])}`;

/** Used anew for every station: votes of each party, and whether any of its columns was reported. */
const partySums = new Int32Array(MAX_PARTIES);
const shown = new Uint8Array(MAX_PARTIES);

/** What of each party is shown; beside it, where they differ, what of it is counted. */
function writePartySums(
  w: JsonWriter,
  book: Book,
  slot: number,
  district: District,
  beside: Int32Array | undefined,
): void {
  const { partyOf } = district;
  const count = district.parties.length;
  partySums.fill(0, 0, count);
  shown.fill(0, 0, count);
  const from = votesFrom(book, slot);
  for (let column = 0; column < partyOf.length; column++) {
    const cell = book.rows[from + column] ?? OVERFLOW_16;
    const votes = beside ? (beside[column] ?? 0) : cell < OVERFLOW_16 ? cell : votesOf(book, slot, column);
    if (votes < 0) continue;
    const party = partyOf[column] ?? 0;
    shown[party] = 1;
    partySums[party] = (partySums[party] ?? 0) + votes;
  }
  w.key("parties").openArray();
  for (let party = 0; party < count; party++) w.figure(shown[party] ? (partySums[party] ?? 0) : -1);
  w.closeArray();
}

function writeFigures(w: JsonWriter, book: Book | null, slot: number, district: District): void {
  if (isEmpty(book, slot)) {
    w.null();
    return;
  }
  const beside = besideOf(book, slot);
  w.open();
  if (beside) w.key("counted").ints(beside);
  writeRow(w.key("figures"), book, figuresFrom(book, slot), FIGURE_COUNT);
  writeVotes(w, book, slot, district);
  w.close();
}

/** Cells of a row. */
function writeRow(w: JsonWriter, { rows, overflow }: Book, from: number, count: number): void {
  w.row(rows, from, from + count, OVERFLOW_16, (at) => (rows[at] === OVERFLOW_16 ? (overflow.get(at) ?? -1) : -1));
}

const SORTED_FLAGS: readonly (readonly [number, string])[] = flagCodes(-1)
  .map((code, bit) => [bit, code] as const)
  .sort(([, a], [, b]) => (a < b ? -1 : 1));
