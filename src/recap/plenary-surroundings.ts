/**
 * What bears on a plenary without standing in its own log: orders from above, and in whose hands the results are, both as far as
 * its log has seen them. It comes from the fold's own authority, so that a desk and the fold cannot differ about it.
 */
import { isWithin, levelOf, type RegionCode } from "../election/codes.ts";
import { isRecapitulatedAt } from "../election/competence.ts";
import { type District, kecamatanIn, type Model } from "../election/model.ts";
import type { Authority } from "../tally/authority.ts";
import type { StandingHalt } from "../tally/halts.ts";
import { penKey } from "../tally/plenary.ts";
import { isCertified } from "../tally/readings.ts";

export interface Surroundings {
  /** The definition that the plenary's log has seen. */
  readonly model: Model;
  /** The orders that halt the region now. */
  readonly halts: readonly StandingHalt[];
  /** By {@link heldKey}: the kecamatan whose results are in this plenary's hands. */
  readonly pens: ReadonlySet<string>;
  /** By contest/district: certified here, and not reopened. */
  readonly certified: ReadonlySet<string>;
  /** By {@link heldKey}: the regions right below whose result came up and may be given back there. */
  readonly returnable: ReadonlySet<string>;
  /**
   * By contest/station: read by a plenary above while a result was in its hands, before it was given back. Whoever follows
   * the logs above knows them; there are none where nothing was reopened.
   */
  readonly readAbove: ReadonlySet<string>;
}

/** A region's part in a district's result. */
export const heldKey = (contest: string, district: string, region: RegionCode): string =>
  `${penKey(contest, district)}/${region}`;

/** The districts that have a part in a region, contest by contest in the order of the boxes. */
export function districtsIn(region: RegionCode, { contests }: Model): District[] {
  return contests.flatMap(({ districts }) =>
    districts.filter(({ desa }) => desa.some(({ code }) => isWithin(code, region))),
  );
}

/** Those of them that its plenary certifies. */
export function certifiedIn(region: RegionCode, model: Model): District[] {
  return districtsIn(region, model).filter(({ contest }) => isRecapitulatedAt(contest.kind, levelOf(region)));
}

/** The surroundings of a region's plenary where its log stands in a fold. */
export function surroundingsOf(
  authority: Authority,
  region: RegionCode,
  model: Model,
  readAbove: ReadonlySet<string> = new Set(),
): Surroundings {
  const plenary = authority.plenary(region);
  const pens = new Set<string>();
  const certified = new Set<string>();
  const returnable = new Set<string>();
  const children = model.region(region)?.children.filter(({ level }) => level !== "desa") ?? [];
  for (const district of districtsIn(region, model)) {
    const { kind } = district.contest;
    for (const { code } of children) {
      if (authority.mayGiveBack(plenary, code, kind, district.code)) returnable.add(heldKey(kind, district.code, code));
    }
    if (isCertified(authority, plenary, kind, district.code)) certified.add(penKey(kind, district.code));
    for (const kecamatan of kecamatanIn(region, district)) {
      if (authority.holdsPen(plenary, kecamatan, kind, district.code))
        pens.add(heldKey(kind, district.code, kecamatan));
    }
  }
  return { model, halts: authority.haltsOn(region), pens, certified, returnable, readAbove };
}
