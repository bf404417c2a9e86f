/**
 * What must hold of a certificate that was read back: every figure in its row and column, each page complete by itself,
 * legible, and nothing printed over something else.
 */
import assert from "node:assert/strict";
import { FIGURE } from "../../election/figures.ts";
import { fingerprint } from "../fingerprint.ts";
import { addCells, type Cell, type Column, type Form, type Part } from "../form.ts";
import { qrText } from "../qr.ts";
import { shortFingerprint } from "../wire/typed-fingerprint.ts";
import { written } from "../words.ts";
import { linesOf, type ReadPage, type ReadTable, readTable, textOf } from "./read-pdf.ts";
import { readQr } from "./read-qr.ts";

/** What one column must show from top to bottom, written down apart from the printing: the form's order. */
export function expectedCells(form: Form, { figures, votes }: Column): Cell[] {
  const vote = (column: number) => votes[column] ?? null;
  const { choices } = form;
  const people = figures.slice(0, FIGURE["disabled.male"]);
  const ballots = figures.slice(FIGURE["ballots.received"], FIGURE.valid);
  const disabled = figures.slice(FIGURE["disabled.male"], FIGURE["ballots.received"]);
  const fourth =
    choices.kind === "list"
      ? choices.choices.map(({ column }) => vote(column))
      : choices.parties.flatMap((party) => {
          const own = [party, ...party.candidates].map(({ column }) => vote(column));
          return [...own, addCells(own)];
        });
  return [...people, ...ballots, ...disabled, ...fourth, ...figures.slice(FIGURE.valid)];
}

/** The columns of one part as they were read: pages with the same heads follow each other, with the next rows. */
export function readPart(tables: readonly ReadTable[], subject: string): Map<string, Cell[]> {
  const columns = new Map<string, Cell[]>();
  for (const table of tables.filter((one) => one.subject === subject)) {
    const before = table.heads[0] === "JUMLAH PINDAHAN";
    for (const { label, cells } of table.rows) {
      assert.equal(cells.at(-1), addCells(cells.slice(0, -1)), `${subject} / ${label}: each page adds up by itself`);
    }
    table.heads.forEach((head, at) => {
      if (head === "JUMLAH SEMENTARA" || (before && at === 0)) return;
      columns.set(head, [...(columns.get(head) ?? []), ...table.rows.map(({ cells }) => cells[at] ?? null)]);
    });
  }
  return columns;
}

export function checkRead(form: Form, pages: readonly ReadPage[]): void {
  const tables = pages.flatMap((page) => readTable(page) ?? []);
  const expect = (part: Part, subject: string) => {
    const read = readPart(tables, subject.toUpperCase());
    assert.deepEqual(
      [...read.keys()].slice(0, -1),
      part.columns.map(({ label }) => label),
      `${part.name}: the columns`,
    );
    for (const column of part.columns) {
      assert.deepEqual(read.get(column.label), expectedCells(form, column), `${part.name} / ${column.label}`);
    }
    assert.deepEqual(read.get("JUMLAH AKHIR"), expectedCells(form, part.sum), `${part.name}: the sum`);
  };
  for (const part of form.parts) expect(part, `DARI SETIAP TPS DI KELURAHAN/DESA ${part.name}`);
  const children = form.heading.level === "kecamatan" ? "KELURAHAN/DESA" : "KECAMATAN";
  expect(form.closing, `DARI SETIAP ${children} DI ${form.closing.name}`);
}

/** The lines at the foot of every page and the marks at its head. */
export function checkFrames(form: Form, pages: readonly ReadPage[]): void {
  const whole = fingerprint(form);
  pages.forEach((page, index) => {
    const text = textOf(page);
    assert.equal(
      text.split(`Halaman ${index + 1} dari ${pages.length}`).length,
      3,
      `page ${index + 1}: twice its number`,
    );
    for (const name of form.heading.chain) assert(text.includes(name), `page ${index + 1}: ${name}`);
    assert(text.includes(`${form.heading.contestName} – ${form.heading.election}`.toUpperCase()));
    assert(
      text.includes(form.log.root) &&
        text.includes(form.log.origin) &&
        text.includes(`${written(form.log.size)} entri`),
    );
    assert(text.includes(whole), `page ${index + 1}: the whole fingerprint`);
    assert(
      page.words.some((word) => word.text === shortFingerprint(whole)),
      `page ${index + 1}: the two groups`,
    );
    for (const { name } of form.members) assert(text.includes(name), `page ${index + 1}: a line for ${name}`);
    form.saksi.forEach(({ participant, name }, at) => {
      assert(text.includes(`${at + 1}. ${participant}`), `page ${index + 1}: a line for ${participant}`);
      assert(text.includes(name ?? ""), `page ${index + 1}: the name of ${participant}'s saksi`);
    });
    assert(page.code !== null);
    assert.equal(readQr(page.code), qrText(form));
  });
}

/** Nothing that people must read is smaller than 6.5 points, and nothing stands outside the margins of a printer. */
export function checkLegible(pages: readonly ReadPage[]): void {
  for (const { words, width, height } of pages) {
    assert.deepEqual([Math.round(width), Math.round(height)], [842, 595], "A4 landscape");
    for (const { text, x, right, y, size, slanted } of words) {
      assert(size >= 6.49, `${text}: ${size} pt`);
      assert(slanted || (x > 20 && right < width - 20 && y > 15 && y < height - 10), `${text}: within the margins`);
    }
  }
}

export function checkOverlaps(pages: readonly ReadPage[]): void {
  for (const page of pages) {
    for (const line of linesOf(page.words)) {
      line.slice(1).forEach((word, at) => {
        const before = line[at];
        assert(before !== undefined && before.right < word.x + 0.1, `"${before?.text}" runs into "${word.text}"`);
      });
    }
  }
}
