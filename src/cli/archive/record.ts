/**
 * One record of the commission's public archive: what it published for one station in one contest at one moment.
 *
 * The archive is kept as it was, misreadings included, so that only what cannot be a report at all is refused here: a
 * count that is no whole number, is negative or over 999,999, a choice without an id. Every such fault of a record is named
 * at once. Figures that contradict each other are no faults: the rules flag them later, in public.
 */
import { type ChoiceId, type ContestKind, choiceId, hasParties } from "../../election/codes.ts";
import { FIGURE_COUNT, FIGURES, type FigurePath } from "../../election/figures.ts";
import type { Reported } from "../../election/sheet.ts";
import { utf8 } from "../../ledger/bytes.ts";
import { canonical } from "../../ledger/canonical.ts";
import { type Hash, hashHex } from "../../ledger/hash.ts";
import { isObject, type JsonObject, type JsonValue } from "./json.ts";

/** The highest count that an archive's record can hold. */
export const ARCHIVE_CAP = 999_999;

/** A party's votes: for itself, for each of its candidates, and their total as the form says. */
export interface PartyVotes {
  readonly id: ChoiceId;
  readonly own: Reported;
  readonly total: Reported;
  readonly candidates: ReadonlyMap<ChoiceId, Reported>;
}

export interface ArchiveRecord {
  /** In the order of `FIGURES`; the archive never has ballots and disabled voters. */
  readonly figures: readonly Reported[];
  /** Contests without parties; null: no votes reported. */
  readonly votes: ReadonlyMap<ChoiceId, Reported> | null;
  /** Contests with parties; null: no votes reported. */
  readonly parties: readonly PartyVotes[] | null;
  /** Hash of the list of published images, or null without images. */
  readonly papers: Hash | null;
  /** `kode_dapil`, where the record names its district. */
  readonly district: string | null;
  /** When the archive says it was published, in milliseconds since 1970; null if it does not say. */
  readonly time: number | null;
}

/** Whether anything was reported: votes, figures or images. */
export function isReported(record: ArchiveRecord): boolean {
  return (
    record.votes !== null ||
    record.parties !== null ||
    record.papers !== null ||
    record.figures.some((figure) => figure !== null)
  );
}

/** The record in a parsed JSON value, or everything that is wrong with it. */
export function readRecord(json: JsonValue, contest: ContestKind): ArchiveRecord | { faults: string[] } {
  if (!isObject(json)) return { faults: ["is not a record: expected a JSON object"] };
  const faults: string[] = [];
  const chart = part(json.chart, "chart", faults);
  const record: ArchiveRecord = {
    figures: readFigures(part(json.administrasi, "administrasi", faults), faults),
    votes: hasParties(contest) ? null : readVotes(chart, faults),
    parties: hasParties(contest) ? readParties(chart, part(json.caleg, "caleg", faults), faults) : null,
    papers: readImages(json.images, faults),
    district: readDistrict(json.kode_dapil, faults),
    time: readTime(json.ts, faults),
  };
  return faults.length > 0 ? { faults } : record;
}

/** A part that may be absent or null, but else is an object. */
function part(value: JsonValue | undefined, name: string, faults: string[]): JsonObject | null {
  if (value === undefined || value === null) return null;
  if (isObject(value)) return value;
  faults.push(`${name}: expected an object or null, found ${show(value)}`);
  return null;
}

function readCount(value: JsonValue | undefined, name: string, faults: string[]): Reported {
  if (value === undefined || value === null) return null;
  const fault = countFault(value);
  if (fault === null) return value as number;
  faults.push(`${name}: ${fault}`);
  return null;
}

function countFault(value: JsonValue): string | null {
  if (typeof value === "string") return `expected a number, found the text ${show(value)}`;
  if (typeof value !== "number") return `expected a number, found ${show(value)}`;
  if (value < 0 || Object.is(value, -0)) return `${value} is negative`;
  if (!Number.isInteger(value)) return `${value} is not a whole number`;
  return value > ARCHIVE_CAP ? `${value} is over ${ARCHIVE_CAP}` : null;
}

function show(value: JsonValue): string {
  return JSON.stringify(value).slice(0, 40);
}

// ---------------------------------------------------------------- figures

const SEXES = { l: "male", p: "female", j: "total" } as const;
const PEOPLE_KEYS = {
  pemilih_dpt: "registered",
  pengguna_dpt: "voters.dpt",
  pengguna_dptb: "voters.dptb",
  pengguna_non_dpt: "voters.dpk",
  pengguna_total: "voters.total",
} as const;

/** The archive's key of each figure that it has; `null` for ballots and disabled voters. */
const KEY_OF: readonly (string | null)[] = FIGURES.map(archiveKey);

