/** The page's words for flags come from the catalogue of rules: this test fails when they differ, and writes them anew when asked. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { RULES } from "../../../src/election/rules.ts";
import { RULE_WORDS } from "./rule-words.ts";

const FILE = new URL("./rule-words.ts", import.meta.url);
const START = "= ";

test("the words for flags are those of the catalogue (TEGUH_UPDATE=1 writes them anew)", () => {
  const words = Object.fromEntries(
    RULES.map(({ code, formula, holds }) => [code, [formula.id, formula.en, holds !== null]]),
  );
  if (process.env.TEGUH_UPDATE === "1") {
    const text = readFileSync(FILE, "utf8");
    writeFileSync(FILE, `${text.slice(0, text.indexOf(START) + START.length)}${JSON.stringify(words, null, 2)};\n`);
    return;
  }
  assert.deepEqual(RULE_WORDS, words);
});
