/**
 * The published objects as the page uses them, decoded from bytes whose hash was already found right.
 *
 * A right hash says who made an object, not that it is well formed; so every field that is shown or added up is checked
 * for its shape here, once, and the rest of the page can rely on the types.
 */
import {
  type Fields,
  fields,
  integer,
  integers,
  items,
  optional,
  orZero,
  parseJson,
  reported,
  ShapeError,
  type Sparse,
  sparse,
  text,
  texts,
} from "./shape.ts";

export type Book = "count" | "recap";
export const BOOKS: readonly Book[] = ["count", "recap"];

/** The choices of one district, in the columns of its definition object. */
export interface List {
  readonly district: string;
  /** Hash of that object; null in the row of a child, whose parent names it. */
  readonly names: string | null;
  readonly votes: readonly number[];
  readonly raised: Sparse;
  readonly removed: Sparse;
  readonly held: Sparse;
}

/** Party totals over all districts, in the order of {@link ResultObject.parties}. */
export interface Parties {
  readonly votes: readonly number[];
  /** Ever added by corrections and other postings after a station's first; ever removed; shown and not counted. */
  readonly raised: Sparse;
  readonly removed: Sparse;
  readonly held: Sparse;
}

/** Those of them that are written as pairs of column and number. */
export const SPARSE = ["raised", "removed", "held"] as const;

/** One book's figures of one region as its parent's row has them; the region's own object has them too. */
export interface RowFigures {
  /** Stations by state: `expected in withVotes posted held` in the count book, `expected read` in the recap book. */
  readonly stations: Readonly<Record<string, number>>;
  /** Sums of these three figures of the form over the stations that are counted. */
  readonly valid: number;
  readonly invalid: number;
  readonly total: number;
  /** Stations by flag. */
  readonly flags: Readonly<Record<string, number>>;
  /** In a row only where there are no parties. */
  readonly lists: readonly List[];
  readonly parties: Parties | null;
}

/** One book's figures of one region in its own object. */
export interface Figures extends RowFigures {
  /** Sums of the 25 figures of the form over the stations that are counted. */
  readonly figures: readonly number[];
  readonly adjustments: readonly Adjustment[];
}

/** A ruling that fixes a total without naming stations (penyesuaian putusan). */
export interface Adjustment {
  readonly district: string;
  readonly deltas: Sparse;
  readonly log: string;
  readonly index: number;
  /** Hash of the district's definition object. */
  readonly names: string;
}

export interface ChildRow {
  readonly code: string;
  readonly name: string;
  /** Null while nothing was reported from there. */
  readonly hash: string | null;
  /** How many plenaries of it and of all within it stand so: `halted`, `paused`, … */
  readonly sittings: Readonly<Record<string, number>>;
  readonly count: RowFigures;
  readonly recap: RowFigures;
}

/** A statement's place. */
export interface At {
  readonly log: string;
  readonly index: number;
}

export const STATION_STATES = ["none", "incomplete", "posted", "held"] as const;
export type StationState = (typeof STATION_STATES)[number];

/** A station in one book: there as soon as anything about it was said, even if that was annulled since (`none`). */
export interface StationEntry {
  readonly state: StationState;
  /** Its statements, first to current. */
  readonly at: readonly At[];
  readonly flags: readonly string[];
  /** Sheets that were appended beside the current one, by index. */
  readonly rivals: readonly number[];
  /** Contests without parties. */
  readonly figures: readonly (number | null)[] | null;
  readonly votes: readonly (number | null)[] | null;
  /** What was added up, where that is not simply `votes`. */
  readonly counted: readonly number[] | null;
  /** Contests with parties: what is counted of each, in the order of the district's parties. */
  readonly parties: readonly (number | null)[] | null;
  readonly valid: number | null;
  readonly invalid: number | null;
  readonly total: number | null;
  /** Recap only. */
  readonly outcome: string | null;
}

export interface StationRow {
  readonly n: string;
  readonly count: StationEntry | null;
  readonly recap: StationEntry | null;
}

export interface ResultObject {
  readonly contest: string;
  readonly region: string;
  readonly name: string;
  readonly level: string;
  readonly zone: string;
  /** How far the plenary is; null for a desa, which has none. */
  readonly status: string | null;
  /** As in its parent's row. */
  readonly sittings: ChildRow["sittings"];
  /** Numbers of the decrees that halt the plenary. */
  readonly orders: readonly string[];
  /** Ids of the contest's parties; empty in contests without. */
  readonly parties: readonly string[];
  /** Where the candidates stand apart: hash of the object with them; null where the books have them. See `lists.ts`. */
  readonly lists: string | null;
  /** Hashes of definition objects that name the parties whose candidates the books do not have. */
  readonly partyNames: readonly string[];
  readonly count: Figures;
  readonly recap: Figures;
  readonly children: readonly ChildRow[];
  /** Of a desa only. */
  readonly stations: readonly StationRow[] | null;
  readonly detail: string | null;
  /** Of a kecamatan: the newest chunk of each log's journal, in each book; as it stands there, for `journal.ts` to read. */
  readonly journal: unknown;
}

function counts(value: unknown, where: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(fields(value, where)).map(([key, n]) => [key, integer(n, `${where}.${key}`)]),
  );
}

/** Which numbers of stations each book states. */
export const STATION_COUNTS: Readonly<Record<Book, readonly string[]>> = {
  count: ["expected", "in", "withVotes", "posted", "held"],
  recap: ["expected", "read"],
};

/** The figures of the form that also the rows of children have: the last three of it. */
export const ROW_FIGURES = ["valid", "invalid", "total"] as const;

/**
 * How many figures the form has, and the place of the first of the three. The table of all of them, with its words, is fetched
 * with a station (measured: half a KB of a first view); a test holds these two against it.
 */
