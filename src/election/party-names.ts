/**
 * Where a region's candidates stand, and where its parties have their names if the candidates stand elsewhere. Candidates go no
 * higher than the smallest region that holds their district; above it only the totals of parties go on. And above the kecamatan,
 * where they are of several districts, nobody reads them all at once: there they stand apart. Either way a few districts name
 * all the parties.
 */
import type { Hash } from "../ledger/hash.ts";
import { hasParties, isWithin, type RegionCode } from "./codes.ts";
import type { Contest, District, Region } from "./model.ts";

/**
 * The regions above the kecamatan that carry candidates of more than one district, who stand within parties: their lists are an
 * object of their own. It follows from the definition alone, so that a region's object has one form from its first report on.
 */
export function listsApart({ districts, kind }: Contest): ReadonlySet<RegionCode> {
  const apart = new Set<RegionCode>();
  if (!hasParties(kind)) return apart;
  const known = new Map<RegionCode, District>();
  for (const district of districts) {
    for (const { code, level } of carriersOf(district)) {
      if (level !== "kecamatan" && (known.get(code) ?? district) !== district) apart.add(code);
      known.set(code, district);
    }
  }
  return apart;
}

/** The regions that carry a district's candidates and may have other districts besides: those around its parts. */
function carriersOf({ container, parts }: District): ReadonlySet<Region> {
  const carriers = new Set<Region>();
  for (const { parent } of parts) {
    let region = parent;
    for (; region !== null && isWithin(region.code, container.code); region = region.parent) carriers.add(region);
  }
  return carriers;
}

/**
 * For each region that has not all candidates of its parties in its object the definition objects of the first districts that
 * together name all parties of those that it has not: in the contest's order, each that has a party which none before it has.
 * Without parties there are none.
 */
export function partyNames(contest: Contest): ReadonlyMap<RegionCode, readonly Hash[]> {
  const apart = listsApart(contest);
  const named = new Map<RegionCode, Set<string>>();
  const objects = new Map<RegionCode, Hash[]>();
  for (const district of contest.districts) {
    const without = [...carriersOf(district)].filter(({ code }) => apart.has(code));
    for (let above = district.container.parent; above !== null; above = above.parent) without.push(above);
    for (const { code } of without) {
      const ids = named.get(code) ?? new Set();
      named.set(code, ids);
      const before = ids.size;
      for (const { id } of district.partyNumbers) ids.add(id);
      if (ids.size > before) objects.set(code, [...(objects.get(code) ?? []), district.object]);
    }
  }
  return objects;
}
