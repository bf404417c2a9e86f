/**
 * What the recap of a region adds up to in one district: for the papers and the views, taken from the sums that the result
 * tree is made of. A region that lies in several districts has one sum for all of them there; then its parts' are added.
 */
import { isWithin, type RegionCode } from "../election/codes.ts";
import { FIGURE_COUNT } from "../election/figures.ts";
import type { Contest, District, Region } from "../election/model.ts";
import type { Tally } from "../tally/fold.ts";
import type { Adjustment, Sums } from "../tally/totals.ts";

/** 25 figures, and votes by column; what was not reported is added as nothing. */
export interface RecapSums {
  readonly figures: readonly number[];
  readonly votes: readonly number[];
}

/** The sums over all readings that stand within a region, and its rulings; null if there is nothing of it. */
export function recapSums(
  tally: Tally,
  code: RegionCode,
  { contest, code: district, choices }: District,
): RecapSums | null {
  const region = tally.model?.region(code);
  const inForce = tally.model?.contest(contest.kind);
  const named = inForce?.district(district);
  const sums = region && inForce && named ? add(tally, region, inForce, named) : null;
  return sums && { figures: sums.figures, votes: choices.map((_, column) => sums.votes[column] ?? 0) };
}

/** Sums with zeros where there is nothing yet. */
export function orZeros(sums: RecapSums | null, { choices }: District): RecapSums {
  return sums ?? { figures: new Array<number>(FIGURE_COUNT).fill(0), votes: choices.map(() => 0) };
}

/** The rulings of a region's own plenary on a district. */
export function adjustmentsOf(
  tally: Tally,
  code: RegionCode,
  { contest, code: district }: District,
): readonly Adjustment[] {
  return tally.adjustments(code).filter((one) => one.contest === contest.kind && one.district === district);
}

function add(tally: Tally, region: Region, contest: Contest, district: District): RecapSums | null {
  const own = district.desa.filter(({ code }) => isWithin(code, region.code));
  if (own.length === 0) return null;
  if (isWithin(region.code, district.container.code) && isAlone(tally, region, district)) {
    const sums = tally.totals(region, contest).books.recap;
    return sums && whole(sums, district);
  }
  const parts = region.children.flatMap((child) => add(tally, child, contest, district) ?? []);
  const ruled = adjustmentsOf(tally, region.code, district);
  if (parts.length === 0 && ruled.length === 0) return null;
  const figures = Array.from({ length: FIGURE_COUNT }, (_, i) =>
    parts.reduce((sum, part) => sum + (part.figures[i] ?? 0), 0),
  );
  const votes = district.choices.map((_, i) => parts.reduce((sum, part) => sum + (part.votes[i] ?? 0), 0));
  for (const { deltas } of ruled) for (const [column, delta] of deltas) votes[column] = (votes[column] ?? 0) + delta;
  return { figures, votes };
}

/** Whether all of a region that has the contest is in the one district. */
function isAlone(tally: Tally, region: Region, district: District): boolean {
  const all = tally.model?.regions.slice(region.index, region.end) ?? [];
  return all.every((desa) => desa.level !== "desa" || (district.contest.districtOf(desa) ?? district) === district);
}

function whole({ figures, lists }: Sums, district: District): RecapSums {
  const list = lists.get(district);
  return { figures: Array.from(figures), votes: district.choices.map((_, column) => list?.votes[column] ?? 0) };
}
