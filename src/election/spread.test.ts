import assert from "node:assert/strict";
import { test } from "node:test";
import { type ChoiceId, choiceId, type RegionCode } from "./codes.ts";
import { chooseBySpread, type SpreadLevel } from "./spread.ts";

const [a, b, c] = ["a", "b", "c"].map((id, index) => ({ id: choiceId(id), number: index + 1 }));
const contenders = [a, b, c].filter((one) => one !== undefined);

/** Each row: the votes of one region for a, b and c. */
const level = (name: SpreadLevel["level"], ...rows: number[][]): SpreadLevel => ({
  level: name,
  regions: rows.map((row, index) => ({
    region: `71${String(index + 1).padStart(2, "0")}` as RegionCode,
    votes: Object.fromEntries(contenders.map(({ id }, i) => [id, row[i] ?? 0])) as Record<ChoiceId, number>,
  })),
});

test("votes in more regions win, however few they are in each", () => {
  // a has 10 votes in 1 kabupaten, b 1 + 9 in 2, c 10 in 1.
  const { chosen, tie, compared } = chooseBySpread(
    contenders,
    1,
    [level("kabupaten", [10, 1, 0], [0, 9, 10])],
    "spread-equal",
  );
  assert.deepEqual([chosen, tie], [["b"], null]);
  assert.deepEqual(compared, [
    {
      level: "kabupaten",
      regions: [
        { choice: "a", withVotes: 1 },
        { choice: "b", withVotes: 2 },
        { choice: "c", withVotes: 1 },
      ],
    },
  ]);
});

test("those still equal are compared one level down, without those already placed", () => {
  // Two places. Kabupaten: a 1, b 2, c 1: b is in. Kecamatan, a against c: a 1, c 2: c is in.
  const levels = [level("kabupaten", [10, 1, 0], [0, 9, 10]), level("kecamatan", [10, 5, 4], [0, 5, 6])];
  const { chosen, tie, compared } = chooseBySpread(contenders, 2, levels, "spread-equal");
  assert.deepEqual([chosen, tie], [["b", "c"], null]);
  assert.deepEqual(
    compared.map(({ level, regions }) => [level, ...regions.map(({ choice }) => choice)]),
    [
      ["kabupaten", "a", "b", "c"],
      ["kecamatan", "a", "c"],
    ],
  );
});

test("where every level leaves them equal, the open places and those between whom they lie are reported", () => {
  const levels = [level("kabupaten", [10, 1, 0], [0, 9, 10])];
  assert.deepEqual(chooseBySpread(contenders, 2, levels, "spread-equal").tie, {
    between: ["a", "c"],
    places: 1,
    rule: "spread-equal",
  });
});

test("without votes by region the tie says that they are needed", () => {
  const { chosen, tie } = chooseBySpread([...contenders].reverse(), 1, [], "spread-equal");
  assert.deepEqual([chosen, tie], [[], { between: ["a", "b", "c"], places: 1, rule: "spread-needed" }]);
});
