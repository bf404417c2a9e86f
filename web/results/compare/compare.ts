/**
 * Holds somebody's own copies against what is published: station by station, figure by figure. Everything that could not be
 * compared is listed with its row and the reason, so that "no difference" means what it says.
 */
import type { Text } from "../../../src/election/text.ts";
import { digits, type Matching } from "./match-columns.ts";
import { type Cell, type Sheet, wholeNumber } from "./sheet.ts";

/** One's own figures of one station, by the key of the column. */
export interface OwnRow {
  /** As a spreadsheet counts, from 1. */
  readonly line: number;
  readonly code: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** A station as it is published. */
export interface PublishedStation {
  readonly desa: string;
  readonly state: string;
  /** By the key of a column: null where the sheet does not say, undefined where its district has no such choice. */
  figure(key: string): number | null | undefined;
}

/** A row or cell that could not be used. */
export interface Refused {
  readonly line: number;
  readonly what: Text;
}

export interface OwnRows {
  readonly rows: readonly OwnRow[];
  readonly refused: readonly Refused[];
}

export interface Difference {
  readonly key: string;
  readonly own: number;
  /** Null: the published sheet does not say. */
  readonly published: number | null;
}

export interface StationDiffers {
  readonly code: string;
  readonly desa: string;
  readonly state: string;
  readonly line: number;
  readonly differences: readonly Difference[];
}

export interface Comparison {
  readonly same: number;
  readonly differing: readonly StationDiffers[];
  /** Stations that have reported nothing yet. */
  readonly silent: readonly OwnRow[];
  readonly refused: readonly Refused[];
}

/** The stations and figures of a table. */
export function ownRows(sheet: Sheet, matching: Matching): OwnRows {
  const rows: OwnRow[] = [];
  const refused: Refused[] = [];
  const seen = new Map<string, number>();
  sheet.rows.slice(matching.headRow + 1).forEach((cells, i) => {
    const line = matching.headRow + i + 2;
    const code = stationCode(cells, matching);
    if (typeof code !== "string") {
      refused.push({ line, what: code });
      return;
    }
    const before = seen.get(code);
    if (before !== undefined) {
      refused.push({
        line,
        what: {
          id: `TPS ${code} sudah ada di baris ${before}. Hanya baris itu yang dibandingkan.`,
          en: `Station ${code} is in row ${before} already. Only that row is compared.`,
        },
      });
      return;
    }
    seen.set(code, line);
    const figures: Record<string, number> = {};
    for (const [key, place] of Object.entries(matching.figures)) {
      const value = figureOf(cells[place], place);
      if (typeof value === "number") figures[key] = value;
      else if (value !== null) refused.push({ line, what: value });
    }
    rows.push({ line, code, figures });
  });
  return { rows, refused };
}

/** The stations of a sheet, whatever else its rows hold. */
export function stationsOf(sheet: Sheet, matching: Matching): string[] {
  const codes = sheet.rows.slice(matching.headRow + 1).map((cells) => stationCode(cells, matching));
  return [...new Set(codes.filter((code) => typeof code === "string"))];
}

function stationCode(cells: readonly Cell[], { code, number }: Matching): string | Text {
  const written = code === null ? "" : (cells[code]?.text ?? "");
  if (/^\d[.,]\d+E\+?\d+$/i.test(written)) {
    return {
      id: `Kode TPS "${written}" sudah dipotong oleh program lembar kerja. Jadikan kolom itu teks dan isi ulang kodenya.`,
      en: `The station code "${written}" was cut by the spreadsheet program. Make the column text and enter the codes again.`,
    };
  }
  const plain = digits(written);
  if (/^[1-9]\d{12}$/.test(plain)) return plain;
  const n = number === null ? "" : digits(cells[number]?.text ?? "").replace(/^tps/i, "");
  if (/^[1-9]\d{9}$/.test(plain) && /^\d{1,3}$/.test(n)) return plain + n.padStart(3, "0");
  return {
    id: `"${written}" bukan kode TPS. Yang diharapkan 13 angka, misalnya 5103032001005.`,
    en: `"${written}" is not the code of a station. Expected are 13 digits, e.g. 5103032001005.`,
  };
}

/** The number in a cell, null if it is empty, or why it is none. */
function figureOf(cell: Cell | undefined, place: number): number | null | Text {
  if (cell === undefined || (cell.text === "" && !cell.formula)) return null;
  const column = columnName(place);
  if (cell.formula) {
    return {
      id: `Kolom ${column} berisi rumus. Salin kolom itu lalu tempel sebagai nilai; isinya tidak dibandingkan.`,
      en: `Column ${column} holds a formula. Copy the column and paste it as values; it was not compared.`,
    };
  }
  return (
    wholeNumber(cell.text) ?? {
      id: `Kolom ${column} berisi "${shortened(cell.text)}", bukan bilangan bulat; tidak dibandingkan.`,
      en: `Column ${column} holds "${shortened(cell.text)}", not a whole number; it was not compared.`,
    }
  );
}

const shortened = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…` : text);

/** A column as spreadsheets name it: A, B, … AA. */
export function columnName(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : columnName(Math.floor(place / 26) - 1) + letter;
}

/** Compares one's own rows with the published stations, given by code. `nameOf`: what people call the column of a key. */
export function compare(
  own: OwnRows,
  published: ReadonlyMap<string, PublishedStation>,
  region: string,
  nameOf: (key: string) => Text,
): Comparison {
  const differing: StationDiffers[] = [];
  const silent: OwnRow[] = [];
  const refused = [...own.refused];
  let same = 0;
  for (const row of own.rows) {
    const there = published.get(row.code);
    if (there === undefined) {
      refused.push({ line: row.line, what: unknown(row.code, region) });
      continue;
    }
    const { desa, state } = there;
    if (state === "none") {
      silent.push(row);
      continue;
    }
    const differences: Difference[] = [];
    for (const [key, value] of Object.entries(row.figures)) {
      const published = there.figure(key);
      // A table over several districts has 0 or nothing for candidates of the others.
      if (published === undefined && value !== 0) refused.push({ line: row.line, what: ofElsewhere(nameOf(key)) });
      else if (published !== undefined && published !== value) differences.push({ key, own: value, published });
    }
    if (differences.length === 0) same++;
    else differing.push({ code: row.code, desa, state, line: row.line, differences });
  }
  refused.sort((a, b) => a.line - b.line);
  return { same, differing, silent, refused };
}

const ofElsewhere = ({ id, en }: Text): Text => ({
  id: `"${id}" tidak ada di surat suara dapil TPS ini; suaranya tidak dibandingkan.`,
  en: `"${en}" is not on the ballot of this station's district; the votes were not compared.`,
});

function unknown(code: string, region: string): Text {
  if (region !== "0" && !code.startsWith(region)) {
    return {
      id: `TPS ${code} tidak terletak di wilayah halaman ini. Buka wilayah yang lebih luas untuk membandingkannya.`,
      en: `Station ${code} is not within the region of this page. Open a larger region to compare it.`,
    };
  }
  return {
    id: `TPS ${code} tidak ada dalam pemilu ini, atau tidak memilih jenis pemilihan ini.`,
    en: `There is no station ${code} in this election, or it does not vote in this contest.`,
  };
}
