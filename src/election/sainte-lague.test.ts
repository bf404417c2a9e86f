import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { choiceId } from "./codes.ts";
import { allotSeats, type PartyVotes, passingParties, type Seat } from "./sainte-lague.ts";

/** Parties A, B, C, … with these votes, numbered from 1. */
const parties = (...votes: number[]): PartyVotes[] =>
  votes.map((count, index) => ({ id: choiceId(String.fromCharCode(65 + index)), number: index + 1, votes: count }));

/** "A B A ?": who got each seat, in order; "?" a tie, "-" unfilled. */
const shown = (seats: readonly Seat[]) =>
  seats.map((seat) => (seat.kind === "given" ? seat.won.party : seat.kind === "tied" ? "?" : "-")).join(" ");

/** The certain seats of a party, and whether it may get one more. */
const certain = (seats: readonly Seat[], party: string) =>
  seats.filter((seat) => seat.kind === "given" && seat.won.party === party).length;
const possible = (seats: readonly Seat[], party: string) =>
  certain(seats, party) +
  (seats.some((seat) => seat.kind === "tied" && seat.tie.between.some((id) => id === party)) ? 1 : 0);

test("a district of seven seats is distributed as by hand", () => {
  //        A 28,000   B 15,000   C 10,000   D 6,000   E 3,000
  //  ÷1    28,000 (1) 15,000 (2) 10,000 (3) 6,000 (5) 3,000
  //  ÷3     9,333 (4)  5,000 (7)  3,333
  //  ÷5     5,600 (6)  3,000
  //  ÷7     4,000
  assert.equal(shown(allotSeats(parties(28_000, 15_000, 10_000, 6_000, 3_000), 7)), "A B C A D A B");
});

test("a district of nine seats is distributed as by hand", () => {
  //        A 41,500    B 30,200     C 16,100    D 12,000    E 5,900
  //  ÷1    41,500 (1)  30,200 (2)   16,100 (3)  12,000 (5)  5,900
  //  ÷3    13,833 (4)  10,066.7 (6)  5,366.7     4,000
  //  ÷5     8,300 (7)   6,040 (8)
  //  ÷7     5,928.6 (9) 4,314.3                             and E misses the ninth by 28.6
  assert.equal(shown(allotSeats(parties(41_500, 30_200, 16_100, 12_000, 5_900), 9)), "A B C A D B A B A");
});

test("every seat carries the quotients that competed for it, as fractions", () => {
  const [, second] = allotSeats(parties(900, 400), 2);
  assert.deepEqual(second, {
    kind: "given",
    seat: 2,
    rule: "highest-quotient",
    won: { party: "B", votes: 400, divisor: 1 },
    compared: [
      { party: "B", votes: 400, divisor: 1 },
      { party: "A", votes: 900, divisor: 3 },
    ],
  });
});

test("equal quotients for the last seat leave it undecided", () => {
  // A 900/3 = 300 and B 300/1 = 300 compete for the second of two seats; more votes overall decide nothing.
  const seats = allotSeats(parties(900, 300, 100), 2);
  assert.equal(shown(seats), "A ?");
  assert.deepEqual(seats[1]?.kind === "tied" && seats[1].tie, {
    between: ["A", "B"],
    places: 1,
    rule: "equal-quotients",
  });
});

test("three equal quotients for two seats leave both undecided", () => {
  assert.equal(shown(allotSeats(parties(100, 100, 100), 2)), "? ?");
});

test("equal quotients are no tie where there are seats for all of them", () => {
  assert.equal(shown(allotSeats(parties(900, 300, 100), 3)), "A A B");
});

test("one vote among 2^53 makes a tie or a seat", () => {
  const most = 2 ** 53 - 2;
  // A third of A is 3,002,399,751,580,330 exactly, as many as B has; one vote less and it is B's seat.
  assert.equal(shown(allotSeats(parties(most, most / 3), 2)), "A ?");
  assert.equal(shown(allotSeats(parties(most - 1, most / 3), 2)), "A B");
});

test("a party without votes gets no seat, and where nobody has votes the seats stay unfilled", () => {
  assert.equal(shown(allotSeats(parties(5, 0), 3)), "A A A");
  assert.equal(shown(allotSeats(parties(0, 0), 2)), "- -");
});

