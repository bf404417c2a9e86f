import assert from "node:assert/strict";
import { test } from "node:test";
import { stationCode } from "../../../src/election/codes.ts";
import { FixtureHall } from "../testing/fixture-hall.ts";
import { boxesAfter, neighbour, panelAfter, spotKey, waitingIn } from "./queue.ts";

const hall = new FixtureHall({ desa: 2, stationsPerDesa: 10 });
const [desa] = hall.desa;
if (desa === undefined) throw new Error("the fixture has a desa");
const view = hall.desaView("ppwp", desa.code);
const at = (number: number) => stationCode(`${desa.code}${String(number).padStart(3, "0")}`);
const numbers = (spots: readonly { station: string }[]) => spots.map(({ station }) => Number(station.slice(-3)));

test("stations are read from first to last, without those put off", () => {
  assert.deepEqual(numbers(waitingIn(view, new Set(), null)), [1, 2, 3, 4, 5, 6, 7, 8, 10]);
});

test("after a station come those behind it, then those that were passed over", () => {
  assert.deepEqual(numbers(waitingIn(view, new Set(), at(7))), [8, 10, 1, 2, 3, 4, 5, 6]);
});

test("what was decided a moment ago is not offered again", () => {
  const decided = new Set([spotKey({ contest: "ppwp", station: at(8) })]);
  assert.equal(numbers(waitingIn(view, decided, at(7)))[0], 10);
});

test("after the last station of a box comes the next box of the panel's queue", () => {
  const [panel] = hall.view().panels;
  assert.ok(panel);
  assert.deepEqual(boxesAfter(panel, { contest: "ppwp", desa: desa.code })[0], {
    contest: "ppwp",
    desa: hall.desa[1]?.code,
  });
  assert.equal(boxesAfter(panel, null).length, 6);
});

test("one may look at the stations beside, up to the ends of the desa", () => {
  assert.equal(neighbour(view, at(8), 1), at(9));
  assert.equal(neighbour(view, at(1), -1), null);
  assert.equal(neighbour(view, at(10), 1), null);
});

test("the key for another panel goes round all of them", () => {
  const panels = [{ panel: 0 }, { panel: 2 }, { panel: 3 }];
  assert.deepEqual(
    [0, 2, 3].map((one) => panelAfter(panels, one)),
    [2, 3, 0],
  );
});
