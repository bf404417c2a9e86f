import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorld } from "../core/testing.ts";
import { Tally } from "../tally/fold.ts";
import { scopeOf } from "../tally/scope.ts";
import {
  centreOf,
  converse,
  HALL_LOG,
  handedOver,
  handTo,
  Laptop,
  type Place,
  pause,
  REGION,
  sizes,
} from "./testing.ts";

test("an empty laptop gets the logs of its region and those above, whatever they name of each other", async () => {
  const world = await openWorld();
  await handTo(world, "laptop", 1);
  await world.grant("far chair", "72", "chair");
  const centre = await centreOf(world);
  const laptop = await new Laptop(world, "laptop").open();
  const { complete, troubles } = await converse(laptop, centre);
  assert.deepEqual({ complete, troubles }, { complete: true, troubles: [] });
  assert.deepEqual(Object.keys(await sizes(laptop)), ["pleno/0", "pleno/71", "pleno/7101", "pleno/710101"]);
  assert.equal(await laptop.sequencer.writes(HALL_LOG), true);
  assert.equal((await converse(laptop, centre)).turns, 1, "the second time there is nothing left to say");
});

test("what the hall has written goes to the centre, and what was ordered above comes to the hall", async () => {
  const { world, centre, laptop } = await handedOver();
  await pause(laptop, 1);
  await world.grant("other chair", "7102", "chair");
  await pause(laptop, 2);
  const { complete } = await converse(laptop, centre);
  assert.equal(complete, true);
  assert.deepEqual(await centre.store.read(HALL_LOG, 0, 99), await laptop.store.read(HALL_LOG, 0, 99));
  await pause(laptop, 3);
  await converse(laptop, centre);
  assert.deepEqual(await faults(centre), []);
});

test("a conversation that breaks off is gone on with from where it was", async () => {
  const { centre, laptop } = await handedOver();
  for (let panel = 0; panel < 600; panel++) await pause(laptop, panel);
  const { replica } = laptop;
  const first = await replica.chunkFrom(HALL_LOG, (await centre.store.head(HALL_LOG))?.size ?? 0);
  assert.ok(first);
  assert.equal((await centre.replica.take(first)).kind, "taken");
  assert.equal((await centre.replica.take(first)).kind, "taken", "twice is once");
  const { complete } = await converse(laptop, centre);
  assert.equal(complete, true);
  assert.deepEqual(await sizes(laptop), await sizes(centre));
});

/** What a fold of a place's logs finds wrong. */
async function faults({ store }: Place) {
  const world = await openWorld();
  const tally = new Tally({ definition: () => world.model, scope: scopeOf(REGION) });
  const scope = scopeOf(REGION);
  tally.addAll((await store.changes(0, 99_999)).entries.filter(({ log }) => scope(log)));
  assert.deepEqual(tally.blocked(), []);
  return tally.voids();
}
