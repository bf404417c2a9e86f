/**
 * Where the simulated election is held: Bali with its real 9 kabupaten/kota, 57 kecamatan and 716 desa, and for each
 * kabupaten the real number of its stations (2024). How many of them a desa has is not known here, so a seeded rule spreads
 * them. A smaller election keeps whole kecamatan, some of every kabupaten, each with a few of its desa.
 */
import { NATION, parentOf, type RegionCode } from "../election/codes.ts";
import type { RegionEntry } from "../election/definition.ts";
import { Chance, shareOut } from "./random.ts";

export const PROVINCE = "51" as RegionCode;

/** Stations of each kabupaten/kota; 12,809 together. */
export const STATIONS: Readonly<Record<string, number>> = {
  "5101": 898,
  "5102": 1545,
  "5103": 1485,
  "5104": 1591,
  "5105": 649,
  "5106": 802,
  "5107": 1677,
  "5108": 2275,
  "5171": 1887,
};
export const ALL_STATIONS = Object.values(STATIONS).reduce((sum, count) => sum + count, 0);
/** With fewer there is not enough of an election to show. */
export const LEAST_STATIONS = 40;

/** The kecamatan that lies in two districts of its council: the one with the most desa. */
export const SPLIT = "510806" as RegionCode;

/** A station's voters: at most 300 may be registered at one. */
const MOST_REGISTERED = 300;
const LEAST_REGISTERED = 90;
/** Bali's average in 2024: 3,269,516 voters at 12,809 stations. */
const MEAN_REGISTERED = 256;

/** Stations to a desa of a smaller election, and desa to a kecamatan: enough for sums to have parts. */
const TO_A_DESA = 6;
const TO_A_KECAMATAN = 3;

/**
 * The regions of an election with so many stations, ready for an election file: names of all, stations and registered voters
 * of the desa. `names` are those of the whole country.
 */
export function baliRegions(names: ReadonlyMap<RegionCode, string>, stations: number, seed: string): RegionEntry[] {
  const desa = stations === ALL_STATIONS ? allDesa(names) : someDesa(allDesa(names), stations);
  const regencies = [...new Set(desa.map((code) => code.slice(0, 4)))].sort();
  const totals = shareOut(
    stations,
    regencies.map((code) => STATIONS[code] ?? 0),
  );
  const counts = new Map<RegionCode, number>();
  regencies.forEach((regency, i) => {
    const own = desa.filter((code) => code.startsWith(regency));
    // Desa differ in size by a factor of ten and more.
    const weights = own.map((code) => Math.exp(0.7 * new Chance(seed, `size ${code}`).normal()));
    const shares = shareOut(totals[i] ?? 0, weights, 1);
    own.forEach((code, j) => {
      counts.set(code, shares[j] ?? 0);
    });
  });
  const codes = new Set<RegionCode>();
  for (const code of desa) for (let at: RegionCode | null = code; at; at = parentOf(at)) codes.add(at);
  return [...codes].sort().map((code) => regionEntry(code, names, counts.get(code), seed));
}

function regionEntry(
  code: RegionCode,
  names: ReadonlyMap<RegionCode, string>,
  count: number | undefined,
  seed: string,
): RegionEntry {
  const name = names.get(code) ?? (code === NATION ? "Indonesia" : code);
  // The whole of this nation lives in one zone.
  if (code === NATION) return { code, name, zone: "WITA" };
  if (count === undefined) return { code, name };
  const chance = new Chance(seed, `registered ${code}`);
  const registered = Array.from({ length: count }, () => {
    const drawn = Math.round(MEAN_REGISTERED + 34 * chance.normal());
    return Math.min(MOST_REGISTERED, Math.max(LEAST_REGISTERED, drawn));
  });
  return { code, name, stations: [[1, count]], registered };
}

function allDesa(names: ReadonlyMap<RegionCode, string>): RegionCode[] {
  return [...names.keys()].filter((code) => code.length === 10 && code.startsWith(PROVINCE)).sort();
}

/** Some desa of some kecamatan, taken from each kabupaten in turn; the split one is always among them. */
function someDesa(all: readonly RegionCode[], stations: number): RegionCode[] {
  const wanted = Math.min(all.length, Math.floor(stations / TO_A_DESA));
  const byKecamatan = new Map<RegionCode, RegionCode[]>();
  for (const code of all) {
    const kecamatan = code.slice(0, 6) as RegionCode;
    byKecamatan.set(kecamatan, [...(byKecamatan.get(kecamatan) ?? []), code]);
  }
  const inTurn = [...byKecamatan.keys()].sort((a, b) => turnOf(a) - turnOf(b) || (a < b ? -1 : 1));
  const each = Math.max(TO_A_KECAMATAN, Math.ceil(wanted / inTurn.length));
  const chosen: RegionCode[] = [];
  for (let round = 0; chosen.length < wanted; round++) {
    for (const kecamatan of inTurn) {
      const next = (byKecamatan.get(kecamatan) ?? []).slice(round * each, (round + 1) * each);
      chosen.push(...next.slice(0, wanted - chosen.length));
    }
  }
  return chosen.sort();
}

/** The split kecamatan first, then the first of every kabupaten, then the second … */
function turnOf(kecamatan: RegionCode): number {
  return kecamatan === SPLIT ? 0 : Number(kecamatan.slice(4));
}
