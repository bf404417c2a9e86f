/**
 * Lets go of the objects that no kept edition uses.
 *
 * When an edition is let go, the only objects that nobody needs any more are those whose interval contains it but neither
 * its kept neighbour before nor the one after: a narrow range of the table, so the cost follows what was published then and
 * not what is stored. Work is cut into portions; what is left over is found again, since an edition is forgotten
 * only when nothing of it is left.
 */
import type { Hash } from "../ledger/hash.ts";
import type { PublishIndex } from "./index-db.ts";
import { type Kept, keptEditions } from "./keep.ts";

/**
 * Removes up to `budget` objects that are needed no longer at `now` (ms), each through `remove`, and returns how many it
 * was. Less than the budget means that nothing is left to do.
 */
export function prune(index: PublishIndex, now: number, budget: number, remove: (hash: Hash) => void): number {
  const known = index.editions();
  const kept = keptEditions(
    known.map(({ number, time }) => [number, time] as const),
    now,
  );
  const all = known.map(({ number }) => number);
  const whole = known.filter((edition) => edition.whole).map(({ number }) => number);
  let left = budget;
  for (const number of whole) {
    if (kept.whole.has(number)) continue;
    left -= release(
      index,
      number,
      neighbours(whole, number, (n) => kept.whole.has(n)),
      true,
      left,
      remove,
    );
    if (left <= 0) return budget;
    index.makeCoarse(number);
  }
  for (const number of all) {
    if (isKept(kept, number)) continue;
    left -= release(
      index,
      number,
      neighbours(all, number, (n) => isKept(kept, n)),
      false,
      left,
      remove,
    );
    if (left <= 0) return budget;
    index.forgetEdition(number);
  }
  return budget - left;
}

function isKept(kept: Kept, edition: number): boolean {
  return kept.whole.has(edition) || kept.coarse.has(edition);
}

/** The kept edition before one that goes, and the next one after it, which may be still to go: they go in rising order. */
function neighbours(numbers: readonly number[], edition: number, keeps: (n: number) => boolean): [number, number] {
  const at = numbers.indexOf(edition);
  const before = numbers.slice(0, at).findLast(keeps) ?? 0;
  return [before, numbers[at + 1] ?? Number.MAX_SAFE_INTEGER];
}

function release(
  index: PublishIndex,
  edition: number,
  [before, after]: [number, number],
  fine: boolean,
  limit: number,
  remove: (hash: Hash) => void,
): number {
  const ended = index.heldOnlyBy(edition, before, after, fine, limit);
  for (const [hash, [first, ...others]] of Map.groupBy(ended, ({ hash }) => hash)) {
    // The same bytes may be in use again.
    if (first && index.uses(first) === others.length + 1) remove(hash);
  }
  index.forget(ended);
  return ended.length;
}
