/**
 * The codes that everything is keyed by: regions, stations, districts, choices, contests and the names of logs.
 *
 * A code carries its own place: the parent of a region is its prefix (2, 4, 6, 10 digits; a station is its desa + 3), so
 * no table is needed to find the kecamatan whose log holds a station. Codes are branded strings, so that a desa cannot be
 * passed where a station is meant. Overseas regions begin with 99 and are ordinary regions.
 */

export type RegionCode = string & { readonly __brand: "RegionCode" };
export type StationCode = string & { readonly __brand: "StationCode" };
export type DistrictCode = string & { readonly __brand: "DistrictCode" };
export type ChoiceId = string & { readonly __brand: "ChoiceId" };

/** The five contests of an Indonesian general election, in the order in which the boxes are opened. */
export const CONTEST_KINDS = ["ppwp", "dpr", "dpd", "dprdp", "dprdk"] as const;
export type ContestKind = (typeof CONTEST_KINDS)[number];

/** From the nation down; the names are the law's own words, because "district" and "regency" mean other things here. */
export const LEVELS = ["nation", "provinsi", "kabupaten", "kecamatan", "desa"] as const;
export type Level = (typeof LEVELS)[number];

/** The root of all regions. */
export const NATION = "0" as RegionCode;

/** A code that has not the shape it must have. The message names what was expected and what came. */
export class CodeError extends Error {
  override readonly name = "CodeError";
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${JSON.stringify(found.slice(0, 40))}`);
    this.expected = expected;
    this.found = found;
  }
}

const REGION = /^(?:0|\d{2}|\d{4}|\d{6}|\d{10})$/;
const STATION = /^\d{13}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;

/** How many digits the regions have down to which a contest's districts mostly reach. */
const NAMES_DIGITS: Readonly<Record<string, number>> = { ppwp: 0, dpr: 4, dpd: 2, dprdp: 4, dprdk: 6 } satisfies Record<
  ContestKind,
  number
>;

/**
 * The region under whose code the names lie that a page about this one shows: itself, or one above it that has no more names. One
 * file for each region would be four times as many.
 */
export function namesRegion(contest: string, region: string): string {
  return region.slice(0, NAMES_DIGITS[contest]) || NATION;
}

/** True for a region's code: `0`, or 2, 4, 6 or 10 digits that do not begin with 0. */
export function isRegionCode(text: string): text is RegionCode {
  return REGION.test(text) && (text === NATION || !text.startsWith("0"));
}

/** True for a station's code: 13 digits, the last three 001 to 999. */
export function isStationCode(text: string): text is StationCode {
  return STATION.test(text) && !text.startsWith("0") && !text.endsWith("000");
}

/** The text as a region's code. Throws {@link CodeError}. */
export function regionCode(text: string): RegionCode {
  if (!isRegionCode(text)) throw new CodeError("a region code of 2, 4, 6 or 10 digits, or 0 for the nation", text);
  return text;
}

/** The text as a station's code. Throws {@link CodeError}. */
export function stationCode(text: string): StationCode {
  if (!isStationCode(text)) throw new CodeError("a station code of 13 digits ending in 001 to 999", text);
  return text;
}

/** The text as a district's code: 1 to 32 of A-Z a-z 0-9 . _ - , unique within its contest. Throws {@link CodeError}. */
export function districtCode(text: string): DistrictCode {
  if (!NAME.test(text)) throw new CodeError("a district code of 1 to 32 letters, digits, '.', '_' or '-'", text);
  return text as DistrictCode;
}

/** The text as a choice's id: same alphabet as a district's code, unique within its contest. Throws {@link CodeError}. */
export function choiceId(text: string): ChoiceId {
  if (!NAME.test(text)) throw new CodeError("a choice id of 1 to 32 letters, digits, '.', '_' or '-'", text);
  return text as ChoiceId;
}

/** The code of the station with this number (1 to 999) in a desa. Throws {@link CodeError}. */
export function stationIn(desa: RegionCode, number: number): StationCode {
  return stationCode(desa + String(number).padStart(3, "0"));
}

/** Whether choices of this contest stand within parties, so that its sheet has party totals. */
export function hasParties(kind: ContestKind): boolean {
  return kind !== "ppwp" && kind !== "dpd";
}

/** The level that a region's code stands for. */
export function levelOf(code: RegionCode): Level {
  if (code === NATION) return "nation";
  if (code.length === 2) return "provinsi";
  if (code.length === 4) return "kabupaten";
  return code.length === 6 ? "kecamatan" : "desa";
}

/** The region one level up; null for the nation. */
export function parentOf(code: RegionCode): RegionCode | null {
  if (code === NATION) return null;
  if (code.length === 2) return NATION;
  return code.slice(0, code.length === 10 ? 6 : code.length - 2) as RegionCode;
}

/** Whether `inner` is `outer` or lies within it. */
export function isWithin(inner: RegionCode | StationCode, outer: RegionCode): boolean {
  return outer === NATION || inner.startsWith(outer);
}

/** The kecamatan of a station: its first six digits. */
export function kecamatanOf(station: StationCode): RegionCode {
  return station.slice(0, 6) as RegionCode;
}

/** The desa of a station: its first ten digits. */
export function desaOf(station: StationCode): RegionCode {
  return station.slice(0, 10) as RegionCode;
}

/** The three-digit number of a station, 1 to 999. */
export function numberOf(station: StationCode): number {
  return Number(station.slice(10));
}

export type LogName =
  | { readonly kind: "tps"; readonly region: RegionCode }
  | { readonly kind: "pleno"; readonly region: RegionCode }
  | { readonly kind: "editions" };

/** The name of the log that holds the sheets of a kecamatan. */
export function tpsLog(kecamatan: RegionCode): string {
  return `tps/${kecamatan}`;
}

/** The name of the log of a region's plenary. */
export function plenoLog(region: RegionCode): string {
  return `pleno/${region}`;
}

/** The name of the log of editions. */
export const EDITIONS_LOG = "editions";

/** What a log's name says, or null if no log can have this name. There is no plenary below the kecamatan. */
export function parseLogName(name: string): LogName | null {
  if (name === EDITIONS_LOG) return { kind: "editions" };
  const slash = name.indexOf("/");
  const region = name.slice(slash + 1);
  if (slash < 0 || !isRegionCode(region) || region.length > 6) return null;
  const kind = name.slice(0, slash);
  if (kind === "pleno") return { kind, region };
  return kind === "tps" && region.length === 6 ? { kind, region } : null;
}
