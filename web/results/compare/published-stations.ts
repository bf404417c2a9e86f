/**
 * What is published of the stations in somebody's file: each with the figures of its sheet, and with the votes of its own
 * district's choices. A file may hold stations of several districts; then a table of the region has the parties alone, and the
 * candidates come from a table of each desa, which lies in one district.
 */
import { type ContestKind, hasParties, type RegionCode } from "../../../src/election/codes.ts";
import { type Column, choiceColumns, HEAD } from "../../../src/export/columns.ts";
import { type EditionRoots, stepsTo } from "../../../src/export/places.ts";
import {
  ExportError,
  hashIn,
  inOrder,
  listOf,
  type ObjectSource,
  partOf,
  rowsOf,
  textOf,
  withLists,
} from "../../../src/export/source.ts";
import { BOOKS, openTable, type Row, type Subject, type Table } from "../../../src/export/table.ts";
import type { JsonObject } from "../../../src/ledger/canonical.ts";
import type { PublishedStation } from "./compare.ts";

/** Desa of which the candidates are read at a time. */
const AHEAD = 12;
/** Objects remembered: more than the regions above some desa that are read together. */
const REMEMBERED = 64;

/** A source that remembers what it was last asked for: neighbours have the regions above them in common. */
export function remembering(source: ObjectSource): ObjectSource {
  const known = new Map<string, Promise<JsonObject>>();
  return {
    object(hash) {
      const object = known.get(hash) ?? source.object(hash);
      known.delete(hash);
      known.set(hash, object);
      object.catch(() => known.delete(hash));
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
      return object;
    },
  };
}

/** The part of the tree that the stations of a file are in, ready to be compared with. */
export interface Area {
  /** Figures of the form, and what can be compared everywhere: the choices of the one district, or parties. */
  readonly columns: readonly Column[];
  /** Where there are several districts: the candidates of those that the stations lie in. */
  readonly candidates: readonly Column[];
  readonly tables: readonly Table[];
}

/** Opens what is published for some stations within a subject. Throws {@link ExportError}. */
export async function openArea(
  source: ObjectSource,
  edition: EditionRoots,
  subject: Subject,
  stations: Iterable<string>,
): Promise<Area> {
  const desa = new Set([...stations].map((code) => code.slice(0, 10)));
  const regions = new Set([...desa].flatMap((code) => [2, 4, 6, 10].map((length) => code.slice(0, length))));
  const wanted = (code: string) => regions.has(code);
  const tables = await tablesOf(source, edition, subject, [...regions], wanted);
  const columns = unique(tables.flatMap((table) => table.columns.slice(HEAD.length)));
  const needsCandidates = tables.some(({ votes }) => votes === "parties");
  const districts = needsCandidates ? await districtsWith(source, edition, subject.contest, desa) : [];
  // A party's own votes have the id that its total has in a table of parties.
  const candidates = districts.flatMap((district) =>
    choiceColumns(district).filter((_, i) => rowsOf(district.choices)[i]?.kind === "candidate"),
  );
  return { columns, candidates: unique(candidates), tables };
}

const unique = (columns: readonly Column[]): Column[] => [
  ...new Map(columns.map((column) => [column.key, column])).values(),
];

/** One table of the whole, or of each province where the candidates of provinces cannot stand in one (DPD). */
async function tablesOf(
  source: ObjectSource,
  edition: EditionRoots,
  subject: Subject,
  regions: readonly string[],
  wanted: (code: string) => boolean,
): Promise<Table[]> {
  try {
    return [await openTable(source, edition, subject, { wanted })];
  } catch (error) {
    if (!(error instanceof ExportError) || subject.region !== "0" || hasParties(subject.contest)) throw error;
  }
  const nation = await source.object(edition.results[subject.contest] ?? "");
  const provinces = rowsOf(nation.children).map(({ code }) => textOf(code) as RegionCode);
  const asked = provinces.filter((code) => regions.includes(code));
  return Promise.all(asked.map((region) => openTable(source, edition, { ...subject, region }, { wanted })));
}

/** The definition objects of the districts that some desa lie in: named by the regions around these. */
async function districtsWith(
  source: ObjectSource,
  edition: EditionRoots,
  contest: ContestKind,
  desa: ReadonlySet<string>,
): Promise<JsonObject[]> {
  const hashes = new Set<string>();
  for (const code of desa) {
    let hash: string | null = edition.results[contest] ?? null;
    for (const step of [...stepsTo(code), null]) {
      if (hash === null) break;
      const object = await withLists(source, await source.object(hash));
      for (const book of BOOKS) {
        for (const { names } of rowsOf(partOf(object, book).lists)) hashes.add(textOf(names));
      }
      hash = hashIn(rowsOf(object.children).find((row) => row.code === step)?.hash);
    }
  }
  const districts = await Promise.all([...hashes].filter((hash) => hash !== "").map((hash) => source.object(hash)));
  return districts.filter(({ regions }) => {
    const inside = listOf(regions).map(textOf);
    return [...desa].some((code) => inside.some((region) => region === "0" || code.startsWith(region)));
  });
}

/** Every station of the area, by code; with its candidates, if these are asked for. `progress` is told how many there are so far. */
export async function stationsIn(
  source: ObjectSource,
  edition: EditionRoots,
  { tables }: Area,
  withCandidates: boolean,
  progress: (stations: number) => void,
): Promise<ReadonlyMap<string, PublishedStation>> {
  const found = new Map<string, PublishedStation>();
  for (const table of tables) {
    const places = placesOf(table);
    for await (const rows of table.rows()) {
      for (const row of rows) found.set(String(row[0]), stationOf(row, places));
      progress(found.size);
    }
    if (withCandidates && table.votes === "parties") await addCandidates(source, edition, table, found);
  }
  return found;
}

/** Gives each station that has reported the votes of its own district's candidates. */
async function addCandidates(
  source: ObjectSource,
  edition: EditionRoots,
  { contest, book, columns }: Table,
  found: Map<string, PublishedStation>,
): Promise<void> {
  const common = new Set(columns.map(({ key }) => key));
  const reported = new Set([...found].flatMap(([code, { state }]) => (state === "none" ? [] : [code.slice(0, 10)])));
  const read = async (code: string) => {
    const table = await openTable(source, edition, { contest, book, region: code as RegionCode });
    const rows: Row[] = [];
    for await (const desa of table.rows()) rows.push(...desa);
    return { rows, places: new Map([...placesOf(table)].filter(([key]) => !common.has(key))) };
  };
  for await (const { rows, places } of inOrder(reported, AHEAD, read)) {
    for (const row of rows) {
      const code = String(row[0]);
      const station = found.get(code);
      const candidates = stationOf(row, places);
      if (station === undefined) continue;
      found.set(code, { ...station, figure: (key) => station.figure(key) ?? candidates.figure(key) });
    }
  }
}

/** Where each column of a table stands. */
const placesOf = ({ columns }: Table): Map<string, number> =>
  new Map(columns.map(({ key }, place) => [key, place] as const));

function stationOf(row: Row, places: ReadonlyMap<string, number>): PublishedStation {
  const [, desa, , state] = row.map(String);
  const figure = (key: string) => {
    const place = places.get(key);
    if (place === undefined) return undefined;
    const cell = row[place];
    return typeof cell === "number" ? cell : null;
  };
  return { desa: desa ?? "", state: state ?? "", figure };
}
