import assert from "node:assert/strict";
import { test } from "node:test";
import { toHex } from "../ledger/bytes.ts";
import type { Store } from "../store/store.ts";
import { Standings } from "./standings.ts";
import { keyOf, openWorld, STATION, TPS_LOG } from "./testing.ts";

/** The store, as it is read by a process that is interrupted once, after it has read something of `log`. */
function interrupted(store: Store, log: string, meanwhile: () => Promise<void>): Store {
  let isOver = false;
  return {
    append: (...args) => store.append(...args),
    head: (...args) => store.head(...args),
    heads: () => store.heads(),
    chain: (...args) => store.chain(...args),
    chainEntries: (...args) => store.chainEntries(...args),
    changes: (...args) => store.changes(...args),
    commit: (...args) => store.commit(...args),
    value: (...args) => store.value(...args),
    claim: (...args) => store.claim(...args),
    close: () => store.close(),
    end: () => store.end(),
    async read(of, from, to) {
      const entries = await store.read(of, from, to);
      if (of === log && !isOver) {
        isOver = true;
        await meanwhile();
      }
      return entries;
    },
  };
}

test("what is appended while the plenaries are being read is never known by halves", async () => {
  const world = await openWorld();
  const { sequencer, store, model } = world;
  const granted = (word: string, region: string, role: string) => ({
    list: [{ key: toHex(keyOf(word).signer.publicKey), person: "ab".repeat(8), region, role }],
  });
  const store2 = interrupted(store, "pleno/7101", async () => {
    // A chair who is new above grants a phone below.
    await sequencer.write("pleno/7101", "grant", granted("new chair", "710101", "chair"), [keyOf("chair 7101").signer]);
    await sequencer.write("pleno/710101", "grant", granted("new phone", STATION, "station"), [
      keyOf("new chair").signer,
    ]);
  });
  const standings = new Standings(store2, () => model);
  await standings.load(TPS_LOG);
  await standings.catchUp();
  assert.equal(standings.keyFor(TPS_LOG, keyOf("new phone").short, STATION).ok, true);
});
