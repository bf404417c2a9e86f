import assert from "node:assert/strict";
import { test } from "node:test";
import { FIGURE, FIGURE_COUNT } from "../../../src/election/figures.ts";
import { FORM, ROW_FIGURES } from "./objects.ts";

test("the three figures of a row are the last of the form", () => {
  assert.equal(FORM.figures, FIGURE_COUNT);
  assert.deepEqual(
    ROW_FIGURES.map((key) => FIGURE[key]),
    [FORM.valid, FORM.valid + 1, FORM.valid + 2],
  );
});
