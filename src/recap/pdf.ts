/**
 * The certificate (D.Hasil) as PDF, A4 landscape: for a kecamatan each desa with its stations as columns, then the desa as
 * columns; above it the children as columns. What prints is planned before the first page is drawn, so that each page can
 * say which it is of how many, and no page waits for another.
 */

import { fingerprint } from "./fingerprint.ts";
import { checkForm, type Form, type Part, type Saksi } from "./form.ts";
import { Frame, type FrameText } from "./pdf-frame.ts";
import { type ListColumn, listPages } from "./pdf-list.ts";
import { A4, document, type Page, type Pen } from "./pdf-pen.ts";
import { fitRows, formBlocks } from "./pdf-rows.ts";
import { drawSignatures, signaturesHeight } from "./pdf-signatures.ts";
import { drawTable, measurePart, sheetsOf } from "./pdf-table.ts";
import { shortFingerprint } from "./wire/typed-fingerprint.ts";
import { CHILDREN, modelName, NOT_REPORTED_MARK, outcomeWords, regionWords } from "./words.ts";

const SIZE = { width: A4.long, height: A4.short };
const GAP = 6;
export const DRAFT = "Draf D.Hasil, belum ditandatangani";
const TITLE = "SERTIFIKAT REKAPITULASI HASIL PENGHITUNGAN PEROLEHAN SUARA";
const GLOSS = "Certificate of recapitulated results";

/** The bytes of a certificate, a page at a time. Throws FormError if the form does not add up. */
export function certificatePdf(form: Form): Generator<Uint8Array> {
  checkForm(form);
  const { heading } = form;
  const facts = {
    title: `D.Hasil ${modelName(heading)} – ${regionWords(heading)}`,
    time: heading.time,
    layout: "landscape",
  } as const;
  return document(facts, (pen) => plan(pen, form));
}

type Draw = (page: number, pages: number) => void;

function plan(pen: Pen, form: Form): Page[] {
  const frame = new Frame(pen, form, SIZE);
  const whole = fingerprint(form);
  const draws = [
    ...form.parts.flatMap((part) => partPages(pen, frame, form, part, whole)),
    ...partPages(pen, frame, form, form.closing, whole),
    ...saksiPages(pen, frame, form, whole),
  ];
  return draws.map((draw, index) => () => draw(index + 1, draws.length));
}

/** The pages of one part: first the rows page by page for the first columns, then for the next. */
function partPages(pen: Pen, frame: Frame, form: Form, part: Part, whole: string): Draw[] {
  const closing = part === form.closing;
  const { content } = frame;
  const room = content.height - signaturesHeight(form) - GAP;
  const blocks = formBlocks(form.choices);
  const measures = measurePart(
    pen,
    part,
    blocks.flatMap(({ rows }) => rows),
    content.width,
  );
  const { pages: rowPages, height: row } = fitRows(blocks, room - measures.head);
  const over = `RINCIAN SETIAP ${(closing ? CHILDREN[form.heading.level] : "TPS").toUpperCase()}`;
  const text = frameText(form, closing ? null : part.name, closing ? closingTitle(form) : stationsTitle(part), whole);
  return sheetsOf(part, measures.perSheet).flatMap((sheet) =>
    rowPages.map(
      (rows): Draw =>
        (page, pages) => {
          frame.draw(text, page, pages);
          drawTable(pen, content, measures, { sheet, rows, row, over });
          drawFoot(pen, frame, form, whole);
        },
    ),
  );
}

const stationsTitle = (part: Part): string => `DARI SETIAP TPS DI KELURAHAN/DESA ${part.name}`;

const closingTitle = ({ heading }: Form): string => `DARI SETIAP ${CHILDREN[heading.level]} DI ${regionWords(heading)}`;

/** What each saksi declared, with the reasons in full. None of it keeps the certificate from being signed. */
function saksiPages(pen: Pen, frame: Frame, form: Form, whole: string): Draw[] {
  const { content } = frame;
  const box = { ...content, height: content.height - signaturesHeight(form) - GAP };
  const text = frameText(form, null, "PERNYATAAN SAKSI PESERTA PEMILU", whole);
  const columns: ListColumn<Saksi>[] = [
    { head: "NO.", share: 0.05, text: (_, index) => String(index + 1) },
    { head: "PESERTA PEMILU", share: 0.25, text: ({ participant }) => participant },
    { head: "NAMA SAKSI", share: 0.25, text: ({ name }) => name ?? NOT_REPORTED_MARK },
    { head: "PERNYATAAN", share: 0.45, text: ({ outcome }) => outcomeWords(outcome) },
  ];
  return listPages(pen, box, columns, form.saksi, "NIHIL – tidak ada saksi yang bermandat").map(
    (drawList): Draw =>
      (page, pages) => {
        frame.draw(text, page, pages);
        drawList();
        drawFoot(pen, frame, form, whole);
      },
  );
}

function frameText(form: Form, desa: string | null, subject: string, whole: string): FrameText {
  const draft = form.state === "draft";
  return {
    model: ["MODEL D.HASIL", modelName(form.heading)],
    title: [TITLE, subject.toUpperCase()],
    gloss: GLOSS,
    desa,
    mark: draft ? DRAFT : null,
    watermark: draft ? "DRAF" : form.heading.simulation ? "SIMULASI" : null,
    fingerprint: whole,
  };
}

function drawFoot(pen: Pen, frame: Frame, form: Form, whole: string): void {
  const { content } = frame;
  const height = signaturesHeight(form);
  const box = { ...content, y: content.y + content.height - height, height };
  drawSignatures(pen, frame, form, box, shortFingerprint(whole));
}
