/**
 * A list with wrapped text, for the pages that are read and not added up: what the saksi declared, objections, incidents. An
 * entry that is longer than a page goes on on the next; nothing is cut, since a reason may be what a court reads.
 */
import type { Box, Pen, Style } from "./pdf-pen.ts";

export interface ListColumn<T> {
  readonly head: string;
  /** Share of the list's width; the shares of all columns make 1. */
  readonly share: number;
  readonly align?: "right";
  readonly text: (item: T, index: number) => string;
}

const LINE = 9.2;
const PADDING = 4;
const HEAD = 16;
const TEXT: Style = { size: 7.5 };
const STRONG: Style = { size: 7.5, face: "medium" };

/** A piece of an entry that stands on one page: for each column its lines. */
type Strip = readonly (readonly string[])[];

/** What draws each page of the list into a box of the given size; at least one page, which then says `none`. */
export function listPages<T>(
  pen: Pen,
  box: Box,
  columns: readonly ListColumn<T>[],
  items: readonly T[],
  none: string,
): (() => void)[] {
  const widths = columns.map(({ share }) => share * box.width);
  const most = Math.floor((box.height - HEAD - 2 * PADDING) / LINE);
  const strips = items.flatMap((item, index) => {
    const cells = columns.map(({ text }, at) => pen.wrap(text(item, index), (widths[at] ?? 0) - 2 * PADDING, TEXT));
    return cut(cells, most);
  });
  const pages = fill(strips, box.height - HEAD);
  const heads = columns.map(({ head }) => head);
  const aligned = columns.map(({ align }) => align ?? "left");
  if (pages.length === 0) {
    return [
      () => {
        drawHead(pen, box, heads, widths);
        const row = { ...box, y: box.y + HEAD, height: 3 * LINE };
        pen.frame(row, 0.9);
        pen.text(none, box.x + box.width / 2, row.y + 2 * LINE, { ...STRONG, align: "centre" });
      },
    ];
  }
  return pages.map((page) => () => drawPage(pen, box, heads, widths, aligned, page));
}

const heightOf = (strip: Strip): number => Math.max(...strip.map((lines) => lines.length)) * LINE + PADDING;

/** An entry in pieces of at most `most` lines. */
function cut(cells: Strip, most: number): Strip[] {
  const longest = Math.max(...cells.map((lines) => lines.length));
  const pieces: Strip[] = [];
  for (let at = 0; at < longest; at += most) pieces.push(cells.map((lines) => lines.slice(at, at + most)));
  return pieces;
}

function fill(strips: readonly Strip[], height: number): Strip[][] {
  const pages: Strip[][] = [];
  let left = 0;
  for (const strip of strips) {
    const needed = heightOf(strip);
    const page = pages.at(-1);
    if (page !== undefined && needed <= left) page.push(strip);
    else {
      pages.push([strip]);
      left = height;
    }
    left -= needed;
  }
  return pages;
}

function drawHead(pen: Pen, box: Box, heads: readonly string[], widths: readonly number[]): void {
  const row = { ...box, height: HEAD };
  pen.fill(row, 0.92);
  let x = box.x;
  heads.forEach((head, at) => {
    const width = widths[at] ?? 0;
    pen.fit(head, x + 2, row.y + 11, width - 4, { ...STRONG, size: 7, align: "centre" });
    if (at > 0) pen.rule(x, row.y, x, row.y + HEAD);
    x += width;
  });
  pen.frame(row, 0.9);
}

function drawPage(
  pen: Pen,
  box: Box,
  heads: readonly string[],
  widths: readonly number[],
  aligned: readonly ("left" | "right")[],
  page: readonly Strip[],
): void {
  drawHead(pen, box, heads, widths);
  let y = box.y + HEAD;
  for (const strip of page) {
    const height = heightOf(strip);
    let x = box.x;
    strip.forEach((lines, at) => {
      const [width = 0, align = "left"] = [widths[at], aligned[at]];
      const from = align === "right" ? x + width - PADDING : x + PADDING;
      lines.forEach((line, index) => {
        pen.text(line, from, y + (index + 1) * LINE - 0.5, { ...TEXT, align });
      });
      if (at > 0) pen.rule(x, y, x, y + height, 0.3);
      x += width;
    });
    y += height;
    pen.rule(box.x, y, box.x + box.width, y, 0.3);
  }
  pen.frame({ ...box, y: box.y + HEAD, height: y - box.y - HEAD }, 0.9);
}
