/**
 * The election of the demonstration, "Pemilu Simulasi": the real regions of Bali, five contests, and nobody who exists.
 * It is an election file like any other, so that it is founded, checked and published by the same code as a real one.
 */
import type { RegionCode } from "../election/codes.ts";
import type {
  CandidateEntry,
  ContestEntry,
  DistrictEntry,
  ElectionFile,
  PartyEntry,
  RegionEntry,
} from "../election/definition.ts";
import { baliRegions, PROVINCE, SPLIT } from "./bali.ts";
import { PAIRS, PARTIES, People } from "./names.ts";
import { Chance, shareOut } from "./random.ts";

export const ORIGIN = "simulasi.teguh.example/2029";

export interface DemoElection {
  /** What the whole demonstration follows from. */
  readonly seed: string;
  /** From `LEAST_STATIONS` to `ALL_STATIONS`. */
  readonly stations: number;
}

const SENATORS = 17;
const SEATS_DPR = 9;
const SEATS_PROVINCE = 55;
/** Seats of a kabupaten's council by its stations, about as the law has them by its people. */
const seatsOfRegency = (stations: number): number => 35 + Math.min(15, Math.floor(stations / 200));
/** About so many seats in a district of such a council. */
const SEATS_TO_A_DISTRICT = 8;
const LEAST_SEATS = 3;
const MOST_SEATS = 12;

/** The election file. `names` are those of all regions of the country. */
export function demoElection(names: ReadonlyMap<RegionCode, string>, { seed, stations }: DemoElection): ElectionFile {
  const regions = baliRegions(names, stations, seed);
  const people = new People(new Chance(seed, "people"));
  return {
    origin: ORIGIN,
    title: { id: "Pemilu Simulasi", en: "Simulated Election" },
    simulation: true,
    regions,
    contests: [presidential(), house(people), senate(people), ...councils(regions, people)],
  };
}

function presidential(): ContestEntry {
  const choices = PAIRS.map((pair, i) => ({ id: `P${i + 1}`, number: i + 1, ...pair }));
  const district: DistrictEntry = { code: "0", name: "Indonesia", seats: 1, regions: ["0"], choices };
  return { kind: "ppwp", thresholds: { majority: 5000, spread: 2000 }, districts: [district] };
}

function house(people: People): ContestEntry {
  const district = partyDistrict("51", "Bali", SEATS_DPR, [PROVINCE], people);
  return { kind: "dpr", thresholds: { party: 400 }, districts: [district] };
}

function senate(people: People): ContestEntry {
  const choices: CandidateEntry[] = Array.from({ length: SENATORS }, (_, i) => ({
    id: `D${i + 1}`,
    number: i + 1,
    name: people.next(),
  }));
  return { kind: "dpd", districts: [{ code: "51", name: "Bali", seats: 4, regions: [PROVINCE], choices }] };
}

/** DPRD Provinsi with a district for every kabupaten, and DPRD Kabupaten/Kota with some in each. */
function councils(regions: readonly RegionEntry[], people: People): ContestEntry[] {
  const regencies = regions.filter(({ code }) => code.length === 4);
  const sizes = regencies.map(({ code }) => stationsIn(regions, code));
  const seats = shareOut(SEATS_PROVINCE, sizes, LEAST_SEATS);
  const provincial = regencies.map(({ code, name }, i) =>
    partyDistrict(code, `Bali ${i + 1} (${name})`, Math.min(MOST_SEATS, seats[i] ?? 0), [code], people),
  );
  const local = regencies.flatMap((regency, i) => regencyDistricts(regions, regency, sizes[i] ?? 0, people));
  return [
    { kind: "dprdp", districts: provincial },
    { kind: "dprdk", districts: local },
  ];
}

/** Neighbouring kecamatan together, until there are seats enough; the split one ends a district in its middle. */
function regencyDistricts(
  regions: readonly RegionEntry[],
  regency: RegionEntry,
  stations: number,
  people: People,
): DistrictEntry[] {
  const total = seatsOfRegency(stations);
  const groups = grouped(regions, regency.code, (stations * SEATS_TO_A_DISTRICT) / total);
  const sizes = groups.map((codes) => codes.reduce((sum, code) => sum + stationsIn(regions, code), 0));
  const seats = shareOut(total, sizes, Math.min(LEAST_SEATS, Math.floor(total / groups.length)));
  return groups.map((codes, i) => {
    const name = `${regency.name} ${i + 1}`;
    return partyDistrict(`${regency.code}${i + 1}`, name, Math.min(MOST_SEATS, seats[i] ?? 0), codes, people);
  });
}

/** The parts of each district of a regency: kecamatan, or half of the desa of the split one. */
function grouped(regions: readonly RegionEntry[], regency: string, enough: number): string[][] {
  const groups: string[][] = [[]];
  let size = 0;
  const add = (code: string) => {
    groups.at(-1)?.push(code);
    size += stationsIn(regions, code);
  };
  const close = () => {
    groups.push([]);
    size = 0;
  };
  for (const { code } of regions.filter((region) => region.code.length === 6 && region.code.startsWith(regency))) {
    if (code === SPLIT) {
      const desa = regions.filter((region) => region.code.length === 10 && region.code.startsWith(code));
      const half = Math.ceil(desa.length / 2);
      for (const { code: first } of desa.slice(0, half)) add(first);
      close();
      for (const { code: second } of desa.slice(half)) add(second);
      continue;
    }
    if (size + stationsIn(regions, code) / 2 > enough && size > 0) close();
    add(code);
  }
  return groups.filter((codes) => codes.length > 0);
}

function stationsIn(regions: readonly RegionEntry[], region: string): number {
  let sum = 0;
  for (const { code, registered } of regions) if (code.startsWith(region)) sum += registered?.length ?? 0;
  return sum;
}

/** Every party with a candidate for each seat. */
function partyDistrict(
  code: string,
  name: string,
  seats: number,
  regions: readonly string[],
  people: People,
): DistrictEntry {
  const parties = PARTIES.map((party, i): PartyEntry => {
    const id = `K${i + 1}`;
    const candidates = Array.from({ length: seats }, (_, j) => ({
      id: `${code}-${i + 1}-${j + 1}`,
      number: j + 1,
      name: people.next(),
    }));
    return { id, number: i + 1, ...party, candidates };
  });
  return { code, name, seats, regions: [...regions], parties };
}
