import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { choiceId } from "./codes.ts";
import { passingParties } from "./sainte-lague.ts";
import { SEAT_RULES } from "./seat-rules.ts";
import { type DistrictSeats, type ListVotes, listsOf, partyVotes, seatsOfDistrict } from "./seats.ts";
import { VotesError } from "./shares.ts";
import { exampleFile, modelOf } from "./testing.ts";

/** The list of party P<number>: votes of its own column, then of its candidates <number>-1, <number>-2, … */
const list = (number: number, own: number, ...candidates: number[]): ListVotes => ({
  id: choiceId(`P${number}`),
  number,
  own,
  withdrawn: false,
  candidates: candidates.map((votes, index) => ({
    id: choiceId(`${number}-${index + 1}`),
    number: index + 1,
    votes,
    withdrawn: false,
  })),
});

/** "P1 2: 1-2 1-1" for each party. */
const shown = ({ parties }: DistrictSeats) =>
  parties.map(({ party, seats, election }) =>
    [`${party} ${seats}:`, ...election.elected.map(({ candidate }) => candidate)].join(" "),
  );

test("a district of six seats is worked as by hand, down to the candidates", () => {
  // P1 2,000 + 15,000 + 13,000 = 30,000; P2 1,000 + 9,000 + 10,000 = 20,000; P3 15,000; P4 7,000; P5 5,000.
  //        P1 30,000   P2 20,000   P3 15,000   P4 7,000   P5 5,000
  //  ÷1    30,000 (1)  20,000 (2)  15,000 (3)  7,000 (5)  5,000
  //  ÷3    10,000 (4)   6,666.7(6)  5,000
  //  ÷5     6,000
  const lists = [
    list(1, 2_000, 15_000, 13_000),
    list(2, 1_000, 9_000, 10_000),
    list(3, 15_000, 0, 0),
    list(4, 500, 6_000, 500),
    list(5, 5_000, 0),
  ];
  const result = seatsOfDistrict(lists, 6, null);
  assert.deepEqual(shown(result), ["P1 2: 1-1 1-2", "P2 2: 2-2 2-1", "P3 1: 3-1", "P4 1: 4-1", "P5 0:"]);
  assert.deepEqual(
    result.seats.map((seat) => seat.kind === "given" && `${seat.won.party} ${seat.won.votes}/${seat.won.divisor}`),
    ["P1 30000/1", "P2 20000/1", "P3 15000/1", "P1 30000/3", "P4 7000/1", "P2 20000/3"],
  );
});

test("a party below the national threshold takes no part, however strong it is in the district", () => {
  // In the nation P3 has 390 of 10,000, less than 4 %; in this district it would have had the second of three seats.
  const nation = [list(1, 6_000), list(2, 3_610), list(3, 390)].map(partyVotes);
  const passed = passingParties(nation, 400);
  const district = [list(1, 0, 500), list(2, 0, 200, 100), list(3, 0, 390)];
  //        P1 500    P2 300         and without a threshold  P3 390
  //  ÷1    500 (1)   300 (2)                                 390 (2)
  //  ÷3    166.7(3)  100
  const result = seatsOfDistrict(district, 3, passed);
  assert.deepEqual(shown(result), ["P1 2: 1-1", "P2 1: 2-1", "P3 0:"]);
  assert.deepEqual(
    result.parties.map(({ excluded }) => excluded),
    [null, null, "below-threshold"],
  );
  assert.equal(result.parties[0]?.election.surplus, 1, "P1 has two seats and one candidate");
  assert.deepEqual(shown(seatsOfDistrict(district, 3, null)), ["P1 1: 1-1", "P2 1: 2-1", "P3 1: 3-1"]);
});

test("a withdrawn party takes no part", () => {
  const result = seatsOfDistrict([list(1, 10, 0), { ...list(2, 900, 0), withdrawn: true }], 1, null);
  assert.deepEqual([shown(result), result.parties[1]?.excluded], [["P1 1: 1-1", "P2 0:"], "withdrawn"]);
});

test("votes for a withdrawn candidate help the party, not the candidate", () => {
  const first = list(1, 0, 600, 100);
  const withdrawn = { ...first, candidates: first.candidates.map((one, i) => ({ ...one, withdrawn: i === 0 })) };
  assert.deepEqual(shown(seatsOfDistrict([withdrawn, list(2, 0, 500)], 1, null)), ["P1 1: 1-2", "P2 0:"]);
});

test("a tied seat gives no candidate a place", () => {
  // 300/1 for P1 goes first; P1 300/3 = 100 and P2 100/1 tie for the second seat.
  const result = seatsOfDistrict([list(1, 0, 200, 100), list(2, 0, 100)], 2, null);
  assert.deepEqual(shown(result), ["P1 1: 1-1", "P2 0:"]);
  assert.deepEqual(result.seats[1]?.kind === "tied" && result.seats[1].tie.between, ["P1", "P2"]);
});

test("the lists of a district are read from its columns", () => {
  const district = modelOf(exampleFile()).contest("dpr")?.districts[0];
  assert.ok(district);
  // Columns: P1, its two candidates, P2, its two candidates. Three seats: 60, 20 against 30: P1 P2 P1.
  const lists = listsOf(district, [10, 20, 30, 15, 5, 10]);
  assert.deepEqual(
    lists.map(({ own, candidates }) => [own, ...candidates.map(({ votes }) => votes)]),
    [
      [10, 20, 30],
      [15, 5, 10],
    ],
  );
  assert.deepEqual(shown(seatsOfDistrict(lists, district.seats, null)), ["P1 2: a-1-2 a-1-1", "P2 1: a-2-2"]);
  assert.throws(() => listsOf(district, [1, 2]), VotesError);
  assert.throws(() => listsOf(district, [10, 20, 30, 15, -5, 10]), /the votes of P2/);
});

test("every rule has its ground and its words in both languages", () => {
  for (const { ground, text } of Object.values(SEAT_RULES)) {
    assert.ok(ground.length > 0 && text.id.length > 0 && text.en.length > 0);
  }
});

const lists = fc
  .array(fc.array(fc.oneof(fc.nat(5), fc.nat(10_000)), { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 8 })
  .map((rows) => rows.map(([own = 0, ...candidates], index) => list(index + 1, own, ...candidates)));

test("the working is plain JSON, the same whatever the order of lists and candidates", () => {
  const shuffled = lists.chain((lists) =>
    fc.tuple(
      fc.constant(lists),
      fc.shuffledSubarray(
        lists.map((one) => ({ ...one, candidates: one.candidates.toReversed() })),
        { minLength: lists.length },
      ),
    ),
  );
  fc.assert(
    fc.property(shuffled, fc.integer({ min: 1, max: 10 }), ([given, other], seats) => {
      const result = seatsOfDistrict(given, seats, null);
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
      assert.deepEqual(seatsOfDistrict(other, seats, null), result);
    }),
  );
});

test("every certain seat of a party has a candidate, a tie or is surplus", () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 10 }), (lists, seats) => {
      for (const { seats: own, election } of seatsOfDistrict(lists, seats, null).parties) {
        assert.equal(election.elected.length + (election.tie?.places ?? 0) + election.surplus, own);
      }
    }),
  );
});
