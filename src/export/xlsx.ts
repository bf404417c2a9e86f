/**
 * A spreadsheet of a table: the stations, what the columns mean in both languages, and what the file is of. Written by
 * write-excel-file: 12,809 stations in some two seconds and 25 KB of script (measured), where exceljs brings a megabyte for
 * features that nobody needs here. Codes are text cells, so that no spreadsheet rounds them, and nothing is a formula.
 */
import writeXlsxFile, { type SheetData } from "write-excel-file/universal";
import type { Text } from "../election/text.ts";
import { type Facts, factLines, PRELIMINARY, SIMULATION } from "./facts.ts";
import { ExportError } from "./source.ts";
import type { Row, Table } from "./table.ts";

/** Beyond this a spreadsheet program is of no use, and making one takes gigabytes. */
export const MOST_ROWS = 100_000;

const HEAD = { fontWeight: "bold", wrap: true, alignVertical: "top" } as const;
const WIDE = 24;
const NARROW = 12;

const heading = (text: string) => ({ value: text, type: String, ...HEAD });

/** The bytes of the file. Throws {@link ExportError} for more rows than a spreadsheet should have. */
export async function xlsxFile(
  table: Table,
  rows: readonly Row[],
  facts: Facts,
  language: keyof Text,
): Promise<Uint8Array> {
  if (rows.length > MOST_ROWS) {
    throw new ExportError(
      `${rows.length} baris terlalu banyak untuk satu lembar kerja; ambil CSV atau wilayah yang lebih kecil`,
      `${rows.length} rows are too many for a spreadsheet; take CSV or a smaller region`,
    );
  }
  const file = writeXlsxFile([
    {
      sheet: language === "id" ? "TPS" : "Stations",
      data: [table.columns.map(({ words }) => heading(words[language])), ...(rows as SheetData)],
      columns: table.columns.map(({ key }) => ({ width: key === "desa" ? WIDE : key === "region" ? 16 : NARROW })),
      stickyRowsCount: 1,
      stickyColumnsCount: 3,
    },
    {
      sheet: language === "id" ? "Kolom" : "Columns",
      data: [
        ["Kolom / Column", "Bahasa Indonesia", "English"].map(heading),
        ...table.columns.map(({ key, words }) => [key, words.id, words.en]),
      ],
      columns: [{ width: WIDE }, { width: 48 }, { width: 48 }],
    },
    {
      sheet: language === "id" ? "Keterangan" : "About",
      data: [
        ...(facts.simulation ? [[heading(SIMULATION[language])]] : []),
        [heading(PRELIMINARY[language])],
        ...factLines(table, facts, language).map(({ label, value }) => [heading(label), value]),
      ],
      columns: [{ width: 32 }, { width: 80 }],
    },
  ]);
  return new Uint8Array(await (await file.toBlob()).arrayBuffer());
}
