/**
 * Checks an election file as a whole and names every fault at once: a commission's staff mends a file of a million lines in
 * one go, not fault by fault. What comes out is complete (all parents and names are in it) and in the order of codes.
 *
 * Every desa must be in one district of each contest or be named in `without`: a contest mapped to no region would
 * only be noticed when the first sheets are refused, on the day.
 */
import { type ContestKind, hasParties, NATION, type RegionCode } from "./codes.ts";
import {
  ballotOrder,
  type CandidateEntry,
  type ContestEntry,
  type DistrictEntry,
  ElectionFile,
  type PartyEntry,
  type RegionEntry,
  stationNumbers,
} from "./definition.ts";
import { DesaIndex } from "./desa-index.ts";
import { schemaFaults } from "./schema-faults.ts";
import { MAX_VOTES } from "./sheet.ts";
import type { Fault } from "./text.ts";

/** Where names come from that the file does not give; undefined: not known. */
export type NameSource = (code: RegionCode) => string | undefined;

export type Checked = { readonly ok: ElectionFile } | { readonly faults: readonly Fault[] };

type Report = (path: string, id: string, en: string) => void;

/** The complete election file, or every fault of this one. `names` gives the names of regions that the file leaves out. */
export function checkElection(json: unknown, names: NameSource = () => undefined): Checked {
  const faults = schemaFaults(ElectionFile, json);
  // What is not even of the right shape cannot be compared with the rest.
  if (faults.length > 0) return { faults };
  const file = json as ElectionFile;
  const report: Report = (path, id, en) => faults.push({ path, what: { id, en } });
  const { votingDay } = file;
  if (votingDay !== undefined && !isDay(votingDay))
    report("votingDay", `${votingDay} tidak ada di kalender`, `the calendar has no ${votingDay}`);
  const regions = checkRegions(file.regions, names, report);
  const index = new DesaIndex(regions.map(({ code }) => code as RegionCode));
  const kinds = new Set<ContestKind>();
  file.contests.forEach((contest, i) => {
    const path = `contests[${i}]`;
    if (kinds.has(contest.kind)) report(`${path}.kind`, `${contest.kind} disebut dua kali`, `${contest.kind} twice`);
    kinds.add(contest.kind);
    checkContest(contest, index, path, report);
  });
  return faults.length > 0 ? { faults } : { ok: { ...file, regions } };
}

/** Whether a text of the right shape is a day: `Date` would make 2 March of 30 February. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Checks the list and returns it complete: with all parents, names in NFC, ordered by code. */
function checkRegions(entries: readonly RegionEntry[], names: NameSource, report: Report): RegionEntry[] {
  const byCode = new Map<string, RegionEntry>();
  const paths = new Map<string, string>();
  entries.forEach((entry, i) => {
    const path = `regions[${i}]`;
    if (byCode.has(entry.code)) report(`${path}.code`, `${entry.code} disebut dua kali`, `${entry.code} twice`);
    byCode.set(entry.code, entry);
    paths.set(entry.code, path);
    checkStations(entry, path, report);
  });
  for (const entry of entries) {
    for (const code of ancestors(entry.code)) {
      if (byCode.has(code)) continue;
      byCode.set(code, { code });
      paths.set(code, paths.get(entry.code) ?? "regions");
    }
  }
  const complete = [...byCode.values()].map((entry) => {
    const name = entry.name ?? (entry.code === NATION ? "Indonesia" : names(entry.code as RegionCode));
    if (name === undefined) {
      const { code } = entry;
      report(paths.get(code) ?? "regions", `nama wilayah ${code} belum ada`, `region ${code} has no name`);
    }
    return { ...entry, name: (name ?? "").normalize("NFC") };
  });
  return complete.sort((a, b) => (a.code < b.code ? -1 : 1));
}

function ancestors(code: string): string[] {
  return [NATION, ...[2, 4, 6].filter((length) => length < code.length).map((length) => code.slice(0, length))];
}

function checkStations(entry: RegionEntry, path: string, report: Report): void {
  const { code, stations, kinds = {}, registered } = entry;
  if (code.length !== 10) {
    for (const key of ["stations", "kinds", "registered"] as const) {
      if (entry[key] !== undefined) report(`${path}.${key}`, "hanya untuk desa", "only a desa has this");
    }
    return;
  }
  if (stations === undefined) {
    report(`${path}.stations`, "daftar TPS desa ini belum ada", "the stations of this desa are missing");
    return;
  }
  stations.forEach((item, i) => {
    if (typeof item !== "number" && item[0] > item[1]) {
      report(`${path}.stations[${i}]`, "rentang terbalik", "the range runs backwards");
    }
  });
  const numbers = stationNumbers(stations);
  const twice = new Set(numbers.filter((number, i) => number === numbers[i - 1]));
  for (const number of twice) {
    report(`${path}.stations`, `TPS ${number} disebut dua kali`, `station ${number} twice`);
  }
  for (const number of Object.keys(kinds)) {
    if (numbers.includes(Number(number))) continue;
    report(`${path}.kinds.${number}`, `TPS ${number} tidak ada di desa ini`, `this desa has no station ${number}`);
  }
  if (registered !== undefined && registered.length !== numbers.length) {
    const { length } = registered;
    report(
      `${path}.registered`,
      `${length} angka untuk ${numbers.length} TPS`,
      `${length} numbers for ${numbers.length} stations`,
    );
  }
}

