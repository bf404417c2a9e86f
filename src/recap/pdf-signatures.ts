/**
 * The lines to sign on, at the foot of each page: the committee's members, the saksi, and beside them the QR code with the
 * two groups of the fingerprint. As on the form, every page is signed; a saksi who refused or was absent is noted there.
 */
import { FormError, type Saksi, type SignedPaper } from "./form.ts";
import type { Frame } from "./pdf-frame.ts";
import { type Box, type Pen, SMALLEST } from "./pdf-pen.ts";
import { COMMITTEE } from "./words.ts";

const STRIP = 9.5;
const MEMBER = 33;
const SAKSI = 19;
/** With the name beneath the line. */
const NAMED_SAKSI = 26;
const CODE = 76;
const MOST_MEMBERS_IN_A_ROW = 7;
const MOST_SAKSI_IN_A_ROW = 9;
/** More would leave no room for the table; the longest ballot of candidates has half as many. */
const MOST_SAKSI = 108;

/** Equal rows of at most `most`: 18 in rows of 9, 10 in rows of 5. */
function perRow(count: number, most: number): number {
  const rows = Math.ceil(count / most);
  return rows === 0 ? 1 : Math.ceil(count / rows);
}

const rowsOf = (count: number, most: number): number => Math.max(1, Math.ceil(count / most));

const saksiRow = ({ saksi }: SignedPaper): number => (saksi.some(({ name }) => name !== null) ? NAMED_SAKSI : SAKSI);

/** Height of both strips and all rows of boxes, in points. */
function boxesHeight(paper: SignedPaper): number {
  const { members, saksi } = paper;
  const saksiHeight = rowsOf(saksi.length, MOST_SAKSI_IN_A_ROW) * saksiRow(paper);
  return 2 * STRIP + rowsOf(members.length, MOST_MEMBERS_IN_A_ROW) * MEMBER + saksiHeight;
}

/** Height of the signatures of this paper in points. Throws {@link FormError} if there are more than fit a page's foot. */
export function signaturesHeight(paper: SignedPaper): number {
  const { length } = paper.saksi;
  if (length > MOST_SAKSI)
    throw new FormError("saksi", `at most ${MOST_SAKSI} fit the foot of a page, found ${length}`);
  return Math.max(CODE + 12, boxesHeight(paper));
}

/** Draws them into a box of {@link signaturesHeight}; `short` are two groups of the fingerprint, or nothing. */
export function drawSignatures(pen: Pen, frame: Frame, paper: SignedPaper, box: Box, short: string): void {
  const right = box.x + box.width - CODE;
  frame.code({ x: right, y: box.y - 2, width: CODE, height: CODE });
  pen.fit(short, right, box.y + CODE + 7, CODE, { face: "medium", size: 10, align: "centre" });
  const width = box.width - CODE - 6;
  const head = `NAMA DAN TANDA TANGAN ${COMMITTEE[paper.heading.level].toUpperCase()}`;
  // What the QR code needs beyond the boxes goes to the members: a signature wants room.
  const spare = (box.height - boxesHeight(paper)) / rowsOf(paper.members.length, MOST_MEMBERS_IN_A_ROW);
  const members = grid(
    pen,
    { ...box, width, height: MEMBER + spare },
    head,
    paper.members,
    MOST_MEMBERS_IN_A_ROW,
    (member, cell) => {
      pen.fit(member.role === "ketua" ? "KETUA" : "ANGGOTA", cell.x + 3, cell.y + 8, cell.width - 6, {
        size: SMALLEST,
      });
      signedName(pen, cell, member.name);
    },
  );
  const below = { x: box.x, y: members, width, height: saksiRow(paper) };
  if (paper.saksi.length === 0) {
    strip(pen, { ...below, height: STRIP }, SAKSI_HEAD);
    const empty = { ...below, y: members + STRIP };
    pen.frame(empty);
    pen.fit("Tidak ada saksi yang bermandat", empty.x, empty.y + 12, width, { face: "italic", align: "centre" });
    return;
  }
  grid(pen, below, SAKSI_HEAD, paper.saksi, MOST_SAKSI_IN_A_ROW, (saksi, cell, index) => {
    pen.fit(`${index + 1}. ${saksi.participant}`, cell.x + 3, cell.y + 7.5, cell.width - 6, {
      face: "medium",
      size: SMALLEST,
    });
    saksiLine(pen, cell, saksi);
  });
}

const SAKSI_HEAD = "TANDA TANGAN SAKSI PESERTA PEMILU";

/** A strip with a head and beneath it rows of equal cells; returns where it ends. */
function grid<T>(
  pen: Pen,
  box: Box,
  head: string,
  items: readonly T[],
  most: number,
  draw: (item: T, cell: Box, index: number) => void,
): number {
  strip(pen, { ...box, height: STRIP }, head);
  const columns = perRow(items.length, most);
  const width = box.width / columns;
  items.forEach((item, index) => {
    const y = box.y + STRIP + Math.floor(index / columns) * box.height;
    const cell = { x: box.x + (index % columns) * width, y, width, height: box.height };
    pen.frame(cell);
    draw(item, cell, index);
  });
  return box.y + STRIP + rowsOf(items.length, most) * box.height;
}

function strip(pen: Pen, box: Box, text: string): void {
  pen.fill(box, 0.92);
  pen.frame(box);
  pen.fit(text, box.x, box.y + 7, box.width, { face: "medium", size: SMALLEST, align: "centre" });
}

/** A dotted line with the name beneath it. */
function signedName(pen: Pen, cell: Box, name: string): void {
  const bottom = cell.y + cell.height;
  pen.dotted(cell.x + 6, cell.x + cell.width - 6, bottom - 10);
  pen.fit(name, cell.x + 4, bottom - 3, cell.width - 8, { size: SMALLEST, align: "centre" });
}

/** The dotted line, or what stands in its place. The whole reason stands on the page of saksi. */
function saksiLine(pen: Pen, cell: Box, { outcome, name }: Saksi): void {
  const y = cell.y + SAKSI - 3.5;
  if (name !== null) {
    pen.fit(name, cell.x + 4, cell.y + cell.height - 3, cell.width - 8, { size: SMALLEST, align: "centre" });
  }
  if (outcome === null || outcome.kind === "signed") {
    pen.dotted(cell.x + 6, cell.x + cell.width - 6, y + 0.5);
  } else {
    const words = outcome.kind === "refused" ? "menolak, alasan terlampir" : "tidak hadir";
    pen.fit(words, cell.x + 4, y, cell.width - 8, { face: "italic", size: SMALLEST });
  }
}
