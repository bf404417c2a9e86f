/** A spreadsheet of a table: the stations, what the columns mean in both languages, and what the file is of. */
import type { Text } from "../election/text.ts";
import { type Facts, factLines, PRELIMINARY, SIMULATION } from "./facts.ts";
import { ExportError } from "./source.ts";
import type { Row, Table } from "./table.ts";
import { workbook } from "./workbook.ts";

/** Beyond this a spreadsheet program is of little use, and making one takes gigabytes. */
export const MOST_ROWS = 100_000;

const WIDTHS: Readonly<Record<string, number>> = { region: 16, desa: 24, station: 8 };
const WIDTH = 12;

const bold = (text: string) => ({ bold: text });

/** The bytes of the file. Throws {@link ExportError} for more rows than a spreadsheet should have. */
export function xlsxFile(table: Table, rows: readonly Row[], facts: Facts, language: keyof Text): Uint8Array {
  if (rows.length > MOST_ROWS) {
    throw new ExportError(
      `${rows.length} baris terlalu banyak untuk satu lembar kerja; ambil CSV atau wilayah yang lebih kecil`,
      `${rows.length} rows are too many for a spreadsheet; take CSV or a smaller region`,
    );
  }
  const isIndonesian = language === "id";
  const stations = {
    name: isIndonesian ? "TPS" : "Stations",
    rows: [table.columns.map(({ words }) => bold(words[language])), ...rows],
    widths: table.columns.map(({ key }) => WIDTHS[key] ?? WIDTH),
    frozen: { rows: 1, columns: 3 },
  };
  const columns = {
    name: isIndonesian ? "Kolom" : "Columns",
    rows: [
      ["Kolom / Column", "Bahasa Indonesia", "English"].map(bold),
      ...table.columns.map(({ key, words }) => [key, words.id, words.en]),
    ],
    widths: [24, 48, 48],
  };
  const about = {
    name: isIndonesian ? "Keterangan" : "About",
    rows: [
      ...(facts.simulation ? [[bold(SIMULATION[language])]] : []),
      [bold(PRELIMINARY[language])],
      ...factLines(table, facts, language).map(({ label, value }) => [bold(label), value]),
    ],
    widths: [40, 80],
  };
  return workbook([stations, columns, about], table.edition.time);
}
