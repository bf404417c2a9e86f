import assert from "node:assert/strict";
import { test } from "node:test";
import type { Choice } from "../choice.ts";
import type { Posting } from "../verify/journal.ts";
import type { Names } from "../verify/names.ts";
import { movementsOf, upAndDown } from "./movement.ts";

const choice = (id: string, party: number) => ({ id, number: 1, name: id, colour: "#000000", party });
const party = (id: string) => ({ id, number: 1, name: id, short: id, colour: "#000000" });
const WEST: Names = {
  district: "Barat",
  regions: [],
  choices: [choice("K1", 0), choice("w", 0)],
  parties: [party("K1")],
};
const EAST: Names = {
  district: "Timur",
  regions: [],
  choices: [choice("K1", 0), choice("e", 0)],
  parties: [party("K1")],
};
const DISTRICTS = new Map([
  ["1", WEST],
  ["2", EAST],
]);
const posting = (district: string, before: number, after: number): Posting => ({
  log: "tps/510806",
  index: 0,
  station: "5108062001001",
  district,
  kind: "correction",
  reason: null,
  changes: [{ column: 1, before, after }],
});
const about = (key: string, at: Choice["at"]): Choice => ({ key, number: "1", name: key, colour: "#000000", at });

test("in a kecamatan of two districts a choice has the changes of its own district alone", () => {
  const postings = [posting("1", 30, 10), posting("2", 5, 9)];
  assert.deepEqual(upAndDown(postings, DISTRICTS, about("w", { district: "1", column: 1 })), { up: 0, down: 20 });
  assert.deepEqual(upAndDown(postings, DISTRICTS, about("e", { district: "2", column: 1 })), { up: 4, down: 0 });
  // A party has those of both.
  assert.deepEqual(upAndDown(postings, DISTRICTS, about("partai-K1", { party: 0 })), { up: 4, down: 20 });
  assert.deepEqual(
    postings.map((each) => movementsOf(each, DISTRICTS.get(each.district), null)[0]?.label),
    ["1.1 w", "1.1 e"],
  );
});
