/**
 * The definition in memory: regions, stations, contests, districts and choices, as the tally, the door and the screens
 * use them. It is read from the definition's objects (`definition-tree.ts`) and never changes; an amendment makes a new one.
 *
 * A nation has 83,731 desa and 823,000 stations, so a station is no object: a desa knows the numbers of its stations, and
 * what is known of each station stands in flat arrays indexed by the station's place in the whole nation. Regions are
 * numbered in depth-first order of their codes, so that everything within a region, and all its stations, is one range.
 */
import type { Hash } from "../ledger/hash.ts";
import {
  type ChoiceId,
  type ContestKind,
  type DistrictCode,
  isWithin,
  type Level,
  type RegionCode,
  type StationCode,
} from "./codes.ts";
import type { Text } from "./text.ts";

/**
 * `tps`: an ordinary polling station, at home or abroad. `special`: a TPS at a special place (9xx: prisons, hospitals).
 * `ksk` and `pos`: abroad, a mobile ballot box and voting by post, whose form has wider boxes.
 */
export const STATION_KINDS = ["tps", "special", "ksk", "pos"] as const;
export type StationKind = (typeof STATION_KINDS)[number];

export interface Region {
  /** Place in {@link Model.regions}: depth first, by code; its descendants are (index, end). */
  readonly index: number;
  readonly end: number;
  readonly code: RegionCode;
  readonly name: string;
  readonly level: Level;
  readonly parent: Region | null;
  readonly children: readonly Region[];
  /** "WIB", "WITA", "WIT", or abroad an offset such as "+09:00". */
  readonly zone: string;
  /** Votes by agreement of the community (noken) are usual here: W404 is silent. */
  readonly noken: boolean;
  /** Of a desa: the three-digit numbers of its stations, ascending. Empty elsewhere. */
  readonly stations: Uint16Array;
  /** The stations within this region are [stationFrom, stationTo) of the nation's. */
  readonly stationFrom: number;
  readonly stationTo: number;
}

export interface Choice {
  readonly id: ChoiceId;
  /** On the ballot. A party's own column has the party's number, a candidate the number within the party. */
  readonly number: number;
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** Index into {@link District.parties}; -1 where choices do not stand within parties. */
  readonly party: number;
  readonly kind: "pair" | "party" | "candidate";
  /** Struck from the ballot after the definition; the column stays, since votes may have been posted there. */
  readonly withdrawn: boolean;
}

export interface Party {
  readonly id: ChoiceId;
  readonly number: number;
  readonly name: string;
  readonly short: string;
  readonly colour: string;
  readonly withdrawn: boolean;
  /**
   * Its columns in {@link District.choices}: the first holds the votes for the party itself, the others its candidates.
   * A list and not a range: a candidate restored by a court is appended at the end of all columns, which never move.
   */
  readonly columns: readonly number[];
}

/** What is known of a party without its ballot. */
export type PartyNumber = Pick<Party, "id" | "number">;

export interface District {
  /** Place in {@link Contest.districts}. */
  readonly index: number;
  readonly code: DistrictCode;
  readonly name: string;
  readonly contest: Contest;
  /** Hash of its definition object: what a sheet names, and so fixes what the columns of its `votes` mean. */
  readonly object: Hash;
  readonly seats: number;
  /** The columns of a sheet's `votes`. */
  readonly choices: readonly Choice[];
  readonly parties: readonly Party[];
  /** Of each of {@link District.parties}, in their order: to read a nation's ballots takes a second. */
  readonly partyNumbers: readonly PartyNumber[];
  /** For each column the index of its party, or -1: {@link Choice.party} in the form that loops want. */
  readonly partyOf: Int16Array;
  /** The smallest region that contains all of the district. */
  readonly container: Region;
  /** The largest regions wholly inside the district; they do not overlap. */
  readonly parts: readonly Region[];
  readonly desa: readonly Region[];
}

/** Shares in basis points (1/100 of a percent) of the valid votes; null where the contest has no such threshold. */
export interface Thresholds {
  /** A party below this share of the nation takes no part in the distribution of seats (UU 7/2017 art. 414). */
  readonly party: number | null;
  /** A pair needs more than this share of the nation … (UU 7/2017 art. 416). */
  readonly majority: number | null;
  /** … and at least this share in more than half of the provinces. */
  readonly spread: number | null;
}

export interface Contest {
  readonly kind: ContestKind;
  /** Place in `CONTEST_KINDS`, 0 to 4, whichever contests the election has. */
  readonly index: number;
  readonly name: Text;
  readonly districts: readonly District[];
  readonly object: Hash;
  readonly thresholds: Thresholds;
  /** The district of a desa; null where the region does not have the contest. */
  districtOf(desa: Region): District | null;
  district(code: string): District | undefined;
}

export interface Model {
  readonly root: Hash;
  /** The name of the election: origin of its logs and of its keys. */
  readonly origin: string;
  readonly title: Text;
  /** Votes are invented: every screen says so. */
  readonly simulation: boolean;
  /** An import of a public archive, whose known misreadings are kept: the cap on a count is 999,999. */
  readonly archive: boolean;
  /** `YYYY-MM-DD`; null where the definition does not say it. */
  readonly votingDay: string | null;
  readonly nation: Region;
  /** By index. */
  readonly regions: readonly Region[];
  readonly stationCount: number;
  region(code: string): Region | undefined;
  /** A desa by its code read as a number: for parsers that make no strings. */
  desa(number: number): Region | undefined;
  /** Only the contests that this election has, in the order of `CONTEST_KINDS`. */
  readonly contests: readonly Contest[];
  contest(kind: ContestKind): Contest | undefined;
  /** By its place in `CONTEST_KINDS`. */
  contestAt(index: number): Contest | undefined;
  /** The district whose definition object this is. */
  districtByObject(object: string): District | undefined;
  /** Where a station is: its desa, its slot in the desa's stations, its place in the nation; undefined if unknown. */
  station(code: string): { readonly desa: Region; readonly slot: number; readonly index: number } | undefined;
  /** The station at a place in the nation. */
  stationAt(index: number): StationCode;
  kind(code: StationCode): StationKind;
  kindAt(index: number): StationKind;
  /** Registered voters according to the definition; null where it does not say. */
  registered(code: StationCode): number | null;
  registeredAt(index: number): number | null;
  noken(code: RegionCode | StationCode): boolean;
}

/** The kecamatan of a region that have a part in a district. */
export function kecamatanIn(region: RegionCode, { desa }: District): RegionCode[] {
  const codes = new Set<RegionCode>();
  for (const { parent } of desa) if (parent && isWithin(parent.code, region)) codes.add(parent.code);
  return [...codes];
}

/** The slot of a station's number in its desa, or -1. Stations are nearly always 1…n, so the first guess is right. */
export function slotOf(desa: Region, number: number): number {
  const { stations } = desa;
  if (stations[number - 1] === number) return number - 1;
  let low = 0;
  let high = stations.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = stations[middle] ?? 0;
    if (value === number) return middle;
    if (value < number) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The largest count that a station's form can hold; more is malformed. */
export function countCap(kind: StationKind, archive: boolean): number {
  if (archive) return 999_999;
  return kind === "ksk" || kind === "pos" ? 99_999 : 999;
}
