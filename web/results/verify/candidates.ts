/**
 * Candidates' votes as the totals of their parties. The row of a child has no candidates, so this is how a region's own
 * candidates are held against its party totals, which are themselves recomputed from the rows.
 */
import type { Names } from "./names.ts";
import { BOOKS, type ResultObject } from "./objects.ts";
import type { Sparse } from "./shape.ts";

/** The districts whose candidates an object carries in either book, by code, as far as their names were read. */
export function knownDistricts(object: ResultObject, names: ReadonlyMap<string, Names>): ReadonlyMap<string, Names> {
  const lists = BOOKS.flatMap((book) => object[book].lists);
  return new Map(
    lists.flatMap(({ district, names: hash }) => {
      const known = names.get(hash ?? "");
      return known === undefined ? [] : [[district, known] as const];
    }),
  );
}

/**
 * Whether an object carries the candidates of every district of its region, so that their votes are all the votes of its
 * parties. A district that lies in one part of the region has its candidates there, and only its parties here.
 */
export function carriesAll(object: ResultObject, districts: ReadonlyMap<string, Names>): boolean {
  const codes = BOOKS.flatMap((book) => [...object[book].lists, ...object[book].adjustments]);
  if (!codes.every(({ district }) => districts.has(district))) return false;
  const inside = [...districts.values()].flatMap(({ regions }) => regions);
  const isInside = (code: string) => inside.some((region) => region === "0" || code.startsWith(region));
  const reported = object.children.filter(({ hash }) => hash !== null);
  return isInside(object.region) || (reported.length > 0 && reported.every(({ code }) => isInside(code)));
}

/**
 * Votes by column of a district, added up by party in the order of `ids`. Votes of a party that is not among them make the
 * answer longer than `ids`: they can belong to no total.
 */
export function byParty(votes: Sparse, { choices, parties }: Names, ids: readonly string[]): number[] {
  const sums = new Array<number>(ids.length).fill(0);
  for (const [column, n] of votes) {
    const place = ids.indexOf(parties[choices[column]?.party ?? -1]?.id ?? "");
    if (place >= 0) sums[place] = (sums[place] ?? 0) + n;
    else if (n !== 0) sums[ids.length] = (sums[ids.length] ?? 0) + n;
  }
  return sums;
}
