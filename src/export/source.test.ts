import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, stationIn } from "./source.ts";

test("what is made comes in the order of the list, whichever is ready first", async () => {
  const gates = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const found: number[] = [];
  const reading = (async () => {
    for await (const n of inOrder([0, 1, 2], 3, async (i) => {
      await gates[i]?.promise;
      return i;
    }))
      found.push(n);
  })();
  for (const gate of gates.toReversed()) gate.resolve();
  await reading;
  assert.deepEqual(found, [0, 1, 2]);
});

test("no more are under way than the width says", async () => {
  let under = 0;
  let most = 0;
  const work = async (n: number) => {
    most = Math.max(most, ++under);
    await new Promise(setImmediate);
    under--;
    return n;
  };
  for await (const _ of inOrder(
    Array.from({ length: 20 }, (_, i) => i),
    4,
    work,
  ));
  assert.equal(most, 4);
});

test("a failure is thrown in its turn, and those behind it are not unheard", async () => {
  const found: number[] = [];
  await assert.rejects(async () => {
    for await (const n of inOrder([0, 1, 2], 3, async (i) => {
      if (i > 0) throw new RangeError(`${i}`);
      return i;
    }))
      found.push(n);
  }, /1/);
  assert.deepEqual(found, [0]);
});

test("what a reading leaves to the sheet is taken from there, and its own is kept", () => {
  const count = { at: [3], state: "held", votes: [1, 2], valid: 3 };
  const recap = { as: "count", at: [["pleno/510101", 4]], outcome: "same", state: "posted" };
  assert.deepEqual(stationIn({ n: "001", count, recap }, "recap"), { ...recap, votes: [1, 2], valid: 3 });
  const own = { at: [["pleno/510101", 4]], outcome: "corrected", state: "posted", votes: [1, 3] };
  assert.deepEqual(stationIn({ n: "001", count, recap: own }, "recap"), own);
});
