import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { districtOf, figuresOf } from "../testing/invented.ts";
import { advance, cellsToConfirm, changedCells, type Entry, enteredFigures, newEntry, type } from "./entry.ts";
import { cellsOf, differences, fitted, valueAt } from "./form.ts";

const district = districtOf("ppwp");
const base = figuresOf(district, 7);
const all = cellsOf(district);

/** Types every cell, then says that the stage is done. */
function typeAll(entry: Entry, texts: Readonly<Record<string, string>>): Entry {
  const typed = Object.entries(texts).reduce((each, [path, text]) => type(each, path, text), entry);
  return advance(typed, district, base);
}

test("the form has 25 figures and every vote, each once, in the order of the paper", () => {
  assert.equal(all.length, 28);
  assert.equal(new Set(all).size, 28);
  assert.equal(all[0], "registered.male");
  assert.deepEqual(all.slice(-4), ["votes.2", "valid", "invalid", "total"]);
  const dpr = districtOf("dpr");
  assert.equal(cellsOf(dpr).length, 25 + dpr.choices.length + dpr.parties.length);
});

test("a changed figure typed the same twice is agreed, and changes nothing else", () => {
  const entry = typeAll(typeAll(newEntry("changes"), { "votes.1": "77", valid: "190" }), {
    "votes.1": "77",
    valid: "190",
  });
  assert.equal(entry.stage, "agreed");
  const figures = enteredFigures(entry, district, base);
  assert.deepEqual(differences(district, base, figures), ["votes.1", "valid"]);
  assert.equal(valueAt(figures, "votes.1"), 77);
});

test("a figure typed as it stands is no change and need not be typed again", () => {
  const entry = typeAll(newEntry("changes"), { valid: String(valueAt(base, "valid")) });
  assert.equal(entry.stage, "agreed");
  assert.deepEqual(changedCells(entry, district, base), []);
});

test("where the two typings differ only that figure is typed twice again", () => {
  const first = typeAll(newEntry("changes"), { "votes.0": "12", invalid: "3" });
  assert.deepEqual(cellsToConfirm(first, district, base), ["votes.0", "invalid"]);
  const second = typeAll(first, { "votes.0": "21", invalid: "3" });
  assert.equal(second.stage, "first");
  assert.deepEqual(second.differed, ["votes.0"]);
  assert.equal(second.first["votes.0"], undefined, "the first typing is forgotten");
  const third = typeAll(second, { "votes.0": "21" });
  assert.equal(third.stage, "second");
  assert.deepEqual(cellsToConfirm(third, district, base), ["votes.0"]);
  assert.equal(typeAll(third, { "votes.0": "21" }).stage, "agreed");
});

test("a figure that is changed after it was agreed must be typed twice again", () => {
  const agreed = typeAll(typeAll(newEntry("changes"), { valid: "5" }), { valid: "5" });
  const changed = type({ ...agreed, stage: "first" }, "valid", "6");
  assert.deepEqual(cellsToConfirm(changed, district, base), ["valid"]);
});

test("without a sheet every figure is typed twice, and what is left empty was not reported", () => {
  const nothing = fitted(district, null);
  const texts = Object.fromEntries(all.map((path) => [path, path === "disabled.total" ? "" : "4"]));
  let entry = newEntry("all");
  for (const stage of ["first", "second"] as const) {
    assert.equal(entry.stage, stage);
    for (const [path, text] of Object.entries(texts)) entry = type(entry, path, text);
    entry = advance(entry, district, nothing);
  }
  assert.equal(entry.stage, "agreed");
  const figures = enteredFigures(entry, district, nothing);
  assert.equal(valueAt(figures, "disabled.total"), null);
  assert.equal(valueAt(figures, "votes.2"), 4);
});

test("whatever is typed, no figure gets through that was not typed twice alike", () => {
  const cell = fc.constantFrom(...all);
  const typing = fc.dictionary(cell, fc.nat(400).map(String), { maxKeys: 6 });
  fc.assert(
    fc.property(fc.array(typing, { minLength: 1, maxLength: 6 }), (typings) => {
      let entry = newEntry("changes");
      const said = new Map<string, string[]>();
      for (const texts of typings) {
        for (const [path, text] of Object.entries(texts)) {
          entry = type(entry, path, text);
          said.set(path, [...(said.get(path) ?? []), text]);
        }
        entry = advance(entry, district, base);
        if (entry.stage !== "agreed") continue;
        const figures = enteredFigures(entry, district, base);
        for (const path of differences(district, base, figures)) {
          const value = String(valueAt(figures, path));
          assert.ok((said.get(path) ?? []).filter((text) => text === value).length >= 2, `${path} ${value}`);
        }
      }
    }),
  );
});
