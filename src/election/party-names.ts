/**
 * Where the parties have their names that a region shows without candidates. Candidates go no higher than the smallest region
 * that holds their district; above it only the totals of parties go on, and a few of the districts below name all of these.
 */
import type { Hash } from "../ledger/hash.ts";
import type { RegionCode } from "./codes.ts";
import type { Contest } from "./model.ts";

/**
 * For each region above districts of a contest the definition objects of the first of these that together name all their parties:
 * in the contest's order, each that has a party which none before it has. Without parties there are none.
 */
export function partyNames({ districts }: Contest): ReadonlyMap<RegionCode, readonly Hash[]> {
  const named = new Map<RegionCode, Set<string>>();
  const objects = new Map<RegionCode, Hash[]>();
  for (const { container, object, partyNumbers } of districts) {
    for (let region = container.parent; region !== null; region = region.parent) {
      const ids = named.get(region.code) ?? new Set();
      named.set(region.code, ids);
      const before = ids.size;
      for (const { id } of partyNumbers) ids.add(id);
      if (ids.size > before) objects.set(region.code, [...(objects.get(region.code) ?? []), object]);
    }
  }
  return objects;
}
