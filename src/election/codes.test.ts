import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CodeError,
  desaOf,
  isWithin,
  kecamatanOf,
  levelOf,
  NATION,
  numberOf,
  parentOf,
  parseLogName,
  plenoLog,
  regionCode,
  stationCode,
  stationIn,
  tpsLog,
} from "./codes.ts";

test("a region's parent is its prefix, up to the nation", () => {
  const path = [];
  for (let code = regionCode("5103032001") as ReturnType<typeof parentOf>; code !== null; code = parentOf(code)) {
    path.push(`${code} ${levelOf(code)}`);
  }
  assert.deepEqual(path, ["5103032001 desa", "510303 kecamatan", "5103 kabupaten", "51 provinsi", "0 nation"]);
});

test("a region abroad is an ordinary region", () => {
  assert.equal(levelOf(regionCode("990101")), "kecamatan");
  assert.equal(parentOf(regionCode("9901010001")), "990101");
});

test("a station's code tells its desa, kecamatan and number", () => {
  const code = stationCode("5103032001004");
  assert.equal(desaOf(code), "5103032001");
  assert.equal(kecamatanOf(code), "510303");
  assert.equal(numberOf(code), 4);
  assert.ok(isWithin(code, regionCode("51")) && isWithin(code, NATION) && !isWithin(code, regionCode("52")));
});

test("codes of the wrong shape are refused by name", () => {
  for (const bad of ["", "5", "00", "510", "51030", "5103032", "05", "51x3", " 51", "5103032001004"]) {
    assert.throws(() => regionCode(bad), CodeError, bad);
  }
  for (const bad of ["", "5103032001", "5103032001000", "0103032001004", "51030320010041"]) {
    assert.throws(() => stationCode(bad), CodeError, bad);
  }
});

test("a log's name is read back as it was made", () => {
  const desa = fc
    .integer({ min: 10, max: 99 })
    .chain((province) =>
      fc.integer({ min: 0, max: 99_999_999 }).map((rest) => regionCode(`${province}${String(rest).padStart(8, "0")}`)),
    );
  fc.assert(
    fc.property(desa, fc.integer({ min: 1, max: 999 }), (code, number) => {
      const kecamatan = kecamatanOf(stationIn(code, number));
      assert.deepEqual(parseLogName(tpsLog(kecamatan)), { kind: "tps", region: kecamatan });
      assert.deepEqual(parseLogName(plenoLog(kecamatan)), { kind: "pleno", region: kecamatan });
    }),
  );
  assert.deepEqual(parseLogName("editions"), { kind: "editions" });
});

test("no log can have another name", () => {
  for (const bad of [
    "",
    "tps",
    "tps/",
    "tps/51",
    "tps/5103032001",
    "pleno/5103032001",
    "pleno/510303/",
    "x/51",
    "Editions",
  ]) {
    assert.equal(parseLogName(bad), null, bad);
  }
});
