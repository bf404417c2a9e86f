import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fitRows, formBlocks, type Row } from "./pdf-rows.ts";
import { listChoices, partyChoices } from "./testing/forms.ts";

const told = (row: Row): string => (row.kind === "heading" ? row.text : `${row.number} ${row.label}`.trim());

test("a page begins with its section, which goes on from the page before or is new", () => {
  const blocks = formBlocks(
    listChoices(
      "candidates",
      Array.from({ length: 30 }, (_, at) => `Calon ${at + 1}`),
    ),
  );
  const { pages } = fitRows(blocks, 340);
  assert.deepEqual(
    pages.map(([first]) => first && told(first)),
    ["I. DATA PEMILIH DAN PENGGUNA HAK PILIH", "IV. DATA PEROLEHAN SUARA CALON ANGGOTA DPD (lanjutan)"],
  );
});

test("a party stays on one page with its candidates and its total", () => {
  const { pages } = fitRows(formBlocks(partyChoices([9, 9, 9, 9, 9])), 340);
  for (const page of pages) {
    const parties = page.filter((row) => told(row).includes("Partai ")).length;
    assert.equal(page.filter((row) => told(row).startsWith("Jumlah suara sah partai")).length, parties);
  }
});

test("a party with more candidates than a page has rows goes on, under its section's heading", () => {
  const { pages } = fitRows(formBlocks(partyChoices([64])), 340);
  const candidates = pages.flat().filter((row) => told(row).includes("Calon "));
  assert.equal(candidates.length, 64);
  assert(pages.some(([first]) => first !== undefined && told(first).endsWith("SUARA CALON (lanjutan)")));
});

test("rows are lower where that saves a page, and never so low that they touch", () => {
  const blocks = formBlocks(partyChoices(Array.from({ length: 18 }, () => 9)));
  const roomy = fitRows(blocks, 38 * 9.6);
  const tight = fitRows(blocks, 38 * 8.9);
  assert.equal(roomy.height, 9.6);
  assert.equal(tight.pages.length, roomy.pages.length);
  assert(tight.height >= 8.8 && tight.height < 9.6);
});

test("no row is lost or printed twice, and no page is fuller than its room", () => {
  const ballots = fc.array(fc.nat(40), { minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(ballots, fc.integer({ min: 60, max: 400 }), (candidates, room) => {
      const blocks = formBlocks(partyChoices(candidates));
      const { pages, height } = fitRows(blocks, room);
      const printed = pages.flat().filter(({ kind }) => kind === "cells");
      assert.deepEqual(
        printed,
        blocks.flatMap(({ rows }) => rows),
      );
      for (const page of pages) assert(page.length * height <= room + 1e-9);
    }),
  );
});
