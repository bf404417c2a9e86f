/**
 * Amendments of the small election, one after the other, for properties: stations between others, a new desa, candidates
 * and a party at the end of the columns, and a candidate struck from the ballot.
 */
import type { DistrictEntry, ElectionFile, RegionEntry } from "../../election/definition.ts";

type Amendment = (file: ElectionFile) => ElectionFile;

const withRegion = (file: ElectionFile, code: string, change: Partial<RegionEntry>): ElectionFile => ({
  ...file,
  regions: file.regions.map((entry) => (entry.code === code ? { ...entry, ...change } : entry)),
});

const withDistrict = (
  file: ElectionFile,
  kind: string,
  code: string,
  change: (district: DistrictEntry) => DistrictEntry,
): ElectionFile => ({
  ...file,
  contests: file.contests.map((contest) =>
    contest.kind === kind
      ? {
          ...contest,
          districts: contest.districts.map((district) => (district.code === code ? change(district) : district)),
        }
      : contest,
  ),
});

const withCandidate = (district: DistrictEntry): DistrictEntry => {
  const { parties = [] } = district;
  const [first, ...others] = parties;
  if (!first) return district;
  const candidate = { id: `${district.code}-a3`, number: 3, name: `Calon a3 ${district.code}` };
  return { ...district, parties: [{ ...first, candidates: [...first.candidates, candidate] }, ...others] };
};

const withParty = (district: DistrictEntry): DistrictEntry => {
  const candidates = [{ id: `${district.code}-c1`, number: 1, name: `Calon c1 ${district.code}` }];
  const party = { id: "c", number: 3, name: "Partai C", short: "C", colour: "#993333", candidates };
  return { ...district, parties: [...(district.parties ?? []), party] };
};

const withoutFirst = (district: DistrictEntry): DistrictEntry => {
  const { choices = [] } = district;
  return { ...district, choices: choices.map((choice, i) => (i === 0 ? { ...choice, withdrawn: true } : choice)) };
};

const withPair = (district: DistrictEntry): DistrictEntry => ({
  ...district,
  choices: [...(district.choices ?? []), { id: "p4", number: 4, name: "Paslon 4" }],
});

/** A court restores a candidate; stations and a desa are found missing. */
const restored: Amendment = (file) => {
  const more = withRegion(file, "5101011001", { stations: [[1, 3], 901] });
  const desa = { code: "5101011000", name: "Desa 5101011000", stations: [[1, 2] as [number, number]] };
  const regions = { ...more, regions: [...more.regions, desa] };
  const dpr = withDistrict(regions, "dpr", "5100", withCandidate);
  return withDistrict(dpr, "dprdk", "510102", (district) => ({
    ...withCandidate(district),
    regions: [...district.regions, "5101011000"],
  }));
};

/** A senator is struck, a pair and a party are added, a station stands between two others. */
const struck: Amendment = (file) => {
  const more = withRegion(file, "5101021001", { stations: [1, 2, 5, 901] });
  const dpd = withDistrict(more, "dpd", "51", withoutFirst);
  const ppwp = withDistrict(dpd, "ppwp", "0", withPair);
  return withDistrict(ppwp, "dprdk", "510101", withParty);
};

/** A station stands between those just added; the struck senator is restored, the party's candidate struck. */
const again: Amendment = (file) => {
  const more = withRegion(file, "5101021001", { stations: [1, 2, 3, 5, 901] });
  return withDistrict(more, "dpd", "51", (district) => ({
    ...district,
    choices: (district.choices ?? []).map(({ withdrawn: _, ...choice }) => choice),
  }));
};

export const amendments: readonly Amendment[] = [restored, struck, again];

/** The file as a person amends it: where the columns stand is the amendment rule's to say. */
export const withoutColumns = (file: ElectionFile): ElectionFile => ({
  ...file,
  contests: file.contests.map((contest) => ({
    ...contest,
    districts: contest.districts.map(({ columns: _, ...district }) => district),
  })),
});
