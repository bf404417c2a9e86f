/**
 * The words of the papers: official forms in Bahasa Indonesia, so there is one language here, and an English gloss only
 * beneath the title. Numbers and dates are written by hand and not by Intl, whose output changes with the engine's data:
 * the same form must give the same bytes.
 */
import type { ContestKind, Level } from "../election/codes.ts";
import type { Cell, Heading, PlenaryLevel, Saksi } from "./form.ts";

/** What is printed for a number that was not reported. */
export const NOT_REPORTED_MARK = "–";

/** A whole number with dots between thousands, `1.454.640`; a dash for null. */
export function written(cell: Cell): string {
  if (cell === null) return NOT_REPORTED_MARK;
  const digits = String(Math.abs(cell)).replace(/\B(?=(?:\d{3})+$)/g, ".");
  return cell < 0 ? `−${digits}` : digits;
}

/**
 * The text in letters that the typeface has: all of Latin up to U+017F, and those of Vietnamese. Any other becomes the
 * letter beneath its marks (ṭ becomes t), since a name without a dot can be read, and an empty box cannot.
 */
export function printable(text: string): string {
  const plain = (letter: string) => letter.normalize("NFD").replace(/\p{M}/gu, "");
  return text.normalize("NFC").replace(/[\u0180-\u024f\u1e00-\u1e9f]/g, plain);
}

const MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" ");
const HOURS_AHEAD: Readonly<Record<string, number>> = { WIB: 7, WITA: 8, WIT: 9 };

/** Minutes that a zone is ahead of UTC; an unknown name counts as WIB, as everywhere in the definition. */
export function minutesAhead(zone: string): number {
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (offset === null) return (HOURS_AHEAD[zone] ?? 7) * 60;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return offset[1] === "-" ? -minutes : minutes;
}

/** An instant in local words: `2 Maret 2029, 14.05 WITA`. */
export function localTime(time: string, zone: string): string {
  const local = new Date(Date.parse(time) + minutesAhead(zone) * 60_000);
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
  return `${day}, ${two(local.getUTCHours())}.${two(local.getUTCMinutes())} ${zone}`;
}

/** What a region of each level is called on a form. */
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  nation: "Nasional",
  provinsi: "Provinsi",
  kabupaten: "Kabupaten/Kota",
  kecamatan: "Kecamatan",
  desa: "Kelurahan/Desa",
};

/** The levels of a chain of names, which begins with the provinsi. */
export const CHAIN_LEVELS = ["provinsi", "kabupaten", "kecamatan", "desa"] as const satisfies readonly Level[];

/** Who signs at each level. */
export const COMMITTEE: Readonly<Record<PlenaryLevel, string>> = {
  nation: "Komisi Pemilihan Umum",
  provinsi: "Komisi Pemilihan Umum Provinsi",
  kabupaten: "Komisi Pemilihan Umum Kabupaten/Kota",
  kecamatan: "Panitia Pemilihan Kecamatan",
};

/** What stands as columns in the closing part of each level. */
export const CHILDREN: Readonly<Record<PlenaryLevel, string>> = {
  nation: "provinsi",
  provinsi: "kabupaten/kota",
  kabupaten: "kecamatan",
  kecamatan: "kelurahan/desa",
};

const MODEL_LEVEL: Readonly<Record<PlenaryLevel, string>> = {
  nation: "NASIONAL",
  provinsi: "PROVINSI",
  kabupaten: "KABKO",
  kecamatan: "KECAMATAN",
};

const MODEL_CONTEST: Readonly<Record<ContestKind, string>> = {
  ppwp: "PPWP",
  dpr: "DPR",
  dpd: "DPD",
  dprdp: "DPRD-PROV",
  dprdk: "DPRD-KABKO",
};

/** The name of the form in its box: `KECAMATAN-DPR`. */
export function modelName({ level, contest }: Heading): string {
  return `${MODEL_LEVEL[level]}-${MODEL_CONTEST[contest]}`;
}

/** The region of the plenary in words: `Kecamatan Denpasar Barat`; `Nasional` for the nation. */
export function regionWords({ level, chain }: Heading): string {
  const name = chain.at(-1);
  return name === undefined ? LEVEL_WORDS.nation : `${LEVEL_WORDS[level]} ${name}`;
}

/** How a saksi answered, in full. */
export function outcomeWords(outcome: Saksi["outcome"]): string {
  if (outcome === null) return "belum dinyatakan";
  if (outcome.kind === "refused") return `menolak menandatangani, alasan: ${outcome.reason}`;
  return outcome.kind === "signed" ? "tanda tangan basah" : "tidak hadir";
}
