/**
 * The table of a certificate: rows of the form against stations or regions, over as many pages as it takes.
 *
 * A page that does not begin with the first column begins with the sum of all columns before it (*jumlah pindahan*), and each
 * ends with the sum so far: so every page can be added up by hand, with nothing but itself.
 */
import { addColumns, type Column, type Part } from "./form.ts";
import { type Box, type Pen, SMALLEST, type Style } from "./pdf-pen.ts";
import type { Row } from "./pdf-rows.ts";
import { written } from "./words.ts";

/** Where in a row the baseline stands, as a share of its height. */
const BASELINE = 0.75;
const NUMBER_WIDTH = 20;
const SEX_WIDTH = 22;
/** The label's column takes what the others leave, and at least this. */
const LABEL_LEAST = 176;
/** … but no more than this, lest a figure stand too far from its words. */
const LABEL_MOST = 260;
const COLUMN_LEAST = 23;
const COLUMN_MOST = 130;
const THIN = 0.3;
const PADDING = 3;
/** A heading longer than this is broken, so that one long name does not widen all columns. */
const LABEL_WORD_MOST = 50;
const HEAD_LINE = 7.6;
const HEAD_RULE = 11;
const LABEL_STYLE: Style = { face: "medium", size: SMALLEST };

/** Some columns of a part that stand on one page, with the sums on both sides. */
export interface Sheet {
  readonly part: Part;
  readonly columns: readonly Column[];
  /** Sum of the columns on the pages before; null on the first. */
  readonly before: Column | null;
  /** Sum up to and with this page: on the last one the part's own. */
  readonly sum: Column;
  readonly last: boolean;
}

/** How wide things are in one part; the same on all its pages. */
export interface Measures {
  /** Width of the whole table, unless it has so few columns that the labels would stand too far from them. */
  readonly table: number;
  readonly column: number;
  readonly sum: number;
  readonly head: number;
  readonly perSheet: number;
}

/** The measures of a part, all of whose rows are given, in a table of this width in points. */
export function measurePart(pen: Pen, part: Part, rows: readonly Row[], table: number): Measures {
  const sum = 2 * PADDING + Math.max(widest(pen, rows, [part.sum]), pen.width("SEMENTARA", LABEL_STYLE));
  const words = part.columns.flatMap(({ label }) => label.split(/\s+/));
  const word = Math.min(LABEL_WORD_MOST, Math.max(0, ...words.map((one) => pen.width(one, LABEL_STYLE))));
  const least = Math.max(COLUMN_LEAST, word + 2 * PADDING, widest(pen, rows, part.columns) + 2 * PADDING);
  const count = Math.max(1, part.columns.length);
  const alone = table - NUMBER_WIDTH - SEX_WIDTH - LABEL_LEAST - sum;
  const room = count * least <= alone ? alone : alone - sum;
  const sheets = Math.ceil(count / Math.max(1, Math.floor(room / least)));
  const perSheet = Math.ceil(count / sheets);
  const column = Math.max(least, Math.min(COLUMN_MOST, room / perSheet));
  const lines = Math.max(2, ...part.columns.map(({ label }) => headLines(pen, label, column).length));
  return { table, column, sum, head: HEAD_RULE + lines * HEAD_LINE + 4, perSheet };
}

/** The widest number that these rows have in these columns, in points. */
function widest(pen: Pen, rows: readonly Row[], columns: readonly Column[]): number {
  let longest = "";
  for (const row of rows) {
    if (row.kind === "heading") continue;
    for (const column of columns) {
      const text = written(row.cell(column));
      if (text.length > longest.length) longest = text;
    }
  }
  return pen.width(longest.replace(/\d/g, "0"), { face: "medium" });
}

const headLines = (pen: Pen, text: string, width: number): string[] => pen.wrap(text, width - 2 * PADDING, LABEL_STYLE);

/** The part's columns sheet by sheet, with the running sums. */
export function sheetsOf(part: Part, perSheet: number): Sheet[] {
  const sheets: Sheet[] = [];
  let before: Column | null = null;
  for (let at = 0; at < Math.max(1, part.columns.length); at += perSheet) {
    const columns = part.columns.slice(at, at + perSheet);
    const last = at + perSheet >= part.columns.length;
    const running = before === null ? columns : [before, ...columns];
    const sum: Column = last ? part.sum : addColumns("", running, part.sum.votes.length);
    sheets.push({ part, columns, before, sum, last });
    before = sum;
  }
  return sheets;
}

/** One vertical band of the table: where it is and what it shows. */
interface Lane {
  readonly x: number;
  readonly width: number;
  readonly head: string;
  readonly column: Column;
  readonly strong: boolean;
}

/** Where the columns of one page stand. */
interface Grid {
  readonly table: Box;
  readonly lanes: readonly Lane[];
  readonly numberEnd: number;
  readonly labelEnd: number;
  readonly sexEnd: number;
  readonly head: number;
  readonly row: number;
}

/** What one page of the certificate shows: some rows of a sheet. */
export interface TablePage {
  readonly sheet: Sheet;
  readonly rows: readonly Row[];
  /** Height of each row in points. */
  readonly row: number;
  /** The heading above the columns. */
  readonly over: string;
}

