/**
 * The election as an archive shows it: its regions and stations are those that have records, its choices those that the
 * records name. It only grows from one import to the next, the way a decree amends a definition: choices keep their
 * columns, since votes are posted there; new ones come at the end.
 *
 * The archive names choices by id only, so they get neutral names: "Pasangan calon 01". Which person or party an id is,
 * is not for an import to claim.
 */
import { type ContestKind, hasParties, NATION, numberOf, type RegionCode } from "../../election/codes.ts";
import {
  ballotOrder,
  type CandidateEntry,
  type ContestEntry,
  type DistrictEntry,
  type ElectionFile,
  type PartyEntry,
  type RegionEntry,
  stationNumbers,
} from "../../election/definition.ts";
import type { Found } from "./files.ts";

/** The origin of an election that an import begins. */
export const ARCHIVE_ORIGIN = "kpu-archive.teguh.example/2024";

const TITLE = { id: "Arsip publik KPU 2024", en: "Public archive of KPU, 2024" };
const OVERSEAS = "99";
const NATIONAL = "ID";

/** The provinces that do not keep WIB. */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  WITA: ["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"],
  WIT: ["81", "82", "91", "92", "93", "94", "95", "96", "97"],
};

/** A district as it grows. */
class GrowingDistrict {
  readonly kind: ContestKind;
  readonly code: string;
  /** Contests with parties: the desa that it is made of. */
  readonly desa = new Set<string>();
  /** Contests with parties: each party's candidates. */
  readonly parties = new Map<string, string[]>();
  /** Columns that an earlier import fixed. */
  readonly #fixed: string[] = [];
  readonly #known = new Set<string>();

  constructor(kind: ContestKind, code: string) {
    this.kind = kind;
    this.code = code;
  }

  recall(entry: DistrictEntry): void {
    for (const id of entry.columns ?? ballotOrder(entry)) {
      this.#fixed.push(id);
      this.#known.add(id);
    }
    for (const { id, candidates } of entry.parties ?? []) {
      this.parties.set(
        id,
        candidates.map((candidate) => candidate.id),
      );
    }
  }

  addChoice(id: string): void {
    this.#known.add(id);
  }

