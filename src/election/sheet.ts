/**
 * A result sheet and a plenary's reading of it: the body types, and the two as the tally holds them.
 *
 * These two types are nearly all of a log, so they have a byte parser of their own (`sheet-parser.ts`) that fills one
 * reusable record and makes almost nothing for the garbage collector. Every other statement goes through `statements.ts`.
 */
import type { Hash } from "../ledger/hash.ts";
import type { ContestKind, StationCode } from "./codes.ts";
import { FIGURE_COUNT } from "./figures.ts";
import type { Text } from "./text.ts";

/** A number as reported; null is "not reported", never 0. */
export type Reported = number | null;

interface StationBody {
  /** Names of the keys that sign, in order. */
  readonly by: readonly string[];
  readonly contest: ContestKind;
  /** Hash of the district's definition object; it fixes the columns of `votes`. */
  readonly district: Hash;
  /** The election: first 16 bytes of the genesis id, in hex. */
  readonly election: string;
  /** The 25 figures in the order of `FIGURES`. */
  readonly figures: readonly Reported[];
  /** Party totals as written on the form, one per party; [] where there are no parties. */
  readonly parties: readonly Reported[];
  readonly station: StationCode;
  /** Milliseconds since 1970; a claim, never used to order. */
  readonly time: number;
  /** One per column of the district; null: no votes reported. */
  readonly votes: readonly Reported[] | null;
}

/** What the officers of a station report for one contest. */
export interface SheetBody extends StationBody {
  /** Hash of the list of photographed pages, or null. */
  readonly papers: Hash | null;
  /** Id of the sheet that this one replaces, or null if it is the first. */
  readonly previous: Hash | null;
}

/** The decision of a plenary on one station: complete figures, whatever the sheet said. */
export interface ReadingBody extends StationBody {
  /** Hash of the evidence (photos of the opened box's C.Hasil), or null. */
  readonly evidence: Hash | null;
  /** What was changed: paths such as `valid`, `votes.3`, `parties.0`. */
  readonly fields: readonly string[];
  /** Number of the entry in the form of special incidents, or null. */
  readonly incident: number | null;
  /** Participants who initialled the change, and who refused: ids of participants, no names. */
  readonly initialled: readonly string[];
  readonly outcome: Outcome;
  /** Id of the reading that this one replaces, or null. */
  readonly previous: Hash | null;
  /** A code of {@link READING_REASONS}, or null. */
  readonly reason: string | null;
  /** Exactly where the outcome is a recount, see {@link saysRecount}. */
  readonly recount?: Recount;
  readonly refused: readonly string[];
  /** Id of the sheet that was read, or null. */
  readonly sheet: Hash | null;
}

/** Votes counted again in the hall: who asked for it, and who counted. No names. */
export interface Recount {
  /** Ids of the participants whose witnesses asked. */
  readonly asked: readonly string[];
  /** Persons of the hall, as the grants name them; at least one. */
  readonly counted: readonly string[];
  /** Whether the supervisor asked. */
  readonly supervisor: boolean;
}

/**
 * Whether a reading says who asked and who counted exactly where votes were counted again. A participant or the supervisor asks,
 * and a court's ruling does without anybody in the room.
 */
export function saysRecount(outcome: Outcome, reason: string | null, recount: Recount | undefined): boolean {
  if (recount === undefined) return outcome !== "recount";
  const isAsked = recount.asked.length > 0 || recount.supervisor || reason === "court-ruling";
  return outcome === "recount" && isAsked;
}

/** The four outcomes of a reading; the order is that of {@link HotSheet.outcome}. */
export const OUTCOMES = ["same", "noted", "corrected", "recount"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_LABELS: Readonly<Record<Outcome, Text>> = {
  same: { id: "Sesuai C.Hasil", en: "As the sheet says" },
  noted: { id: "Sesuai C.Hasil, dengan catatan", en: "As the sheet says, with a note" },
  corrected: { id: "Pembetulan", en: "Corrected" },
  recount: { id: "Hasil penghitungan ulang", en: "Result of a recount" },
};

/** Why a reading differs from the sheet, or adopts a sheet that does not add up. Codes, so that a log has no free text. */
export const READING_REASONS = {
  "entry-error": { id: "Salah ketik saat memasukkan angka", en: "Mistyped when entered" },
  "photo-misread": { id: "Angka pada foto salah terbaca", en: "The photo was misread" },
  "wrong-row": { id: "Angka tertulis pada baris yang salah", en: "Written on the wrong row" },
  "sum-error": { id: "Salah menjumlahkan", en: "Added up wrongly" },
  "figures-words": { id: "Angka dan huruf tidak sama", en: "Figures and words differ" },
  "tally-marks": { id: "Angka tidak sama dengan tanda turus", en: "Figures and tally marks differ" },
  "copy-error": { id: "Salah menyalin dari C.Hasil plano", en: "Miscopied from the counting sheet" },
  "voters-list": { id: "Disesuaikan dengan daftar hadir", en: "Matched with the attendance list" },
  "ballot-missing": {
    id: "Surat suara dibawa keluar atau tidak ditemukan",
    en: "A ballot left the station or is missing",
  },
  "invalid-reassessed": { id: "Surat suara tidak sah dinilai ulang", en: "Invalid ballots were judged again" },
  recount: { id: "Penghitungan suara ulang", en: "Votes were counted again" },
  revote: { id: "Pemungutan suara ulang", en: "The vote was held again" },
  "supervisor-advice": { id: "Rekomendasi Panwaslu atau Bawaslu", en: "Advice of the supervisor" },
  "court-ruling": { id: "Putusan pengadilan", en: "Court ruling" },
  "sheet-missing": { id: "C.Hasil tidak diterima; dibaca dari salinan", en: "No sheet was received; read from a copy" },
  "not-explained": { id: "Sebab tidak dapat ditemukan", en: "The cause could not be found" },
} as const satisfies Readonly<Record<string, Text>>;

export type ReadingReason = keyof typeof READING_REASONS;

/** Most columns (choices) and parties of a district; DPR has 179 columns at the median, 241 at most. */
export const MAX_VOTES = 1024;
export const MAX_PARTIES = 64;

/**
 * One sheet or reading in memory, reused for the next: copy what must outlive it. Numbers not reported are -1. A field that
 * the parsed type does not have is left as if null.
 */
export class HotSheet {
  /** Index into `CONTEST_KINDS`. */
  contest = 0;
  /** 13 digits, and their first six; below, as numbers, their first ten and their last three. */
  station = "";
  kecamatan = "";
  desa = 0;
  stationNumber = 0;
  /** Hash of the district's definition object, hex. */
  districtHex = "";
  electionHex = "";
  time = 0;
  readonly by: string[] = [];
  readonly figures = new Int32Array(FIGURE_COUNT);
  /** Filled up to voteCount; voteCount is -1 if no votes were reported. */
  readonly votes = new Int32Array(MAX_VOTES);
  voteCount = -1;
  readonly parties = new Int32Array(MAX_PARTIES);
  partyCount = 0;
  readonly previous = new Uint8Array(32);
  hasPrevious = false;
  /** Sheets only. */
  readonly papers = new Uint8Array(32);
  hasPapers = false;
  /** Readings only: index into {@link OUTCOMES}. */
  outcome = 0;
  readonly sheet = new Uint8Array(32);
  hasSheet = false;
  readonly evidence = new Uint8Array(32);
  hasEvidence = false;
  /** -1: none. */
  incident = -1;
  reason: string | null = null;
  recount: Recount | undefined;
  readonly fields: string[] = [];
  readonly initialled: string[] = [];
  readonly refused: string[] = [];
}
