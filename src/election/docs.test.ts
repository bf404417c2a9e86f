// The published pages are generated; here they are compared with what the code would write now. To write them again:
// TEGUH_WRITE_DOCS=1 node --test src/election/docs.test.ts
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { electionSchema } from "./definition.ts";
import { rulesPage } from "./rules-page.ts";

const PAGES: readonly (readonly [string, () => string])[] = [
  ["election.schema.json", electionSchema],
  ["RULES.md", rulesPage],
];

for (const [name, generate] of PAGES) {
  test(`docs/${name} says what the program does`, () => {
    const path = join(import.meta.dirname, "../../docs", name);
    if (process.env.TEGUH_WRITE_DOCS === "1") writeFileSync(path, generate());
    assert.equal(readFileSync(path, "utf8"), generate(), "out of date: see the head of this test");
  });
}
