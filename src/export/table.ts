/**
 * Every station of a region as a table. One row is one station; the columns are the same in every format and every place
 * that makes one: `teguh export`, the browser, the prepared downloads.
 *
 * Where a region has several districts of a contest with parties, their candidates are thousands of columns of which each row
 * would use a few: such a table has the parties' totals instead. Rows come as they are read, so that the country needs no
 * more memory than a desa.
 */
import type { ContestKind, RegionCode } from "../election/codes.ts";
import type { Json, JsonObject } from "../ledger/canonical.ts";
import { type Column, choiceColumns, FIGURE_COLUMNS, HEAD, partyColumns } from "./columns.ts";
import { type DesaRef, desaOf, type EditionRoots, findPlace, type Place, type Wanted } from "./places.ts";
import {
  ExportError,
  hashIn,
  inOrder,
  listOf,
  numberOf,
  type ObjectSource,
  partOf,
  rowsOf,
  stationIn,
  textOf,
  withLists,
} from "./source.ts";

export const BOOKS = ["count", "recap"] as const;
export type Book = (typeof BOOKS)[number];

export type Cell = string | number | null;
export type Row = readonly Cell[];

/** What a table is of. */
export interface Subject {
  readonly contest: ContestKind;
  readonly region: RegionCode;
  readonly book: Book;
}

export interface Table extends Subject {
  /** The region's name. */
  readonly name: string;
  readonly edition: EditionRoots;
  readonly columns: readonly Column[];
  /** Whether the votes are those of choices or of whole parties. */
  readonly votes: "choices" | "parties";
  /** How many rows there will be. */
  readonly expected: number;
  /** Every desa that there are rows of, in order. */
  desa(): Promise<DesaRef[]>;
  /** The rows of one desa after the other: of these, or of all. */
  rows(desa?: readonly DesaRef[]): AsyncGenerator<Row[]>;
}

export interface TableOptions {
  /** Party totals even where candidates could be shown, so that tables of several regions have the same columns. */
  readonly parties?: boolean;
  /** Only rows of desa that this wants; it is asked about the regions above them as well. */
  readonly wanted?: Wanted;
}

/**
 * Desa whose objects are asked for at a time: several for each of the six connections that a browser has, so that none of them
 * rests while this thread reads what came. Measured with 716 objects, in seconds, by a browser on a busy machine: 12 at a time 4.3, 48 at a time 2.6.
 */
const AHEAD = 48;

/** Finds what the table is of, and its columns. Throws {@link ExportError}, and what the source throws. */
export async function openTable(
  source: ObjectSource,
  edition: EditionRoots,
  { contest, region, book }: Subject,
  { parties = false, wanted = () => true }: TableOptions = {},
): Promise<Table> {
  const place = await findPlace(source, edition, contest, region);
  if (place.expected === 0) {
    throw new ExportError(`wilayah ${region} tidak memilih ${contest}`, `region ${region} does not vote in ${contest}`);
  }
  const district = parties ? null : await onlyDistrict(source, place);
  const ids = listOf((place.object ?? place.above.at(-1))?.parties).map(textOf);
  if (district === null && ids.length === 0) {
    throw new ExportError(
      `${region} punya beberapa dapil ${contest}; unduh per bagiannya`,
      `${region} has several districts of ${contest}; export one of its parts`,
    );
  }
  const votes = district ? choiceColumns(district) : await partyColumns(source, ids, partyNames(place));
  const shape: Shape = { book, width: votes.length, parties: district ? null : new PartyOrder(source, ids) };
  return {
    contest,
    region,
    book,
    name: place.name,
    edition,
    columns: [...HEAD, ...FIGURE_COLUMNS, ...votes],
    votes: district ? "choices" : "parties",
    expected: place.expected,
    desa: () => desaOf(source, edition, place, wanted),
    async *rows(desa) {
      const asked = desa ?? (await desaOf(source, edition, place, wanted));
      yield* inOrder(asked, AHEAD, (ref) => rowsIn(source, ref, place, shape));
    },
  };
}

/** The definition object of the district that holds the whole place; null if there are several. */
async function onlyDistrict(source: ObjectSource, place: Place): Promise<JsonObject | null> {
  // Where nothing was reported only an ancestor can name the district. Where candidates stand apart they are of several.
  const carriers = place.object ? [place.object] : place.above.toReversed();
  for (const object of carriers) {
    const named = object === place.object ? object : await withLists(source, object);
    for (const hash of carriedDistricts(named)) {
      const district = await source.object(hash);
      if (holds(district, place)) return district;
    }
  }
  return null;
}