function checkContest(contest: ContestEntry, index: DesaIndex, path: string, report: Report): void {
  const owner = new Int32Array(index.size).fill(FREE);
  const claim = (code: string, who: number, place: string) => {
    if (!index.has(code as RegionCode)) {
      report(place, `wilayah ${code} tidak ada dalam daftar`, `region ${code} is not in the list of regions`);
      return;
    }
    const { from, to } = index.range(code as RegionCode);
    const taken = new Set(owner.subarray(from, to));
    taken.delete(FREE);
    for (const other of taken) {
      const name = other === WITHOUT ? "without" : (contest.districts[other]?.code ?? "");
      report(place, `wilayah ${code} sudah termasuk ${name}`, `region ${code} already belongs to ${name}`);
    }
    owner.fill(who, from, to);
  };
  contest.without?.forEach((code, i) => {
    claim(code, WITHOUT, `${path}.without[${i}]`);
  });
  contest.districts.forEach((district, i) => {
    district.regions.forEach((code, j) => {
      claim(code, i, `${path}.districts[${i}].regions[${j}]`);
    });
  });
  for (const code of index.marked(owner, FREE)) {
    report(
      `${path}.districts`,
      `wilayah ${code} tidak termasuk dapil mana pun; masukkan ke satu dapil atau ke "without"`,
      `region ${code} is in no district; put it into one, or into "without"`,
    );
  }
  checkDistricts(contest, path, report);
}

const FREE = -1;
const WITHOUT = -2;

function checkDistricts(contest: ContestEntry, path: string, report: Report): void {
  const codes = new Set<string>();
  const ids = new Map<string, string>();
  const parties = new Map<string, PartyEntry>();
  contest.districts.forEach((district, i) => {
    const place = `${path}.districts[${i}]`;
    if (codes.has(district.code)) {
      report(`${place}.code`, `${district.code} disebut dua kali`, `${district.code} twice`);
    }
    codes.add(district.code);
    const wanted = hasParties(contest.kind) ? "parties" : "choices";
    const other = wanted === "parties" ? "choices" : "parties";
    if (district[wanted] === undefined) report(`${place}.${wanted}`, "harus ada", "is required");
    if (district[other] !== undefined) {
      report(`${place}.${other}`, `${contest.kind} memakai "${wanted}"`, `${contest.kind} has "${wanted}"`);
    }
    checkBallot(district.choices ?? [], `${place}.choices`, ids, report);
    checkBallot(district.parties ?? [], `${place}.parties`, new Map(), report);
    district.parties?.forEach((party, j) => {
      const at = `${place}.parties[${j}]`;
      checkBallot(party.candidates, `${at}.candidates`, ids, report);
      const known = parties.get(party.id);
      if (known !== undefined && (known.number !== party.number || known.name !== party.name)) {
        report(
          at,
          `partai ${party.id} memakai nomor atau nama lain di dapil lain`,
          `party ${party.id} has another number or name in another district`,
        );
      }
      parties.set(party.id, party);
    });
    checkColumns(district, place, report);
  });
  for (const [id, place] of ids) {
    if (parties.has(id)) report(place, `id ${id} sudah dipakai sebuah partai`, `id ${id} is a party's already`);
  }
}

/** Ids unique (candidates: in the whole contest), numbers unique and ascending as on the ballot. */
function checkBallot(
  list: readonly (CandidateEntry | PartyEntry)[],
  path: string,
  ids: Map<string, string>,
  report: Report,
): void {
  let last = 0;
  list.forEach(({ id, number }, i) => {
    const taken = ids.get(id);
    if (taken !== undefined)
      report(`${path}[${i}].id`, `id ${id} sudah dipakai di ${taken}`, `id ${id} is used at ${taken}`);
    ids.set(id, `${path}[${i}]`);
    if (number <= last) {
      report(
        `${path}[${i}].number`,
        `nomor ${number} setelah ${last}; urutkan sesuai surat suara`,
        `number ${number} after ${last}; order them as on the ballot`,
      );
    }
    last = number;
  });
}

function checkColumns(district: DistrictEntry, place: string, report: Report): void {
  const ballot = ballotOrder(district);
  if (ballot.length > MAX_VOTES) {
    report(
      place,
      `${ballot.length} pilihan; paling banyak ${MAX_VOTES}`,
      `${ballot.length} choices; at most ${MAX_VOTES}`,
    );
  }
  const { columns } = district;
  if (columns === undefined) return;
  const listed = new Set(columns);
  const known = new Set(ballot);
  if (listed.size !== columns.length)
    report(`${place}.columns`, "ada id yang disebut dua kali", "an id is listed twice");
  for (const id of known) {
    if (!listed.has(id)) report(`${place}.columns`, `pilihan ${id} belum ada`, `choice ${id} is missing`);
  }
  for (const id of listed) {
    if (!known.has(id)) report(`${place}.columns`, `pilihan ${id} tidak dikenal`, `choice ${id} is unknown`);
  }
}
