/**
 * Adding up the parts of a certificate, and comparing what a certificate says with what its parts add up to. A figure that
 * no part reported stays "not reported"; a sum takes what was reported.
 */
import { FIGURE_COUNT } from "../../../src/election/figures.ts";
import type { Reported } from "../../../src/election/sheet.ts";
import type { BelowView } from "../../../src/recap/wire/views.ts";

export interface Sums {
  readonly figures: readonly Reported[];
  readonly votes: readonly Reported[];
}

export interface Whole {
  readonly figures: Reported[];
  readonly votes: Reported[];
  readonly read: number;
  readonly expected: number;
}

type Child = Pick<BelowView["children"][number], "sums" | "read" | "expected">;

/** The sum over the parts. @throws RangeError if parts have different columns: they are not of one district */
export function sumOf(children: readonly Child[]): Whole {
  const columns = children[0]?.sums.votes.length ?? 0;
  const figures: Reported[] = new Array(FIGURE_COUNT).fill(null);
  const votes: Reported[] = new Array(columns).fill(null);
  let read = 0;
  let expected = 0;
  for (const child of children) {
    if (child.sums.votes.length !== columns) throw new RangeError("parts of a certificate have different columns");
    addInto(figures, child.sums.figures);
    addInto(votes, child.sums.votes);
    read += child.read;
    expected += child.expected;
  }
  return { figures, votes, read, expected };
}

function addInto(sum: Reported[], part: readonly Reported[]): void {
  for (const [i, value] of part.entries()) if (value !== null) sum[i] = (sum[i] ?? 0) + value;
}

/** One place where a certificate and the sums differ. */
export interface Difference {
  readonly of: "figures" | "votes";
  /** Index into the figures, or into the district's columns. */
  readonly at: number;
  readonly certified: Reported;
  readonly summed: Reported;
}

/** Every place where they differ, figures first; none if they agree. */
export function differences(certified: Sums, summed: Sums): Difference[] {
  return (["figures", "votes"] as const).flatMap((of) => {
    const length = Math.max(certified[of].length, summed[of].length);
    return Array.from({ length }, (_, at): Difference => {
      return { of, at, certified: certified[of][at] ?? null, summed: summed[of][at] ?? null };
    }).filter((one) => one.certified !== one.summed);
  });
}
