// The page on the plenary is generated; here it is compared with what the code would write now. To write it again:
// TEGUH_WRITE_DOCS=1 node --test src/recap/plenary-page.test.ts
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { plenaryPage } from "./plenary-page.ts";

test("docs/PLENARY.md says what the program does", () => {
  const path = join(import.meta.dirname, "../../docs/PLENARY.md");
  if (process.env.TEGUH_WRITE_DOCS === "1") writeFileSync(path, plenaryPage());
  assert.equal(readFileSync(path, "utf8"), plenaryPage(), "out of date: see the head of this test");
});
