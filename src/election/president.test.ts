import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ChoiceId, choiceId, type RegionCode } from "./codes.ts";
import { electPresident, type Pair, type ProvinceVotes } from "./president.ts";

const LAW = { party: null, majority: 5000, spread: 2000 };
const NONE = { party: null, majority: null, spread: null };

const pairs: readonly Pair[] = [1, 2, 3].map((number) => ({
  id: choiceId(String(number)),
  number,
  withdrawn: false,
}));

/** Each row: the votes of one province for pairs 1, 2, 3; the provinces are 11, 12, 13, … */
const provinces = (...rows: number[][]): ProvinceVotes[] => rows.map((row, index) => region(String(11 + index), row));
const region = (code: string, row: readonly number[]): ProvinceVotes => ({
  region: code as RegionCode,
  votes: Object.fromEntries(row.map((votes, i) => [String(i + 1), votes])) as Record<ChoiceId, number>,
});

test("a pair with more than half of the votes and a fifth of them in most provinces is elected", () => {
  // 1: 600 + 500 + 19 = 1,119 of 2,100 (53.3 %); 60 %, 50 % and 19 %: a fifth in two of three provinces.
  const result = electPresident(pairs, provinces([600, 300, 100], [500, 400, 100], [19, 61, 20]), LAW);
  assert.deepEqual(result.outcome, { kind: "elected", pair: "1", rule: "majority" });
  assert.deepEqual([result.total, result.provinceCount], [2_100, 3]);
  assert.deepEqual(result.pairs[0], {
    pair: "1",
    votes: 1_119,
    withdrawn: false,
    majority: true,
    provinces: ["11", "12"],
    spread: true,
  });
});

test("a pair with most of the votes but not in most provinces goes to a second round", () => {
  // 1: 5,000 + 19 + 19 + 19 = 5,057 of 5,800 (87 %), but a fifth only in one of four provinces; 2: 511, 3: 232.
  const result = electPresident(pairs, provinces([5_000, 300, 200], [19, 70, 11], [19, 71, 10], [19, 70, 11]), LAW);
  assert.deepEqual([result.pairs[0]?.majority, result.pairs[0]?.spread], [true, false]);
  assert.deepEqual(result.outcome, { kind: "second-round", pairs: ["1", "2"], rule: "second-round" });
});

test("half of the provinces is not more than half", () => {
  const [two, three] = [provinces([90, 10, 0], [19, 81, 0]), provinces([90, 10, 0], [20, 80, 0])];
  assert.equal(electPresident(pairs, two, LAW).pairs[0]?.spread, false);
  assert.deepEqual(electPresident(pairs, three, LAW).outcome, { kind: "elected", pair: "1", rule: "majority" });
});

test("exactly half of the votes is no majority: the two with the most votes stand again", () => {
  // 1: 500 of 1,000.
  const result = electPresident(pairs, provinces([250, 150, 100], [250, 140, 110]), LAW);
  assert.deepEqual(result.outcome, { kind: "second-round", pairs: ["1", "2"], rule: "second-round" });
});

test("votes from abroad count in the total, and abroad is no province", () => {
  // At home 1 has 60 of 100; with 30 of 100 from abroad it has 90 of 200.
  const home = provinces([60, 40, 0]);
  assert.equal(electPresident(pairs, home, LAW).outcome.kind, "elected");
  const result = electPresident(pairs, [...home, region("99", [30, 20, 50])], LAW);
  assert.deepEqual([result.total, result.provinceCount, result.pairs[0]?.provinces], [200, 1, ["11"]]);
  assert.equal(result.outcome.kind, "second-round");
});

test("two pairs with equally many votes at the top stand again", () => {
  const { outcome, spread } = electPresident(pairs, provinces([40, 40, 20]), LAW);
  assert.deepEqual([outcome, spread], [{ kind: "second-round", pairs: ["1", "2"], rule: "second-round" }, []]);
});

test("a tie for the second place goes to votes in more provinces", () => {
  // 1: 80; 2: 60 in one province; 3: 60 in two.
  const { outcome, spread } = electPresident(pairs, provinces([40, 60, 30], [40, 0, 30]), LAW);
  assert.deepEqual(outcome, { kind: "second-round", pairs: ["1", "3"], rule: "wider-spread" });
  assert.equal(spread[0]?.level, "provinsi");
});

