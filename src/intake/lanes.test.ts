import assert from "node:assert/strict";
import { test } from "node:test";
import { Lanes } from "./lanes.ts";

const LIMITS = { sheet: 100, sync: 10, pass: 10 };

test("a job's answer and its failure reach the one who asked", async () => {
  const lanes = new Lanes(LIMITS);
  assert.equal(await lanes.run("sheet", () => 7), 7);
  const failing = lanes.run("sheet", () => {
    throw new RangeError("bug");
  });
  await assert.rejects(async () => failing, RangeError);
});

test("what does not fit is told at once, and a full lane closes those that give way to it", async () => {
  const lanes = new Lanes({ ...LIMITS, sheet: 2 });
  const waiting = [lanes.run("sheet", () => 1), lanes.run("sheet", () => 2)];
  assert.deepEqual(
    [lanes.run("sheet", () => 3), lanes.run("sync", () => 4), lanes.run("pass", () => 5)],
    [null, null, null],
  );
  assert.deepEqual(await Promise.all(waiting), [1, 2]);
  assert.equal(await lanes.run("pass", () => 6), 6);
});

test("a full lane of passes takes nothing from sheets", () => {
  const lanes = new Lanes({ ...LIMITS, pass: 1 });
  lanes.run("pass", () => 0);
  assert.deepEqual([lanes.isFull("pass"), lanes.isFull("sync"), lanes.isFull("sheet")], [true, false, false]);
});

test("in a long queue of sheets a pass has its turn, and a sheet is never behind a queue of passes", async () => {
  const lanes = new Lanes(LIMITS);
  const order: string[] = [];
  const jobs = Array.from({ length: 90 }, () => lanes.run("sheet", () => order.push("sheet")));
  jobs.push(...Array.from({ length: 8 }, () => lanes.run("pass", () => order.push("pass"))));
  await Promise.all(jobs);
  assert.ok(order.indexOf("pass") < 30, order.join(" "));
  assert.ok(order.slice(0, 60).filter((job) => job === "sheet").length >= 48);
});
