/**
 * Drawing on paper: text by its baseline, rules, boxes, squares; and a document that is handed out page by page.
 *
 * pdfkit draws, and not pdfmake above it: a certificate of 551 stations has 120,000 cells at places that are known
 * beforehand, and a layout engine would measure each of them. pdfmake gives its font, so that nothing depends on the
 * fonts of the machine. The file has no other date than the form's and no random ids: the same form gives the same bytes
 * (with the same build of node, whose deflate it is).
 */
import { fileURLToPath } from "node:url";
import PDFDocument from "pdfkit";
import type { Matrix } from "./qr.ts";
import { printable } from "./words.ts";

/** Weights of the one typeface: Roboto, whose digits are all of one width. */
export type Face = "regular" | "medium" | "italic";

export interface Style {
  readonly face?: Face;
  /** In points; nothing that people must read is below {@link SMALLEST}. */
  readonly size?: number;
  readonly align?: "left" | "centre" | "right";
  /** Grey from 0 (black) to 1 (white). */
  readonly grey?: number;
}

/** A box on the page: points from its upper left corner, downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const SMALLEST = 6.5;
/** How far a text may be narrowed before it is cut, in percent. */
const NARROWEST = 62;

/** A4 in points. */
export const A4 = { short: 595.28, long: 841.89 } as const;

const FONT_FILES: Readonly<Record<Face, string>> = {
  regular: "Roboto-Regular.ttf",
  medium: "Roboto-Medium.ttf",
  italic: "Roboto-Italic.ttf",
};

