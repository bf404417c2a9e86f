/**
 * Reads the first sheet with anything in it of an Excel file (.xlsx), as far as a table of numbers needs it. Hand-written over
 * fflate: which cells are formulas must be known, a file that would unpack to gigabytes must be refused before it does, and a
 * million rows must be counted and not kept; libraries that read spreadsheets do none of the three.
 */
import { unzipSync } from "fflate";
import { BadFile, type Cell, EMPTY, MOST_ROWS, type Sheet, tooLarge, tooManyRows } from "./sheet.ts";

/** What the parts that are read may unpack to, in bytes. */
const MOST_UNPACKED = 256 * 2 ** 20;
const WANTED = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/i;
/** Columns beyond this are no figures of a sheet. */
const MOST_COLUMNS = 2_000;

const damaged = () =>
  new BadFile({
    id: "Berkas Excel ini rusak atau bukan .xlsx. Buka di Excel atau LibreOffice, lalu simpan ulang sebagai .xlsx.",
    en: "This Excel file is damaged or no .xlsx. Open it in Excel or LibreOffice and save it again as .xlsx.",
  });

/** Throws {@link BadFile}. */
export function readXlsx(bytes: Uint8Array): Sheet {
  const parts = unpack(bytes);
  const shared = sharedStrings(parts.get("xl/sharedstrings.xml") ?? "");
  for (const path of sheetPaths(parts)) {
    const rows = rowsOf(parts.get(path) ?? "", shared);
    if (rows.length > 0) return { rows, notes: [] };
  }
  throw new BadFile({ id: "Berkas Excel ini kosong.", en: "This Excel file is empty." });
}

/** The parts that are read, by their path in small letters. */
function unpack(bytes: Uint8Array): Map<string, string> {
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!WANTED.test(name)) return false;
        total += originalSize;
        if (total > MOST_UNPACKED) throw tooLarge();
        return true;
      },
    });
    const decoder = new TextDecoder();
    return new Map(Object.entries(files).map(([name, data]) => [name.toLowerCase(), decoder.decode(data)]));
  } catch (error) {
    throw error instanceof BadFile ? error : damaged();
  }
}

/** Paths of the sheets in the order of their tabs. */
function sheetPaths(parts: ReadonlyMap<string, string>): string[] {
  const workbook = parts.get("xl/workbook.xml");
  if (workbook === undefined) throw damaged();
  const targets = new Map<string, string>();
  for (const [tag] of (parts.get("xl/_rels/workbook.xml.rels") ?? "").matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)) {
    const target = (attribute(tag, "Target") ?? "").replace(/^\/?(xl\/)?/, "");
    targets.set(attribute(tag, "Id") ?? "", `xl/${target}`.toLowerCase());
  }
  const named = [...workbook.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].flatMap(([tag]) => {
    const path = targets.get(attribute(tag, "r:id") ?? "");
    return path === undefined || !parts.has(path) ? [] : [path];
  });
  return named.length > 0 ? named : [...parts.keys()].filter((path) => path.startsWith("xl/worksheets/")).sort();
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : plainText(value);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plainText(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    const code = hex === undefined ? (decimal === undefined ? null : Number(decimal)) : Number.parseInt(hex, 16);
    if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    return ENTITIES[name] ?? whole;
  });
}

const TEXT = /<(?:\w+:)?t\b[^>]*>([\s\S]*?)<\/(?:\w+:)?t>/g;
const textsIn = (xml: string): string => [...xml.matchAll(TEXT)].map(([, text = ""]) => plainText(text)).join("");

function sharedStrings(xml: string): string[] {
  return [...xml.matchAll(/<(?:\w+:)?si\b[^>]*\/>|<(?:\w+:)?si\b[^>]*>([\s\S]*?)<\/(?:\w+:)?si>/g)].map(
    ([, text = ""]) => textsIn(text),
  );
}

const ROW = /<(?:\w+:)?row\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g;
const CELL = /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;
const VALUE = /<(?:\w+:)?v\b[^>]*>([\s\S]*?)<\/(?:\w+:)?v>/;
const FORMULA = /<(?:\w+:)?f\b/;

function rowsOf(xml: string, shared: readonly string[]): Cell[][] {
  const rows: Cell[][] = [];
  for (const [, inside = ""] of xml.matchAll(ROW)) {
    const row: Cell[] = [];
    for (const [, tag = "", content = ""] of inside.matchAll(CELL)) {
      const column = columnOf(attribute(tag, "r")) ?? row.length;
      if (column >= MOST_COLUMNS) continue;
      while (row.length < column) row.push(EMPTY);
      row[column] = cellOf(attribute(tag, "t"), content, shared);
    }
    if (row.every(({ text }) => text === "")) continue;
    if (rows.length > MOST_ROWS) throw tooManyRows();
    rows.push(row);
  }
  return rows;
}

function cellOf(type: string | null, content: string, shared: readonly string[]): Cell {
  const formula = FORMULA.test(content);
  if (type === "inlineStr") return { text: textsIn(content).trim(), formula };
  const value = plainText(VALUE.exec(content)?.[1] ?? "");
  if (type === "s") return { text: (shared[Number(value)] ?? "").trim(), formula };
  return { text: type === "str" || type === "b" || type === "e" ? value.trim() : numberText(value), formula };
}

/** A number as digits: spreadsheets store large ones with an exponent. */
function numberText(value: string): string {
  const number = Number(value);
  return value !== "" && Number.isSafeInteger(number) ? String(number) : value;
}

/** The place of a cell from its name, e.g. 27 for `AB7`. */
function columnOf(name: string | null): number | null {
  const letters = /^[A-Z]{1,3}/.exec(name ?? "")?.[0];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
