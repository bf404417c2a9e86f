/**
 * The contract of `store.ts` as tests, run against every engine: what the fake promises, the real one keeps.
 *
 * The last test is a model test: random sequences of calls go to the engine and to the memory engine, and every answer has to
 * be the same, across restarts.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { leafHash, rootOf } from "../ledger/tree.ts";
import { openMemoryStore } from "./memory.ts";
import { type NewEntry, type Outcome, StaleEpoch, type Store, StoreUnusable } from "./store.ts";

/** A place for one store, which may be opened several times at once or one after another. */
export interface Place {
  open(): Promise<Store>;
  openReader(): Promise<Store>;
  remove(): Promise<void>;
}

const LOG = "tps/510303";
const CHAIN = "5103032001004/ppwp";

/** A hot entry in CHAIN whose content, hence id, follows from one number. */
function sheet(n: number, changes: Partial<NewEntry> = {}): NewEntry {
  return { log: LOG, id: idOf(n), chain: CHAIN, hot: true, bytes: utf8(`sheet ${n}`), ...changes };
}

/** An entry outside of any chain. */
function order(n: number, changes: Partial<NewEntry> = {}): NewEntry {
  return sheet(n, { log: "pleno/51", chain: null, hot: false, bytes: utf8(`order ${n}`), ...changes });
}

function idOf(n: number): Uint8Array {
  return leafHash(utf8(String(n)));
}

const appended = (index: number): Outcome => ({ kind: "appended", index });
const duplicate = (index: number): Outcome => ({ kind: "duplicate", index });
const conflict = (index: number | null): Outcome => ({
  kind: "conflict",
  latest: index === null ? null : { index },
});

