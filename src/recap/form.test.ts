import assert from "node:assert/strict";
import { test } from "node:test";
import { FIGURE } from "../election/figures.ts";
import { addCells, type Column, checkForm, type Form, FormError } from "./form.ts";
import { columnOf, kecamatanForm, listChoices, partyChoices } from "./testing/forms.ts";

const form = kecamatanForm({
  choices: partyChoices([2, 1]),
  desa: [
    ["Desa Satu", 3],
    ["Desa Dua", 1],
  ],
});

/** The form with one column of its closing part changed. */
function closingWith(change: (column: Column) => Column): Form {
  const [first, ...others] = form.closing.columns;
  assert(first !== undefined);
  return { ...form, closing: { ...form.closing, columns: [change(first), ...others] } };
}

const refusal = (bad: Form): FormError => {
  try {
    checkForm(bad);
  } catch (error) {
    assert(error instanceof FormError);
    return error;
  }
  return assert.fail("the form was not refused");
};

test("a form whose sums were made here holds", () => {
  checkForm(form);
});

test("what was not reported is left out of a sum, and a sum of nothing is not 0", () => {
  assert.equal(addCells([null, 3, null, 4]), 7);
  assert.equal(addCells([null, 0]), 0);
  assert.equal(addCells([null, null]), null);
  assert.equal(addCells([]), null);
});

test("a sum that is one vote off is refused, naming part, column and cell", () => {
  const [part] = form.parts;
  assert(part !== undefined);
  const votes = part.sum.votes.map((cell, row) => (row === 1 ? (cell ?? 0) + 1 : cell));
  const error = refusal({ ...form, parts: [{ ...part, sum: { ...part.sum, votes } }, ...form.parts.slice(1)] });
  assert.equal(error.where, "Desa Satu / Jumlah / votes[1]");
  const sum = part.sum.votes[1] ?? 0;
  assert.equal(error.message, `${error.where}: the columns add up to ${sum}, the form says ${sum + 1}`);
});

test("a desa's sum must stand in the closing part", () => {
  const moved = (by: number) => (column: Column) => {
    const figures = column.figures.map((cell, row) => (row === FIGURE.valid ? (cell ?? 0) + by : cell));
    return { ...column, figures };
  };
  const changed = closingWith(moved(-1));
  const second = changed.closing.columns[1];
  assert(second !== undefined && changed.closing.columns[0] !== undefined);
  // The vote went to the neighbour: the closing part still adds up, and yet the desa's column is wrong.
  const columns = [changed.closing.columns[0], moved(1)(second)];
  assert.equal(
    refusal({ ...form, closing: { ...changed.closing, columns } }).where,
    "Kecamatan Contoh Barat / Desa Satu / valid",
  );
});

test("a zero in the place of what was not reported is refused", () => {
  const silent = kecamatanForm({ choices: listChoices("pairs", ["A", "B"]), desa: [["Sunyi", 2]], cell: () => null });
  checkForm(silent);
  const [part] = silent.parts;
  assert(part !== undefined);
  const sum = columnOf("Jumlah", 2, (row) => (row === 0 ? 0 : null));
  assert.equal(refusal({ ...silent, parts: [{ ...part, sum }] }).where, "Sunyi / Jumlah / registered.male");
});

test("a column that is too short, or a number that is none, is refused", () => {
  assert.match(refusal(closingWith((column) => ({ ...column, votes: [1] }))).message, /expected 5 votes, found 1/);
  const half = closingWith((column) => ({ ...column, figures: column.figures.map(() => 0.5) }));
  assert.match(refusal(half).message, /expected a whole number or null, found 0\.5/);
});

test("two choices in one column are refused", () => {
  const choices = listChoices("pairs", ["A", "B"]);
  assert(choices.kind === "list");
  const twice = { ...choices, choices: choices.choices.map((choice) => ({ ...choice, column: 0 })) };
  assert.equal(refusal({ ...form, choices: twice }).where, "votes[1]");
});
