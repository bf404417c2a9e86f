/**
 * Exact arithmetic on votes. A seat or a presidency can hang on one vote in a hundred million, and a quotient such as
 * 40,001 / 3 has no exact decimal: so shares and quotients are never divided, only compared, by multiplying crosswise in
 * BigInt. Votes may be as large as 2^53 − 1.
 */

/** Votes that cannot be counted. The message names what was wrong and what to look at. */
export class VotesError extends Error {
  override readonly name = "VotesError";
}

/** The count itself if it is a whole number from 0 to 2^53 − 1. Throws {@link VotesError}; `of` says whose votes these are. */
export function counted(votes: number, of: string): number {
  if (Number.isSafeInteger(votes) && votes >= 0) return votes;
  throw new VotesError(`the votes of ${of} must be a whole number from 0 to 2^53 - 1, found ${votes}: check the recap`);
}

/** The exact sum of votes; `of` as in {@link counted}. Throws {@link VotesError} where a part or the sum is no count. */
export function sumOf(of: string, votes: readonly number[]): number {
  return votes.reduce((sum, part) => counted(sum + counted(part, of), of), 0);
}

const order = (a: bigint, b: bigint): number => (a === b ? 0 : a > b ? 1 : -1);

/** A number of votes divided by 1, 3, 5, …: an exact fraction, compared but never divided. */
export interface Fraction {
  readonly votes: number;
  readonly divisor: number;
}

/** Positive where a is greater than b, negative where it is less, 0 where they are equal. */
export function compareFractions(a: Fraction, b: Fraction): number {
  return order(BigInt(a.votes) * BigInt(b.divisor), BigInt(b.votes) * BigInt(a.divisor));
}

/** One hundred percent, in the basis points in which thresholds are given. */
const WHOLE = 10_000n;

/** How the votes stand to a share (in basis points) of a total: above it (1), exactly at it (0), below it (-1). */
function compareShare(votes: number, total: number, share: number): number {
  return order(BigInt(votes) * WHOLE, BigInt(total) * BigInt(share));
}

/** Whether the votes are at least this share of the total. Of nothing there is no share: false where there are no votes. */
export function isAtLeast(votes: number, total: number, share: number): boolean {
  return votes > 0 && compareShare(votes, total, share) >= 0;
}

/** Whether the votes are more than this share of the total, given in basis points. */
export function isMoreThan(votes: number, total: number, share: number): boolean {
  return votes > 0 && compareShare(votes, total, share) > 0;
}
