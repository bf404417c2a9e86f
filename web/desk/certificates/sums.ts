/** Comparing what a certificate says with what its parts add up to. The adding up itself is the fold's, and is not done again here. */
import type { Reported } from "../../../src/election/sheet.ts";
import type { BelowView } from "../../../src/recap/wire/views.ts";

export interface Sums {
  readonly figures: readonly Reported[];
  readonly votes: readonly Reported[];
}

/** How many stations the parts of a certificate have, and how many of them were read. */
export function countOf(children: readonly Pick<BelowView["children"][number], "read" | "expected">[]) {
  return children.reduce((sum, { read, expected }) => ({ read: sum.read + read, expected: sum.expected + expected }), {
    read: 0,
    expected: 0,
  });
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
