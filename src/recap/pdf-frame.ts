/**
 * What every page of every paper has around its content: title, region, page n of N, the marks of a draft and of a
 * simulation above; the log, its QR code and the fingerprint below. A page that comes loose still says what it belongs to.
 */
import type { Heading, Paper } from "./form.ts";
import { type Box, type Pen, SMALLEST, type Style } from "./pdf-pen.ts";
import { type Matrix, QUIET_ZONE, qrMatrix, qrText } from "./qr.ts";
import { CHAIN_LEVELS, LEVEL_WORDS, localTime, written } from "./words.ts";

export const MARGIN = 28;
const TOP = 20;
const BOTTOM = 16;
/** Width of the boxes to the left and right of the title. */
const SIDE = 108;
const TITLE_LINE = 11.5;
const PLACE_LINE = 11;
const LOG_LINE = 8.5;
const SIMULATION = "SIMULASI";
const MARK: Style = { face: "medium", size: 7.5 };
const MARK_GAP = 8;
const GLOSS: Style = { face: "italic", size: SMALLEST };

/** What differs from page to page, and from paper to paper. */
export interface FrameText {
  /** In the box: `MODEL D.HASIL` and `KECAMATAN-DPR`. */
  readonly model: readonly [string, string];
  /** Two lines of the title; the contest follows as a third. */
  readonly title: readonly [string, string];
  /** The title line in English. */
  readonly gloss: string;
  /** The desa of the page, or null where it is about more than one. */
  readonly desa: string | null;
  /** In strong words beneath the title, e.g. that it is a draft; null for none. */
  readonly mark: string | null;
  /** Pale across the page; null for none. */
  readonly watermark: string | null;
  /** The whole fingerprint, or null where the paper has none. */
  readonly fingerprint: string | null;
}

/** Draws the frame of one document's pages; made once, since the QR code is the same on all of them. */
export class Frame {
  readonly #pen: Pen;
  readonly #paper: Paper;
  readonly #code: Matrix;
  readonly #width: number;
  readonly #height: number;

  constructor(pen: Pen, paper: Paper, size: { readonly width: number; readonly height: number }) {
    this.#pen = pen;
    this.#paper = paper;
    this.#code = qrMatrix(qrText(paper));
    this.#width = size.width;
    this.#height = size.height;
  }

  /** What is left for the content between the head and the lines at the foot. */
  get content(): Box {
    const y = TOP + 3 * TITLE_LINE + 11 + 2 * PLACE_LINE + 6;
    const foot = this.#height - BOTTOM - 2 * LOG_LINE - 4;
    return { x: MARGIN, y, width: this.#width - 2 * MARGIN, height: foot - y };
  }

  /** Head and foot of page `page` of `pages`. */
  draw(text: FrameText, page: number, pages: number): void {
    if (text.watermark !== null) {
      const letters = [...text.watermark].length;
      this.#pen.watermark(text.watermark, { face: "medium", size: Math.min(110, 1150 / letters), grey: 0.9 });
    }
    this.#title(text);
    this.#sides(text, `Halaman ${page} dari ${pages}`);
    this.#places(text.desa);
    this.#foot(text.fingerprint, `Halaman ${page} dari ${pages}`);
  }

  /** The QR code with its quiet zone in a square box. */
  code({ x, y, width }: Box): void {
    const quiet = (width * QUIET_ZONE) / (this.#code.length + 2 * QUIET_ZONE);
    this.#pen.squares(this.#code, x + quiet, y + quiet, width - 2 * quiet);
  }

  #title({ title, gloss, mark }: FrameText): void {
    const { election, contestName } = this.#paper.heading;
    const lines = [...title, `${contestName} – ${election}`.toLocaleUpperCase("id")];
    const x = MARGIN + SIDE + 8;
    const width = this.#width - 2 * x;
    lines.forEach((line, index) => {
      const size = index === lines.length - 1 ? 9.5 : 8.5;
      this.#pen.fit(line, x, TOP + 8 + index * TITLE_LINE, width, { face: "medium", size, align: "centre" });
    });
    const y = TOP + 8 + lines.length * TITLE_LINE;
    const markWidth = mark === null ? 0 : this.#pen.width(mark, MARK) + MARK_GAP;
    const from = Math.max(x, (this.#width - markWidth - this.#pen.width(gloss, GLOSS)) / 2);
    if (mark !== null) this.#pen.text(mark, from, y - 1, MARK);
    this.#pen.fit(gloss, from + markWidth, y - 1, x + width - from - markWidth, GLOSS);
  }

  #sides({ model }: FrameText, page: string): void {
    const right = { x: this.#width - MARGIN - SIDE, y: TOP, width: SIDE, height: 22 };
    this.#pen.frame(right, 0.8);
    model.forEach((line, index) => {
      const style = { face: "medium", size: 7.5, align: "centre" } as const;
      this.#pen.fit(line, right.x + 3, right.y + 9 + index * 9.5, SIDE - 6, style);
    });
    this.#pen.fit(page, right.x, right.y + 32, SIDE, { face: "medium", align: "centre" });
    if (!this.#paper.heading.simulation) return;
    const left = { ...right, x: MARGIN };
    this.#pen.frame(left, 1.4);
    this.#pen.fit(SIMULATION, left.x, left.y + 15.5, SIDE, { face: "medium", size: 13, align: "centre" });
    this.#pen.fit("suara rekaan, bukan hasil pemilu", left.x, left.y + 32, SIDE, { face: "italic", align: "centre" });
  }

  /** Where and when: pairs of name and value, in three columns of two lines as on the form. */
  #places(desa: string | null): void {
    const pairs = placePairs(this.#paper.heading, desa);
    const width = this.content.width / 3;
    const y = TOP + 3 * TITLE_LINE + 11 + PLACE_LINE;
    pairs.forEach(([name, value], index) => {
      const x = MARGIN + Math.floor(index / 2) * width;
      const line = y + (index % 2) * PLACE_LINE;
      this.#pen.text(name, x, line, { size: 7.5 });
      this.#pen.text(":", x + 66, line, { size: 7.5 });
      this.#pen.fit(value, x + 72, line, width - 80, { face: "medium", size: 7.5 });
    });
  }

  #foot(fingerprint: string | null, page: string): void {
    const { origin, size, root } = this.#paper.log;
    const width = this.content.width;
    const y = this.#height - BOTTOM - LOG_LINE;
    this.#pen.rule(MARGIN, y - 8, MARGIN + width, y - 8, 0.8);
    const log = `Catatan ${origin} · ${written(size)} entri · akar ${root}`;
    this.#pen.fit(log, MARGIN, y, width - 80, { size: SMALLEST });
    this.#pen.text(page, MARGIN + width, y, { size: 7, face: "medium", align: "right" });
    const second = fingerprint === null ? this.#paper.link : `Sidik angka ${fingerprint} · ${this.#paper.link}`;
    this.#pen.fit(second, MARGIN, y + LOG_LINE, width, { size: SMALLEST });
  }
}

function placePairs(heading: Heading, desa: string | null): [string, string][] {
  const names = desa === null ? heading.chain : [...heading.chain, desa];
  const chain = names.map((name, index): [string, string] => [LEVEL_WORDS[CHAIN_LEVELS[index] ?? "desa"], name]);
  return [
    ...(chain.length > 0 ? chain : [["Tingkat", LEVEL_WORDS.nation] satisfies [string, string]]),
    ...(heading.district === null ? [] : [["Daerah pemilihan", heading.district] satisfies [string, string]]),
    ["Dibuat", localTime(heading.time, heading.zone)],
  ];
}