test("a tie of three at the top is decided by the spread, step by step", () => {
  // 60 each, all in both provinces. Kabupaten: 1 in two, 2 in three, 3 in one.
  const rows = provinces([30, 30, 30], [30, 30, 30]);
  const lower = {
    level: "kabupaten" as const,
    regions: [region("1101", [30, 15, 0]), region("1102", [0, 15, 30]), region("1201", [30, 30, 0])],
  };
  const { outcome, spread } = electPresident(pairs, rows, LAW, [lower]);
  assert.deepEqual(outcome, { kind: "second-round", pairs: ["2", "1"], rule: "wider-spread" });
  assert.deepEqual(
    spread.map(({ level }) => level),
    ["provinsi", "kabupaten"],
  );
});

test("a tie for the second place with equal spread is reported, and who stands for certain", () => {
  assert.deepEqual(electPresident(pairs, provinces([40, 30, 30]), LAW).outcome, {
    kind: "tied",
    certain: ["1"],
    tie: { between: ["2", "3"], places: 1, rule: "spread-equal" },
  });
});

test("a second round has no thresholds: the most votes win, and a tie goes by the spread", () => {
  const two = pairs.slice(0, 2);
  const win = electPresident(two, provinces([10, 90], [81, 0]), NONE).outcome;
  assert.deepEqual(win, { kind: "elected", pair: "1", rule: "most-votes" });
  const tie = electPresident(two, provinces([10, 91], [81, 0]), NONE).outcome;
  assert.deepEqual(tie, { kind: "elected", pair: "1", rule: "wider-spread" });
});

test("a withdrawn pair is not elected, and its votes stay in the total", () => {
  const withdrawn = pairs.map((pair) => ({ ...pair, withdrawn: pair.id === "1" }));
  const result = electPresident(withdrawn, provinces([60, 30, 10]), LAW);
  assert.equal(result.total, 100);
  assert.deepEqual(result.outcome, { kind: "second-round", pairs: ["2", "3"], rule: "second-round" });
});

test("without votes, or without a second pair, nobody is elected", () => {
  assert.deepEqual(electPresident(pairs, provinces([0, 0, 0]), LAW).outcome, { kind: "none", rule: "no-votes" });
  const alone = pairs.slice(0, 1);
  const lacking = [...provinces([0], [0], [10])];
  assert.deepEqual(electPresident(alone, lacking, LAW).outcome, { kind: "none", rule: "no-second-pair" });
});

const rows = fc.array(fc.array(fc.oneof(fc.nat(4), fc.nat(1_000_000)), { minLength: 3, maxLength: 3 }), {
  minLength: 1,
  maxLength: 8,
});

test("who is elected has the most votes, over half of them, and a fifth in most provinces", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const { outcome, total } = electPresident(pairs, provinces(...rows), LAW);
      // Another way: percentages as floating-point numbers, exact enough for figures this small.
      const sums = [0, 1, 2].map((i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0));
      const winner = sums.findIndex((votes, i) => {
        const strong = rows.filter((row) => {
          const all = row.reduce((a, b) => a + b, 0);
          return all > 0 && (row[i] ?? 0) * 5 >= all;
        });
        return votes * 2 > total && strong.length > rows.length / 2;
      });
      assert.equal(outcome.kind === "elected" ? outcome.pair : "0", String(winner + 1));
    }),
  );
});

test("the order of pairs and provinces does not matter, and the working is plain JSON", () => {
  const orders = rows.chain((rows) =>
    fc.tuple(
      fc.constant(provinces(...rows)),
      fc.shuffledSubarray(provinces(...rows), { minLength: rows.length }),
      fc.shuffledSubarray([...pairs], { minLength: 3 }),
    ),
  );
  fc.assert(
    fc.property(orders, ([given, other, shuffled]) => {
      const result = electPresident(pairs, given, LAW);
      assert.deepEqual(electPresident(shuffled, other, LAW), result);
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
    }),
  );
});
