import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorld } from "../core/testing.ts";
import { writingTrouble } from "./may-write.ts";
import { centreOf, converse, copyOf, HALL_LOG, handedOver, handTo, Laptop, pause } from "./testing.ts";

test("a laptop is told why it may not write: no custody yet, replaced, or two histories", async () => {
  const world = await openWorld();
  const centre = await centreOf(world);
  const stranger = await new Laptop(world, "laptop").open();
  await converse(stranger, centre);
  assert.equal(await writingTrouble(stranger, HALL_LOG), "no-custody");
  await handTo(world, "laptop", 1);
  await converse(stranger, centre);
  assert.equal(await writingTrouble(stranger, HALL_LOG), null);
  await pause(stranger, 1);
  await converse(stranger, centre);
  await handTo(world, "second", 2);
  await converse(stranger, centre);
  assert.equal(await writingTrouble(stranger, HALL_LOG), "replaced");
});

test("a laptop that knows that it has signed more than it has, or something else, writes nothing", async () => {
  const { laptop, centre } = await handedOver();
  await pause(laptop, 1);
  await converse(laptop, centre);
  const fork = { format: "teguh/fork/v1", log: HALL_LOG, index: 1, ours: "a", theirs: "b" } as const;
  await laptop.replica.evidence.keepFork(fork, null);
  assert.equal(await writingTrouble(laptop, HALL_LOG), "fork");
  const { machine: other, laptop: signing, centre: there } = await handedOver();
  const old = await copyOf(other.medium);
  await pause(signing, 1);
  await converse(signing, there);
  assert.equal(await writingTrouble(await other.open(old), HALL_LOG), "behind");
});
