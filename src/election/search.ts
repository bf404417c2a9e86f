/**
 * Finding a place or a person by name, from files that any web server can serve: the shape of the index, and how a name
 * becomes the words under which it is filed. Whoever writes the index and whoever reads it must agree on both, so both are
 * here.
 *
 * The index is a tree of small files by the beginnings of words. A beginning with few entries is one file with all of them; one
 * with more is a file with the best, and files for each further letter. So one file of some kilobytes answers each word that
 * is typed, whether an election has nine regencies or a country.
 */
import type { ContestKind } from "./codes.ts";

export const SEARCH_FORMAT = "teguh/search/v1";

/** Ranges of station numbers, as in the definition. */
export type Ranges = readonly (readonly [number, number])[];

/** A region: code, name, the names above it that are not among the index' own regions, and of a desa its stations. */
export type RegionHit = readonly [code: string, name: string, kecamatan: string | null, stations: Ranges | null];

/** A choice: contest, id, number, name, party (short, or ""), name of the district, the smallest region that holds it, its code. */
export type ChoiceHit = readonly [
  contest: ContestKind,
  id: string,
  number: number,
  name: string,
  party: string,
  district: string,
  region: string,
  /** An index that was published before this was in it has none. */
  code?: string | undefined,
];

export type Hit = RegionHit | ChoiceHit;

/** Contests begin with a letter, codes of regions with a digit. */
export const isRegionHit = (hit: Hit): hit is RegionHit => /^\d/.test(hit[0]);

/** The name in a hit. */
export const nameOf = (hit: Hit): string => (isRegionHit(hit) ? hit[1] : hit[3]);

/** `index.json`. */
export interface SearchIndex {
  readonly format: typeof SEARCH_FORMAT;
  /** Hash of the definition that it was made from. */
  readonly definition: string;
  /** Every provinsi and kabupaten/kota: code and name. */
  readonly regions: readonly (readonly [code: string, name: string])[];
  /** Beginnings of words that have a file, each after its parent: one that is the beginning of others has only the best. */
  readonly files: readonly string[];
}

/** Stands at the end of a word, so that a whole word that begins others can have a file of its own. */
export const WORD_END = "_";

/** The words of a name as they are filed: small letters and digits, without accents. */
export function searchWords(text: string): string[] {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[a-z0-9]+/g) ?? [];
}

/** The file of a beginning, below the folder of the index. */
export const wordFile = (beginning: string): string => `w/${beginning}.json`;

/** The file with every kecamatan and desa of a kabupaten/kota. */
export const codeFile = (kabupaten: string): string => `c/${kabupaten}.json`;

/** The folder of a definition's index below the public folder, with its slash. */
export const searchFolder = (definition: string): string => `search/${definition}/`;
