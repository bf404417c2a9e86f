/** Where stations are and in which district they vote: the few questions about the definition that phones and halls ask. */
import { CONTEST_KINDS, type ContestKind, desaOf, type RegionCode, type StationCode } from "../election/codes.ts";
import type { District, Model } from "../election/model.ts";

/** The stations of a region, in the order of their codes. Empty for a region that is not there. */
export function stationsOf(model: Model, region: RegionCode): StationCode[] {
  const { stationFrom = 0, stationTo = 0 } = model.region(region) ?? {};
  return Array.from({ length: stationTo - stationFrom }, (_, i) => model.stationAt(stationFrom + i));
}

/** The kecamatan, in the order of their codes. */
export function kecamatanIn(model: Model): RegionCode[] {
  return model.regions.filter(({ level }) => level === "kecamatan").map(({ code }) => code);
}

/** The contests of the election, in the order in which the boxes are opened. */
export function contestsOf(model: Model): ContestKind[] {
  return CONTEST_KINDS.filter((kind) => model.contest(kind) !== undefined);
}

/** The district in which a station votes. Here every station has every contest. @throws RangeError */
export function districtOf(model: Model, station: StationCode, kind: ContestKind): District {
  const desa = model.region(desaOf(station));
  const district = desa && model.contest(kind)?.districtOf(desa);
  if (!district) throw new RangeError(`${station} does not vote in ${kind}`);
  return district;
}
