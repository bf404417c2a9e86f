/** A reading that says what the sheet says is told once in a station's row, and one that does not is told beside it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { Tally } from "./fold.ts";
import { Published, type StationJson, stationIn } from "./testing/published.ts";
import { World } from "./testing.ts";

const STATION = "5101011001001";
const KEC = "510101" as RegionCode;
const SIGNERS = ["operator 510101", "chair 510101"];

/** The row of the station, once a sheet and a reading with these votes and this outcome were folded. */
function rowOf(sheet: readonly (number | null)[] | null, reading: number[], outcome = "same"): StationJson {
  const world = new World();
  world.grantAll();
  const id = sheet && world.sheet(STATION, "ppwp", sheet, null).id;
  world.reading(KEC, STATION, "ppwp", reading, null, { outcome, sheet: id }, SIGNERS);
  const tally = new Tally({ definition: world.definition });
  const all = new Published();
  for (const { log, bytes } of world.order) {
    tally.add(log, bytes);
    if (tally.model) all.apply(tally.build(world.vkeyOf));
  }
  return all.result("ppwp", "5101011001")?.stations?.find(({ n }) => n === "001") ?? assert.fail("no row");
}

test("a reading as the sheet leaves its figures and votes to the row of the sheet", () => {
  const row = rowOf([10, 20, 30], [10, 20, 30]);
  assert.deepEqual(Object.keys(row.recap ?? {}), ["as", "at", "flags", "outcome", "state"]);
  assert.equal(row.recap?.as, "count");
  assert.deepEqual(stationIn(row, "recap")?.votes, [10, 20, 30]);
  assert.deepEqual(stationIn(row, "recap")?.figures, row.count?.figures);
});

test("one with other votes, or of a station without a sheet, says its own", () => {
  for (const row of [rowOf([10, 20, 30], [10, 21, 30], "corrected"), rowOf(null, [10, 21, 30])]) {
    assert.equal(row.recap?.as, undefined);
    assert.deepEqual(row.recap?.votes, [10, 21, 30]);
    assert.ok(row.recap?.figures);
  }
});

test("nothing reported is not the same as a nought", () => {
  const row = rowOf([10, null, 30], [10, 0, 30], "noted");
  assert.equal(row.recap?.as, undefined);
  assert.deepEqual(
    [row.count?.votes, row.recap?.votes],
    [
      [10, null, 30],
      [10, 0, 30],
    ],
  );
});