/** Draws on the current page of a document. */
export class Pen {
  readonly #doc: PDFKit.PDFDocument;
  readonly #drawn = new Map<Matrix, PDFKit.PDFKitReference>();

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc;
    for (const [face, file] of Object.entries(FONT_FILES)) {
      doc.registerFont(face, fileURLToPath(import.meta.resolve(`pdfmake/fonts/Roboto/${file}`)));
    }
  }

  /** The width of a text in points. */
  width(text: string, { face = "regular", size = 7 }: Style = {}): number {
    return this.#doc.font(face, size).widthOfString(printable(text));
  }

  /** One line with its baseline at `y`; `x` is its left end, centre or right end, as it is aligned. */
  text(text: string, x: number, y: number, style: Style = {}): void {
    this.#put(text, x, y, this.width(text, style), 100, style);
  }

  /** One line within `width` from `x` on: narrowed if it is too long, and cut only when narrowing does not suffice. */
  fit(text: string, x: number, y: number, width: number, style: Style = {}): void {
    const natural = this.width(text, style);
    const scale = Math.max(NARROWEST, Math.min(100, Math.floor((100 * width) / natural)));
    const shown = (natural * scale) / 100 <= width ? text : this.#cut(text, (100 * width) / scale, style);
    const shownWidth = (this.width(shown, style) * scale) / 100;
    const at = style.align === "centre" ? x + width / 2 : style.align === "right" ? x + width : x;
    this.#put(shown, at, y, shownWidth, scale, style);
  }

  /** The text as lines that fit `width`; a word that does not fit is broken. */
  wrap(text: string, width: number, style: Style = {}): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(/\s+/).flatMap((whole) => this.#pieces(whole, width, style))) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (this.width(longer, style) <= width) {
        line = longer;
        continue;
      }
      lines.push(line);
      line = word;
    }
    return [...lines, line];
  }

  /** A rule from one point to another. */
  rule(x1: number, y1: number, x2: number, y2: number, weight = 0.4): void {
    this.#doc.lineWidth(weight).moveTo(x1, y1).lineTo(x2, y2).stroke("black");
  }

  /** A dotted line to write on. */
  dotted(x1: number, x2: number, y: number): void {
    this.#doc.save().lineWidth(0.5).dash(0.6, { space: 1.8 }).moveTo(x1, y).lineTo(x2, y).stroke("black").restore();
  }

  frame({ x, y, width, height }: Box, weight = 0.4): void {
    this.#doc.lineWidth(weight).rect(x, y, width, height).stroke("black");
  }

  fill({ x, y, width, height }: Box, grey: number): void {
    this.#doc.rect(x, y, width, height).fill(shade(grey));
  }

  /** Pale words across the page, beneath all else. */
  watermark(text: string, style: Style): void {
    const { width, height } = this.#doc.page;
    const angle = -(Math.atan2(height, width) * 180) / Math.PI;
    this.#doc.save().rotate(angle, { origin: [width / 2, height / 2] });
    this.text(text, width / 2, height / 2 + (style.size ?? 7) / 3, { ...style, align: "centre" });
    this.#doc.restore();
  }

  /** Thin rules in one stroke. A page has dozens, and each stroke by itself would carry its weight and colour. */
  rules(lines: Iterable<readonly [x1: number, y1: number, x2: number, y2: number]>, weight: number): void {
    for (const [x1, y1, x2, y2] of lines) this.#doc.moveTo(x1, y1).lineTo(x2, y2);
    this.#doc.lineWidth(weight).stroke("black");
  }

  /** A square of dark modules. It is put into the file once and shown on as many pages as want it. */
  squares(matrix: Matrix, x: number, y: number, side: number): void {
    const drawn = this.#drawn.get(matrix) ?? this.#drawing(matrix);
    const name = `Squares${drawn.id}`;
    this.#doc.page.xobjects[name] = drawn;
    const module = side / matrix.length;
    this.#doc.save().transform(module, 0, 0, module, x, y).addContent(`/${name} Do`).restore();
  }

  /** The matrix as a form of the file, one module to the unit: a single path, so that no seams show between modules. */
  #drawing(matrix: Matrix): PDFKit.PDFKitReference {
    const size = matrix.length;
    const form = this.#doc.ref({ Type: "XObject", Subtype: "Form", BBox: [0, 0, size, size] });
    const rects = matrix.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`${x} ${y} 1 1 re`] : [])));
    form.end(`0 g ${rects.join(" ")} f`);
    this.#drawn.set(matrix, form);
    return form;
  }

  #put(text: string, at: number, y: number, width: number, scale: number, style: Style): void {
    if (text === "") return;
    const { face = "regular", size = 7, align = "left", grey = 0 } = style;
    const x = align === "centre" ? at - width / 2 : align === "right" ? at - width : at;
    const place = { lineBreak: false, baseline: "alphabetic", horizontalScaling: scale } as const;
    this.#doc.font(face, size).fillColor(shade(grey)).text(printable(text), x, y, place);
  }

  #cut(text: string, width: number, style: Style): string {
    const letters = [...text];
    while (letters.length > 1 && this.width(`${letters.join("")}…`, style) > width) letters.pop();
    return `${letters.join("").trimEnd()}…`;
  }

  #pieces(word: string, width: number, style: Style): string[] {
    const pieces: string[] = [];
    let piece = "";
    for (const letter of word) {
      if (piece !== "" && this.width(piece + letter, style) > width) {
        pieces.push(piece);
        piece = "";
      }
      piece += letter;
    }
    return [...pieces, piece];
  }
}

const shade = (grey: number): [number, number, number] => {
  const level = Math.round(grey * 255);
  return [level, level, level];
};

export interface DocumentFacts {
  readonly title: string;
  /** ISO 8601: the only date in the file. */
  readonly time: string;
  readonly layout: "portrait" | "landscape";
}

/** What draws one page. */
export type Page = () => void;

/**
 * The bytes of a document, a page at a time: memory holds one page, however many there are. `plan` is given the pen
 * first, because it must measure, and returns the pages in order.
 */
export function* document(facts: DocumentFacts, plan: (pen: Pen) => Iterable<Page>): Generator<Uint8Array> {
  const doc = new PDFDocument({
    size: "A4",
    layout: facts.layout,
    margin: 0,
    autoFirstPage: false,
    lang: "id-ID",
    displayTitle: true,
    info: { Title: facts.title, Creator: "Teguh", Producer: "Teguh", CreationDate: new Date(facts.time) },
  });
  for (const draw of plan(new Pen(doc))) {
    doc.addPage();
    draw();
    yield* ready(doc);
  }
  doc.end();
  yield* ready(doc);
}

function* ready(doc: PDFKit.PDFDocument): Generator<Uint8Array> {
  for (let chunk: unknown = doc.read(); chunk instanceof Uint8Array; chunk = doc.read()) yield chunk;
}
