/** Pieces of a log in any order, repeated, cut anywhere: what is here is always a beginning of what was written, and in the end all of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { leafHash } from "../ledger/tree.ts";
import { makeChunk } from "./chunk.ts";
import { decodeMessages, encodeMessage, MessageError } from "./messages.ts";
import { HALL_LOG, handedOver, pause } from "./testing.ts";
import { TreeHashes } from "./tree-hashes.ts";

const WRITTEN = 40;

test("whatever pieces come in whatever order, a copy is a beginning of the log, and whole once all have come", async () => {
  const { centre: untouched, laptop } = await handedOver();
  for (let panel = 0; panel < WRITTEN; panel++) await pause(laptop, panel);
  const log = await laptop.store.read(HALL_LOG, 0, 999);
  assert.ok(((await untouched.store.head(HALL_LOG))?.size ?? 0) < log.length);
  const piece = fc.tuple(fc.nat(log.length), fc.nat(12));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const { centre } = await handedOver();
      for (const [from, count] of pieces) {
        const chunk = await laptop.replica.chunkFrom(HALL_LOG, from);
        assert.ok(chunk);
        const tree = await laptop.replica.trees.of(HALL_LOG);
        const size = from + chunk.entries.length;
        const shorter = makeChunk({ ...chunk, size }, tree, chunk.entries.slice(0, count));
        const taken = await centre.replica.take(shorter);
        assert.ok(["taken", "gap"].includes(taken.kind), taken.kind);
        const here = await centre.store.read(HALL_LOG, 0, 999);
        assert.deepEqual(here, log.slice(0, here.length));
      }
      const rest = await laptop.replica.chunkFrom(HALL_LOG, (await centre.store.head(HALL_LOG))?.size ?? 0);
      assert.ok(rest);
      await centre.replica.take(rest);
      assert.deepEqual(await centre.store.read(HALL_LOG, 0, 999), log);
    }),
    { numRuns: 15 },
  );
});

test("a message with any byte changed, or cut anywhere, is refused or proves nothing else", async () => {
  const { centre, laptop } = await handedOver();
  for (const panel of [1, 2, 3]) await pause(laptop, panel);
  const before = (await centre.store.head(HALL_LOG))?.size ?? 0;
  const chunk = await laptop.replica.chunkFrom(HALL_LOG, before);
  assert.ok(chunk);
  const bytes = encodeMessage({ kind: "chunk", ...chunk });
  const log = await laptop.store.read(HALL_LOG, 0, 99);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, bits, cut) => {
        const changed = cut ? bytes.slice(0, at) : bytes.slice();
        if (!cut) changed[at] = (changed[at] ?? 0) ^ bits;
        try {
          for (const message of decodeMessages(changed))
            if (message.kind === "chunk") await centre.replica.take(message);
        } catch (error) {
          assert.ok(error instanceof MessageError, String(error));
        }
        const here = await centre.store.read(HALL_LOG, 0, 99);
        assert.deepEqual(here, log.slice(0, here.length));
      },
    ),
    { numRuns: 150 },
  );
});

test("a tree in memory answers for every size as one that was built for it", () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (length, at) => {
      const tree = new TreeHashes();
      const built = new TreeHashes();
      for (let i = 0; i < length; i++) {
        const leaf = leafHash(Uint8Array.of(i & 255, i >> 8));
        tree.push(leaf);
        if (i < at) built.push(leaf);
      }
      const size = Math.min(at, length);
      assert.deepEqual(tree.root(size), built.root());
      assert.deepEqual(tree.edge(size), built.edge(size));
    }),
  );
});
