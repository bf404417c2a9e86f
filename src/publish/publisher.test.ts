import assert from "node:assert/strict";
import { test } from "node:test";
import { anotherSheet, readyOffice } from "./testing.ts";

test("an edition is made of what the store has received, and none of nothing", async () => {
  const office = readyOffice();
  const publisher = await office.open();
  assert.equal(await publisher.step(), null);
  anotherSheet(office, null, 100);
  await office.receive();
  const first = await publisher.step();
  assert.equal(first?.number, 1);
  assert.equal(await publisher.step(), null);
  office.close();
});
