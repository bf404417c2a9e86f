/**
 * A paper as PDF, by pdfkit. Which build of pdfkit draws is the caller's: under node the package, in a browser the standalone
 * one, which brings its fonts along. Helvetica is one of the fonts that every reader has, so none is put into the file; what
 * its encoding lacks is written without its accent, or as a question mark.
 */
import type { Paper } from "./paper.ts";
import { type Canvas, drawPaper, type TextStyle } from "./paper-pages.ts";

/** The few methods of a pdfkit document that are used here. */
export interface PdfDocument {
  addPage(): unknown;
  font(name: string, size: number): PdfDocument;
  text(text: string, x: number, y: number, options: object): unknown;
  widthOfString(text: string): number;
  lineWidth(width: number): PdfDocument;
  moveTo(x: number, y: number): PdfDocument;
  lineTo(x: number, y: number): PdfDocument;
  stroke(colour: string): unknown;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  end(): void;
}

export type PdfDocumentClass = new (options: object) => PdfDocument;

/** The bytes of the file. */
export async function paperPdf(paper: Paper, Document: PdfDocumentClass): Promise<Uint8Array[]> {
  const doc = new Document({
    size: "A4",
    margin: 0,
    autoFirstPage: false,
    lang: paper.language === "id" ? "id-ID" : "en",
    displayTitle: true,
    info: { Title: paper.title, Creator: "Teguh", Producer: "Teguh", CreationDate: new Date(paper.time) },
  });
  const pieces: Uint8Array[] = [];
  const ended = new Promise<void>((resolve) => {
    doc.on("data", (chunk) => pieces.push(chunk));
    doc.on("end", resolve);
  });
  drawPaper(paper, canvasOf(doc));
  doc.end();
  await ended;
  return pieces;
}

function canvasOf(doc: PdfDocument): Canvas {
  const face = ({ size, bold = false }: TextStyle) => doc.font(bold ? "Helvetica-Bold" : "Helvetica", size);
  return {
    newPage: () => doc.addPage(),
    text: (text, x, y, style) => face(style).text(encodable(text), x, y, { lineBreak: false, baseline: "alphabetic" }),
    rule: (x1, x2, y, weight) => doc.lineWidth(weight).moveTo(x1, y).lineTo(x2, y).stroke("black"),
    width: (text, style) => face(style).widthOfString(encodable(text)),
  };
}

/** What Windows-1252 has, the encoding of the standard fonts: beyond Latin-1 a few marks. */
const ENCODABLE = /[\u0020-\u007E\u00A0-\u00FF–—‘’“”…€•]/;

const encodable = (text: string): string =>
  [...text]
    .map((letter) => {
      if (ENCODABLE.test(letter)) return letter;
      const plain = letter.normalize("NFD").replace(/\p{M}/gu, "");
      return plain !== "" && [...plain].every((each) => ENCODABLE.test(each)) ? plain : "?";
    })
    .join("");