test("the threshold is compared exactly, over the votes of the nation", () => {
  // 400 basis points of 10,000 are 400.
  const nation = parties(9_201, 400, 399);
  assert.deepEqual([...passingParties(nation, 400)], ["A", "B"]);
  assert.deepEqual([...passingParties(nation, null)], ["A", "B", "C"], "DPRD has no threshold");
});

const someVotes = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 12 });
/** Few different votes, so that ties are frequent. */
const evenVotes = fc.array(
  fc.integer({ min: 0, max: 15 }).map((n) => n * 15),
  { minLength: 1, maxLength: 8 },
);
const votes = fc.oneof(someVotes, evenVotes);
const house = fc.integer({ min: 1, max: 12 });

test("every seat is given, tied or unfilled, and only without votes unfilled", () => {
  fc.assert(
    fc.property(votes, house, (votes, size) => {
      const seats = allotSeats(parties(...votes), size);
      assert.deepEqual(
        seats.map(({ seat }) => seat),
        Array.from({ length: size }, (_, i) => i + 1),
      );
      const none = votes.every((count) => count === 0);
      assert.ok(seats.every(({ kind }) => (kind === "unfilled") === none));
      for (const seat of seats) {
        if (seat.kind === "given") assert.ok(seat.won.votes > 0);
        if (seat.kind === "tied") assert.ok(seat.tie.between.length > seat.tie.places);
      }
    }),
  );
});

test("the result is that of sorting all quotients as rational numbers", () => {
  fc.assert(
    fc.property(votes, house, (votes, size) => {
      const seats = allotSeats(parties(...votes), size);
      // Another way: all quotients over one common denominator, sorted; the value at the last seat is the boundary.
      const divisors = Array.from({ length: size }, (_, i) => 2 * i + 1);
      const common = divisors.reduce((a, b) => a * b, 1);
      const all = votes.flatMap((count, index) =>
        divisors.map((divisor) => ({ index, value: (BigInt(count) * BigInt(common)) / BigInt(divisor) })),
      );
      const positive = all.filter(({ value }) => value > 0n).sort((a, b) => (a.value < b.value ? 1 : -1));
      const boundary = positive[size - 1]?.value ?? 0n;
      const isTied = positive[size]?.value === boundary;
      for (const [index, { id }] of parties(...votes).entries()) {
        const own = positive.filter((one) => one.index === index);
        const above = own.filter(({ value }) => value > boundary).length;
        const at = own.filter(({ value }) => value === boundary).length;
        assert.equal(certain(seats, id), isTied ? above : above + at);
        assert.equal(possible(seats, id), above + at);
      }
    }),
  );
});

test("more votes for one party alone never cost it a seat", () => {
  fc.assert(
    fc.property(votes, house, fc.nat(), fc.integer({ min: 1, max: 5_000 }), (votes, size, who, more) => {
      const index = who % votes.length;
      const party = String.fromCharCode(65 + index);
      const before = allotSeats(parties(...votes), size);
      const after = allotSeats(parties(...votes.map((count, i) => (i === index ? count + more : count))), size);
      assert.ok(certain(after, party) >= certain(before, party));
      assert.ok(possible(after, party) >= possible(before, party));
    }),
  );
});

test("one seat more in the district costs no party a seat", () => {
  fc.assert(
    fc.property(votes, house, (votes, size) => {
      const [fewer, more] = [allotSeats(parties(...votes), size), allotSeats(parties(...votes), size + 1)];
      for (const { id } of parties(...votes)) assert.ok(certain(more, id) >= certain(fewer, id));
    }),
  );
});

test("the order of the parties does not matter", () => {
  const shuffled = votes.chain((votes) =>
    fc.tuple(fc.constant(parties(...votes)), fc.shuffledSubarray(parties(...votes), { minLength: votes.length })),
  );
  fc.assert(
    fc.property(shuffled, house, ([given, other], size) => {
      assert.deepEqual(allotSeats(other, size), allotSeats(given, size));
    }),
  );
});

test("only the proportions of the votes matter", () => {
  fc.assert(
    fc.property(votes, house, fc.integer({ min: 2, max: 1_000_000 }), (votes, size, k) => {
      const scaled = allotSeats(parties(...votes.map((count) => count * k)), size);
      assert.equal(shown(scaled), shown(allotSeats(parties(...votes), size)));
    }),
  );
});