/** Registers the suite for one engine. */
export function conformance(engine: string, newPlace: () => Promise<Place>): void {
  const inStore = (what: string, body: (store: Store, epoch: number, place: Place) => Promise<void>) =>
    test(what, async () => {
      const place = await newPlace();
      const store = await place.open();
      try {
        await body(store, await store.claim("core"), place);
      } finally {
        await store.close();
        await place.remove();
      }
    });

  describe(`store in ${engine}: appending`, () => {
    inStore(
      "numbers each log's entries from 0 in the order given, whatever other logs are between",
      async (store, epoch) => {
        const outcomes = await store.append([sheet(1), order(2), sheet(3), order(4)], epoch);
        assert.deepEqual(outcomes, [appended(0), appended(0), appended(1), appended(1)]);
        assert.deepEqual(await store.append([sheet(5)], epoch), [appended(2)]);
        assert.deepEqual(await store.read(LOG, 0, 9), [utf8("sheet 1"), utf8("sheet 3"), utf8("sheet 5")]);
        assert.deepEqual(await store.read("pleno/51", 1, 2), [utf8("order 4")]);
      },
    );

    inStore("keeps bytes as they are: empty, zeros, no text in any encoding, the longest", async (store, epoch) => {
      const contents = [[], [0], [0, 0, 255, 254, 0], [0xc3, 0x28, 0xf0, 0x9f], new Uint8Array(65_535).fill(0xed)];
      const bytes = contents.map((content) => Uint8Array.from(content));
      await store.append(
        bytes.map((content, i) => sheet(i, { bytes: content })),
        epoch,
      );
      assert.deepEqual(await store.read(LOG, 0, 9), bytes);
      assert.deepEqual(
        (await store.changes(0, 9)).entries.map((entry) => entry.bytes),
        bytes,
      );
    });

    inStore("appends nothing for an empty batch", async (store, epoch) => {
      assert.deepEqual(await store.append([], epoch), []);
      assert.deepEqual(await store.heads(), new Map());
    });

    inStore("reads as much of an interval as there is", async (store, epoch) => {
      await store.append([sheet(1), sheet(2)], epoch);
      assert.deepEqual(await store.read(LOG, 1, 100), [utf8("sheet 2")]);
      assert.deepEqual(await store.read(LOG, 1, 1), []);
      assert.deepEqual(await store.read(LOG, 7, 9), []);
      assert.deepEqual(await store.read("tps/999999", 0, 9), []);
      await assert.rejects(store.read(LOG, 2, 1), RangeError);
    });

    inStore("reads thousands of entries as well as one", async (store, epoch) => {
      const many = Array.from({ length: 2_500 }, (_, i) => order(i));
      await store.append(many, epoch);
      assert.deepEqual(
        await store.read("pleno/51", 3, 2_499),
        many.slice(3, 2_499).map((entry) => entry.bytes),
      );
      const { cursor, entries } = await store.changes(0, 2_499);
      assert.deepEqual(
        entries.map((entry) => entry.index),
        many.slice(0, 2_499).map((_, i) => i),
      );
      assert.deepEqual(
        (await store.changes(cursor, 9)).entries.map((entry) => entry.index),
        [2_499],
      );
    });

    inStore("stores nothing of a call that breaks the contract", async (store, epoch) => {
      const mistakes: [string, NewEntry][] = [
        ["an id of 31 bytes", sheet(1, { id: new Uint8Array(31) })],
        ["a hot entry without a chain", sheet(1, { chain: null })],
        ["an expectation without a chain", order(1, { expect: "none" })],
        ["a log without a name", sheet(1, { log: "" })],
        ["a chain without a name", sheet(1, { chain: "" })],
        ["65,536 bytes", sheet(1, { bytes: new Uint8Array(65_536) })],
      ];
      for (const [what, mistake] of mistakes) {
        const isOurBug = (error: unknown) => error instanceof TypeError || error instanceof RangeError;
        await assert.rejects(store.append([sheet(9), mistake], epoch), isOurBug, what);
      }
      assert.deepEqual(await store.heads(), new Map());
    });
  });

  describe(`store in ${engine}: duplicates`, () => {
    inStore("finds a hot entry again by its id, and the bytes stored first stand", async (store, epoch) => {
      await store.append([sheet(1), sheet(2)], epoch);
      const again = sheet(1, { bytes: utf8("the same text under another signature") });
      assert.deepEqual(await store.append([again, sheet(2)], epoch), [duplicate(0), duplicate(1)]);
      assert.deepEqual(await store.read(LOG, 0, 9), [utf8("sheet 1"), utf8("sheet 2")]);
    });

    inStore("finds any other entry again, in its own log only", async (store, epoch) => {
      await store.append([order(1), order(2, { chain: "seen/pleno/0" })], epoch);
      const elsewhere = order(1, { log: "pleno/52" });
      assert.deepEqual(await store.append([order(1), order(2, { chain: "seen/pleno/0" }), elsewhere], epoch), [
        duplicate(0),
        duplicate(1),
        appended(0),
      ]);
    });

    inStore("finds them within one batch", async (store, epoch) => {
      assert.deepEqual(await store.append([sheet(1), sheet(1), order(2), order(2)], epoch), [
        appended(0),
        duplicate(0),
        appended(0),
        duplicate(0),
      ]);
    });

    inStore("answers a duplicate before it looks at what was expected", async (store, epoch) => {
      await store.append([sheet(1, { expect: "none" }), sheet(2)], epoch);
      assert.deepEqual(await store.append([sheet(1, { expect: "none" })], epoch), [duplicate(0)]);
    });
  });

  describe(`store in ${engine}: chains`, () => {
    inStore("appends when the head is the expected one and names the true one when it is not", async (store, epoch) => {
      assert.deepEqual(await store.append([sheet(1, { expect: { index: 0 } })], epoch), [conflict(null)]);
      assert.equal(await store.head(LOG), null);
      assert.deepEqual(await store.append([sheet(1, { expect: "none" })], epoch), [appended(0)]);
      assert.deepEqual(await store.append([sheet(2, { expect: "none" })], epoch), [conflict(0)]);
      assert.deepEqual(await store.append([sheet(2, { expect: { index: 0 } })], epoch), [appended(1)]);
      assert.deepEqual(await store.append([sheet(3, { expect: { index: 0 } })], epoch), [conflict(1)]);
    });

    inStore("appends while the chain has fewer entries than are allowed", async (store, epoch) => {
      assert.deepEqual(await store.append([sheet(1, { expect: { fewerThan: 0 } })], epoch), [conflict(null)]);
      const entries = [1, 2, 3].map((n) => sheet(n, { expect: { fewerThan: 2 } }));
      assert.deepEqual(await store.append(entries, epoch), [appended(0), appended(1), conflict(1)]);
    });

    inStore("gives an entry no other index than the one that it must get", async (store, epoch) => {
      const batch = [order(1, { at: 0 }), order(1, { at: 1 }), order(2, { at: 2 }), order(3, { at: 1 })];
      const outcomes = [appended(0), duplicate(0), conflict(null), appended(1)];
      assert.deepEqual(await store.append(batch, epoch), outcomes);
    });

    inStore("lets the entries of one batch move the head for those after them", async (store, epoch) => {
      const outcomes = await store.append(
        [sheet(1, { expect: "none" }), sheet(2, { expect: "none" }), sheet(3, { expect: { index: 0 } }), sheet(4)],
        epoch,
      );
      assert.deepEqual(outcomes, [appended(0), conflict(0), appended(1), appended(2)]);
    });

    inStore("keeps hot and other entries of one chain in one order", async (store, epoch) => {
      await store.append([sheet(1), order(2, { log: LOG }), sheet(3, { hot: false }), sheet(4)], epoch);
      assert.deepEqual(await store.chain(LOG, CHAIN), { index: 3, count: 3 });
      assert.deepEqual(await store.chainEntries(LOG, CHAIN), [0, 2, 3]);
    });

    inStore("knows nothing of a chain without entries, and takes no other log's for it", async (store, epoch) => {
      await store.append([sheet(1, { log: "tps/510304" })], epoch);
      assert.equal(await store.chain(LOG, CHAIN), null);
      assert.deepEqual(await store.chainEntries(LOG, CHAIN), []);
      assert.deepEqual(await store.append([sheet(2, { expect: "none" })], epoch), [appended(0)]);
    });
  });

  describe(`store in ${engine}: heads`, () => {
    inStore("have the size and the Merkle root of exactly what can be read", async (store, epoch) => {
      for (let n = 0; n < 20; n++) {
        await store.append([sheet(n), order(n), order(n + 1)], epoch);
        await assertHeads(store);
      }
      assert.equal((await store.heads()).size, 2);
    });

    inStore("continue where they were after a restart", async (store, epoch, place) => {
      await store.append([sheet(1), sheet(2), order(3)], epoch);
      await store.close();
      const reopened = await place.open();
      await reopened.append([sheet(4), sheet(1, { log: "tps/110101" })], await reopened.claim("core"));
      assert.deepEqual([...(await reopened.heads())].map(([name, { size }]) => [name, size]).sort(), [
        ["pleno/51", 1],
        ["tps/110101", 1],
        [LOG, 3],
      ]);
      await assertHeads(reopened);
      await reopened.close();
    });

    inStore("are not disturbed by offers that were refused", async (store, epoch, place) => {
      const refused = sheet(1, { log: "tps/110101", expect: { index: 5 } });
      await store.append([refused, sheet(2), { ...refused, log: "tps/110102" }], epoch);
      await store.append([sheet(3, { log: "tps/110103" })], epoch);
      assert.deepEqual([...(await store.heads()).keys()].sort(), ["tps/110103", LOG]);
      const reopened = await place.open();
      await reopened.append([sheet(4, { log: "tps/110102" }), sheet(5, { log: "tps/110101" })], epoch);
      await assertHeads(reopened);
      await reopened.close();
    });
  });

  describe(`store in ${engine}: following`, () => {
    inStore("gives every entry once, in order of arrival, whatever the step", async (store, epoch) => {
      await store.append([sheet(1), order(2), sheet(3)], epoch);
      await store.append([order(4), order(2)], epoch);
      for (const step of [1, 2, 3, 100]) {
        assert.deepEqual(
          (await follow(store, step)).map(({ log, index }) => `${log} ${index}`),
          [`${LOG} 0`, "pleno/51 0", `${LOG} 1`, "pleno/51 1"],
        );
      }
    });

    inStore("gives the same entries again after their memory was given back", async (store, epoch) => {
      await store.append([order(1), order(2)], epoch);
      (await store.changes(0, 10)).release();
      const again = (await store.changes(0, 10)).entries.map(({ bytes }) => bytes);
      assert.deepEqual(again, [order(1).bytes, order(2).bytes]);
      assert.deepEqual(await store.read("pleno/51", 0, 2), again);
    });

    inStore(
      "goes on from a cursor, in another handle too, and stands still at the end",
      async (store, epoch, place) => {
        await store.append([sheet(1)], epoch);
        const reader = await place.openReader();
        const { cursor } = await reader.changes(0, 10);
        const end = await reader.changes(cursor, 10);
        assert.deepEqual([end.cursor, end.entries], [cursor, []]);
        assert.equal(await reader.end(), cursor);
        await store.append([sheet(1), order(2)], epoch);
        assert.equal(await reader.end(), (await reader.changes(cursor, 10)).cursor);
        assert.deepEqual((await reader.changes(cursor, 10)).entries, [
          { log: "pleno/51", index: 0, bytes: utf8("order 2") },
        ]);
        assert.deepEqual(await reader.heads().then((heads) => heads.get("pleno/51")?.size), 1);
        await reader.close();
      },
    );
  });

  describe(`store in ${engine}: values`, () => {
    inStore("move only from what they are", async (store, epoch) => {
      const [one, two] = [utf8("one"), utf8("two")];
      assert.equal(await store.value("checkpoint"), null);
      assert.equal(await store.commit("checkpoint", one, two, epoch), false);
      assert.equal(await store.commit("checkpoint", null, one, epoch), true);
      assert.equal(await store.commit("checkpoint", null, two, epoch), false);
      assert.equal(await store.commit("checkpoint", utf8("on"), two, epoch), false);
      assert.deepEqual(await store.value("checkpoint"), one);
      assert.equal(await store.commit("checkpoint", one, two, epoch), true);
      assert.deepEqual(await store.value("checkpoint"), two);
      assert.equal(await store.value("another"), null);
    });

    inStore("tell an empty value from none", async (store, epoch) => {
      assert.equal(await store.commit("checkpoint", null, new Uint8Array(0), epoch), true);
      assert.deepEqual(await store.value("checkpoint"), new Uint8Array(0));
      assert.equal(await store.commit("checkpoint", null, utf8("one"), epoch), false);
    });
  });

  describe(`store in ${engine}: fencing`, () => {
    inStore("refuses whoever held the role before, and stores nothing of theirs", async (store, epoch, place) => {
      await store.append([sheet(1)], epoch);
      const successor = await place.open();
      const newer = await successor.claim("core");
      assert.ok(newer > epoch);
      await assert.rejects(store.append([sheet(2)], epoch), StaleEpoch);
      await assert.rejects(store.commit("checkpoint", null, utf8("one"), epoch), StaleEpoch);
      assert.equal(await store.value("checkpoint"), null);
      assert.deepEqual(await successor.append([sheet(3), sheet(1)], newer), [appended(1), duplicate(0)]);
      await assertHeads(successor);
      await successor.close();
    });

    inStore("lets one handle go on after another has written", async (store, epoch, place) => {
      const other = await place.open();
      for (let n = 0; n < 6; n += 2) {
        assert.deepEqual(await store.append([sheet(n)], epoch), [appended(n)]);
        assert.deepEqual(await other.append([sheet(n + 1), order(n)], epoch), [appended(n + 1), appended(n / 2)]);
      }
      await assertHeads(store);
      await other.close();
    });

    inStore("keeps roles apart and never gives an epoch twice", async (store, epoch, place) => {
      const publisher = await store.claim("publish");
      await store.append([sheet(1)], epoch);
      await store.append([order(1)], publisher);
      await store.close();
      const reopened = await place.open();
      const later = [await reopened.claim("core"), await reopened.claim("core"), await reopened.claim("publish")];
      assert.equal(new Set([epoch, publisher, ...later]).size, 5);
      await reopened.close();
    });

    inStore("refuses every call once closed, and closes twice", async (store, epoch) => {
      await store.close();
      await store.close();
      await assert.rejects(store.append([sheet(1)], epoch), StoreUnusable);
      await assert.rejects(store.heads(), StoreUnusable);
    });
  });

  describe(`store in ${engine}: any sequence of calls`, () => {
    test("has the answers of the model, across restarts", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyCall, { maxLength: 30 }), async (calls) => {
          const place = await newPlace();
          const model = openMemoryStore();
          let store = await place.open();
          let epochs = [await store.claim("core"), await model.claim("core")] as const;
          try {
            for (const call of calls) {
              if (call === "restart") {
                await store.close();
                store = await place.open();
                epochs = [await store.claim("core"), await model.claim("core")];
              } else {
                assert.deepEqual(await store.append(call, epochs[0]), await model.append(call, epochs[1]));
              }
            }
            assert.deepEqual(await stateOf(store), await stateOf(model));
            await assertHeads(store);
          } finally {
            await store.close();
            await place.remove();
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}

/** A few logs, chains and ids, so that they meet often. Chain and heat follow from the id, as the contract demands. */
const anyEntry: fc.Arbitrary<NewEntry> = fc
  .record({
    log: fc.constantFrom("a", "b"),
    n: fc.nat(11),
    bytes: fc.uint8Array({ maxLength: 40 }),
    expect: fc.constantFrom(undefined, "none" as const, { index: 0 }, { index: 2 }, { fewerThan: 1 }, { fewerThan: 3 }),
    at: fc.constantFrom(undefined, undefined, 0, 1, 2, 3, 5),
  })
  .map(({ log, n, bytes, expect, at }) => {
    const chain = n % 4 === 0 ? null : `chain ${n % 3}`;
    const placed = at === undefined ? {} : { at };
    const entry = { log, id: idOf(n), chain, hot: chain !== null && n % 2 === 1, bytes, ...placed };
    if (chain === null || expect === undefined) return entry;
    return { ...entry, expect };
  });

const anyCall = fc.oneof(
  { weight: 6, arbitrary: fc.array(anyEntry, { maxLength: 8 }) },
  { weight: 1, arbitrary: fc.constant("restart" as const) },
);

/** Everything that can be asked of a store. */
async function stateOf(store: Store): Promise<unknown> {
  const logs = await Promise.all(
    ["a", "b"].map(async (log) => ({
      entries: await store.read(log, 0, 1_000),
      root: (await store.head(log))?.root(),
      chains: await Promise.all(
        [0, 1, 2].map(async (n) => [await store.chain(log, `chain ${n}`), await store.chainEntries(log, `chain ${n}`)]),
      ),
    })),
  );
  return { logs, arrivals: await follow(store, 7) };
}

async function follow(store: Store, step: number): Promise<{ log: string; index: number; bytes: Uint8Array }[]> {
  const all = [];
  for (let cursor = 0; ; ) {
    const next = await store.changes(cursor, step);
    if (next.entries.length === 0) return all;
    all.push(...next.entries);
    cursor = next.cursor;
  }
}

/** Asserts that every head is the one that its log's entries have. */
export async function assertHeads(store: Store): Promise<void> {
  for (const [log, head] of await store.heads()) {
    const entries = await store.read(log, 0, head.size + 1);
    assert.equal(entries.length, head.size, `${log} has as many entries as its head says`);
    assert.deepEqual(head.root(), rootOf(entries.map(leafHash)), `${log} has the root that its head says`);
    assert.deepEqual((await store.head(log))?.frontier, head.frontier);
  }
}
