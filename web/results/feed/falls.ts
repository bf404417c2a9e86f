/** How many votes were ever corrected down in a region or one of its parts: of all choices, or of one. */
import { type Choice, countersOf } from "../choice.ts";
import type { RowFigures } from "../verify/objects.ts";
import type { Sparse } from "../verify/shape.ts";

const sumOf = (values: Sparse): number => values.reduce((total, [, n]) => total + n, 0);

/** Votes removed. Where the row does not carry the choice, those of all choices, so that nothing is passed over. */
export function fallsOf(figures: RowFigures, choice: Choice | null): number {
  const counters = choice === null ? null : countersOf(figures, choice);
  if (counters !== null) return counters.removed;
  if (figures.parties !== null) return sumOf(figures.parties.removed);
  return figures.lists.reduce((total, { removed }) => total + sumOf(removed), 0);
}
