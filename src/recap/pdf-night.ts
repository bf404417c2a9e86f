/**
 * The Lembar Posisi Malam: at each night's skors one A4 page per desa, with the totals of the stations read so far, to be
 * carried home by saksi and supervisors. Who holds yesterday's page knows in the morning that nothing moved overnight.
 */
import { FIGURE, type FigurePath, figureLabel, PEOPLE, SINGLES } from "../election/figures.ts";
import { addCells, ballotColumns, type Cell, type Choices, type Column, FormError, type Paper } from "./form.ts";
import { Frame, type FrameText } from "./pdf-frame.ts";
import { A4, type Box, document, type Page, type Pen, SMALLEST } from "./pdf-pen.ts";
import { modelName, regionWords, written } from "./words.ts";

/** One desa at the time of the skors. `total` is the sum of the stations read. */
export interface NightDesa {
  readonly name: string;
  readonly read: number;
  readonly left: number;
  readonly total: Column;
}

/** All desa of a kecamatan at the skors of `heading.time`. */
export interface NightPosition extends Paper {
  readonly choices: Choices;
  readonly desa: readonly NightDesa[];
}

const SIZE = { width: A4.short, height: A4.long };
const STATE_HEIGHT = 88;
const LINE = 11;
const GAP = 8;
const MARK = "Keadaan pada saat skors, bukan D.Hasil";

/**
 * The bytes of the sheets, a desa to the page, one contest after the other; at least one position. Throws {@link FormError} if
 * a total lacks a vote of the ballot.
 */
export function nightPdf(positions: readonly NightPosition[]): Generator<Uint8Array> {
  for (const { choices, desa } of positions) {
    const width = ballotColumns(choices).length;
    for (const { name, total } of desa) {
      if (total.votes.length !== width)
        throw new FormError(name, `expected ${width} votes, found ${total.votes.length}`);
    }
  }
  const heading = positions[0]?.heading;
  if (heading === undefined) throw new FormError("position", "there is no contest to print");
  const facts = {
    title: `Lembar Posisi Malam – ${regionWords(heading)}`,
    time: heading.time,
    layout: "portrait",
  } as const;
  return document(facts, (pen) => {
    const draws = positions.flatMap((position) => desaPages(pen, position));
    return draws.map((draw, index): Page => {
      return () => draw(index + 1, draws.length);
    });
  });
}

function desaPages(pen: Pen, position: NightPosition): ((page: number, pages: number) => void)[] {
  const frame = new Frame(pen, position, SIZE);
  return position.desa.map((one) => (page, pages) => {
    frame.draw(frameText(position, one.name), page, pages);
    drawDesa(pen, frame, position.choices, one);
  });
}

function frameText({ heading }: NightPosition, desa: string): FrameText {
  return {
    model: ["LEMBAR POSISI MALAM", modelName(heading)],
    title: ["LEMBAR POSISI MALAM REKAPITULASI PEROLEHAN SUARA", `KELURAHAN/DESA ${desa}`.toUpperCase()],
    gloss: "Position at the night's pause",
    desa,
    mark: MARK,
    watermark: heading.simulation ? "SIMULASI" : null,
    fingerprint: null,
  };
}

function drawDesa(pen: Pen, frame: Frame, choices: Choices, desa: NightDesa): void {
  const { content } = frame;
  drawState(pen, frame, { ...content, height: STATE_HEIGHT }, desa);
  const figures = content.y + STATE_HEIGHT + GAP;
  const votes = drawFigures(pen, { ...content, y: figures }, desa.total) + GAP;
  drawVotes(
    pen,
    { ...content, y: votes, height: content.y + content.height - votes - GAP },
    voteLines(choices, desa.total),
  );
}

/** How many stations were read and how many are left, large; the QR code beside them. */
function drawState(pen: Pen, frame: Frame, box: Box, { read, left }: NightDesa): void {
  frame.code({ ...box, x: box.x + box.width - STATE_HEIGHT, width: STATE_HEIGHT });
  const boxes = [
    ["TPS seluruhnya", read + left],
    ["TPS sudah dibaca", read],
    ["TPS belum dibaca", left],
  ] as const;
  const width = (box.width - STATE_HEIGHT - 6) / boxes.length;
  boxes.forEach(([label, count], index) => {
    const cell = { ...box, x: box.x + index * width, y: box.y + 6, width, height: 56 };
    pen.frame(cell, 0.8);
    pen.fit(label, cell.x, cell.y + 15, width, { size: 9, align: "centre" });
    pen.fit(written(count), cell.x, cell.y + 44, width, { face: "medium", size: 24, align: "centre" });
  });
  const words = "Pindai kode untuk membandingkan lembar ini dengan data yang diumumkan.";
  pen.fit(words, box.x, box.y + STATE_HEIGHT - 10, box.width - STATE_HEIGHT - 10, { size: 7.5 });
}

/** Parts I and III on the left, II and V on the right; returns where the lower of both ends. */
function drawFigures(pen: Pen, box: Box, { figures }: Column): number {
  const half = (box.width - GAP) / 2;
  const at = (path: FigurePath): Cell => figures[FIGURE[path]] ?? null;
  const people = PEOPLE.map((path): ListLine => {
    const label = figureLabel(`${path}.male`).id.replace(/, [^,]*$/, "");
    return { label, cells: [at(`${path}.male`), at(`${path}.female`), at(`${path}.total`)], strong: false };
  });
  const singles = SINGLES.map((path): ListLine => {
    return { label: figureLabel(path).id, cells: [at(path)], strong: path === "total" };
  });
  const left = drawList(pen, { ...box, width: half }, ["PEMILIH DAN PENGGUNA HAK PILIH", "L", "P", "JML"], people);
  const right = drawList(
    pen,
    { ...box, x: box.x + half + GAP, width: half },
    ["SURAT SUARA DAN SUARA", "JUMLAH"],
    singles,
  );
  return Math.max(left, right);
}

