import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Buckets } from "./bucket.ts";

function buckets({ capacity = 3, perSecond = 1, most = 100 } = {}) {
  const time = { now: 1_000_000 };
  return { time, buckets: new Buckets({ capacity, perSecond }, () => time.now, most) };
}

test("a full bucket gives its tokens at once and then says how long to wait", () => {
  const { buckets: b, time } = buckets();
  assert.deepEqual([b.take("a"), b.take("a"), b.take("a"), b.take("a")], [0, 0, 0, 1000]);
  time.now += 400;
  assert.equal(b.take("a"), 600);
  time.now += 600;
  assert.equal(b.take("a"), 0);
});

test("one device's flood leaves every other bucket full", () => {
  const { buckets: b } = buckets();
  for (let i = 0; i < 1_000; i++) b.take("thief");
  assert.equal(b.take("neighbour", 3), 0);
});

test("asking how long to wait takes nothing, and keeps nothing", () => {
  const { buckets: b, time } = buckets({ capacity: 1 });
  assert.equal(b.wait("a"), 0);
  assert.equal(b.size, 0);
  assert.equal(b.take("a"), 0);
  assert.equal(b.wait("a"), 1000);
  time.now += 600;
  assert.equal(b.wait("a"), 400);
});

test("a clock set back neither fills a bucket nor empties it", () => {
  const { buckets: b, time } = buckets({ capacity: 2 });
  b.take("a");
  time.now -= 500_000;
  assert.equal(b.take("a"), 0);
  assert.equal(b.take("a"), 1000);
});

test("buckets that have had time to fill are forgotten, and the number kept is bounded", () => {
  const { buckets: b, time } = buckets({ most: 100 });
  for (let i = 0; i < 1_000; i++) b.take(`device ${i}`);
  assert.ok(b.size <= 101, `${b.size}`);
  for (let i = 0; i < 2; i++) {
    time.now += 3_000;
    b.take("last");
  }
  assert.equal(b.size, 1);
});

test("whatever the order of requests, no device gets more than capacity plus refill", () => {
  const step = fc.record({
    device: fc.constantFrom("a", "b"),
    pause: fc.nat(2_000),
    tokens: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const { buckets: b, time } = buckets();
      const taken = new Map<string, number>();
      const start = time.now;
      for (const { device, pause, tokens } of steps) {
        time.now += pause;
        if (b.take(device, tokens) === 0) taken.set(device, (taken.get(device) ?? 0) + tokens);
      }
      for (const sum of taken.values()) assert.ok(sum <= 3 + (time.now - start) / 1000 + 1e-6);
    }),
  );
});
