/**
 * CSV (RFC 4180): comma, CRLF, UTF-8 with a byte order mark, without which Excel shows names of another encoding. A text
 * that a spreadsheet would run as a formula begins with an apostrophe and is text.
 */
import { utf8 } from "../ledger/bytes.ts";
import type { Cell, Row, Table } from "./table.ts";

const BYTE_ORDER_MARK = "\uFEFF";
/** What spreadsheets take for the beginning of a formula, also behind white space. */
const FORMULA = /^\s*[=+@\-\t\r]/;

/** The first line. Programs rely on these names. */
export const csvHead = ({ columns }: Pick<Table, "columns">): string =>
  BYTE_ORDER_MARK + csvLine(columns.map(({ key }) => key));

export function csvLine(row: Row): string {
  return `${row.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The file in pieces, a desa at a time. */
export async function* csvFile(table: Table): AsyncGenerator<Uint8Array> {
  yield utf8(csvHead(table));
  for await (const rows of table.rows()) yield utf8(rows.map(csvLine).join(""));
}
