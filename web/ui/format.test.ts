import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatNumber, formatShare, formatTime } from "./format.ts";

test("thousands stand apart in the manner of each language", () => {
  assert.equal(formatNumber(1454640, "id"), "1.454.640");
  assert.equal(formatNumber(1454640, "en"), "1,454,640");
  assert.equal(formatNumber(999, "id"), "999");
  assert.equal(formatNumber(0, "id"), "0");
});

test("a formatted number without its separators is the number", () => {
  fc.assert(fc.property(fc.maxSafeNat(), (n) => Number(formatNumber(n, "id").replaceAll(".", "")) === n));
});

test("a share has one decimal, and only all is 100 and only none is 0", () => {
  const cases: readonly [number, number, string][] = [
    [1, 3, "33,3%"],
    [2, 3, "66,7%"],
    [9_999, 10_000, "99,9%"],
    [10_000, 10_000, "100,0%"],
    [1, 10_000, "0,1%"],
    [0, 10_000, "0,0%"],
    [0, 0, "–"],
  ];
  for (const [part, whole, expected] of cases) assert.equal(formatShare(part, whole, "id"), expected);
  assert.equal(formatShare(1, 3, "en"), "33.3%");
});

test("a time stands on the clocks of its zone and names it", () => {
  const time = Date.UTC(2029, 1, 14, 16, 15, 3);
  assert.equal(formatTime(time, "WITA", "id"), "15 Februari 2029 pukul 00.15.03 WITA");
  assert.equal(formatTime(time, "WIB", "en"), "14 February 2029, 23:15:03 WIB");
  assert.equal(formatTime(time, "-03:30", "en"), "14 February 2029, 12:45:03 UTC-03:30");
});