  addParty(id: string, candidates: Iterable<string>): void {
    let list = this.parties.get(id);
    if (!list) {
      list = [];
      this.parties.set(id, list);
    }
    this.#known.add(id);
    for (const candidate of candidates) {
      if (!this.#known.has(candidate)) list.push(candidate);
      this.#known.add(candidate);
    }
  }

  /** The ids in the order of the columns: those fixed before, then the new ones in the order of the ballot. */
  columns(): string[] {
    const fixed = new Set(this.#fixed);
    const ballot = hasParties(this.kind)
      ? [...this.parties.keys()].sort(byNumber).flatMap((id) => [id, ...this.#candidates(id)])
      : [...this.#known].sort(byNumber);
    return [...this.#fixed, ...ballot.filter((id) => !fixed.has(id))];
  }

  /** Whether a desa is in this district. */
  covers(desa: string): boolean {
    if (this.kind === "ppwp") return true;
    return this.kind === "dpd" ? desa.startsWith(this.code) : this.desa.has(desa);
  }

  entry(name: string): DistrictEntry {
    const columns = this.columns();
    const shared = { code: this.code, name, seats: this.kind === "dpd" ? 4 : 1, columns };
    if (this.kind === "ppwp") return { ...shared, regions: [NATION], choices: candidates(columns, "Pasangan calon") };
    if (this.kind === "dpd") return { ...shared, regions: [this.code], choices: candidates(columns, "Calon") };
    const parties = columns.filter((id) => this.parties.has(id)).map((id, i) => party(id, i, this.#candidates(id)));
    return { ...shared, regions: [...this.desa].sort(), parties };
  }

  /** Candidates of an earlier import keep their places; new ones follow by their ids. */
  #candidates(party: string): string[] {
    const ids = this.parties.get(party) ?? [];
    const isFixed = (id: string) => this.#fixed.includes(id);
    return [...ids.filter(isFixed), ...ids.filter((id) => !isFixed(id)).sort(byNumber)];
  }
}

/** The growing election of an archive. */
export class ArchiveElection {
  readonly #origin: string;
  readonly #names: ReadonlyMap<RegionCode, string>;
  readonly #stations = new Map<RegionCode, Set<number>>();
  readonly #contests = new Map<ContestKind, Map<string, GrowingDistrict>>();
  /** Contests with parties: the district of `contest/desa`. */
  readonly #districtOf = new Map<string, GrowingDistrict>();

  /** `before` is the election as the last import left it, null if there was none; `names` knows every desa. */
  constructor(before: ElectionFile | null, names: ReadonlyMap<RegionCode, string>) {
    this.#origin = before?.origin ?? ARCHIVE_ORIGIN;
    this.#names = names;
    for (const { code, stations } of before?.regions ?? []) {
      if (stations) this.#stations.set(code as RegionCode, new Set(stationNumbers(stations)));
    }
    for (const { kind, districts } of before?.contests ?? []) {
      for (const entry of districts) {
        const district = this.#district(kind, entry.code);
        district.recall(entry);
        if (hasParties(kind)) for (const desa of entry.regions) this.#place(desa, district);
      }
    }
  }

  /** Takes in what a record says of the election. Returns why it cannot belong to it, or null. */
  add({ station, contest, record }: Found): string | null {
    const desa = station.slice(0, 10) as RegionCode;
    if (!this.#names.has(desa) && !desa.startsWith(OVERSEAS)) {
      return `${station} is an unknown station: there is no desa ${desa}`;
    }
    const district = this.#districtFor(contest, desa, record.district);
    if (typeof district === "string") return district;
    const numbers = this.#stations.get(desa);
    if (numbers) numbers.add(numberOf(station));
    else this.#stations.set(desa, new Set([numberOf(station)]));
    for (const id of record.votes?.keys() ?? []) district.addChoice(id);
    for (const { id, candidates } of record.parties ?? []) district.addParty(id, candidates.keys());
    return null;
  }

  /** The election file. A district for which no record names a choice is left out: it is not known what is counted. */
  file(): ElectionFile {
    const desa = [...this.#stations.keys()].sort();
    const contests = [...this.#contests].map(([kind, districts]) => this.#contestEntry(kind, districts.values(), desa));
    return {
      origin: this.#origin,
      title: TITLE,
      archive: true,
      regions: [...this.#above(desa), ...desa.map((code) => this.#desaEntry(code))],
      contests: contests.filter(({ districts }) => districts.length > 0),
    };
  }

  #districtFor(kind: ContestKind, desa: string, named: string | null): GrowingDistrict | string {
    if (kind === "ppwp") return this.#district(kind, NATIONAL);
    if (kind === "dpd") return this.#district(kind, desa.slice(0, 2));
    const known = this.#districtOf.get(`${kind}/${desa}`);
    if (named === null) return known ?? `desa ${desa}: no record says its district (kode_dapil)`;
    if (known && known.code !== named) return `desa ${desa} is in district ${known.code}, but the record says ${named}`;
    const district = this.#district(kind, named);
    this.#place(desa, district);
    return district;
  }

  #district(kind: ContestKind, code: string): GrowingDistrict {
    const districts = this.#contests.get(kind) ?? new Map<string, GrowingDistrict>();
    this.#contests.set(kind, districts);
    const district = districts.get(code) ?? new GrowingDistrict(kind, code);
    districts.set(code, district);
    return district;
  }

  #place(desa: string, district: GrowingDistrict): void {
    district.desa.add(desa);
    this.#districtOf.set(`${district.kind}/${desa}`, district);
  }

  #contestEntry(kind: ContestKind, all: Iterable<GrowingDistrict>, desa: readonly string[]): ContestEntry {
    const districts = [...all].filter((district) => district.columns().length > 0);
    districts.sort((a, b) => byNumber(a.code, b.code));
    const without = desa.filter((code) => !districts.some((district) => district.covers(code)));
    return {
      kind,
      ...(without.length > 0 ? { without } : {}),
      districts: districts.map((district) => district.entry(this.#districtName(district))),
    };
  }

  #districtName({ kind, code }: GrowingDistrict): string {
    if (kind === "ppwp") return "Indonesia";
    return kind === "dpd" ? this.#name(code) : `Dapil ${code}`;
  }

  #desaEntry(code: RegionCode): RegionEntry {
    return { code, name: this.#name(code), stations: ranges(this.#stations.get(code) ?? []) };
  }

  /** The regions above these desa. */
  #above(desa: readonly RegionCode[]): RegionEntry[] {
    const codes = new Set(desa.flatMap((code) => [2, 4, 6].map((length) => code.slice(0, length))));
    return [...codes].sort().map((code) => {
      const zone = Object.keys(ZONES).find((name) => ZONES[name]?.includes(code));
      return { code, name: this.#name(code), ...(zone ? { zone } : {}) };
    });
  }

  #name(code: string): string {
    return this.#names.get(code as RegionCode) ?? (code.startsWith(OVERSEAS) ? `Luar Negeri ${code}` : code);
  }
}

/** Ids that are numbers in the order of the numbers, before any others. */
function byNumber(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (x !== y && !Number.isNaN(x - y)) return x - y;
  return a < b ? -1 : 1;
}

/** Station numbers as an election file writes them: runs as [from, to]. */
function ranges(numbers: Iterable<number>): NonNullable<RegionEntry["stations"]> {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? from : [from, to]));
}

function candidates(ids: readonly string[], word: string): CandidateEntry[] {
  return ids.map((id, i) => ({ id, number: i + 1, name: `${word} ${String(i + 1).padStart(2, "0")}` }));
}

/** Evenly spread, none of them a known party's on purpose. */
const COLOURS = ["#4a6fa5", "#a5674a", "#5b8c5a", "#8c5a83", "#9a8f3c", "#3c8f9a", "#9a3c5b", "#6b6b6b"];

function party(id: string, place: number, candidateIds: readonly string[]): PartyEntry {
  // The archive's party ids are the numbers on the ballot; an id that cannot be one gets its place.
  const number = /^[1-9]\d{0,2}$/.test(id) ? Number(id) : place + 1;
  const label = String(number).padStart(2, "0");
  return {
    id,
    number,
    name: `Partai ${label}`,
    short: `P${label}`,
    colour: COLOURS[place % COLOURS.length] ?? "#6b6b6b",
    candidates: candidates(candidateIds, "Calon"),
  };
}
