/**
 * Seats to parties (UU 7/2017 art. 414, 415, 420): the votes of every party that takes part are divided by 1, 3, 5, 7, …,
 * and the seats of the district go one by one to the highest quotients (Sainte-Laguë, unmodified).
 *
 * Every seat carries the quotients that competed for it, as exact fractions, so that the table can be worked by hand.
 * Equal quotients with too few seats for all leave those seats undecided: the law names no winner.
 */
import type { ChoiceId } from "./codes.ts";
import type { Tie } from "./seat-rules.ts";
import { compareFractions, counted, type Fraction, isAtLeast, sumOf } from "./shares.ts";
import { byNumber, type Contender } from "./spread.ts";

/** All votes of a party: its own column and its candidates'. */
export interface PartyVotes extends Contender {
  readonly votes: number;
}

/** What a party brings to one seat: its votes over the divisor that follows from the seats it already has. */
export interface Quotient extends Fraction {
  readonly party: ChoiceId;
}

/** One seat of a district, in the order in which they are given. */
export type Seat =
  | {
      readonly kind: "given";
      /** From 1. */
      readonly seat: number;
      readonly rule: "highest-quotient";
      readonly won: Quotient;
      /** The quotient of every party that takes part, the highest first; equal ones in order of their numbers. */
      readonly compared: readonly Quotient[];
    }
  | { readonly kind: "tied"; readonly seat: number; readonly tie: Tie; readonly compared: readonly Quotient[] }
  | { readonly kind: "unfilled"; readonly seat: number; readonly rule: "no-votes" };

/**
 * The parties that pass the national threshold: votes × 10,000 ≥ all votes × threshold, exactly.
 *
 * `nation` has every party of the contest with its votes in the whole nation, their sum being all valid votes. `threshold`
 * is in basis points; null where the contest has none, as for DPRD (art. 414(2)): then every party passes. Throws VotesError.
 */
export function passingParties(nation: readonly PartyVotes[], threshold: number | null): ReadonlySet<ChoiceId> {
  const total = sumOf(
    "the nation",
    nation.map(({ votes }) => votes),
  );
  const passes = ({ votes }: PartyVotes) => threshold === null || isAtLeast(votes, total, threshold);
  return new Set(nation.filter(passes).map(({ id }) => id));
}

/**
 * The seats of a district, first to last. A party without votes never gets one: where no party has votes, seats stay
 * unfilled. `parties` are those that take part, with votes of the certified recap alone; their order does not
 * matter. Throws VotesError.
 */
export function allotSeats(parties: readonly PartyVotes[], seats: number): readonly Seat[] {
  const given = new Map<ChoiceId, number>();
  const standing = parties.filter(({ id, votes }) => counted(votes, id) > 0).sort(byNumber);
  const result: Seat[] = [];
  while (result.length < seats) {
    const compared = standing
      .map(({ id, votes }): Quotient => ({ party: id, votes, divisor: 2 * (given.get(id) ?? 0) + 1 }))
      .sort((a, b) => compareFractions(b, a));
    const [won] = compared;
    const seat = result.length + 1;
    if (won === undefined) {
      result.push({ kind: "unfilled", seat, rule: "no-votes" });
      continue;
    }
    // A party has one quotient of any value, so those equal here are all that this value will ever have.
    const equal = compared.filter((other) => compareFractions(other, won) === 0).map(({ party }) => party);
    const places = seats - result.length;
    if (equal.length > places) {
      const tie: Tie = { between: equal, places, rule: "equal-quotients" };
      while (result.length < seats) result.push({ kind: "tied", seat: result.length + 1, tie, compared });
      break;
    }
    given.set(won.party, (given.get(won.party) ?? 0) + 1);
    result.push({ kind: "given", seat, rule: "highest-quotient", won, compared });
  }
  return result;
}
