/** A door that has just begun takes the last sheets once more before it opens, and opens whatever comes of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorld, sheetNote, submissionOf, type World } from "../core/testing.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import { receiptAnswer } from "./answers.ts";
import { warmUp } from "./warm-up.ts";

/** A world with so many sheets, each in place of the one before. */
async function worldWith(sheets: number): Promise<{ world: World; notes: readonly Uint8Array[] }> {
  const world = await openWorld();
  const notes: Uint8Array[] = [];
  for (let time = 0; time < sheets; time++) {
    const last = notes.at(-1);
    const note = sheetNote(world, last === undefined ? { time } : { time, previous: idOf(last) });
    await world.sequencer.sequence([submissionOf(note)]);
    notes.push(note);
  }
  return { world, notes };
}

const idOf = (note: Uint8Array) => asHash(toHex(parseStatement(note).id));

function recorder() {
  const notes: Uint8Array[] = [];
  const relayed = async (more: readonly Uint8Array[]) => {
    notes.push(...more);
    return more.map(() => receiptAnswer(""));
  };
  return { notes, relayed };
}

test("sheets that are stored are taken once more in their order, and no other statement is", async () => {
  const { world, notes } = await worldWith(40);
  const door = recorder();
  assert.equal(await warmUp(door, world.store), 40);
  assert.deepEqual(door.notes, notes);
});

test("of many only the last are asked for", async () => {
  const asked: number[][] = [];
  const store = {
    end: async () => 12_345,
    changes: async (...these: number[]) => {
      asked.push(these);
      return { cursor: 12_345, entries: [], release: () => undefined };
    },
  };
  assert.equal(await warmUp(recorder(), store), 0);
  assert.deepEqual(asked, [[10_345, 2_000]]);
});

test("where there is none nothing is taken", async () => {
  const { world } = await worldWith(0);
  assert.equal(await warmUp(recorder(), world.store), 0);
});

test("a door whose sequencer does not answer opens all the same", async () => {
  const { world } = await worldWith(3);
  const silent = { relayed: () => new Promise<never>(() => undefined) };
  assert.equal(await warmUp(silent, world.store), 0);
});

test("a door opens though what it takes again comes to no end", async () => {
  const { world } = await worldWith(65);
  let asked = 0;
  const relayed = (notes: readonly Uint8Array[]) =>
    asked++ === 0 ? Promise.resolve(notes.map(() => receiptAnswer(""))) : new Promise<never>(() => undefined);
  assert.equal(await warmUp({ relayed }, world.store), 64);
  assert.equal(asked, 2);
});

test("what goes wrong with a sheet is told, and not swallowed", async () => {
  const { world } = await worldWith(1);
  const broken = { relayed: () => Promise.reject(new Error("the disk is gone")) };
  await assert.rejects(warmUp(broken, world.store), /the disk is gone/);
});
