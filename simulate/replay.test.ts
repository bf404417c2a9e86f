import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesOf, PAGE, replay } from "./replayed.ts";

const DOCS = join(import.meta.dirname, "..", "docs");

test("flooded, cut off, halted and resumed, Bali ends with the books of an undisturbed one, as docs/REPLAY.md tells it", async () => {
  const replayed = await replay(PAGE.seed, PAGE.stations);
  const { course } = replayed;
  assert.equal(course.bali.halls.length, 57);
  assert.ok(course.halted.length > 0 && course.halted.length < 57, "some halls hear of the halt, and some do not");
  assert.ok(course.inVain > 0, "somebody reads in spite of it");
  assert.ok(course.relayed > 0, "phones hand their sheets to laptops");
  for (const [path, text] of filesOf(replayed))
    assert.equal(text, readFileSync(join(DOCS, path), "utf8"), `docs/${path}: npm run replay writes it anew`);
});
