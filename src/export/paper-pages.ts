/**
 * Lays a paper out on A4 pages: what stands where is planned before the first page is drawn, so that each page can say which
 * it is of how many. What draws is handed in: pdfkit as a package under node, its standalone build in a browser.
 */
import type { Paper, PaperColumn, PaperTable } from "./paper.ts";

/** What draws: points from the upper left corner of the page; text stands on its baseline. */
export interface Canvas {
  newPage(): void;
  text(text: string, x: number, y: number, style: TextStyle): void;
  rule(x1: number, x2: number, y: number, weight: number): void;
  width(text: string, style: TextStyle): number;
}

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
}

export const PAGE = { width: 595.28, height: 841.89 } as const;
const MARGIN = 42;
const WIDTH = PAGE.width - 2 * MARGIN;
const TOP = 46;
const BOTTOM = PAGE.height - 52;
const ROW = 13.5;
const BODY: TextStyle = { size: 8.5 };
const STRONG: TextStyle = { size: 8.5, bold: true };
const SMALL: TextStyle = { size: 7 };
const HEADING: TextStyle = { size: 16, bold: true };
const SECTION: TextStyle = { size: 10.5, bold: true };
const PADDING = 4;

type Draw = (canvas: Canvas) => void;

/** Draws the whole paper. */
export function drawPaper(paper: Paper, canvas: Canvas): void {
  const pages = plan(paper, canvas);
  pages.forEach((draws, index) => {
    canvas.newPage();
    for (const draw of draws) draw(canvas);
    frame(paper, canvas, index + 1, pages.length);
  });
}

/** Mark above, foot below, on every page. */
function frame({ mark, foot, language }: Paper, canvas: Canvas, page: number, pages: number): void {
  if (mark !== null) canvas.text(fitted(mark, WIDTH, STRONG, canvas), MARGIN, 30, STRONG);
  const number = language === "id" ? `Halaman ${page} dari ${pages}` : `Page ${page} of ${pages}`;
  const y = PAGE.height - 30;
  canvas.rule(MARGIN, MARGIN + WIDTH, y - 10, 0.4);
  const numberWidth = canvas.width(number, SMALL);
  canvas.text(fitted(foot, WIDTH - numberWidth - 12, SMALL, canvas), MARGIN, y, SMALL);
  canvas.text(number, MARGIN + WIDTH - numberWidth, y, SMALL);
}

/** What is drawn on each page. */
function plan(paper: Paper, canvas: Canvas): Draw[][] {
  const flow = new Flow();
  flow.line(26, (y) => (pen) => pen.text(fitted(paper.title, WIDTH, HEADING, pen), MARGIN, y + 18, HEADING));
  for (const line of wrapped(paper.note, WIDTH, BODY, canvas)) {
    flow.line(ROW, (y) => (pen) => pen.text(line, MARGIN, y + 9, BODY));
  }
  flow.space(6);
  for (const [label, value] of paper.facts) factLines(flow, canvas, label, value);
  for (const table of paper.tables) if (table.rows.length > 0) tableLines(flow, table);
  return flow.pages;
}

/** Fills pages from above; a new one begins where the next piece does not fit. */
class Flow {
  readonly pages: Draw[][] = [[]];
  #y: number = TOP;

  get left(): number {
    return BOTTOM - this.#y;
  }

  space(height: number): void {
    this.#y += height;
  }

  line(height: number, draw: (y: number) => Draw): void {
    if (height > this.left) this.turn();
    this.pages.at(-1)?.push(draw(this.#y));
    this.#y += height;
  }

  turn(): void {
    this.pages.push([]);
    this.#y = TOP;
  }
}

const LABEL = 150;

function factLines(flow: Flow, canvas: Canvas, label: string, value: string): void {
  wrapped(value, WIDTH - LABEL, BODY, canvas).forEach((line, i) => {
    flow.line(12, (y) => (pen) => {
      if (i === 0) pen.text(fitted(label, LABEL - PADDING, STRONG, pen), MARGIN, y + 9, STRONG);
      pen.text(line, MARGIN + LABEL, y + 9, BODY);
    });
  });
}

/** A table needs its head and some rows on the page where it begins; on every page that it goes on the head stands again. */
const LEAST_ROWS = 4;

function tableLines(flow: Flow, table: PaperTable): void {
  flow.space(12);
  if (flow.left < 20 + ROW * LEAST_ROWS) flow.turn();
  flow.line(18, (y) => (pen) => pen.text(fitted(table.title, WIDTH, SECTION, pen), MARGIN, y + 12, SECTION));
  const head = table.columns.map(({ title }) => title);
  const drawHead = () => flow.line(ROW + 2, (y) => rowDraw(table.columns, head, y, STRONG, 0.8));
  drawHead();
  for (const row of table.rows) {
    if (flow.left < ROW) {
      flow.turn();
      drawHead();
    }
    flow.line(ROW, (y) => rowDraw(table.columns, row, y, BODY, 0.25));
  }
}

function rowDraw(
  columns: readonly PaperColumn[],
  cells: readonly string[],
  y: number,
  style: TextStyle,
  weight: number,
): Draw {
  return (pen) => {
    let x = MARGIN;
    columns.forEach(({ share, kind }, i) => {
      const width = share * WIDTH;
      const text = fitted(cells[i] ?? "", width - PADDING, style, pen);
      pen.text(text, kind === "number" ? x + width - pen.width(text, style) : x, y + 9.5, style);
      x += width;
    });
    pen.rule(MARGIN, MARGIN + WIDTH, y + ROW, weight);
  };
}

/** The text, cut with an ellipsis where it does not fit. */
function fitted(text: string, width: number, style: TextStyle, canvas: Canvas): string {
  if (canvas.width(text, style) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && canvas.width(`${letters.join("")}…`, style) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function wrapped(text: string, width: number, style: TextStyle, canvas: Canvas): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && canvas.width(longer, style) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
