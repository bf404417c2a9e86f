import assert from "node:assert/strict";
import { test } from "node:test";
import { FIGURE, FIGURE_COUNT } from "../../../src/election/figures.ts";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { decodeResult, FORM, ROW_FIGURES } from "./objects.ts";

test("the three figures of a row are the last of the form", () => {
  assert.equal(FORM.figures, FIGURE_COUNT);
  assert.deepEqual(
    ROW_FIGURES.map((key) => FIGURE[key]),
    [FORM.valid, FORM.valid + 1, FORM.valid + 2],
  );
});

const SHEET = { at: [3], flags: [], state: "held", votes: [1, 2], figures: [9] };
const READING = { at: [["pleno/510101", 4]], flags: [], outcome: "same", state: "posted" };

/** The station of a desa with these books. */
function decoded(count: object | null, recap: object) {
  const head = {
    format: "teguh/result/v1",
    contest: "ppwp",
    region: "5101011001",
    name: "A",
    level: "desa",
    zone: "WITA",
  };
  const books = { count: { expected: 1 }, recap: { expected: 1 } };
  const object = { ...head, ...books, stations: [{ n: "001", count, recap }] };
  return decodeResult(utf8(JSON.stringify(object))).stations?.[0];
}

test("a reading as the sheet has the sheet's figures and votes, and a state of its own", () => {
  const row = decoded(SHEET, { ...READING, as: "count" });
  assert.deepEqual(row?.recap?.votes, [1, 2]);
  assert.deepEqual(row?.recap?.figures, [9]);
  assert.equal(row?.recap?.state, "posted");
  assert.deepEqual(row?.recap?.at, [{ log: "pleno/510101", index: 4 }]);
});

test("a reading as a sheet that is not there is refused, and so is one as anything else", () => {
  assert.throws(() => decoded(null, { ...READING, as: "count" }), /no sheet there that says the same/);
  assert.throws(() => decoded(SHEET, { ...READING, as: "recap" }), /no sheet there that says the same/);
});
