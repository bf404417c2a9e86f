/** Reads CSV as spreadsheets and people write it: comma, semicolon or tab, with or without quotes, in any of the usual encodings. */
import { BadFile, type Cell, MOST_ROWS, type Sheet, tooManyRows } from "./sheet.ts";

const FORMULA = /^\s*[=@]/;

/** Throws {@link BadFile}. */
export function readCsv(bytes: Uint8Array): Sheet {
  const { text, notes } = decode(bytes);
  const delimiter = delimiterOf(text);
  const rows: Cell[][] = [];
  for (const fields of records(text, delimiter)) {
    if (rows.length > MOST_ROWS) throw tooManyRows();
    rows.push(fields.map((field) => ({ text: field.trim(), formula: FORMULA.test(field) })));
  }
  return { rows, notes };
}

function decode(bytes: Uint8Array): { text: string; notes: Sheet["notes"] } {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes), notes: [] };
  if (a === 0xfe && b === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes), notes: [] };
  if (bytes.subarray(0, 4096).includes(0)) {
    throw new BadFile({
      id: "Isi berkas ini bukan teks. Simpan sebagai CSV UTF-8 atau sebagai Excel (.xlsx).",
      en: "The content of this file is not text. Save it as CSV UTF-8 or as Excel (.xlsx).",
    });
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), notes: [] };
  } catch {
    const text = new TextDecoder("windows-1252").decode(bytes);
    const note = {
      id: "Berkas ini tidak disimpan sebagai UTF-8; dibaca sebagai Windows-1252. Angka tidak terpengaruh, tetapi periksa nama-namanya.",
      en: "The file was not saved as UTF-8 and was read as Windows-1252. Figures are not affected, but look at the names.",
    };
    return { text, notes: [note] };
  }
}

/** The one that occurs most in the first line, outside quotes; some programs announce it. */
function delimiterOf(text: string): string {
  const announced = /^sep=(.)\r?\n/i.exec(text)?.[1];
  if (announced !== undefined) return announced;
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (mark: string) => line.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** Records of RFC 4180 with any delimiter; lines without anything are left out. */
function* records(text: string, delimiter: string): Generator<string[]> {
  let at = /^sep=.\r?\n/i.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const fields: string[] = [];
    for (;;) {
      const [field, next] = text[at] === '"' ? quoted(text, at) : plain(text, at, delimiter);
      fields.push(field);
      at = next;
      if (text[at] !== delimiter) break;
      at++;
    }
    while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at++;
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    if (fields.some((field) => field.trim() !== "")) yield fields;
  }
}

function plain(text: string, from: number, delimiter: string): [string, number] {
  let to = from;
  while (to < text.length && text[to] !== delimiter && text[to] !== "\n" && text[to] !== "\r") to++;
  return [text.slice(from, to), to];
}

function quoted(text: string, from: number): [string, number] {
  let field = "";
  let at = from + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) {
      throw new BadFile({
        id: "Tanda kutip dalam berkas CSV ini tidak ditutup. Simpan ulang dari Excel atau LibreOffice sebagai CSV UTF-8.",
        en: "A quotation mark in this CSV file is not closed. Save it again from Excel or LibreOffice as CSV UTF-8.",
      });
    }
    field += text.slice(at, end);
    if (text[end + 1] !== '"') return [field, end + 1];
    field += '"';
    at = end + 2;
  }
}
