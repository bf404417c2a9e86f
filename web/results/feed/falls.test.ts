import assert from "node:assert/strict";
import { test } from "node:test";
import type { Choice } from "../choice.ts";
import type { RowFigures } from "../verify/objects.ts";
import { fallsOf } from "./falls.ts";

const EMPTY = { stations: {}, valid: 0, invalid: 0, total: 0, flags: {} } as const;
const of = (at: Choice["at"]): Choice => ({ key: "x", number: "1", name: "X", colour: "#000000", at });

test("falls are those of one choice where the row carries it, else of all: nothing is passed over", () => {
  const list = { district: "51", names: null, votes: [9, 9], raised: [], removed: [[1, 312]] as const, held: [] };
  const withoutParties: RowFigures = { ...EMPTY, lists: [list], parties: null };
  assert.equal(fallsOf(withoutParties, null), 312);
  assert.equal(fallsOf(withoutParties, of({ district: "51", column: 1 })), 312);
  assert.equal(fallsOf(withoutParties, of({ district: "51", column: 0 })), 0);
  const parties = { votes: [9, 9], raised: [], removed: [[0, 5]] as const, held: [] };
  const withParties: RowFigures = { ...EMPTY, lists: [], parties };
  // A candidate of either party may have lost these five.
  assert.equal(fallsOf(withParties, of({ district: "51", column: 1 })), 5);
});
