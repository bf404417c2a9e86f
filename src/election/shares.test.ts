import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareFractions, counted, isAtLeast, isMoreThan, sumOf, VotesError } from "./shares.ts";

const MOST = Number.MAX_SAFE_INTEGER;

test("a share is reached at the exact vote, not one before", () => {
  // 4 % of 151,796,631 is 6,071,865.24: 6,071,865 votes are below, 6,071,866 above.
  assert.equal(isAtLeast(6_071_865, 151_796_631, 400), false);
  assert.equal(isAtLeast(6_071_866, 151_796_631, 400), true);
  assert.equal(isAtLeast(4, 100, 400), true, "exactly 4 %");
});

test("a majority is more than half, not half", () => {
  assert.equal(isMoreThan(50, 100, 5000), false);
  assert.equal(isMoreThan(51, 100, 5000), true);
});

test("no votes are no share of anything, not even of nothing", () => {
  assert.equal(isAtLeast(0, 0, 2000), false);
  assert.equal(isAtLeast(0, 100, 0), false);
});

test("fractions that a floating-point number cannot tell apart are told apart", () => {
  // k + 1/5 and k + 2/7, both nearest to k + 1/4 among floating-point numbers of this size.
  const k = 1_286_742_750_677_000;
  const [a, b] = [
    { votes: 5 * k + 1, divisor: 5 },
    { votes: 7 * k + 2, divisor: 7 },
  ];
  assert.equal(a.votes / a.divisor, b.votes / b.divisor);
  assert.equal(compareFractions(a, b), -1);
  assert.equal(compareFractions(b, a), 1);
  assert.equal(compareFractions({ votes: 15, divisor: 3 }, { votes: 5, divisor: 1 }), 0);
});

test("comparing fractions is antisymmetric and keeps when both are scaled", () => {
  const fraction = fc.record({ votes: fc.nat(1e9), divisor: fc.integer({ min: 1, max: 99 }) });
  fc.assert(
    fc.property(fraction, fraction, fc.integer({ min: 1, max: 1000 }), (a, b, k) => {
      const found = compareFractions(a, b);
      assert.equal(found + compareFractions(b, a), 0);
      assert.equal(found, compareFractions({ ...a, votes: a.votes * k }, { ...b, votes: b.votes * k }));
    }),
  );
});

test("what is no count is refused, and says whose votes it was", () => {
  for (const votes of [-1, 1.5, Number.NaN, MOST + 1]) assert.throws(() => counted(votes, "P1"), VotesError);
  assert.throws(() => sumOf("P1", [MOST, 1]), /the votes of P1 .* check the recap/);
  assert.equal(sumOf("P1", [MOST, 0]), MOST);
});