export const FORM = { figures: 25, valid: 22 } as const;

function rowFigures(value: unknown, book: Book, where: string): RowFigures {
  const from = fields(value, where);
  const [valid = 0, invalid = 0, total = 0] = ROW_FIGURES.map((key) => orZero(from[key], `${where}.${key}`));
  return { ...common(from, book, where), valid, invalid, total };
}

function ownFigures(value: unknown, book: Book, where: string): Figures {
  const from = fields(value, where);
  const figures = integers(from.figures ?? [], `${where}.figures`);
  const [valid = 0, invalid = 0, total = 0] = figures.slice(FORM.valid);
  return {
    ...common(from, book, where),
    valid,
    invalid,
    total,
    figures,
    adjustments: items(from.adjustments ?? [], `${where}.adjustments`, adjustment),
  };
}

/** What own objects and rows state in the same words. */
function common(from: Fields, book: Book, where: string): Omit<RowFigures, (typeof ROW_FIGURES)[number]> {
  return {
    stations: Object.fromEntries(STATION_COUNTS[book].map((key) => [key, orZero(from[key], `${where}.${key}`)])),
    flags: counts(from.flags ?? {}, `${where}.flags`),
    lists: items(from.lists ?? [], `${where}.lists`, list),
    parties: optional(from.parties, `${where}.parties`, parties),
  };
}

export function list(value: unknown, where: string): List {
  const from = fields(value, where);
  return {
    district: text(from.district, where),
    names: optional(from.names, where, text),
    ...counters(from, where),
  };
}

function parties(value: unknown, where: string): Parties {
  return counters(fields(value, where), where);
}

export function counters(from: Fields, where: string): Parties {
  return {
    votes: integers(from.votes, where),
    raised: sparse(from.raised, where),
    removed: sparse(from.removed, where),
    held: sparse(from.held, where),
  };
}

function adjustment(value: unknown, where: string): Adjustment {
  const from = fields(value, where);
  return {
    district: text(from.district, where),
    deltas: sparse(from.deltas, where),
    log: text(from.log, where),
    index: integer(from.index, where),
    names: text(from.names, where),
  };
}

function child(value: unknown, where: string): ChildRow {
  const from = fields(value, where);
  return {
    code: text(from.code, where),
    name: text(from.name, where),
    hash: optional(from.hash, where, text),
    sittings: counts(from.sittings ?? {}, where),
    count: rowFigures(from.count, "count", `${where}.count`),
    recap: rowFigures(from.recap, "recap", `${where}.recap`),
  };
}

/** In the count book an index in the kecamatan's log of sheets, in the recap book the plenary's log and the index. */
function place(value: unknown, where: string, sheets: string): At {
  if (!Array.isArray(value)) return { log: sheets, index: integer(value, where) };
  return { log: text(value[0], where), index: integer(value[1], where) };
}

function entry(value: unknown, where: string, sheets: string): StationEntry {
  const from = fields(value, where);
  const state = STATION_STATES.find((each) => each === from.state);
  if (state === undefined) throw new ShapeError(`${where}: unknown state`);
  return {
    state,
    at: items(from.at, where, (each, at) => place(each, at, sheets)),
    flags: texts(from.flags ?? [], where),
    rivals: integers(from.rivals ?? [], where),
    figures: optional(from.figures, where, reported),
    votes: optional(from.votes, where, reported),
    counted: optional(from.counted, where, integers),
    parties: optional(from.parties, where, reported),
    valid: optional(from.valid, where, integer),
    invalid: optional(from.invalid, where, integer),
    total: optional(from.total, where, integer),
    outcome: optional(from.outcome, where, text),
  };
}

/** A reading that says what the sheet says leaves it to the row's `count`. */
function reading(value: unknown, where: string, sheets: string, count: StationEntry | null): StationEntry {
  const own = entry(value, where, sheets);
  const { as } = fields(value, where);
  if (as === undefined) return own;
  if (as !== "count" || count === null) throw new ShapeError(`${where}.as: no sheet there that says the same`);
  const { figures, votes, counted, parties, valid, invalid, total } = count;
  return { ...own, figures, votes, counted, parties, valid, invalid, total };
}

function station(value: unknown, where: string, sheets: string): StationRow {
  const from = fields(value, where);
  const count = optional(from.count, where, (each, at) => entry(each, at, sheets));
  return {
    n: text(from.n, where),
    count,
    recap: optional(from.recap, where, (each, at) => reading(each, at, sheets, count)),
  };
}

/** A result object (`teguh/result/v1`). Throws {@link ShapeError} naming the field. */
export function decodeResult(bytes: Uint8Array): ResultObject {
  const from = parseJson(bytes, "result");
  if (from.format !== "teguh/result/v1") throw new ShapeError("format: not a result object");
  const region = text(from.region, "region");
  const sheets = `tps/${region.slice(0, 6)}`;
  return {
    contest: text(from.contest, "contest"),
    region,
    name: text(from.name, "name"),
    level: text(from.level, "level"),
    zone: text(from.zone, "zone"),
    status: optional(from.status, "status", text),
    sittings: counts(from.sittings ?? {}, "sittings"),
    orders: texts(from.orders ?? [], "orders"),
    parties: texts(from.parties ?? [], "parties"),
    lists: optional(from.lists, "lists", text),
    partyNames: texts(from.partyNames ?? [], "partyNames"),
    count: ownFigures(from.count, "count", "count"),
    recap: ownFigures(from.recap, "recap", "recap"),
    children: items(from.children ?? [], "children", child),
    stations: optional(from.stations, "stations", (rows, where) =>
      items(rows, where, (row, at) => station(row, at, sheets)),
    ),
    detail: optional(from.detail, "detail", text),
    journal: from.journal,
  };
}
