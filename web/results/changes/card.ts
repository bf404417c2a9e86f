/**
 * Kartu Perubahan: one change as one picture, for where people talk. It says where, whose votes, before and after, why, and where
 * the proof lies; and it says that it is a picture: what counts is the statement behind it.
 */
import type { Language } from "../../ui/format.ts";
import type { Change } from "./report.ts";

const WIDTH = 1080;
const HEIGHT = 1350;
const MARGIN = 72;
const INK = "#15201e";
const MUTED = "#53605c";
const LINE = "#c3ccc8";
const ACCENT = "#0a5c5c";
const FONT =
  '"Plus Jakarta Sans", system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif';

/** Draws with a pen that moves down the page. */
class Pen {
  y = MARGIN;
  readonly #context: CanvasRenderingContext2D;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  /** Text in as many lines as it takes, at most `lines`. */
  text(text: string, size: number, { weight = 400, colour = INK, lines = 3, gap = 0.35 } = {}): void {
    const context = this.#context;
    context.font = `${weight} ${size}px ${FONT}`;
    context.fillStyle = colour;
    context.textBaseline = "top";
    for (const line of wrapped(text, lines, (part) => context.measureText(part).width <= WIDTH - 2 * MARGIN)) {
      context.fillText(line, MARGIN, this.y);
      this.y += size * (1 + gap);
    }
  }

  rule(colour: string = LINE, thickness = 2): void {
    this.#context.fillStyle = colour;
    this.#context.fillRect(MARGIN, this.y, WIDTH - 2 * MARGIN, thickness);
    this.y += 28;
  }

  space(height: number): void {
    this.y += height;
  }
}

/** Words in lines that fit; the last of at most `most` lines ends in "…" when there is more. */
export function wrapped(text: string, most: number, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || fits(longer)) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
    if (lines.length === most) return [...lines.slice(0, -1), `${lines.at(-1)}…`];
  }
  return [...lines, line];
}

/** The picture as a PNG. `number` writes numbers in the language of the card. */
export async function drawCard(change: Change, language: Language, number: (value: number) => string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("this browser draws no pictures");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const said = (id: string, en: string) => (language === "id" ? id : en);
  const pen = new Pen(context);
  if (change.simulation) band(context, said("SIMULASI. Semua suara rekaan.", "SIMULATION. Every vote is invented."));
  pen.y = change.simulation ? 124 : MARGIN;
  pen.text(said("Kartu Perubahan", "Change card"), 34, { weight: 700, colour: ACCENT });
  pen.text(`${change.election} · ${change.contest}`, 30, { colour: MUTED, lines: 1 });
  pen.space(20);
  pen.text(change.place[0] ?? "", 54, { weight: 700, lines: 2, gap: 0.2 });
  pen.text(change.place.slice(1).join(", "), 30, { colour: MUTED, lines: 2 });
  pen.space(14);
  pen.rule(INK, 4);
  const shown = change.movements.slice(0, 4);
  const large = shown.length === 1 ? 120 : 64;
  for (const { label, before, after } of shown) {
    pen.text(label, 36, { lines: 1 });
    const fell = after < before ? "−" : "+";
    pen.text(`${number(before)} → ${number(after)}`, large, { weight: 700, gap: 0.15 });
    pen.text(`${fell}${number(Math.abs(after - before))} ${said("suara", "votes")}`, 36, {
      weight: 600,
      colour: MUTED,
    });
    pen.space(10);
  }
  const more = change.movements.length - shown.length;
  if (more > 0) pen.text(said(`dan ${more} pilihan lain`, `and ${more} other choices`), 30, { colour: MUTED });
  pen.rule();
  pen.text(`${change.book}: ${change.kind}`, 32, { lines: 2 });
  pen.text(`${said("Alasan", "Reason")}: ${change.reason}`, 32, { lines: 2 });
  pen.text(`${change.time}`, 32, { lines: 1 });
  pen.y = Math.max(pen.y, HEIGHT - 250);
  pen.rule();
  pen.text(`${said("Bukti", "Evidence")}: ${change.log} #${change.index} · ${change.edition}`, 26, { lines: 2 });
  pen.text(change.address, 26, { colour: ACCENT, lines: 2 });
  pen.text(
    said(
      "Gambar bukan bukti. Buka alamatnya: peramban Anda memeriksa sendiri.",
      "A picture proves nothing. Open the address: your own browser checks.",
    ),
    26,
    { colour: MUTED, lines: 2 },
  );
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob === null ? failed(new TypeError("no picture was made")) : done(blob)), "image/png");
  });
}

function band(context: CanvasRenderingContext2D, text: string): void {
  context.fillStyle = INK;
  context.fillRect(0, 0, WIDTH, 76);
  context.fillStyle = "#ffffff";
  context.font = `600 30px ${FONT}`;
  context.textBaseline = "middle";
  context.fillText(text, MARGIN, 40);
}
