import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RegionCode } from "../../../src/election/codes.ts";
import type { ChildView, PaceView, PhaseView } from "../../../src/recap/wire/views.ts";
import { against, COLUMNS, conditionOf, countConditions, pressed, sorted } from "./behind.ts";

const PACE: PaceView = { boxes: 10, boxesLeft: 5, stations: 100, stationsLeft: 50, secondsPerBox: 600, forecast: 900 };
const HALTED: PhaseView = { phase: "halted", orders: ["1/X"] };
const child = (name: string, over: Partial<ChildView> = {}): ChildView => ({
  region: { code: "510301" as RegionCode, name },
  parent: { code: "5103" as RegionCode, name: "Badung" },
  phase: { phase: "open" },
  pace: PACE,
  held: 0,
  openObjections: 0,
  lastAct: 1,
  isBehind: false,
  ...over,
});

test("a plenary is called by the gravest that is true of it", () => {
  const objected = { openObjections: 2, isBehind: true };
  assert.equal(conditionOf(child("a", { ...objected, phase: HALTED })), "halted");
  assert.equal(conditionOf(child("a", objected)), "behind");
  assert.equal(conditionOf(child("a", { openObjections: 2, phase: { phase: "paused" } })), "disputed");
  assert.equal(conditionOf(child("a", { openObjections: 2, phase: { phase: "reopened" } })), "reopened");
  assert.equal(conditionOf(child("a", { phase: { phase: "scheduled", at: null } })), "waiting");
  assert.equal(conditionOf(child("a", { ...objected, phase: { phase: "certified" } })), "done");
});

test("one that is halted and disputed is counted in both", () => {
  const counts = countConditions([child("a", { phase: HALTED, openObjections: 1 }), child("b")]);
  assert.deepEqual([counts.halted, counts.disputed, counts.going], [1, 1, 1]);
});

test("by condition the halted come first, and equals stand by name", () => {
  const list = [child("c"), child("a", { phase: { phase: "certified" } }), child("b"), child("d", { phase: HALTED })];
  const names = sorted(list, { by: "condition", isDown: false }).map(({ region }) => region.name);
  assert.deepEqual(names, ["d", "b", "c", "a"]);
});

test("what cannot be said yet stands last, whichever way the column is turned", () => {
  const unknown = child("a", { pace: { ...PACE, forecast: null } });
  const list = [unknown, child("b"), child("c", { pace: { ...PACE, forecast: 5 } })];
  for (const isDown of [true, false]) assert.equal(sorted(list, { by: "forecast", isDown }).at(-1), unknown);
});

test("sorting keeps every region, and turning a column about turns its order about", () => {
  const some = fc.record({ left: fc.nat(9), held: fc.nat(9), name: fc.string() });
  fc.assert(
    fc.property(fc.array(some), fc.constantFrom(...COLUMNS), (list, by) => {
      const children = list.map(({ left, held, name }) => child(name, { held, pace: { ...PACE, stationsLeft: left } }));
      const up = sorted(children, { by, isDown: false });
      assert.deepEqual(new Set(up), new Set(children));
      assert.equal(up.length, children.length);
    }),
  );
});

test("the same head turns the order about, another begins with its largest", () => {
  const once = pressed({ by: "condition", isDown: false }, "left");
  assert.deepEqual(once, { by: "left", isDown: true });
  assert.deepEqual(pressed(once, "left"), { by: "left", isDown: false });
  assert.deepEqual(pressed(once, "region"), { by: "region", isDown: false });
});

test("the forecast stands before or after the deadline, or nothing is said", () => {
  assert.deepEqual(against({ pace: PACE, deadline: 1000 }), { is: "in-time", by: 100 });
  assert.deepEqual(against({ pace: PACE, deadline: 800 }), { is: "late", by: 100 });
  assert.deepEqual(against({ pace: PACE, deadline: null }), { is: "no-deadline" });
  assert.deepEqual(against({ pace: { ...PACE, forecast: null }, deadline: 800 }), { is: "unknown" });
});