/** The definition objects of the districts whose candidates a result object carries. */
function carriedDistricts(object: JsonObject): Set<string> {
  return new Set(
    BOOKS.flatMap((book) => rowsOf(partOf(object, book).lists).flatMap(({ names }) => hashIn(names) ?? [])),
  );
}

/** The definition objects that name the parties of a contest: from the nation's on, which nearly always names all of them. */
export function partyNames({ above, object }: Place): Set<string> {
  const path = object === null ? above : [...above, object];
  return new Set(path.flatMap((each) => [...listOf(each.partyNames).map(textOf), ...carriedDistricts(each)]));
}

/** Whether every part of the place that votes lies in the district. */
function holds(district: JsonObject, { region, object }: Place): boolean {
  const inside = listOf(district.regions).map(textOf);
  const isInside = (code: string) => inside.some((outer) => outer === "0" || code.startsWith(outer));
  if (isInside(region)) return true;
  const voting = rowsOf(object?.children).filter((row) => numberOf(partOf(row, "count").expected) > 0);
  return voting.length > 0 && voting.every(({ code }) => isInside(textOf(code)));
}

interface Shape {
  readonly book: Book;
  /** Columns of votes. */
  readonly width: number;
  /** Null: the columns are choices. */
  readonly parties: PartyOrder | null;
}

async function rowsIn(source: ObjectSource, ref: DesaRef, place: Place, shape: Shape): Promise<Row[]> {
  const silent = cells(undefined, FIGURE_COLUMNS.length + shape.width);
  if (ref.hash === null) {
    return ref.stations.map((number) => {
      const n = String(number).padStart(3, "0");
      return [ref.code + n, ref.name, n, "none", "", ...silent];
    });
  }
  const desa = place.object?.region === ref.code ? place.object : await source.object(ref.hash);
  const detail = hashIn(desa.detail);
  const details = detail === null ? null : rowsOf((await source.object(detail)).stations);
  const places = (await shape.parties?.placesIn(desa)) ?? null;
  return rowsOf(desa.stations).map((station, i) => {
    const shown = stationIn(station, shape.book);
    const full = details === null ? shown : partOf(details[i] ?? {}, shape.book);
    const n = textOf(station.n);
    return [
      ref.code + n,
      ref.name,
      n,
      textOf(shown.state) || "none",
      listOf(shown.flags).map(textOf).join(" "),
      ...cells(full.figures, FIGURE_COLUMNS.length),
      ...(places ? partyCells(shown, places, shape.width) : cells(votesOf(shown, full), shape.width)),
    ];
  });
}

/** What is added up where the station is counted, so that counted rows add up to the totals; else what the sheet says. */
const votesOf = (shown: JsonObject, full: JsonObject): Json | undefined =>
  shown.state === "posted" ? (full.counted ?? full.votes) : full.votes;

/** A row has its party totals in the order of its district, a table in that of the contest. */
class PartyOrder {
  readonly #source: ObjectSource;
  readonly #ids: readonly string[];
  readonly #known = new Map<string, Promise<number[]>>();

  constructor(source: ObjectSource, ids: readonly string[]) {
    this.#source = source;
    this.#ids = ids;
  }

  /** For each party of the desa's district its column. */
  placesIn(desa: JsonObject): Promise<number[]> {
    const lists = BOOKS.flatMap((book) => rowsOf(partOf(desa, book).lists));
    const hash = textOf(lists.find(({ names }) => hashIn(names) !== null)?.names);
    const known = this.#known.get(hash) ?? this.#read(hash);
    this.#known.set(hash, known);
    return known;
  }

  async #read(hash: string): Promise<number[]> {
    const district = hash === "" ? {} : await this.#source.object(hash);
    return rowsOf(district.parties).map(({ id }) => this.#ids.indexOf(textOf(id)));
  }
}

function partyCells(shown: JsonObject, places: readonly number[], width: number): Cell[] {
  const row = new Array<Cell>(width).fill(null);
  listOf(shown.parties).forEach((votes, i) => {
    const at = places[i] ?? -1;
    if (at >= 0 && typeof votes === "number") row[at] = votes;
  });
  return row;
}

function cells(value: Json | undefined, width: number): Cell[] {
  const from = listOf(value);
  return Array.from({ length: width }, (_, i) => {
    const cell = from[i];
    return typeof cell === "number" ? cell : null;
  });
}

/** All rows of a table, for formats that need them at hand. `progress` is told how many there are so far. */
export async function allRows(table: Table, progress: (rows: number) => void = () => undefined): Promise<Row[]> {
  const all: Row[] = [];
  for await (const rows of table.rows()) {
    all.push(...rows);
    progress(all.length);
  }
  return all;
}
