/** A result as the parts below have it: each part's certificate beside what the readings add up to now. */
import type { ContestKind, RegionCode } from "../../election/codes.ts";
import type { District, Region } from "../../election/model.ts";
import { penKey } from "../../tally/plenary.ts";
import { isCertified } from "../../tally/readings.ts";
import type { PlenaryRecord } from "../plenary-record.ts";
import { orZeros, recapSums } from "../sums.ts";
import type { BelowView } from "../wire/views.ts";
import { type Beside, certificateView } from "./hall-view.ts";
import { countRows, desaIn, named, namedDistrict, type Sources } from "./sources.ts";

export interface BelowOptions {
  /** The record of a plenary right below; empty where there is none, as in a desa. */
  record(region: RegionCode): PlenaryRecord;
  /** By certificate: what its own log says against it. */
  readonly remarks: Beside["remarks"];
  /** The fingerprint of the part's own certificate, of the figures as they are now; null while nothing of it is read. */
  fingerprint(region: Region, district: District): string | null;
}

/** Null if the region has no part in such a district. Of a kecamatan the parts are its desa, which certify nothing. */
export function belowView(
  sources: Sources,
  contest: ContestKind,
  code: string,
  options: BelowOptions,
): BelowView | null {
  const { region, model, tally } = sources;
  const district = model.contest(contest)?.district(code);
  if (!district || desaIn(district, region.code).length === 0) return null;
  return {
    contest,
    district: namedDistrict(district),
    districtObject: district.object,
    total: orZeros(recapSums(tally, region.code, district), district),
    children: region.children
      .filter((child) => desaIn(district, child.code).length > 0)
      .map((child) => partOf(sources, child, district, options)),
  };
}

function partOf(
  { tally }: Sources,
  child: Region,
  district: District,
  { record, remarks, fingerprint }: BelowOptions,
): BelowView["children"][number] {
  const { kind } = district.contest;
  const given =
    child.level === "desa" ? undefined : record(child.code).certificates.get(penKey(kind, district.code))?.at(-1);
  const plenary = tally.authority.plenary(child.code);
  let [expected, read] = [0, 0];
  for (const desa of desaIn(district, child.code)) {
    expected += desa.stations.length;
    read += countRows(tally, desa.code, kind, "recap").stated;
  }
  return {
    region: named(child),
    certificate: given
      ? {
          ...certificateView(given, !isCertified(tally.authority, plenary, kind, district.code), remarks),
          figures: given.figures,
          votes: given.votes,
        }
      : null,
    sums: orZeros(recapSums(tally, child.code, district), district),
    fingerprint: read === 0 || child.level === "desa" ? null : fingerprint(child, district),
    expected,
    read,
  };
}
