import assert from "node:assert/strict";
import { test } from "node:test";
import { Contacts, signContact } from "./contact.ts";
import { converse, HALL_LOG, handedOver, handTo, Laptop, pause, REGION } from "./testing.ts";

test("a hall that has the log in hand is heard of, by the centre's clock, and again only when it says something new", async () => {
  const { centre, laptop } = await handedOver();
  let now = 1_000;
  const contacts = new Contacts(centre.replica, () => now);
  const first = await signContact(laptop.replica, REGION, 5);
  assert.ok(first);
  assert.deepEqual(await contacts.hear(first), { region: REGION, at: 1_000, epoch: 1, size: 4, time: 5 });
  now = 2_000;
  assert.equal(await contacts.hear(first), null, "whoever repeats it says nothing");
  const restarted = new Contacts(centre.replica, () => now, [
    { region: REGION, at: 1_000, epoch: 1, size: 4, time: 5 },
  ]);
  assert.equal(await restarted.hear(first), null, "nor after a restart");
  assert.ok(await contacts.hear((await signContact(laptop.replica, REGION, 900)) ?? first));
  await pause(laptop, 1);
  // A clock that was put back: the log has grown, so it is new all the same.
  const later = await signContact(laptop.replica, REGION, 4);
  assert.ok(later);
  assert.deepEqual(await contacts.hear(later), { region: REGION, at: 2_000, epoch: 1, size: 6, time: 4 });
});

test("who has not the log in hand, or has it no longer, is not heard of", async () => {
  const { world, centre, laptop } = await handedOver();
  const contacts = new Contacts(centre.replica, () => 1);
  const stranger = await new Laptop(world, "stranger").open();
  await converse(stranger, centre);
  assert.equal(await signContact(stranger.replica, REGION, 1), null);
  const old = await signContact(laptop.replica, REGION, 9);
  await converse(laptop, centre);
  await handTo(world, "stranger", 2);
  assert.ok(old);
  assert.equal(await contacts.hear(old), null);
  assert.equal(await contacts.hear(new Uint8Array([1])), null);
});

test("a note tells whose it is also when it is old, or its writer was replaced; a stranger's tells nothing", async () => {
  const { world, centre, laptop } = await handedOver();
  const contacts = new Contacts(centre.replica, () => 1);
  const note = await signContact(laptop.replica, REGION, 9);
  assert.ok(note);
  for (let times = 0; times < 2; times++) assert.equal(await contacts.speaker(note), `${HALL_LOG}@1`);
  await converse(laptop, centre);
  await handTo(world, "stranger", 2);
  assert.equal(await contacts.speaker(note), `${HALL_LOG}@1`);
  const altered = note.map((byte, i) => (i === note.length - 4 ? byte ^ 1 : byte));
  for (const other of [altered, new Uint8Array(0), new Uint8Array([1])])
    assert.equal(await contacts.speaker(other), null);
});

test("it is said with the first words of every conversation", async () => {
  const { centre, laptop } = await handedOver();
  const contacts = new Contacts(centre.replica, () => 7);
  const heard: unknown[] = [];
  await converse(laptop, centre, {
    contact: () => signContact(laptop.replica, REGION, 1),
    heardOf: async (note) => {
      heard.push(await contacts.hear(note));
    },
  });
  assert.equal(heard.length, 1);
});
