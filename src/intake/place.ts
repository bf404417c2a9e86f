/**
 * The place that a pass names: the region or station whose grant its device showed. What a device may be judged by without its
 * sheet follows from it.
 */
import { isRegionCode, isStationCode, kecamatanOf, plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import type { LogName } from "../store/store.ts";

/** Digits of a kecamatan's code. */
const KECAMATAN = 6;

/** The log in whose view the grant of a place is judged; null if it is no code of a region or station. */
export function logOfPlace(place: string): LogName | null {
  if (isStationCode(place)) return tpsLog(kecamatanOf(place));
  if (!isRegionCode(place)) return null;
  return plenoLog(place.length > KECAMATAN ? (place.slice(0, KECAMATAN) as RegionCode) : place);
}

/** What shares one ceiling: all of a kecamatan, or an office above it. */
export function ceilingOf(place: string): string {
  return place.slice(0, KECAMATAN);
}
