/**
 * The queue before signatures: bounds, turns, deadlines.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Admission, LANES } from "./admission.ts";
import { type LaneLimits, Lanes } from "./lanes.ts";

const LIMITS = { sheet: 100, sync: 10, renewal: 10, pass: 10 };
const NEVER = Number.MAX_SAFE_INTEGER;

function lanesOf(limits: Partial<LaneLimits> = {}) {
  const time = { now: 1_000_000 };
  const clock = () => time.now;
  const admission = new Admission(clock, () => 0.5);
  return { time, admission, lanes: new Lanes({ ...LIMITS, ...limits }, admission, clock) };
}

test("a job's answer and its failure reach the one who asked", async () => {
  const { lanes } = lanesOf();
  assert.equal(await lanes.run("sheet", NEVER, () => 7), 7);
  const failing = lanes.run("sheet", NEVER, () => {
    throw new RangeError("bug");
  });
  await assert.rejects(failing, RangeError);
});

test("what does not fit is told at once, and a full lane closes those that give way to it", async () => {
  const { lanes } = lanesOf({ sheet: 2 });
  const waiting = [lanes.run("sheet", NEVER, () => 1), lanes.run("sheet", NEVER, () => 2)];
  assert.deepEqual(await Promise.all(LANES.map((lane) => lanes.run(lane, NEVER, () => 3))), [null, null, null, null]);
  assert.deepEqual(await Promise.all(waiting), [1, 2]);
  assert.equal(await lanes.run("pass", NEVER, () => 6), 6);
});

test("a full lane of passes takes nothing from those before it", () => {
  const { lanes } = lanesOf({ pass: 1 });
  lanes.run("pass", NEVER, () => 0);
  assert.deepEqual(
    LANES.map((lane) => lanes.isFull(lane)),
    [false, false, false, true],
  );
});

test("in a long queue of sheets a pass has its turn, and a sheet is never behind a queue of passes", async () => {
  const { lanes } = lanesOf();
  const order: string[] = [];
  const jobs = Array.from({ length: 90 }, () => lanes.run("sheet", NEVER, () => order.push("sheet")));
  jobs.push(...Array.from({ length: 8 }, () => lanes.run("pass", NEVER, () => order.push("pass"))));
  await Promise.all(jobs);
  assert.ok(order.indexOf("pass") < 30, order.join(" "));
  assert.ok(order.slice(0, 60).filter((job) => job === "sheet").length >= 48);
});

test("the oldest go first while the last can be reached in time, the newest once it cannot", async () => {
  for (const [patience, expected] of [
    [1_000, [0, 1, 2, 3]],
    [3, [3, 2, 1, 0]],
  ] as const) {
    const { lanes, time, admission } = lanesOf();
    const order: number[] = [];
    assert.equal(admission.pace, 1_000, "four jobs take 4 ms");
    await Promise.all([0, 1, 2, 3].map((i) => lanes.run("sheet", time.now + patience, () => order.push(i))));
    assert.deepEqual(order, expected);
  }
});

test("as long as the event loop was busy with others, so long it is then busy with what waits", async () => {
  const { lanes, time } = lanesOf({ sheet: 1_000 });
  let done = 0;
  const jobs = Array.from({ length: 400 }, () =>
    lanes.run("sheet", NEVER, () => {
      time.now += 1;
      done++;
    }),
  );
  time.now += 150;
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(done >= 150 && done < 200, `${done} in the first turn`);
  await Promise.all(jobs);
});

test("jobs do not wait for the end of a turn of the event loop in which more and more come", () => {
  const { lanes, time } = lanesOf({ sheet: 1_000 });
  let done = 0;
  for (let i = 0; i < 200; i++) {
    lanes.run("sheet", NEVER, () => {
      done++;
      time.now += 0.2;
    });
    time.now += 1;
  }
  assert.ok(done >= 150, `${done} without any turn of the event loop`);
});

test("sheets wait here while the appender has all that it can take, and passes do not wait for it", async () => {
  const time = { now: 1_000_000 };
  const clock = () => time.now;
  let room = 0;
  const lanes = new Lanes(LIMITS, new Admission(clock, () => 0.5), clock, () => room);
  const done: string[] = [];
  const jobs = (["sheet", "sync", "renewal", "pass"] as const).map((lane) =>
    lanes.run(lane, NEVER, () => done.push(lane)),
  );
  await Promise.all(jobs.slice(2));
  assert.deepEqual(done, ["renewal", "pass"]);
  assert.equal(lanes.waiting.sheet, 1);
  room = 1;
  lanes.wake();
  await Promise.all(jobs);
  assert.deepEqual(done, ["renewal", "pass", "sheet", "sync"]);
});

test("how long a sheet would wait is what waits before it, at the door's pace", () => {
  const { lanes } = lanesOf();
  for (let i = 0; i < 50; i++) lanes.run("sheet", NEVER, () => 0);
  assert.equal(lanes.ahead, 50);
});

test("nothing is spent on whoever has stopped waiting, wherever in the queue", async () => {
  for (const patience of [
    [10, 100],
    [100, 10],
  ]) {
    const at = lanesOf();
    const done: number[] = [];
    const { now } = at.time;
    const jobs = patience.map((one) => at.lanes.run("sheet", now + one, () => done.push(one)));
    at.time.now += 50;
    assert.deepEqual(
      await Promise.all(jobs),
      patience.map((one) => (one === 100 ? 1 : null)),
    );
    assert.deepEqual([done, at.lanes.late], [[100], 1]);
  }
});

test("those who have stopped waiting make room for others", async () => {
  const { lanes, time } = lanesOf({ sheet: 2 });
  const old = [lanes.run("sheet", time.now + 1, () => 1), lanes.run("sheet", time.now + 1, () => 2)];
  time.now += 2;
  assert.equal(await lanes.run("sheet", NEVER, () => 3), 3);
  assert.deepEqual(await Promise.all(old), [null, null]);
});
