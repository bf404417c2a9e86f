import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import { MOST_LIST_BYTES, MOST_PAGES, readPages, writePages } from "./page-list.ts";

const hashes = (count: number) => Array.from({ length: count }, (_, i) => hashHex(utf8(`page ${i}`)));

test("a list of pages is read back as it was written, up to the longest", () => {
  for (const count of [1, 2, MOST_PAGES]) assert.deepEqual(readPages(writePages(hashes(count))), hashes(count));
  assert.equal(writePages(hashes(MOST_PAGES)).length, MOST_LIST_BYTES - 1);
});

test("a list has one spelling: any other bytes are none", () => {
  const [page = ""] = hashes(1);
  const others = [
    "[]",
    `["${page}" ]`,
    ` ["${page}"]`,
    `["${page.toUpperCase()}"]`,
    `["${page.slice(1)}"]`,
    `"${page}"`,
    `["../../${page}"]`,
    `[["${page}"]]`,
    "",
  ];
  for (const text of others) assert.equal(readPages(utf8(text)), null, text);
  assert.equal(readPages(concat(writePages(hashes(1)), utf8("\n"))), null);
  assert.equal(readPages(writePages(hashes(MOST_PAGES + 1))), null);
});

test("no bytes make reading a list throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const pages = readPages(bytes);
      assert.ok(pages === null || pages.length > 0);
    }),
  );
});
