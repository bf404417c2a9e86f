/** The pace of a sitting, and the hours in which it rested. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RegionCode } from "../election/codes.ts";
import { paceOf, type Sitting } from "./pace.ts";
import { PlenaryRecord } from "./plenary-record.ts";
import { TestHall } from "./plenary-testing.ts";
import { restsOf, type Span, sittingTime } from "./rests.ts";

const KEC = "510101" as RegionCode;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A hall that reads boxes of two stations, one station every `minutes` of sitting. */
function sitting(readings: number, minutes: number, change: Partial<Sitting> = {}): Sitting {
  return {
    boxes: Array.from({ length: 10 }, (_, box) => ({
      stations: 2,
      read: Math.max(0, Math.min(2, readings - 2 * box)),
    })),
    begun: 0,
    readings: Array.from({ length: readings }, (_, i) => ({ at: (i + 1) * minutes * MINUTE, share: 0.5 })),
    rests: [],
    ...change,
  };
}

test("a hall that reads a station every five minutes has ten minutes a box, and a forecast", () => {
  const now = HOUR;
  const pace = paceOf([sitting(8, 5)], now);
  assert.deepEqual(pace, {
    boxes: 10,
    boxesLeft: 6,
    stations: 20,
    stationsLeft: 12,
    secondsPerBox: 600,
    forecast: now + 6 * 10 * MINUTE,
  });
});

test("before three readings nothing is said, and nothing is forecast once all is read", () => {
  assert.deepEqual([paceOf([sitting(2, 5)], 0).secondsPerBox, paceOf([sitting(2, 5)], 0).forecast], [null, null]);
  const done = paceOf([sitting(20, 5)], 0);
  assert.deepEqual([done.boxesLeft, done.stationsLeft, done.forecast], [0, 0, null]);
});

test("a rest does not slow the pace, and only the last hours count", () => {
  const [first, second] = [sitting(4, 5).readings, sitting(4, 5).readings];
  const later = second.map(({ at, share }) => ({ at: at + 12 * HOUR, share }));
  const rests = [{ from: 20 * MINUTE, to: 12 * HOUR }];
  assert.equal(paceOf([sitting(8, 5, { readings: [...first, ...later], rests })], 0).secondsPerBox, 600);
  const slow = sitting(4, 60).readings;
  const quick = sitting(12, 15).readings.map(({ at, share }) => ({ at: at + 4 * HOUR, share }));
  assert.equal(paceOf([sitting(16, 1, { readings: [...slow, ...quick] })], 0).secondsPerBox, 1800);
});

test("halls beside each other are through when the last of them is", () => {
  const both = paceOf([sitting(8, 5), sitting(4, 10)], 0);
  assert.equal(both.forecast, 8 * 20 * MINUTE);
  assert.equal(paceOf([sitting(8, 5), sitting(0, 5)], 0).forecast, null);
});

test("sitting time and rests together are the whole time, whatever the rests", () => {
  const spans = fc.array(fc.tuple(fc.nat(100), fc.nat(20)), { maxLength: 5 }).map((list): Span[] => {
    const rests: Span[] = [];
    let at = 0;
    for (const [gap, length] of list) {
      rests.push({ from: at + gap, to: at + gap + length });
      at += gap + length + 1;
    }
    return rests;
  });
  fc.assert(
    fc.property(spans, fc.nat(300), fc.nat(300), (rests, from, length) => {
      let sat = 0;
      for (let t = from; t < from + length; t++) if (!rests.some((rest) => t >= rest.from && t < rest.to)) sat++;
      assert.equal(sittingTime(rests, from, from + length), sat);
    }),
  );
});

test("a hall rests from pause to end of pause, and from the sight of a halt to the sight of the resumption", () => {
  const hall = new TestHall(KEC);
  const { world, log } = hall;
  const times: number[] = [];
  const mark = () => {
    hall.follow();
    times.push(hall.record.lastAct ?? 0);
  };
  world.write(log, "pause", { panel: 2 }, ["chair key"]);
  world.write(log, "unpause", { panel: 2 }, ["chair key"]);
  world.write(log, "pause", { panel: null }, ["chair key"]);
  mark();
  world.write(log, "unpause", { panel: null }, ["chair key"]);
  mark();
  world.write("pleno/51", "halt", { order: "7/UJI", regions: [KEC] }, ["chair 51"]);
  hall.say({ what: "attendance", observers: 0, panel: 0, participants: [], supervisors: 0 });
  world.seeAbove(log);
  mark();
  world.write("pleno/51", "resume", { at: null, order: "8/UJI", regions: [KEC] }, ["chair 51"]);
  world.seeAbove(log);
  mark();
  const paper = { at: null, dated: 1, letter: "0a".repeat(32) as never, order: "9/UJI" };
  hall.say({ what: "paper-order", kind: "halt", ...paper }, ["chair", "member"]);
  mark();
  hall.follow();
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = times;
  assert.deepEqual(restsOf(hall.record, hall.tally.authority), [
    { from: a, to: b },
    { from: c, to: d },
    { from: e, to: Number.POSITIVE_INFINITY },
  ]);
  assert.deepEqual(restsOf(new PlenaryRecord(KEC), new TestHall(KEC).tally.authority), []);
});
