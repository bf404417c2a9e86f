import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { goodput, moments, quantile, rateOf, type Sending } from "./course.ts";

test("a sheet that waits two seconds is in time, one that waits longer came eventually", () => {
  const sendings: Sending[] = [
    { due: 0, done: 2_000, sends: 1 },
    { due: 0, done: 2_001, sends: 2 },
    { due: 0, done: null, sends: 5 },
    { due: 10, done: 20, sends: 1 },
  ];
  const { count, inTime, eventually, firstTry, sends } = goodput(sendings);
  assert.deepEqual(
    { count, inTime, eventually, firstTry, sends },
    {
      count: 4,
      inTime: 0.5,
      eventually: 0.75,
      firstTry: 0.5,
      sends: 2.25,
    },
  );
});

test("what was due before or after the attack does not count in it", () => {
  const sendings = [0, 100, 200].map((due) => ({ due, done: due + 1, sends: 1 }));
  assert.equal(goodput(sendings, 100, 200).count, 1);
});

test("a quantile is one of the values, and at least that share is not above it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const sorted = [...values].sort((a, b) => a - b);
        const value = quantile(sorted, share);
        assert.ok(values.includes(value));
        assert.ok(sorted.filter((one) => one <= value).length >= Math.floor(sorted.length * share));
      },
    ),
  );
});

test("a picture's stretches are in order and hold every sending once", () => {
  const sendings = [1_700, 20, 600, 30].map((due) => ({ due, done: due + 5, sends: 1 }));
  assert.deepEqual(
    moments(sendings).map(({ at }) => at),
    [250, 750, 1_750],
  );
});

test("sheets a second are counted from the first receipt to the last, and are none where one has no receipt", () => {
  const done = (...times: (number | null)[]) => times.map((time) => ({ due: 0, done: time, sends: 1 }));
  assert.equal(rateOf(done(1_500, 500, 1_000, 2_500)), 2);
  assert.equal(rateOf(done(500, null)), 0);
});
