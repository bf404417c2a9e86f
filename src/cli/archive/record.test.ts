import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { FIGURE } from "../../election/figures.ts";
import { JsonError, type JsonValue, parseStrictJson } from "./json.ts";
import { type ArchiveRecord, isReported, parseArchiveTime, readRecord } from "./record.ts";
import { administration, record } from "./testing.ts";

function read(value: unknown, contest: "ppwp" | "dpr" = "ppwp"): ArchiveRecord {
  const result = readRecord(value as JsonValue, contest);
  assert.ok(!("faults" in result), JSON.stringify(result));
  return result;
}

function faultsOf(value: unknown, contest: "ppwp" | "dpr" = "ppwp"): string[] {
  const result = readRecord(value as JsonValue, contest);
  return "faults" in result ? result.faults : [];
}

describe("parseStrictJson", () => {
  const REFUSED: readonly (readonly [string, RegExp])[] = [
    ['{"a":1,"a":2}', /the key "a" stands twice/],
    ['{"b":{"x":1},"c":[{"x":1,"y":2,"x":3}]}', /the key "x" stands twice/],
    ['{"a\\u0062":1,"ab":2}', /the key "ab" stands twice/],
    ['{"__proto__":1,"__proto__":2}', /"__proto__" stands twice/],
    ['{"chart":{"100025":12', /cut off/],
    ["<html>", /is not JSON/],
    ["", /is empty/],
  ];
  for (const [text, what] of REFUSED) {
    test(`refuses ${text || "nothing"}`, () => {
      assert.throws(
        () => parseStrictJson(text),
        (error) => error instanceof JsonError && what.test(error.message),
      );
    });
  }

  test("takes every JSON without duplicate keys for what JSON.parse says it is", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.deepEqual(parseStrictJson(text), JSON.parse(text));
      }),
    );
  });
});

describe("readRecord", () => {
  test("reads votes, figures, images and the time of a station that reported", () => {
    const found = read(record([10, 120, 50], "2024-02-14 21:46:01"));
    assert.deepEqual(Object.fromEntries(found.votes ?? []), { 100025: 10, 100026: 120, 100027: 50 });
    assert.equal(found.figures[FIGURE["registered.total"]], 250);
    assert.equal(found.figures[FIGURE["voters.total.total"]], 182);
    assert.equal(found.figures[FIGURE.invalid], 2);
    assert.equal(found.figures[FIGURE["ballots.used"]], null);
    assert.match(found.papers ?? "", /^[0-9a-f]{64}$/);
    assert.equal(found.time, Date.UTC(2024, 1, 14, 14, 46, 1));
    assert.ok(isReported(found));
  });

  for (const empty of [
    {},
    record(null, "2024-02-15 07:00:44"),
    { chart: { null: null }, images: [null, null, null], administrasi: {} },
    { chart: { 100025: null, 100026: null }, images: [] },
  ]) {
    test(`has nothing reported in ${JSON.stringify(empty)}`, () => {
      const found = read(empty);
      assert.equal(isReported(found), false);
      assert.equal(found.votes, null);
      assert.equal(found.papers, null);
    });
  }

  test("a choice without a number is not reported, which is not zero", () => {
    const found = read({ chart: { 100025: 0, 100026: null } });
    assert.deepEqual(
      [...(found.votes ?? [])],
      [
        ["100025", 0],
        ["100026", null],
      ],
    );
  });

  test("reads parties, their candidates and the total on the form", () => {
    const found = read(
      {
        chart: { 7: { jml_suara_total: 30, jml_suara_partai: 10 }, 8: { jml_suara_total: 4 }, null: null },
        caleg: { 7: { 71: 12, 72: 8 } },
        kode_dapil: 5101,
      },
      "dpr",
    );
    assert.equal(found.district, "5101");
    assert.deepEqual(
      found.parties?.map(({ id, own, total, candidates }) => [id, own, total, ...candidates]),
      [
        ["7", 10, 30, ["71", 12], ["72", 8]],
        ["8", null, 4],
      ],
    );
  });

  const FAULTS: readonly (readonly [string, unknown, RegExp])[] = [
    ["a number as text", { chart: { 100025: "12" } }, /chart\.100025: expected a number, found the text "12"/],
    ["a negative count", { chart: { 100025: -1 } }, /-1 is negative/],
    ["a fraction", { administrasi: { suara_sah: 1.5 } }, /suara_sah: 1\.5 is not a whole number/],
    ["more than six digits", { chart: { 100025: 1_000_000 } }, /1000000 is over 999999/],
    ["votes for no choice", { chart: { null: 3 } }, /3 votes for no choice/],
    ["an id that cannot be one", { chart: { "a b": 3 } }, /"a b" cannot be the id of a choice/],
    ["a list where an object belongs", { chart: [1, 2] }, /chart: expected an object/],
    ["images that are no addresses", { images: [7] }, /images: expected a list/],
    ["a time that does not exist", { ts: "2024-02-31 08:00:00" }, /ts: expected a time/],
    ["a list instead of a record", [], /is not a record/],
  ];
  for (const [what, value, message] of FAULTS) {
    test(`refuses ${what}`, () => assert.match(faultsOf(value).join(), message));
  }

  test("names all faults of a record at once", () => {
    const wrong = {
      chart: { 100025: "12", 100026: -4 },
      administrasi: { ...administration(200, 100, 1), suara_sah: 0.5 },
    };
    assert.equal(faultsOf(wrong).length, 3);
  });
});

describe("parseArchiveTime", () => {
  test("reads a time without zone as WIB", () => {
    assert.equal(parseArchiveTime("2024-02-20 13:00:00"), Date.UTC(2024, 1, 20, 6));
    assert.equal(parseArchiveTime("20 Feb 2024"), null);
    assert.equal(parseArchiveTime("2024-02-20 25:00:00"), null);
  });
});
