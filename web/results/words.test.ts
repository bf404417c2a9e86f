import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../src/ledger/bytes.ts";
import { decodeResult } from "./verify/objects.ts";
import { plenaryWords } from "./words.ts";

/** What is said of the plenary of a region of which so many stations were read. */
function said(level: string, name: string, status: string | null, read: number): string | undefined {
  const about = { contest: "ppwp", region: "51", level, name, status, zone: "WITA", children: [] };
  const books = { count: { expected: 9 }, recap: { expected: 9, read } };
  return plenaryWords(decodeResult(utf8(JSON.stringify({ format: "teguh/result/v1", ...about, ...books }))))?.id;
}

test("where stations are read below, it is the region's own plenary that has not begun", () => {
  assert.equal(said("nation", "Indonesia", "none", 1), "Pleno nasional belum dimulai");
  assert.equal(said("provinsi", "Bali", "none", 1), "Pleno provinsi belum dimulai");
  assert.equal(said("kabupaten", "KABUPATEN BADUNG", "none", 1), "Pleno kabupaten belum dimulai");
  assert.equal(said("kabupaten", "KOTA DENPASAR", "none", 1), "Pleno kota belum dimulai");
  assert.equal(said("kabupaten", "Kotabaru", "none", 1), "Pleno kabupaten belum dimulai");
});

test("where nothing was read no plenary has begun, and a plenary that has begun is said to be", () => {
  assert.equal(said("provinsi", "Bali", "none", 0), "Pleno belum dimulai");
  assert.equal(said("provinsi", "Bali", "open", 1), "Pleno berlangsung");
  assert.equal(said("desa", "Sanur", null, 1), undefined);
});