function gridOf({ sheet, rows, row }: TablePage, measures: Measures, at: Box): Grid {
  const { columns, before, sum, last } = sheet;
  const bands = [
    ...(before === null ? [] : [{ width: measures.sum, head: "JUMLAH PINDAHAN", column: before, strong: true }]),
    ...columns.map((column) => ({ width: measures.column, head: column.label, column, strong: false })),
    { width: measures.sum, head: last ? "JUMLAH AKHIR" : "JUMLAH SEMENTARA", column: sum, strong: true },
  ];
  const taken = bands.reduce((all, { width }) => all + width, 0) + NUMBER_WIDTH + SEX_WIDTH;
  const label = Math.min(LABEL_MOST, measures.table - taken);
  const numberEnd = at.x + NUMBER_WIDTH;
  const labelEnd = numberEnd + label;
  const sexEnd = labelEnd + SEX_WIDTH;
  let x = sexEnd;
  const lanes = bands.map((band) => {
    x += band.width;
    return { ...band, x: x - band.width };
  });
  const table = { ...at, width: taken + label, height: measures.head + rows.length * row };
  return { table, lanes, numberEnd, labelEnd, sexEnd, head: measures.head, row };
}

/** Draws a page of the table with its upper left corner at `at`. */
export function drawTable(pen: Pen, at: Box, measures: Measures, page: TablePage): void {
  const grid = gridOf(page, measures, at);
  drawHead(pen, grid, page.over);
  page.rows.forEach((row, index) => {
    const y = at.y + grid.head + index * grid.row;
    const baseline = y + BASELINE * grid.row;
    if (row.kind === "heading") {
      pen.fill({ ...grid.table, y, height: grid.row }, 0.96);
      pen.fit(row.text, at.x + PADDING, baseline, grid.table.width - 2 * PADDING, { face: "medium" });
    } else {
      drawLabel(pen, row, grid, baseline);
      drawCells(pen, row, grid.lanes, baseline);
    }
  });
  drawRules(pen, page.rows, grid);
}

function drawHead(pen: Pen, { table, lanes, sexEnd, head }: Grid, over: string): void {
  pen.fill({ ...table, height: head }, 0.92);
  const middle = (table.x + sexEnd) / 2;
  pen.text("URAIAN", middle, table.y + head / 2 + 2.5, { ...LABEL_STYLE, size: 7.5, align: "centre" });
  const end = table.x + table.width;
  pen.fit(over, sexEnd + PADDING, table.y + 8, end - sexEnd - 2 * PADDING, { ...LABEL_STYLE, align: "centre" });
  pen.rule(sexEnd, table.y + HEAD_RULE, end, table.y + HEAD_RULE);
  for (const { x, width, head: text } of lanes) {
    const lines = headLines(pen, text, width);
    const free = head - HEAD_RULE - lines.length * HEAD_LINE;
    lines.forEach((line, index) => {
      const y = table.y + HEAD_RULE + free / 2 + (index + 1) * HEAD_LINE - 1.8;
      pen.fit(line, x + 1, y, width - 2, { ...LABEL_STYLE, align: "centre" });
    });
  }
}

type CellsRow = Extract<Row, { kind: "cells" }>;

function drawCells(pen: Pen, row: CellsRow, lanes: readonly Lane[], y: number): void {
  for (const { x, width, column, strong } of lanes) {
    const cell = row.cell(column);
    const face = strong || row.strong ? "medium" : "regular";
    if (cell === null) pen.text(written(cell), x + width / 2, y, { face, align: "centre" });
    else pen.text(written(cell), x + width - PADDING, y, { face, align: "right" });
  }
}

/** Number, label and sex; where three rows belong together, number and label stand once, in their middle. */
function drawLabel(pen: Pen, row: CellsRow, { table, numberEnd, labelEnd, sexEnd }: Grid, y: number): void {
  const face = row.strong ? "medium" : "regular";
  if (row.sex !== null) pen.text(row.sex, (labelEnd + sexEnd) / 2, y, { face, size: SMALLEST, align: "centre" });
  if (row.sex === "L" || row.sex === "JML") return;
  const end = row.sex === null ? sexEnd : labelEnd;
  pen.text(row.number, (table.x + numberEnd) / 2, y, { face, align: "centre" });
  pen.fit(row.label, numberEnd + PADDING, y, end - numberEnd - 2 * PADDING, { face });
}

function drawRules(
  pen: Pen,
  rows: readonly Row[],
  { table, lanes, numberEnd, labelEnd, sexEnd, head, row: rowHeight }: Grid,
): void {
  const body = table.y + head;
  const end = table.x + table.width;
  const lineOf = (index: number) => body + index * rowHeight;
  const across = rows.map((row, index) => {
    const within = row.kind === "cells" && (row.sex === "P" || row.sex === "JML");
    return [within ? labelEnd : table.x, lineOf(index), end, lineOf(index)] as const;
  });
  const down = (xs: readonly number[], wanted: (row: Row) => boolean) =>
    runs(rows, wanted).flatMap(([from, to]) => xs.map((x) => [x, lineOf(from), x, lineOf(to)] as const));
  const everywhere = [numberEnd, ...lanes.map(({ x }) => x)];
  const heads = lanes.map(({ x }) => [x, x === sexEnd ? table.y : table.y + HEAD_RULE, x, body] as const);
  const cells = down(everywhere, ({ kind }) => kind === "cells");
  const sexes = down([labelEnd], (row) => row.kind === "cells" && row.sex !== null);
  pen.rules([...across, ...cells, ...sexes, ...heads], THIN);
  pen.rule(table.x, body, end, body, 0.8);
  pen.frame(table, 0.9);
}

/** The stretches [from, to) of rows that are wanted. */
function runs(rows: readonly Row[], wanted: (row: Row) => boolean): [from: number, to: number][] {
  const found: [number, number][] = [];
  rows.forEach((row, index) => {
    const last = found.at(-1);
    if (!wanted(row)) return;
    if (last?.[1] === index) last[1] = index + 1;
    else found.push([index, index + 1]);
  });
  return found;
}
