/**
 * Answers what is typed into the search field from the published index: each word needs one small file, which is fetched once.
 * A hit is a hint; the page that it leads to is verified like any other.
 */
import { CONTEST_KINDS, type ContestKind } from "../../../src/election/codes.ts";
import {
  codeFile,
  type Hit,
  isRegionHit,
  nameOf,
  type Ranges,
  type RegionHit,
  SEARCH_FORMAT,
  type SearchIndex,
  searchFolder,
  searchWords,
  WORD_END,
  wordFile,
} from "../../../src/election/search.ts";
import type { Fetch } from "../verify/files.ts";
import { integer, items, optional, parseJson, ShapeError, text } from "../verify/shape.ts";

/** Something that was found, with where it leads. */
export type Found =
  | {
      readonly kind: "region";
      readonly code: string;
      readonly name: string;
      /** Names of the regions around it, the smallest first. */
      readonly within: readonly string[];
      readonly station: string | null;
    }
  | {
      readonly kind: "choice";
      readonly contest: ContestKind;
      readonly id: string;
      readonly number: number;
      readonly name: string;
      readonly party: string;
      readonly district: string;
      readonly region: string;
      /** The district's; undefined in an index that was published before this was in it. */
      readonly code: string | undefined;
    };

/** What was typed, taken apart. */
export interface Asked {
  /** Digits of a region's or station's code; empty if it was not a code. */
  readonly code: string;
  readonly words: readonly string[];
  /** The number after "TPS". */
  readonly station: number | null;
  /** Length of the codes that are meant before others. */
  readonly level: number | null;
}

/** More are not shown; who wants them types more. */
export const MOST_FOUND = 40;

/** Words that say what kind of thing is meant and are in few names; of a region the length of its code. */
const KINDS: ReadonlyMap<string, number | null> = new Map([
  ["tps", null],
  ["dapil", null],
  ["prov", 2],
  ["provinsi", 2],
  ["kab", 4],
  ["kec", 6],
  ["kecamatan", 6],
  ["kel", 10],
  ["kelurahan", 10],
  ["desa", 10],
]);

/** Takes a question apart: a code, or words and perhaps the number of a station. */
export function parseQuestion(question: string): Asked {
  const code = question.replace(/[\s.-]/g, "");
  if (/^\d{2,13}$/.test(code)) return { code, words: [], station: null, level: null };
  const station = /\btps\s*0*(\d{1,3})\b/i.exec(question);
  const rest = station === null ? question : question.replace(station[0], " ");
  const all = searchWords(rest);
  const words = all.filter((word) => !KINDS.has(word));
  const level = all.map((word) => KINDS.get(word) ?? null).find((length) => length !== null) ?? null;
  return { code: "", words: words.length > 0 ? words : all, station: station ? Number(station[1]) : null, level };
}

/** The index is not there, or not what it should be. */
export class SearchUnavailable extends Error {
  override readonly name = "SearchUnavailable";
}

export class Finder {
  readonly #fetch: Fetch;
  readonly #folder: string;
  readonly #files = new Map<string, Promise<readonly Hit[]>>();
  #index: Promise<Known> | null = null;

  /** `definition`: the hash that the verified edition names. */
  constructor(fetch: Fetch, definition: string) {
    this.#fetch = fetch;
    this.#folder = searchFolder(definition);
  }

  /** What fits the question, the likeliest first. Rejects with {@link SearchUnavailable} and what fetching throws. */
  async find(question: string): Promise<Found[]> {
    const asked = parseQuestion(question);
    if (asked.code === "" && asked.words.length === 0) return [];
    this.#index ??= this.#readIndex();
    const index = await this.#index;
    const hits = asked.code === "" ? await this.#byWords(index, asked) : await this.#byCode(index, asked.code);
    const stations = asked.station === null ? stationsIn(asked.code) : String(asked.station).padStart(3, "0");
    return hits.flatMap((hit) => founds(index, hit, stations));
  }

  async #byCode(index: Known, code: string): Promise<Hit[]> {
    if (code.length <= 4) {
      const upper = index.regions.filter(([each]) => each.startsWith(code));
      const below = code.length === 4 ? await this.#file(codeFile(code)) : [];
      return [...upper.map(([each, name]): RegionHit => [each, name, null, null]), ...below];
    }
    const region = code.slice(0, 10);
    return (await this.#file(codeFile(code.slice(0, 4)))).filter(([each]) => each.startsWith(region));
  }

  async #byWords(index: Known, { words, level }: Asked): Promise<Hit[]> {
    const files = words.map((word, i) => fileOf(index, word, i === words.length - 1 && words.length === 1));
    const lists = await Promise.all(files.map((file) => (file === null ? [] : this.#file(wordFile(file)))));
    const hits = new Map(lists.flat().map((hit) => [keyOf(hit), hit]));
    return [...hits.values()].filter((hit) => fits(index, hit, words)).sort(better(words, level));
  }

  #file(path: string): Promise<readonly Hit[]> {
    const known = this.#files.get(path) ?? this.#readFile(path);
    this.#files.set(path, known);
    known.catch(() => this.#files.delete(path));
    return known;
  }

  async #readFile(path: string): Promise<readonly Hit[]> {
    const bytes = await this.#fetch(this.#folder + path);
    if (bytes === null) return [];
    return shaped(() => items(JSON.parse(new TextDecoder().decode(bytes)), path, hitOf));
  }

  async #readIndex(): Promise<Known> {
    try {
      const bytes = await this.#fetch(`${this.#folder}index.json`);
      if (bytes === null) throw new SearchUnavailable("there is no search index of this definition");
      return shaped(() => known(indexOf(bytes)));
    } catch (error) {
      this.#index = null;
      throw error;
    }
  }
}

