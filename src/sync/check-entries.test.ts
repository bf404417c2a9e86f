import assert from "node:assert/strict";
import { test } from "node:test";
import { HALL_LOG, handedOver, pause } from "./testing.ts";

test("while a hall's entries are checked, whatever else waits in the process has its turn again and again", async () => {
  const { centre, laptop } = await handedOver();
  for (let panel = 0; panel < 200; panel++) await pause(laptop, panel);
  const chunk = await laptop.replica.chunkFrom(HALL_LOG, (await centre.store.head(HALL_LOG))?.size ?? 0);
  assert.ok(chunk !== null && chunk.entries.length >= 100);
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns++;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const taken = await centre.replica.take(chunk);
  isOver = true;
  assert.equal(taken.kind, "taken");
  assert.ok(turns >= chunk.entries.length / 16 - 1, `${turns} turns`);
});
