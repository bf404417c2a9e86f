/**
 * Seats and winners on paper, A4 landscape: every step of the working, as it can be done again by hand. Tables of text, one under
 * its heading to the page and on to the next where it is longer; nothing is worked out here.
 */
import type { SignedPaper } from "./form.ts";
import { Frame, type FrameText } from "./pdf-frame.ts";
import { type ListColumn, listPages } from "./pdf-list.ts";
import { A4, document, type Page, type Pen, type Style } from "./pdf-pen.ts";
import { drawSignatures, signaturesHeight } from "./pdf-signatures.ts";
import { modelName, regionWords } from "./words.ts";

/** One column of a table of the working: `share` of its width; the shares of all columns make 1. */
export interface WorkColumn {
  readonly head: string;
  readonly share: number;
  readonly align?: "right";
}

/** A table of the working. `lead` are sentences before it: what follows from it, and what it rests on. */
export interface WorkTable {
  readonly title: string;
  readonly lead: readonly string[];
  readonly columns: readonly WorkColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** What follows from certificates. `log` is the state of the plenary's log with the last of them. */
export interface SeatsPaper extends SignedPaper {
  /** Two lines: what is declared, and where. */
  readonly title: readonly [string, string];
  readonly tables: readonly WorkTable[];
}

const SIZE = { width: A4.long, height: A4.short };
const GAP = 6;
const LINE = 11;
const TITLE: Style = { face: "medium", size: 9 };
const LEAD: Style = { size: 8 };
const NONE = "NIHIL";

/** The bytes of the paper, a page at a time. */
export function seatsPdf(paper: SeatsPaper): Generator<Uint8Array> {
  const { heading, title } = paper;
  const facts = { title: `${title[0]} – ${regionWords(heading)}`, time: heading.time, layout: "landscape" } as const;
  return document(facts, (pen) => {
    const frame = new Frame(pen, paper, SIZE);
    const { content } = frame;
    const height = signaturesHeight(paper);
    const foot = { ...content, y: content.y + content.height - height, height };
    const text = frameText(paper);
    const draws = paper.tables.flatMap((table) => tablePages(pen, content.x, content.y, content.width, foot.y, table));
    return draws.map((drawTable, index): Page => {
      return () => {
        frame.draw(text, index + 1, draws.length);
        drawTable();
        drawSignatures(pen, frame, paper, foot, "");
      };
    });
  });
}

/** The pages of one table: its title and what leads to it stand on each of them. */
function tablePages(
  pen: Pen,
  x: number,
  y: number,
  width: number,
  end: number,
  { title, lead, columns, rows }: WorkTable,
): (() => void)[] {
  const lines = lead.flatMap((sentence) => pen.wrap(sentence, width, LEAD));
  const top = y + (1 + lines.length) * LINE + GAP;
  const box = { x, y: top, width, height: end - top - GAP };
  const list = columns.map(
    ({ align, ...column }, at): ListColumn<readonly string[]> => ({
      ...column,
      ...(align && { align }),
      text: (row) => row[at] ?? "",
    }),
  );
  return listPages(pen, box, list, rows, NONE).map((drawList) => () => {
    pen.fit(title, x, y + LINE - 2, width, TITLE);
    lines.forEach((line, index) => {
      pen.text(line, x, y + (index + 2) * LINE - 2, LEAD);
    });
    drawList();
  });
}

function frameText({ heading, title }: SeatsPaper): FrameText {
  return {
    model: ["PENETAPAN HASIL", modelName(heading)],
    title: [title[0].toUpperCase(), title[1].toUpperCase()],
    gloss: "Seats and elected candidates, with the working",
    desa: null,
    mark: null,
    watermark: heading.simulation ? "SIMULASI" : null,
    fingerprint: null,
  };
}
