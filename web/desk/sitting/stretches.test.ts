import assert from "node:assert/strict";
import { test } from "node:test";
import { asHash } from "../../../src/ledger/hash.ts";
import type { ActView } from "../../../src/recap/wire/views.ts";
import { joined } from "./stretches.ts";

/** Entries of a log from one index down to another. */
const from = (high: number, low: number): ActView[] =>
  Array.from({ length: high - low + 1 }, (_, i) => ({
    index: high - i,
    id: asHash("0".repeat(64)),
    stated: null,
    refusal: null,
  }));
const indices = (acts: readonly ActView[]) => acts.map(({ index }) => index);

test("older entries are shown below newer ones, each once, however far the log has grown meanwhile", () => {
  const first = joined(from(300, 101), from(100, 1));
  assert.deepEqual(indices(first), indices(from(300, 1)));
  assert.deepEqual(indices(joined(from(310, 111), first)), indices(from(310, 1)));
});

test("entries that would leave a gap above them are dropped, to be asked for again", () => {
  assert.deepEqual(indices(joined(from(600, 401), from(300, 1))), indices(from(600, 401)));
});

test("before anything has come there is what came before", () => {
  assert.deepEqual(indices(joined([], from(3, 0))), [3, 2, 1, 0]);
  assert.deepEqual(joined(from(3, 0), []), from(3, 0));
});
