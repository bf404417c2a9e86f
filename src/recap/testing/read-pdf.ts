/**
 * Reads a paper back as a person would: words where they stand on the page, lines, and tables by the places of their heads
 * and numbers. It knows nothing of how the paper was planned; pdfjs is another program than the one that wrote it.
 */
import assert from "node:assert/strict";
import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Cell } from "../form.ts";
import { NOT_REPORTED_MARK } from "../words.ts";

/** A run of text; points from the upper left corner, `y` its baseline. */
export interface Word {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  /** In points. */
  readonly size: number;
  /** Not horizontal: a watermark. */
  readonly slanted: boolean;
}

export interface ReadPage {
  readonly words: readonly Word[];
  readonly width: number;
  readonly height: number;
  /** The dark squares of the QR code as rows, or null if the page has none. */
  readonly code: readonly (readonly boolean[])[] | null;
}

/** All pages of a file. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPage[]> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const file = await task.promise;
  const pages: ReadPage[] = [];
  for (let number = 1; number <= file.numPages; number++) {
    const page = await file.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const words = items.flatMap((item): Word[] => {
      if (!("str" in item) || item.str.trim() === "") return [];
      const [a, b, c, d, x, y] = item.transform as [number, number, number, number, number, number];
      return [
        {
          text: item.str,
          x,
          right: x + item.width,
          y: height - y,
          size: Math.hypot(c, d),
          slanted: Math.abs(b / a) > 0.01,
        },
      ];
    });
    const { fnArray, argsArray } = await page.getOperatorList();
    pages.push({ words, width, height, code: readSquares(fnArray, argsArray) });
    page.cleanup();
  }
  await task.destroy();
  return pages;
}

/** The squares of the one drawing that pages share: a path of unit squares, each six numbers of which begin with a corner. */
function readSquares(operators: readonly number[], args: readonly unknown[]): boolean[][] | null {
  const at = operators.indexOf(OPS.paintFormXObjectBegin);
  if (at < 0) return null;
  const [, box] = args[at] as [unknown, ArrayLike<number>];
  const path = operators.indexOf(OPS.constructPath, at);
  const [, [numbers]] = args[path] as [number, [ArrayLike<number>]];
  const size = box[2] ?? 0;
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const SQUARE = 13; // move x y, three times line x y, close
  for (let i = 0; i < numbers.length; i += SQUARE) {
    const row = rows[numbers[i + 2] ?? -1];
    assert(row !== undefined, "a square outside the code");
    row[numbers[i + 1] ?? -1] = true;
  }
  return rows;
}

/** The words in lines from top to bottom, each from left to right. */
export function linesOf(words: readonly Word[]): Word[][] {
  const lines: Word[][] = [];
  for (const word of words.filter(({ slanted }) => !slanted).sort((a, b) => a.y - b.y || a.x - b.x)) {
    const line = lines.at(-1);
    if (line?.[0] !== undefined && Math.abs(line[0].y - word.y) < 0.5) line.push(word);
    else lines.push([word]);
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x));
}

/** The text of a page in reading order, one line of the page to the line. */
export function textOf({ words }: ReadPage): string {
  return linesOf(words)
    .map((line) => line.map(({ text }) => text).join(" "))
    .join("\n");
}

export interface TableRow {
  /** What stands left of the numbers: number, words, sex. */
  readonly label: string;
  readonly cells: readonly Cell[];
}

export interface ReadTable {
  /** The line of the title that says columns these are. */
  readonly subject: string;
  readonly heads: readonly string[];
  readonly rows: readonly TableRow[];
}

/**
 * The table on a page. Every row must have a number or a dash for each head, between its head's middle and its right
 * edge, and the right ends of all numbers of a column must be in one line.
 */
export function readTable({ words }: ReadPage): ReadTable | null {
  const lines = linesOf(words);
  const over = lines.findIndex((line) => line.some(({ text }) => text.startsWith("RINCIAN SETIAP")));
  if (over < 0) return null;
  const first = lines.findIndex((line, at) => at > over && isHeading(line));
  const end = lines.findIndex(([word]) => word?.text.startsWith("NAMA DAN TANDA TANGAN"));
  const heads = readHeads(lines.slice(over + 1, first).flat());
  const left = heads[0]?.centre ?? 0;
  const rights: (number | undefined)[] = heads.map(() => undefined);
  const rows: TableRow[] = [];
  for (const line of lines.slice(first, end).filter((line) => !isHeading(line))) {
    const cells = line.filter(({ right }) => right > left);
    const label = line
      .slice(0, line.length - cells.length)
      .map(({ text }) => text)
      .join(" ");
    assert.equal(cells.length, heads.length, `${label}: a number for each of ${heads.length} columns`);
    rows.push({ label, cells: cells.map((word, at) => readCell(word, at, heads, rights, label)) });
  }
  return {
    subject: words.find(({ text }) => text.startsWith("DARI SETIAP"))?.text ?? "",
    heads: heads.map(({ text }) => text),
    rows,
  };
}

interface Head {
  readonly text: string;
  readonly centre: number;
}

/** The heading of a section stands alone in its line. */
const isHeading = (line: readonly Word[]): boolean => line.length === 1 && /^[IV]+\. /.test(line[0]?.text ?? "");

/** Heads are centred, so the lines of one head have one middle. */
function readHeads(words: readonly Word[]): Head[] {
  const heads: { text: string; centre: number }[] = [];
  for (const { text, x, right } of words.filter(({ text }) => text !== "URAIAN")) {
    const centre = (x + right) / 2;
    const head = heads.find((known) => Math.abs(known.centre - centre) < 2);
    if (head === undefined) heads.push({ text, centre });
    else head.text += ` ${text}`;
  }
  return heads.sort((a, b) => a.centre - b.centre);
}

function readCell(word: Word, at: number, heads: readonly Head[], rights: (number | undefined)[], label: string): Cell {
  const where = `${label} / ${heads[at]?.text}`;
  assert(
    word.right > (heads[at]?.centre ?? 0) && word.x < (heads[at + 1]?.centre ?? 1e9),
    `${where}: beneath its head`,
  );
  if (word.text === NOT_REPORTED_MARK) return null;
  assert.match(word.text, /^\u2212?\d{1,3}(\.\d{3})*$/, `${where}: a number with dots between thousands`);
  rights[at] ??= word.right;
  assert(Math.abs((rights[at] ?? 0) - word.right) < 0.1, `${where}: in line with the numbers above`);
  return Number(word.text.replaceAll(".", "").replace("\u2212", "-"));
}
