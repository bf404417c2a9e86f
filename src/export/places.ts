/**
 * From an edition to the part of its result tree that is asked for: the objects from the nation down to a region, and all desa
 * within it, those that have said nothing included. What has no object yet stands in the definition alone.
 */
import type { ContestKind, RegionCode } from "../election/codes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { ExportError, hashIn, inOrder, listOf, numberOf, type ObjectSource, partOf, rowsOf, textOf } from "./source.ts";

/** What of an edition's statement an export needs. */
export interface EditionRoots {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly definition: string;
  readonly results: Partial<Readonly<Record<ContestKind, string>>>;
}

/** A region in the result tree: its object, or null where nothing was reported; and the objects above it, nation first. */
export interface Place {
  readonly above: readonly JsonObject[];
  readonly object: JsonObject | null;
  readonly region: RegionCode;
  readonly name: string;
  /** Stations that vote in the contest. */
  readonly expected: number;
}

/** A desa in the order of the tree. */
export type DesaRef =
  | { readonly code: string; readonly name: string; readonly hash: string }
  | { readonly code: string; readonly name: string; readonly hash: null; readonly stations: readonly number[] };

/** Objects fetched at a time, by the level of their parent: together some dozens, whatever the region. */
const AHEAD: Readonly<Record<string, number>> = { nation: 2, provinsi: 3, kabupaten: 8 };

/** The codes from the province down to a region: prefixes of its code. */
export function stepsTo(region: string): string[] {
  return region === "0"
    ? []
    : [2, 4, 6, 10].filter((length) => length <= region.length).map((length) => region.slice(0, length));
}

/** Finds a region in the tree of a contest. Throws {@link ExportError} where there is none, or nothing was reported above it. */
export async function findPlace(
  source: ObjectSource,
  edition: EditionRoots,
  contest: ContestKind,
  region: RegionCode,
): Promise<Place> {
  const root = edition.results[contest];
  if (root === undefined) {
    const there = Object.keys(edition.results).join(", ");
    throw new ExportError(
      `pemilu ini tidak punya ${contest}; yang ada: ${there}`,
      `this election has no contest ${contest}; it has ${there}`,
    );
  }
  const above: JsonObject[] = [];
  let object = await source.object(root);
  for (const step of stepsTo(region)) {
    const row = rowsOf(object.children).find(({ code }) => code === step);
    if (row === undefined) {
      throw new ExportError(
        `tidak ada wilayah ${step} dalam ${contest}`,
        `there is no region ${step} in this contest of this election`,
      );
    }
    above.push(object);
    const hash = hashIn(row.hash);
    if (hash !== null) {
      object = await source.object(hash);
      continue;
    }
    if (step === region) {
      const expected = numberOf(partOf(row, "count").expected);
      return { above, object: null, region, name: textOf(row.name), expected };
    }
    throw new ExportError(
      `belum ada laporan dari wilayah ${step}, jadi wilayah ${region} belum punya angka`,
      `nothing was reported in region ${step}, so region ${region} has no figures yet`,
    );
  }
  const expected = numberOf(partOf(object, "count").expected);
  return { above, object, region, name: textOf(object.name), expected };
}

/** Whether anything within a region, given by its code, is wanted. */
export type Wanted = (code: string) => boolean;

/** Every desa of a place that votes in the contest and is wanted, in the order of the tree. */
export async function desaOf(
  source: ObjectSource,
  edition: EditionRoots,
  place: Place,
  wanted: Wanted = () => true,
): Promise<DesaRef[]> {
  const silent = new SilentDesa(source, edition.definition);
  if (place.object === null) return place.expected > 0 ? silent.within(place.region) : [];
  if (place.object.level === "desa") {
    const parent = rowsOf(place.above.at(-1)?.children).find(({ code }) => code === place.region);
    return [{ code: place.region, name: place.name, hash: hashIn(parent?.hash) ?? "" }];
  }
  return below(source, silent, place.object, wanted);
}

async function below(source: ObjectSource, silent: SilentDesa, object: JsonObject, wanted: Wanted): Promise<DesaRef[]> {
  const found: DesaRef[] = [];
  const rows = rowsOf(object.children).filter(
    (row) => numberOf(partOf(row, "count").expected) > 0 && wanted(textOf(row.code)),
  );
  for await (const desa of inOrder(rows, AHEAD[textOf(object.level)] ?? 1, async (row): Promise<DesaRef[]> => {
    const code = textOf(row.code);
    const hash = hashIn(row.hash);
    if (hash === null) return silent.within(code);
    return code.length === 10
      ? [{ code, name: textOf(row.name), hash }]
      : below(source, silent, await source.object(hash), wanted);
  }))
    found.push(...desa);
  return found;
}

/** Desa that have reported nothing, from the definition. */
class SilentDesa {
  readonly #source: ObjectSource;
  readonly #definition: string;
  #nation: Promise<JsonObject> | null = null;

  constructor(source: ObjectSource, definition: string) {
    this.#source = source;
    this.#definition = definition;
  }

  async within(region: string): Promise<DesaRef[]> {
    this.#nation ??= this.#source
      .object(this.#definition)
      .then((election) => this.#source.object(textOf(election.regions)));
    let object = await this.#nation;
    for (const step of stepsTo(region.slice(0, 6))) object = await this.#child(object, step);
    return this.#desaBelow(object, region);
  }

  async #child(object: JsonObject, code: string): Promise<JsonObject> {
    for (const child of listOf(object.children)) {
      const [childCode, , hash] = listOf(child);
      if (childCode === code) return this.#source.object(textOf(hash));
    }
    throw new ExportError(`definisi tidak memuat wilayah ${code}`, `the definition has no region ${code}`);
  }

  async #desaBelow(object: JsonObject, region: string): Promise<DesaRef[]> {
    if (Array.isArray(object.desa)) {
      return rowsOf(object.desa)
        .filter(({ code }) => region.length < 10 || code === region)
        .map((desa) => ({ code: textOf(desa.code), name: textOf(desa.name), hash: null, stations: numbersIn(desa) }));
    }
    const found: DesaRef[] = [];
    for (const child of listOf(object.children)) {
      found.push(...(await this.#desaBelow(await this.#source.object(textOf(listOf(child)[2])), region)));
    }
    return found;
  }
}

/** Numbers of a desa's stations, from the ranges of the definition. */
function numbersIn(desa: JsonObject): number[] {
  return listOf(desa.stations).flatMap((range) => {
    const [from, to] = listOf(range).map(numberOf);
    return from === undefined || to === undefined ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}