function archiveKey(path: FigurePath): string | null {
  if (path === "valid") return "suara_sah";
  if (path === "invalid") return "suara_tidak_sah";
  if (path === "total") return "suara_total";
  for (const [key, group] of Object.entries(PEOPLE_KEYS)) {
    for (const [sex, word] of Object.entries(SEXES)) if (path === `${group}.${word}`) return `${key}_${sex}`;
  }
  return null;
}

const NO_FIGURES: readonly Reported[] = new Array<null>(FIGURE_COUNT).fill(null);

function readFigures(administration: JsonObject | null, faults: string[]): readonly Reported[] {
  if (administration === null) return NO_FIGURES;
  return KEY_OF.map((key) => (key === null ? null : readCount(administration[key], key, faults)));
}

// ---------------------------------------------------------------- votes

function readVotes(chart: JsonObject | null, faults: string[]): ReadonlyMap<ChoiceId, Reported> | null {
  const votes = readChoices(chart, "chart", faults);
  return someReported(votes.values()) ? votes : null;
}

function readChoices(chart: JsonObject | null, name: string, faults: string[]): Map<ChoiceId, Reported> {
  const votes = new Map<ChoiceId, Reported>();
  for (const [key, value] of Object.entries(chart ?? {})) {
    const id = readId(key, value, name, faults);
    if (id !== null) votes.set(id, readCount(value, `${name}.${key}`, faults));
  }
  return votes;
}

/** A choice's id; null where there is none. The archive writes `"null": null` beside its choices, which says nothing. */
function readId(key: string, value: JsonValue, name: string, faults: string[]): ChoiceId | null {
  if (key === "null") {
    if (value !== null) faults.push(`${name}: ${show(value)} votes for no choice (the key "null")`);
    return null;
  }
  try {
    return choiceId(key);
  } catch {
    faults.push(`${name}: ${show(key)} cannot be the id of a choice`);
    return null;
  }
}

function readParties(
  chart: JsonObject | null,
  candidates: JsonObject | null,
  faults: string[],
): readonly PartyVotes[] | null {
  const parties: PartyVotes[] = [];
  for (const key of new Set([...Object.keys(chart ?? {}), ...Object.keys(candidates ?? {})])) {
    const id = readId(key, chart?.[key] ?? candidates?.[key] ?? null, "chart", faults);
    if (id === null) continue;
    const sums = part(chart?.[key], `chart.${key}`, faults);
    parties.push({
      id,
      own: readCount(sums?.jml_suara_partai, `chart.${key}.jml_suara_partai`, faults),
      total: readCount(sums?.jml_suara_total, `chart.${key}.jml_suara_total`, faults),
      candidates: readChoices(part(candidates?.[key], `caleg.${key}`, faults), `caleg.${key}`, faults),
    });
  }
  const reported = parties.some((party) => someReported([party.own, party.total, ...party.candidates.values()]));
  return reported ? parties : null;
}

function someReported(counts: Iterable<Reported>): boolean {
  for (const count of counts) if (count !== null) return true;
  return false;
}

// ---------------------------------------------------------------- the rest

function readImages(images: JsonValue | undefined, faults: string[]): Hash | null {
  if (images === undefined || images === null) return null;
  if (!Array.isArray(images) || images.some((image) => image !== null && typeof image !== "string")) {
    faults.push("images: expected a list of addresses");
    return null;
  }
  const addresses = images.filter((image) => typeof image === "string").map((address) => address.normalize("NFC"));
  return addresses.length === 0 ? null : hashHex(utf8(canonical(addresses)));
}

function readDistrict(code: JsonValue | undefined, faults: string[]): string | null {
  if (code === undefined || code === null) return null;
  if (typeof code === "number" || typeof code === "string") return String(code);
  faults.push(`kode_dapil: expected a code, found ${show(code)}`);
  return null;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?$/;
const WIB_OFFSET_HOURS = 7;

function readTime(value: JsonValue | undefined, faults: string[]): number | null {
  if (value === undefined || value === null) return null;
  const time = typeof value === "string" ? parseArchiveTime(value) : null;
  if (time === null) faults.push(`ts: expected a time such as "2024-02-15 08:00:54", found ${show(value)}`);
  return time;
}

/** Milliseconds of the archive's time, which names no zone and means WIB (UTC+7); null if it is not one. */
export function parseArchiveTime(text: string): number | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC rolls 31 February over to March: what comes back must be what was said.
  const back = new Date(utc);
  const rolled =
    back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59;
  return rolled ? null : utc - WIB_OFFSET_HOURS * 3_600_000;
}
