import assert from "node:assert/strict";
import { test } from "node:test";
import { HEADING } from "./testing/forms.ts";
import { localTime, modelName, regionWords, written } from "./words.ts";

const NUMBERS = [
  [0, "0"],
  [999, "999"],
  [1_234, "1.234"],
  [204_807_222, "204.807.222"],
  [-1_000, "−1.000"],
  [null, "–"],
] as const;

test("numbers have dots between thousands, and what was not reported is a dash", () => {
  for (const [cell, words] of NUMBERS) assert.equal(written(cell), words);
});

const TIMES = [
  ["2029-02-14T17:30:00Z", "WIB", "15 Februari 2029, 00.30 WIB"],
  ["2029-03-02T06:05:00Z", "WITA", "2 Maret 2029, 14.05 WITA"],
  ["2029-12-31T15:00:00Z", "WIT", "1 Januari 2030, 00.00 WIT"],
  ["2029-03-01T02:00:00Z", "-03:30", "28 Februari 2029, 22.30 -03:30"],
] as const;

test("a time is told in the zone of the hall", () => {
  for (const [time, zone, words] of TIMES) assert.equal(localTime(time, zone), words);
});

test("a form is named by level and contest, a region by its level and name", () => {
  assert.equal(modelName(HEADING), "KECAMATAN-DPR");
  assert.equal(regionWords(HEADING), "Kecamatan Contoh Barat");
  assert.equal(regionWords({ ...HEADING, level: "nation", chain: [] }), "Nasional");
});