interface ListLine {
  readonly label: string;
  readonly cells: readonly Cell[];
  readonly strong: boolean;
}

const NUMBER_COLUMN = 38;

/** A small table: a head, then labels with one or more numbers; returns where it ends. */
function drawList(pen: Pen, box: Box, [title = "", ...heads]: readonly string[], lines: readonly ListLine[]): number {
  const height = (lines.length + 1) * LINE;
  pen.fill({ ...box, height: LINE }, 0.92);
  const labelWidth = box.width - heads.length * NUMBER_COLUMN;
  const right = (index: number) => box.x + labelWidth + (index + 1) * NUMBER_COLUMN - 3;
  pen.fit(title, box.x + 3, box.y + 8, labelWidth - 6, { face: "medium", size: SMALLEST });
  heads.forEach((head, index) => {
    pen.text(head, right(index), box.y + 8, { face: "medium", size: SMALLEST, align: "right" });
  });
  lines.forEach(({ label, cells, strong }, line) => {
    const y = box.y + (line + 1) * LINE;
    const face = strong ? "medium" : "regular";
    pen.rule(box.x, y, box.x + box.width, y, 0.3);
    pen.fit(label, box.x + 3, y + 8, labelWidth - 6, { face });
    cells.forEach((cell, index) => {
      pen.text(written(cell), right(index), y + 8, { face, align: "right" });
    });
  });
  heads.forEach((_, index) => {
    const x = box.x + labelWidth + index * NUMBER_COLUMN;
    pen.rule(x, box.y, x, box.y + height, 0.3);
  });
  pen.frame({ ...box, height }, 0.8);
  return box.y + height;
}

interface VoteLine {
  readonly number: string;
  readonly label: string;
  readonly cell: Cell;
  readonly strong: boolean;
}

/** A party stands with the sum of its own votes and its candidates'; both follow beneath it. */
function voteLines(choices: Choices, { votes }: Column): VoteLine[] {
  const vote = (column: number): Cell => votes[column] ?? null;
  const plain = ({ number, name, column }: { number: number; name: string; column: number }): VoteLine => {
    return { number: String(number), label: name, cell: vote(column), strong: false };
  };
  if (choices.kind === "list") return choices.choices.map(plain);
  return choices.parties.flatMap((party): VoteLine[] => {
    const all = addCells([party, ...party.candidates].map(({ column }) => vote(column)));
    return [
      { number: String(party.number), label: party.name, cell: all, strong: true },
      { number: "", label: "suara partai", cell: vote(party.column), strong: false },
      ...party.candidates.map(plain),
    ];
  });
}

const LEAST_LINE = 7.6;
const USUAL_LINE = 9;
const MOST_LINE = 20;
const MOST_COLUMNS = 4;
const FEW_LINES = 12;

/** The votes in as few columns as hold them with some air; the longest ballots of the land fill four without any. */
function drawVotes(pen: Pen, box: Box, lines: readonly VoteLine[]): void {
  const most = MOST_COLUMNS * (Math.floor(box.height / LEAST_LINE) - 1);
  if (lines.length > most) throw new FormError("choices", `at most ${most} lines fit a page, found ${lines.length}`);
  const airy = Math.ceil(lines.length / (Math.floor(box.height / USUAL_LINE) - 1));
  const columns = Math.min(MOST_COLUMNS, Math.max(airy, lines.length > FEW_LINES ? 2 : 1));
  const perColumn = Math.ceil(lines.length / columns);
  const height = Math.min(MOST_LINE, box.height / (perColumn + 1));
  const width = (box.width - (columns - 1) * GAP) / columns;
  const size = columns === 1 ? 10 : columns === 2 ? 8 : SMALLEST;
  for (let column = 0; column < columns; column++) {
    const here = { x: box.x + column * (width + GAP), y: box.y, width, height };
    drawVoteColumn(pen, here, lines.slice(column * perColumn, (column + 1) * perColumn), size);
  }
}

/** One column of votes; `box.height` is that of a line. */
function drawVoteColumn(pen: Pen, box: Box, lines: readonly VoteLine[], size: number): void {
  const { x, width, height } = box;
  const numberWidth = 16;
  const voteWidth = 2 * size + 22;
  const base = height / 2 + size * 0.36;
  pen.fill(box, 0.92);
  pen.text("PEROLEHAN SUARA", x + 3, box.y + base, { face: "medium", size: SMALLEST });
  pen.text("JUMLAH", x + width - 3, box.y + base, { face: "medium", size: SMALLEST, align: "right" });
  lines.forEach(({ number, label, cell, strong }, index) => {
    const y = box.y + (index + 1) * height;
    const face = strong ? "medium" : "regular";
    pen.rule(x, y, x + width, y, strong ? 0.8 : 0.3);
    pen.text(number, x + numberWidth / 2, y + base, { face, size, align: "centre" });
    pen.fit(label, x + numberWidth + 2, y + base, width - numberWidth - voteWidth - 4, { face, size });
    pen.text(written(cell), x + width - 3, y + base, { face, size, align: "right" });
  });
  const all = { ...box, height: (lines.length + 1) * height };
  pen.rule(x + numberWidth, box.y + height, x + numberWidth, box.y + all.height, 0.3);
  pen.rule(x + width - voteWidth, box.y + height, x + width - voteWidth, box.y + all.height, 0.3);
  pen.frame(all, 0.8);
}
