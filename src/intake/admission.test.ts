/**
 * The policy of admission, with a clock and dice of the test: when lanes give way, to what extent, and that they recover.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Admission, FLOOR, LANES, TARGET, WINDOW, WINDOW_JOBS } from "./admission.ts";

function admissionOf({ dice = 0.5 } = {}) {
  const time = { now: 1_000_000 };
  const admission = new Admission(
    () => time.now,
    () => dice,
  );
  const shares = () => LANES.map((lane) => admission.share(lane));
  /** One window of so many jobs that each waited so long. */
  const window = (wait: number, jobs = 10) => {
    for (let i = 0; i < jobs; i++) admission.waited(wait, true);
    time.now += WINDOW;
  };
  return { time, admission, shares, window };
}

test("while jobs wait for less than the target everyone is let in", () => {
  const { admission, window, shares } = admissionOf();
  for (let i = 0; i < 5; i++) window(TARGET);
  assert.deepEqual([admission.overloaded, shares()], [false, [1, 1, 1, 1]]);
});

test("the lowest lane gives way first, each to its floor, and sheets never", () => {
  const { window, shares } = admissionOf();
  const seen: number[][] = [];
  for (let i = 0; i < 20; i++) {
    window(TARGET + 1);
    seen.push(shares());
  }
  assert.deepEqual(seen[0], [1, 1, 1, 1 / 2]);
  assert.deepEqual(seen[5], [1, 1, 1 / 2, FLOOR]);
  assert.deepEqual(seen.at(-1), [1, FLOOR, FLOOR, FLOOR]);
});

test("whatever the waits, a lane has less than all only while those below it are at their floor or on their way back", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100), { maxLength: 60 }), (waits) => {
      const { window, shares } = admissionOf();
      for (const wait of waits) {
        window(wait);
        const [sheet = 0, ...lower] = shares();
        assert.equal(sheet, 1);
        for (const share of lower) assert.ok(share >= FLOOR && share <= 1);
        assert.deepEqual(
          lower.toSorted((a, b) => b - a),
          lower,
        );
      }
    }),
  );
});

test("after the last long wait all is as before within a minute, whether anyone comes or not", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 40 }), fc.boolean(), (waits, comes) => {
      const { time, window, shares } = admissionOf();
      for (const wait of waits) window(wait);
      for (let i = 0; i < 60; i++) {
        if (comes) window(0);
        else time.now += WINDOW;
      }
      assert.deepEqual(shares(), [1, 1, 1, 1]);
    }),
  );
});

test("a burst is noticed before its window is over", () => {
  const { admission } = admissionOf();
  for (let i = 0; i < WINDOW_JOBS; i++) admission.waited(TARGET * 2, true);
  assert.equal(admission.overloaded, true);
});

test("a share lets in that share of devices, the same ones for a while, and then others", () => {
  const { time, admission, window } = admissionOf();
  for (let i = 0; i < 7; i++) window(TARGET * 2);
  assert.equal(admission.share("renewal"), 1 / 4);
  const devices = Array.from({ length: 4_000 }, (_, i) => `${i}`.padStart(16, "0"));
  const letIn = () => devices.filter((device) => admission.admits("renewal", device));
  const first = letIn();
  assert.ok(Math.abs(first.length / 4_000 - 1 / 4) < 0.03, `${first.length}`);
  assert.deepEqual(letIn(), first);
  for (let i = 0; i < 60; i++) window(TARGET * 2);
  const second = new Set(letIn());
  assert.ok(first.filter((device) => second.has(device)).length < first.length);
  time.now += 60 * WINDOW;
  assert.equal(letIn().length, 4_000);
});

test("strangers are let in by dice", () => {
  for (const [dice, expected] of [
    [0.4, true],
    [0.6, false],
  ] as const) {
    const { admission, window } = admissionOf({ dice });
    window(TARGET * 2);
    assert.deepEqual([admission.share("pass"), admission.admits("pass", null)], [1 / 2, expected]);
  }
});

test("who is sent away is told to come when what waits will be done, spread up to three times that", () => {
  for (const [dice, expected] of [
    [0, [2, 20, 60]],
    [0.999, [6, 60, 180]],
  ] as const) {
    const { admission, window } = admissionOf({ dice });
    window(0, 100);
    assert.deepEqual(
      [0, 2_000, 1_000_000].map((waiting) => admission.retryAfter(waiting)),
      expected,
    );
  }
});

/** But for the one job with which a window ends. */
const isNear = (value: number, expected: number) => assert.ok(Math.abs(value - expected) <= 1, `${value}`);

test("the pace is what the door does when it has enough to do, and an idle hour says nothing of it", () => {
  const { admission, window } = admissionOf();
  for (let i = 0; i < 40; i++) window(1_000, 300);
  isNear(admission.pace, 300);
  for (let i = 0; i < 10; i++) window(0, 3);
  isNear(admission.pace, 300);
  window(1_000, 120);
  assert.ok(admission.pace < 300 && admission.pace > 250, "one slow window says little");
  for (let i = 0; i < 10; i++) window(1_000, 120);
  isNear(admission.pace, 120);
});

test("a clock set back is no wait and no overload", () => {
  const { time, admission, window } = admissionOf();
  time.now -= 86_400_000;
  window(-5_000);
  assert.deepEqual([admission.queueDelay, admission.overloaded], [0, false]);
});
