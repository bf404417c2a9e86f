/** Which times in the minutes cannot be right beside the others: a log is ordered by its entries, and a clock may be years off. */

/** Two devices in one hall differ by less, in milliseconds. */
const TOLERATED = 60_000;

/** The indices of entries that claim a time before that of an entry before them. `acts`: a stretch of a log, newest first. */
export function outOfOrder(acts: readonly { readonly index: number; readonly time: number | null }[]): Set<number> {
  const found = new Set<number>();
  let latest = 0;
  for (const { index, time } of acts.toReversed()) {
    if (time === null) continue;
    if (time < latest - TOLERATED) found.add(index);
    latest = Math.max(latest, time);
  }
  return found;
}
