/**
 * Which column of a stranger's table is which: by what the heads say and what the cells look like. It is a proposal, shown for
 * confirmation before anything is compared.
 */
import { searchWords } from "../../../src/election/search.ts";
import type { Column } from "../../../src/export/columns.ts";
import { BadFile, type Sheet } from "./sheet.ts";

/** Columns by their place; null: there is none. */
export interface Matching {
  /** The row with the heads; what follows is data. */
  readonly headRow: number;
  /** A whole code of 13 digits, or a desa's code beside which `number` has the station's. */
  readonly code: number | null;
  readonly number: number | null;
  /** Key of a published column → place. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Rows looked at for heads: files often begin with a title. */
const HEAD_ROWS = 12;
const SAMPLE = 50;

/** Heads as spreadsheets write them. */
const plain = (text: string): string => searchWords(text).join(" ");

const CODE_HEADS = [
  "region",
  "kode tps",
  "kode",
  "kode wilayah",
  "station code",
  "kode desa",
  "kode kelurahan",
  "code",
];
const NUMBER_HEADS = ["station", "tps", "no tps", "nomor tps", "nomor"];

/** What a published column may be called in somebody's own table. */
function namesOf({ key, words }: Column): string[] {
  const number = /^(?:(\S+) )?(\d+)\. (.+)$/.exec(words.id);
  const [, party, own = "", name = ""] = number ?? [];
  const short =
    party === undefined && number !== null
      ? [own, own.padStart(2, "0"), `paslon ${own}`, `paslon ${own.padStart(2, "0")}`, `no ${own}`]
      : [];
  return [key, words.id, words.en, name, ...short].map(plain).filter((text) => text !== "");
}

/** A proposal. Throws {@link BadFile} if no column can hold the stations. */
export function matchColumns(sheet: Sheet, columns: readonly Column[]): Matching {
  const names = columns.map((column) => [column.key, new Set(namesOf(column))] as const);
  const score = (row: Sheet["rows"][number]) =>
    row.filter(({ text }) => names.some(([, known]) => known.has(plain(text))) || CODE_HEADS.includes(plain(text)))
      .length;
  const first = sheet.rows.slice(0, HEAD_ROWS);
  const headRow = first.reduce((best, row, i) => (score(row) > score(first[best] ?? []) ? i : best), 0);
  const heads = (sheet.rows[headRow] ?? []).map(({ text }) => plain(text));
  const data = sheet.rows.slice(headRow + 1, headRow + 1 + SAMPLE);
  const looksLike = (place: number, form: RegExp) =>
    data.length > 0 && data.filter((row) => form.test(digits(row[place]?.text ?? ""))).length * 2 > data.length;
  const places = Array.from({ length: Math.max(heads.length, ...data.map((row) => row.length)) }, (_, i) => i);
  const whole = places.find((place) => looksLike(place, /^\d{13}$/));
  const desa = places.find((place) => looksLike(place, /^\d{10}$/));
  const code = whole ?? desa ?? places.find((place) => CODE_HEADS.includes(heads[place] ?? "")) ?? null;
  const number =
    whole === undefined
      ? (places.find((place) => place !== code && NUMBER_HEADS.includes(heads[place] ?? "")) ?? null)
      : null;
  const taken = new Set([code, number]);
  const figures: Record<string, number> = {};
  for (const [key, known] of names) {
    const place = places.find((each) => !taken.has(each) && known.has(heads[each] ?? ""));
    if (place === undefined) continue;
    figures[key] = place;
    taken.add(place);
  }
  return { headRow, code, number, figures };
}

/** A code without the dots, spaces and apostrophes that people put into it. */
export const digits = (text: string): string => text.replace(/[\s.'’-]/g, "");

/** Throws {@link BadFile} if the stations or every figure are missing. */
export function assertUsable({ code, figures }: Matching): void {
  if (code === null) {
    throw new BadFile({
      id: "Tidak ada kolom dengan kode TPS (13 angka), atau kode desa (10 angka) beserta nomor TPS. Pilih kolomnya di bawah, atau pakai templat.",
      en: "No column has the codes of stations (13 digits), or of desa (10 digits) with a column of station numbers. Choose the columns below, or use the template.",
    });
  }
  if (Object.keys(figures).length === 0) {
    throw new BadFile({
      id: "Tidak ada kolom angka yang dikenali. Pilih kolomnya di bawah, atau pakai templat.",
      en: "No column of figures was recognised. Choose the columns below, or use the template.",
    });
  }
}