interface Known extends SearchIndex {
  readonly names: ReadonlyMap<string, string>;
  readonly fileSet: ReadonlySet<string>;
  /** Beginnings that others go on from: their files have only the best. */
  readonly split: ReadonlySet<string>;
}

function known(index: SearchIndex): Known {
  const fileSet = new Set(index.files);
  const split = new Set(index.files.map((file) => file.slice(0, -1)).filter((file) => fileSet.has(file)));
  return { ...index, names: new Map(index.regions), fileSet, split };
}

/**
 * The file with the entries of a word, as far as it was typed; null if nothing begins so. Beside other words a word that
 * begins many is taken as whole: its best alone would hardly have the one that is meant.
 */
function fileOf({ fileSet, split }: Known, word: string, alone: boolean): string | null {
  for (let length = word.length; length > 0; length--) {
    const file = word.slice(0, length);
    if (!fileSet.has(file)) continue;
    if (!split.has(file)) return file;
    if (length < word.length) return null;
    const whole = file + WORD_END;
    return !alone && fileSet.has(whole) ? whole : file;
  }
  return null;
}

const keyOf = (hit: Hit): string => (isRegionHit(hit) ? hit[0] : `${hit[0]} ${hit[1]}`);

/** Whether each word begins one of the name's, or of what the hit lies in. */
function fits(index: Known, hit: Hit, words: readonly string[]): boolean {
  const around = isRegionHit(hit) ? withinOf(index, hit) : [hit[4], hit[5]];
  const all = [nameOf(hit), ...around].flatMap(searchWords);
  return words.every((word) => all.some((each) => each.startsWith(word)));
}

function withinOf({ names }: Known, [code, , kecamatan]: RegionHit): string[] {
  const above = [code.slice(0, 4), code.slice(0, 2)].filter((each) => each.length < code.length);
  return [...(kecamatan === null ? [] : [kecamatan]), ...above.flatMap((each) => names.get(each) ?? [])];
}

/** The kind that was named first; whole names before beginnings of names before the rest; then larger regions first. */
function better(words: readonly string[], level: number | null): (a: Hit, b: Hit) => number {
  const asked = words.join(" ");
  const closeness = (hit: Hit) => {
    const name = searchWords(nameOf(hit).replace(/^(kabupaten|kota)\s+/i, "")).join(" ");
    return name === asked ? 0 : name.startsWith(asked) ? 1 : 2;
  };
  const size = (hit: Hit) => (isRegionHit(hit) ? hit[0].length : 5);
  const other = (hit: Hit) => (level !== null && size(hit) !== level ? 1 : 0);
  return (a, b) =>
    other(a) - other(b) || closeness(a) - closeness(b) || size(a) - size(b) || (nameOf(a) < nameOf(b) ? -1 : 1);
}

const stationsIn = (code: string): string | null => (code.length > 10 ? code.slice(10) : null);

/** What a hit means: a region, some of its stations, or a choice. */
function founds(index: Known, hit: Hit, station: string | null): Found[] {
  if (!isRegionHit(hit)) {
    // Who names a station means no person.
    if (station !== null) return [];
    const [contest, id, number, name, party, district, region, code] = hit;
    return [{ kind: "choice", contest, id, number, name, party, district, region, code }];
  }
  const [code, name, , ranges] = hit;
  const region = { kind: "region", code, name, within: withinOf(index, hit) } as const;
  if (station === null) return [{ ...region, station: null }];
  return stationNumbers(ranges ?? [])
    .filter((n) => n.startsWith(station))
    .map((n) => ({ ...region, station: n }));
}

const stationNumbers = (ranges: Ranges): string[] =>
  ranges.flatMap(([from, to]) =>
    Array.from({ length: Math.max(0, Math.min(to, 999) - from + 1) }, (_, i) => String(from + i).padStart(3, "0")),
  );

// ------------------------------------------------------------ shapes

function shaped<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError || error instanceof SyntaxError) throw new SearchUnavailable(error.message);
    throw error;
  }
}

function indexOf(bytes: Uint8Array): SearchIndex {
  const from = parseJson(bytes, "index");
  if (from.format !== SEARCH_FORMAT) throw new ShapeError("format: not a search index");
  return {
    format: SEARCH_FORMAT,
    definition: text(from.definition, "definition"),
    regions: items(from.regions, "regions", (value, where) => {
      const [code, name] = items(value, where, text);
      return [regionCode(code, where), text(name, where)] as const;
    }),
    files: items(from.files, "files", text),
  };
}

function regionCode(value: unknown, where: string): string {
  const code = text(value, where);
  if (!/^(\d{2}|\d{4}|\d{6}|\d{10})$/.test(code)) throw new ShapeError(`${where}: not a region`);
  return code;
}

function hitOf(value: unknown, where: string): Hit {
  const [first, ...rest] = items(value, where, (each) => each);
  const contest = CONTEST_KINDS.find((kind) => kind === first);
  if (contest === undefined) {
    const [name, kecamatan, stations] = rest;
    const ranges = optional(stations, where, (list, at) => items(list, at, rangeOf));
    return [regionCode(first, where), text(name, where), optional(kecamatan, where, text), ranges];
  }
  const [id, number, name, party, district, region, code] = rest;
  const inside = region === "0" ? "0" : regionCode(region, where);
  const head = [contest, text(id, where), integer(number, where), text(name, where)] as const;
  const its = code === undefined ? undefined : text(code, where);
  return [...head, text(party, where), text(district, where), inside, its];
}

function rangeOf(value: unknown, where: string): readonly [number, number] {
  const [from, to] = items(value, where, integer);
  return [integer(from, where), integer(to, where)];
}
