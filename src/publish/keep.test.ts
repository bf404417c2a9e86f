import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keptEditions } from "./keep.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Midnight in Jakarta. */
const MIDNIGHT = Date.UTC(2029, 1, 13, 17);

const at = (...times: number[]) => times.map((time, i) => [i + 1, MIDNIGHT + time] as const);
const numbers = (kept: ReadonlySet<number>) => [...kept].sort((a, b) => a - b);

test("every edition of the last 15 minutes is whole, to the millisecond", () => {
  const kept = keptEditions(at(0, 1, 15 * MINUTE, 15 * MINUTE + 1), MIDNIGHT + 15 * MINUTE + 1);
  assert.deepEqual(numbers(kept.whole), [2, 3, 4]);
  assert.deepEqual(numbers(kept.coarse), [1]);
});

test("for a day the first edition of each ten minutes stays, for a week the first of each hour, for ever of each day", () => {
  const times = at(0, MINUTE, 10 * MINUTE, 19 * MINUTE, HOUR, DAY - 1, 30 * DAY);
  const coarseAt = (now: number) => numbers(keptEditions(times, MIDNIGHT + now).coarse);
  assert.deepEqual(coarseAt(2 * HOUR), [1, 3, 5], "two and four share their ten minutes with one and three");
  assert.deepEqual(coarseAt(DAY + HOUR), [1, 5, 6], "after a day the first of each hour");
  assert.deepEqual(coarseAt(9 * DAY), [1], "after a week the day's first");
  assert.deepEqual(coarseAt(30 * DAY), [1]);
});

test("the newest edition is whole however old it is", () => {
  const kept = keptEditions(at(0, MINUTE), MIDNIGHT + 400 * DAY);
  assert.deepEqual(numbers(kept.whole), [2]);
  assert.deepEqual(numbers(kept.coarse), [1]);
});

test("no edition, nothing kept", () => {
  const kept = keptEditions([], MIDNIGHT);
  assert.equal(kept.whole.size + kept.coarse.size, 0);
});

test("asking again of what was kept gives what asking of everything gives, at every later time", () => {
  const gaps = fc.array(fc.oneof(fc.nat(2 * MINUTE), fc.nat(HOUR), fc.nat(2 * DAY)), { maxLength: 60 });
  fc.assert(
    fc.property(gaps, fc.nat(DAY), (between, offset) => {
      const all: [number, number][] = [];
      let remembered: (readonly [number, number])[] = [];
      let time = MIDNIGHT + offset;
      for (const gap of between) {
        time += gap;
        all.push([all.length + 1, time]);
        remembered.push([all.length, time]);
        const ofAll = keptEditions(all, time);
        const ofKept = keptEditions(remembered, time);
        assert.deepEqual(ofKept, ofAll);
        remembered = remembered.filter(([n]) => ofKept.whole.has(n) || ofKept.coarse.has(n));
      }
    }),
  );
});
