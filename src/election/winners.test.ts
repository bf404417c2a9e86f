import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ChoiceId, choiceId, type RegionCode } from "./codes.ts";
import type { SpreadLevel } from "./spread.ts";
import { type CandidateVotes, electDpd, electFromList } from "./winners.ts";

/** Candidates 1, 2, 3, … with these votes; "x" marks one who is withdrawn. */
const candidates = (...votes: (number | readonly [number, "x"])[]): CandidateVotes[] =>
  votes.map((count, index) => ({
    id: choiceId(String(index + 1)),
    number: index + 1,
    votes: typeof count === "number" ? count : count[0],
    withdrawn: typeof count !== "number",
  }));

/** Each row: the votes of one kabupaten for candidates 1, 2, 3, … */
const kabupaten = (...rows: number[][]): SpreadLevel => ({
  level: "kabupaten",
  regions: rows.map((row, index) => ({
    region: `71${String(index + 1).padStart(2, "0")}` as RegionCode,
    votes: Object.fromEntries(row.map((votes, i) => [String(i + 1), votes])) as Record<ChoiceId, number>,
  })),
});

const ids = (elected: readonly { candidate: ChoiceId }[]) => elected.map(({ candidate }) => candidate);

test("a party's seats go to its candidates with the most votes, whatever their numbers", () => {
  const { elected, tie, surplus, ranking } = electFromList(candidates(120, 90, 300, 150), 2, []);
  assert.deepEqual(elected, [
    { candidate: "3", votes: 300, rule: "most-votes" },
    { candidate: "4", votes: 150, rule: "most-votes" },
  ]);
  assert.deepEqual([tie, surplus], [null, 0]);
  assert.deepEqual(
    ranking.map(({ id }) => id),
    ["3", "4", "1", "2"],
  );
});

test("a withdrawn candidate is passed over, and still shown with the votes", () => {
  const { elected, ranking } = electFromList(candidates(120, [500, "x"], 90), 2, []);
  assert.deepEqual(ids(elected), ["1", "3"]);
  assert.equal(ranking[0]?.id, "2");
});

test("equal votes need no decision where all of them are inside, or outside", () => {
  assert.deepEqual(ids(electFromList(candidates(100, 100, 50), 2, []).elected), ["1", "2"]);
  assert.deepEqual(ids(electFromList(candidates(100, 50, 50), 1, []).elected), ["1"]);
});

test("equal votes for the last seat go to the wider spread", () => {
  // 1 and 2 have 100 each; 1 has them in one kabupaten, 2 in two.
  const { elected, tie, spread } = electFromList(candidates(100, 100, 200), 2, [kabupaten([100, 60], [0, 40])]);
  assert.deepEqual(elected, [
    { candidate: "3", votes: 200, rule: "most-votes" },
    { candidate: "2", votes: 100, rule: "wider-spread" },
  ]);
  assert.equal(tie, null);
  assert.equal(spread.length, 1);
});

test("equal votes and equal spread leave the seat open, and say what the plenary goes by", () => {
  const { elected, tie } = electFromList(candidates(100, 100), 1, [kabupaten([50, 40], [50, 60])]);
  assert.deepEqual(elected, []);
  assert.deepEqual(tie, { between: ["1", "2"], places: 1, rule: "spread-equal-on-list" });
});

test("a party whose candidates have no votes fills its seats by number", () => {
  const { elected } = electFromList(candidates([0, "x"], 0, 0), 1, []);
  assert.deepEqual(elected, [{ candidate: "2", votes: 0, rule: "list-order" }]);
});

test("candidates without votes beside one who has some are equal, and no spread is asked for", () => {
  const { elected, tie } = electFromList(candidates(0, 7, 0), 2, []);
  assert.deepEqual(ids(elected), ["2"]);
  assert.deepEqual(tie, { between: ["1", "3"], places: 1, rule: "spread-equal-on-list" });
});

test("seats beyond the candidates are reported", () => {
  assert.equal(electFromList(candidates(10, 5), 3, []).surplus, 1);
  assert.equal(electFromList([], 2, []).surplus, 2);
});

test("the four with the most votes of a province go to the DPD", () => {
  const { elected, tie } = electDpd(candidates(310_000, 95_000, 240_000, 180_000, 95_001), null);
  assert.deepEqual(ids(elected), ["1", "3", "4", "5"]);
  assert.equal(tie, null);
});

test("a tie at the DPD's fourth place goes to votes in more kabupaten, however unequal they are", () => {
  // 4 and 5 have 900 each: 4 in two of three kabupaten, 5 in all three.
  const votes = candidates(5000, 4000, 3000, 900, 900);
  const spread = kabupaten([5000, 0, 0, 450, 898], [0, 4000, 0, 450, 1], [0, 0, 3000, 0, 1]);
  const { elected, tie } = electDpd(votes, spread);
  assert.deepEqual(elected.at(-1), { candidate: "5", votes: 900, rule: "wider-spread" });
  assert.deepEqual([ids(elected), tie], [["1", "2", "3", "5"], null]);
});

test("a tie at the DPD's fourth place asks for the spread, and is reported where that is equal", () => {
  const votes = candidates(5000, 4000, 3000, 900, 900);
  assert.deepEqual(electDpd(votes, null).tie, { between: ["4", "5"], places: 1, rule: "spread-needed" });
  const even = kabupaten([5000, 4000, 3000, 450, 899], [0, 0, 0, 450, 1]);
  const { elected, tie } = electDpd(votes, even);
  assert.deepEqual(ids(elected), ["1", "2", "3"]);
  assert.deepEqual(tie, { between: ["4", "5"], places: 1, rule: "spread-equal" });
});

test("nobody goes to the DPD without votes", () => {
  const { elected, surplus } = electDpd(candidates(10, 0, 5, 0, 0), null);
  assert.deepEqual([ids(elected), surplus], [["1", "3"], 2]);
});

const votes = fc.array(fc.oneof(fc.nat(6), fc.nat(100_000)), { minLength: 1, maxLength: 12 });

test("every place is filled, tied or reported as surplus, and nobody outside has more votes than one inside", () => {
  fc.assert(
    fc.property(votes, fc.nat(8), (votes, places) => {
      const { elected, tie, surplus } = electFromList(candidates(...votes), places, []);
      assert.equal(elected.length + (tie?.places ?? 0) + surplus, places);
      const inside = new Set(ids(elected));
      const least = Math.min(...elected.map(({ votes }) => votes));
      for (const { id, votes: own } of candidates(...votes)) {
        if (inside.has(id) || elected.length === 0) continue;
        assert.ok(tie?.between.includes(id) ? own < least : own <= least);
      }
    }),
  );
});

test("the order in which candidates are given does not matter", () => {
  const orders = votes.chain((votes) =>
    fc.tuple(fc.constant(candidates(...votes)), fc.shuffledSubarray(candidates(...votes), { minLength: votes.length })),
  );
  fc.assert(
    fc.property(orders, fc.nat(8), ([given, other], places) => {
      assert.deepEqual(electFromList(other, places, []), electFromList(given, places, []));
      assert.deepEqual(electDpd(other, null, places), electDpd(given, null, places));
    }),
  );
});
