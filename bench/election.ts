/**
 * The definition of a synthetic nation: the real geography, 833,000 stations by a seeded rule of which 823,000 will report,
 * five contests with as many columns as a real election has (3, 43, 179, 179, 179). Names are invented.
 */

import { PARTIES, People } from "../src/demo/names.ts";
import { Chance } from "../src/demo/random.ts";
import { NATION } from "../src/election/codes.ts";
import type {
  CandidateEntry,
  DistrictEntry,
  ElectionFile,
  PartyEntry,
  RegionEntry,
} from "../src/election/definition.ts";
import type { Model, Region } from "../src/election/model.ts";
import { regionNames } from "../src/store/geography.ts";

/** Stations that have reported before anything is measured, and those that are there to report during it. */
export const REPORTED = 823_000;
export const STATIONS = 833_000;
/** The province whose stations are measured alone and inside the nation: Bali. */
export const ONE_PROVINCE = "51";

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const CANDIDATES = 161;
/** Stations of the largest desa there is. */
export const LARGEST_DESA = 451;

/** Who stands in a district: names as long and as various as people's are, since they travel to every reader. */
const peopleOf = (district: string) => new People(new Chance("bench", district));

function parties(district: string): PartyEntry[] {
  const people = peopleOf(district);
  return PARTIES.map(({ name, short, colour }, p) => ({
    id: `${p + 1}`,
    number: p + 1,
    name,
    short,
    colour,
    candidates: Array.from({ length: Math.floor((CANDIDATES - 1 - p) / PARTIES.length) + 1 }, (_, i) => ({
      id: `${district}-${p + 1}-${i + 1}`,
      number: i + 1,
      name: people.next(),
    })),
  }));
}

function candidates(district: string, count: number): CandidateEntry[] {
  const people = peopleOf(district);
  return Array.from({ length: count }, (_, i) => ({ id: `${district}-${i + 1}`, number: i + 1, name: people.next() }));
}

/** The definition of the nation with so many stations in all. */
export function nationElection(stations = STATIONS): ElectionFile {
  const names = [...regionNames()];
  const codes = names.map(([code]) => code);
  const desa = codes.filter((code) => code.length === 10);
  const counts = spread(
    desa.length,
    stations,
    desa.findIndex((code) => code.startsWith(ONE_PROVINCE)),
  );
  const count = new Map(desa.map((code, i) => [code, counts[i] ?? 1]));
  const regions: RegionEntry[] = [[NATION, "Indonesia"] as const, ...names].map(([code, name]) =>
    code.length === 10 ? { code, name, stations: [[1, count.get(code) ?? 1]] } : { code, name },
  );
  const of = (length: number) => codes.filter((code) => code.length === length);
  const grouped = (length: number, per: number): DistrictEntry[] => {
    const districts: DistrictEntry[] = [];
    const members = new Map<string, string[]>();
    for (const code of of(length)) {
      const parent = code.slice(0, length - 2);
      members.set(parent, [...(members.get(parent) ?? []), code]);
    }
    for (const [parent, all] of members) {
      for (let i = 0; i < all.length; i += per) {
        const code = `${parent}.${i / per + 1}`;
        districts.push({
          code,
          name: `Dapil ${code}`,
          seats: 8,
          regions: all.slice(i, i + per),
          parties: parties(code),
        });
      }
    }
    return districts;
  };
  return {
    origin: "bangsa.teguh.example/2029",
    title: { id: "Bangsa Simulasi", en: "Simulated nation" },
    simulation: true,
    regions,
    contests: [
      {
        kind: "ppwp",
        districts: [{ code: "0", name: "Indonesia", seats: 1, regions: [NATION], choices: candidates("p", 3) }],
      },
      { kind: "dpr", districts: grouped(4, 6) },
      {
        kind: "dpd",
        districts: of(2).map((code) => ({
          code,
          name: `Provinsi ${code}`,
          seats: 4,
          regions: [code],
          choices: candidates(code, 43),
        })),
      },
      { kind: "dprdp", districts: grouped(4, 2) },
      { kind: "dprdk", districts: grouped(6, 3) },
    ],
  };
}

/** The part of an election that lies in some provinces: the same stations, districts and choices. */
export function within({ regions, contests, ...rest }: ElectionFile, provinces: readonly string[]): ElectionFile {
  const isIn = (code: string) => code === NATION || provinces.some((province) => code.startsWith(province));
  return {
    ...rest,
    regions: regions.filter(({ code }) => isIn(code)),
    contests: contests.map((contest) => ({
      ...contest,
      districts: contest.districts.filter((district) => district.regions.every(isIn)),
    })),
  };
}

/** So many stations over so many desa: skewed as in reality (median 6, most 451), and exactly that many. */
function spread(desa: number, stations: number, largest: number): number[] {
  const random = seeded(7);
  const weights = Array.from({ length: desa }, () => 1 + Math.min(45, (1 / (random() + 0.02) ** 0.9) | 0));
  weights[largest] = (weights.reduce((a, b) => a + b, 0) * LARGEST_DESA) / stations;
  const sum = weights.reduce((a, b) => a + b, 0);
  const counts = weights.map((weight) => Math.max(1, Math.floor((weight / sum) * stations)));
  let rest = stations - counts.reduce((a, b) => a + b, 0);
  for (let i = 0; rest !== 0; i = (i + 1) % desa) {
    const step = Math.sign(rest);
    if (i !== largest && (counts[i] ?? 0) + step >= 1) {
      counts[i] = (counts[i] ?? 0) + step;
      rest -= step;
    }
  }
  return counts;
}

export function stationsOf(model: Model, region: Region): string[] {
  return Array.from({ length: region.stationTo - region.stationFrom }, (_, i) =>
    model.stationAt(region.stationFrom + i),
  );
}

/** The same stations in an order of arrival that jumps about, as on election night. */
export function shuffled<T>(items: readonly T[], seed = 11): T[] {
  const random = seeded(seed);
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const a = result[i];
    const b = result[j];
    if (a === undefined || b === undefined) continue;
    result[i] = b;
    result[j] = a;
  }
  return result;
}
