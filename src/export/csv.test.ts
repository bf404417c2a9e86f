import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvHead, csvLine } from "./csv.ts";

test("a line is RFC 4180: quotes only where they are needed, doubled inside, CRLF at the end", () => {
  assert.equal(
    csvLine(["5103032001001", 'Banjar "Tengah"', 12, null, "a,b"]),
    '5103032001001,"Banjar ""Tengah""",12,,"a,b"\r\n',
  );
});

test("the head begins with a byte order mark, so that Excel reads names as UTF-8", () => {
  const column = { key: "region", words: { id: "Kode", en: "Code" }, kind: "text" } as const;
  assert.equal(csvHead({ columns: [column, { ...column, key: "valid" }] }), "\uFEFFregion,valid\r\n");
});

for (const text of ["=1+1", "+62", "-1", "@SUM(A1)", " =cmd|' /C calc'!A0", "\t=1", "\r=1"]) {
  test(`${JSON.stringify(text)} is text in a spreadsheet, and no formula`, () => {
    assert.match(csvLine([text]), /^"?'/);
  });
}

test("no text whatever begins a cell with what a spreadsheet takes for a formula", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const cell = csvLine([text]).replace(/\r\n$/, "").replace(/^"/, "");
      assert.doesNotMatch(cell, /^\s*[=+@\-\t\r]/);
    }),
  );
});
