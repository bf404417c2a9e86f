import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Corrections, type Office, readyOffice } from "./testing.ts";

const offices: Office[] = [];
const newOffice = () => {
  const office = readyOffice();
  offices.push(office);
  return office;
};
after(() => {
  for (const office of offices) office.close();
});

test("an edition is made of what the store has received, and none of nothing", async () => {
  const office = newOffice();
  const publisher = await office.open();
  assert.equal(await publisher.step(), null);
  await new Corrections(office).next();
  assert.equal((await publisher.step())?.number, 1);
  assert.equal(await publisher.step(), null);
  assert.equal(office.check().length, 1);
});

test("every edition extends the one before, and a stranger can check all of it", async () => {
  const office = newOffice();
  const corrections = new Corrections(office);
  const publisher = await office.open();
  for (let i = 0; i < 12; i++) {
    await corrections.next();
    office.now += 1000;
    await publisher.step();
  }
  assert.equal(office.check().length, 12);
});

test("time never falls from one edition to the next, even when the clock is set back", async () => {
  const office = newOffice();
  const corrections = new Corrections(office);
  const publisher = await office.open();
  await corrections.next();
  const first = await publisher.step();
  office.now -= 3_600_000;
  await corrections.next();
  const second = await publisher.step();
  assert.equal(second?.time, first?.time);
  office.check();
});
