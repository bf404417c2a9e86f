/**
 * Writes the search index of a definition: once for each definition, since names do not change with the votes. What its files
 * are is described in src/election/search.ts.
 *
 * The index proves nothing and need not: whoever follows a hit comes to a page that is verified. It lies under the hash of its
 * definition and never changes, so that a phone fetches each file once.
 */
import type { ContestKind } from "../election/codes.ts";
import {
  codeFile,
  type Hit,
  isRegionHit,
  nameOf,
  type Ranges,
  type RegionHit,
  SEARCH_FORMAT,
  type SearchIndex,
  searchWords,
  WORD_END,
  wordFile,
} from "../election/search.ts";
import { listOf, numberOf, type ObjectSource, rowsOf, textOf } from "../export/source.ts";
import type { JsonObject } from "../ledger/canonical.ts";

/** A file of the index: its path below the folder of the index, and its text. */
export type IndexFile = readonly [path: string, text: string];

/** Entries of one file; more are split by the next letter. Some 12 KB, 4 KB packed. */
const MOST = 200;
/** Entries that the file of a beginning with more has: the best. */
const BEST = 40;
/** Entries of a whole word that begins nothing else. Who shares a name with more is found by the other words of it. */
const MOST_OF_WORD = 1000;

/** The files of the index, `index.json` last: where it is, the index is whole. */
export async function* searchFiles(source: ObjectSource, definition: string): AsyncGenerator<IndexFile> {
  const election = await source.object(definition);
  const regions: RegionHit[] = [];
  for await (const hits of regionsOf(source, await source.object(textOf(election.regions)))) {
    const below = hits.filter(([code]) => code.length > 4);
    const [first] = below;
    if (first) yield [codeFile(first[0].slice(0, 4)), JSON.stringify(below)];
    for (const hit of hits) regions.push(hit);
  }
  const words = new Map<string, Hit[]>();
  for (const hit of regions) file(words, hit);
  for await (const hit of choicesOf(source, election)) file(words, hit);
  const files: string[] = [];
  for (const [beginning, hits] of tree(words)) {
    files.push(beginning);
    yield [wordFile(beginning), JSON.stringify(hits)];
  }
  const upper = regions.filter(([code]) => code.length <= 4).map(([code, name]) => [code, name] as const);
  const index: SearchIndex = { format: SEARCH_FORMAT, definition, regions: upper, files };
  yield ["index.json", JSON.stringify(index)];
}

function file(words: Map<string, Hit[]>, hit: Hit): void {
  for (const word of new Set(searchWords(nameOf(hit)))) {
    const there = words.get(word);
    if (there) there.push(hit);
    else words.set(word, [hit]);
  }
}

/** Provinces; then each kabupaten with all below it. */
async function* regionsOf(source: ObjectSource, nation: JsonObject): AsyncGenerator<RegionHit[]> {
  for (const [code, name, hash] of childrenOf(nation)) {
    yield [[code, name, null, null]];
    for (const [kabupaten, itsName, itsHash] of childrenOf(await source.object(hash))) {
      const hits: RegionHit[] = [[kabupaten, itsName, null, null]];
      for (const [, , kecamatan] of childrenOf(await source.object(itsHash))) {
        hits.push(...kecamatanHits(await source.object(kecamatan)));
      }
      yield hits;
    }
  }
}

function kecamatanHits(kecamatan: JsonObject): RegionHit[] {
  const name = textOf(kecamatan.name);
  const desa = rowsOf(kecamatan.desa).map((each): RegionHit => {
    const stations = listOf(each.stations).map((range) => listOf(range).map(numberOf)) as unknown as Ranges;
    return [textOf(each.code), textOf(each.name), name, stations];
  });
  return [[textOf(kecamatan.code), name, null, null], ...desa];
}

const childrenOf = (region: JsonObject): [code: string, name: string, hash: string][] =>
  listOf(region.children).map((child) => {
    const [code, name, hash] = listOf(child);
    return [textOf(code), textOf(name), textOf(hash)];
  });

async function* choicesOf(source: ObjectSource, election: JsonObject): AsyncGenerator<Hit> {
  for (const entry of listOf(election.contests)) {
    const [kind, contest = ""] = listOf(entry).map(textOf);
    for (const row of listOf((await source.object(contest)).districts)) {
      const [code = "", , hash = ""] = listOf(row).map(textOf);
      const district = await source.object(hash);
      const parties = rowsOf(district.parties);
      const region = container(listOf(district.regions).map(textOf));
      for (const { id, number, name, party, withdrawn } of rowsOf(district.choices)) {
        if (withdrawn === true) continue;
        const short = textOf(parties[numberOf(party)]?.short);
        const head = [kind as ContestKind, textOf(id), numberOf(number), textOf(name)] as const;
        yield [...head, short, textOf(district.name), region, code];
      }
    }
  }
}

/** The smallest region that holds all of these. */
function container(regions: readonly string[]): string {
  const [first = "0"] = regions;
  const length = [10, 6, 4, 2].find(
    (n) => n <= first.length && regions.every((each) => each.startsWith(first.slice(0, n))),
  );
  return length === undefined || first === "0" ? "0" : first.slice(0, length);
}

/** Beginnings with their entries, each before those that go on from it. */
function* tree(words: ReadonlyMap<string, readonly Hit[]>): Generator<readonly [string, readonly Hit[]]> {
  const sorted = [...words].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const group of groups(sorted, 1)) yield* branch(group, 1);
}

type Filed = readonly (readonly [word: string, hits: readonly Hit[]])[];

function* branch(filed: Filed, length: number): Generator<readonly [string, readonly Hit[]]> {
  const beginning = keyOf(filed[0]?.[0] ?? "", length);
  const hits = distinct(filed);
  const isWhole = beginning.endsWith(WORD_END);
  if (isWhole || hits.length <= MOST) {
    yield [beginning, isWhole ? hits.toSorted(better).slice(0, MOST_OF_WORD) : hits];
    return;
  }
  yield [beginning, hits.toSorted(better).slice(0, BEST)];
  for (const group of groups(filed, length + 1)) yield* branch(group, length + 1);
}

/** The first letters of a word; past its end its end. */
const keyOf = (word: string, length: number): string => (word + WORD_END).slice(0, length);

function groups(filed: Filed, length: number): Filed[] {
  return [...Map.groupBy(filed, ([word]) => keyOf(word, length)).values()];
}

const distinct = (filed: Filed): Hit[] => [...new Set(filed.flatMap(([, hits]) => hits))];

/** Larger regions first, then people, then kecamatan and desa; among equals the shorter name. */
const rank = (hit: Hit): number => (isRegionHit(hit) ? (hit[0].length <= 4 ? hit[0].length : hit[0].length * 10) : 50);
const better = (a: Hit, b: Hit): number => rank(a) - rank(b) || nameOf(a).length - nameOf(b).length;
