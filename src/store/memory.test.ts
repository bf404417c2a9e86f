/** What the memory engine does beyond the contract: it polices its callers, and fails when told to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../ledger/bytes.ts";
import { type Fault, MemoryMedium, openMemoryStore } from "./memory.ts";
import { type NewEntry, StoreFull, StoreUnusable } from "./store.ts";

const entry: NewEntry = {
  log: "tps/510303",
  id: new Uint8Array(32).fill(1),
  chain: "5103032001004/ppwp",
  hot: true,
  bytes: utf8("one"),
};

test("bytes that a reader changed are noticed at the next read and at the close", async () => {
  const store = openMemoryStore();
  await store.append([entry], await store.claim("core"));
  (await store.read(entry.log, 0, 1))[0]?.fill(0);
  await assert.rejects(store.changes(0, 1), /entry 0 of tps\/510303 was changed by somebody who had read it/);
  await assert.rejects(store.close(), /was changed/);
});

test("bytes that the writer changes later are not the stored ones", async () => {
  const store = openMemoryStore();
  const bytes = Buffer.from("one");
  await store.append([{ ...entry, bytes }], await store.claim("core"));
  bytes.fill(0);
  assert.deepEqual(await store.read(entry.log, 0, 1), [utf8("one")]);
});

test("an id that comes with another chain or heat is a mistake of the caller", async () => {
  const store = openMemoryStore();
  const epoch = await store.claim("core");
  await store.append([entry], epoch);
  await assert.rejects(store.append([{ ...entry, hot: false }], epoch), TypeError);
  await assert.rejects(store.append([{ ...entry, chain: "another" }], epoch), TypeError);
});

test("an epoch that was never given is a mistake of the caller", async () => {
  const store = openMemoryStore();
  await assert.rejects(store.append([entry], (await store.claim("core")) + 1), RangeError);
});

test("every write fails in both ways on demand, and offering it again gives one entry", async () => {
  const cases: {
    fault: Fault;
    error: typeof StoreFull | typeof StoreUnusable;
    again: string;
    committedAgain: boolean;
  }[] = [
    { fault: "full", error: StoreFull, again: "appended", committedAgain: true },
    { fault: "not-stored", error: StoreUnusable, again: "appended", committedAgain: true },
    { fault: "stored", error: StoreUnusable, again: "duplicate", committedAgain: false },
  ];
  for (const { fault, error, again, committedAgain } of cases) {
    const medium = new MemoryMedium();
    const failing = openMemoryStore(medium, { fault: () => fault });
    const epoch = await failing.claim("core");
    await assert.rejects(failing.append([entry], epoch), error);
    await assert.rejects(failing.commit("checkpoint", null, utf8("one"), epoch), error);
    const sound = openMemoryStore(medium);
    assert.equal((await sound.append([entry], epoch))[0]?.kind, again);
    assert.equal(await sound.commit("checkpoint", null, utf8("one"), epoch), committedAgain);
    assert.deepEqual(await sound.read(entry.log, 0, 9), [utf8("one")]);
  }
});
