import assert from "node:assert/strict";
import { test } from "node:test";
import { searchWords } from "./search.ts";

for (const [name, words] of [
  ["Kabupaten Badung", ["kabupaten", "badung"]],
  ["D.I. Yogyakarta", ["d", "i", "yogyakarta"]],
  ["Ni Luh Putu Sri-Ayu, S.H.", ["ni", "luh", "putu", "sri", "ayu", "s", "h"]],
  ["Médan Élok", ["medan", "elok"]],
  ["–", []],
] as const) {
  test(`${name} is filed under ${words.join(", ") || "nothing"}`, () => {
    assert.deepEqual(searchWords(name), words);
  });
}
