/**
 * Which editions are kept, and how much of each. Pure and without imports of weight, because the audit asks the same question:
 * these objects must still exist.
 *
 * Every edition is kept whole for 15 minutes, the newest however old it is. After that, only kecamatan and above, without
 * details: the first edition of each ten minutes for a day, of each hour for a week, of each day for ever. The first and
 * not the last, since of the first it is known at once that it stays, so its downloads can be made. Slots follow the clock of
 * Jakarta: each lies in the next larger one, so an edition that has once been let go is never wanted again.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** WIB, UTC+7: a day's first edition is then that of the date which the country reads. */
const JAKARTA = 7 * HOUR;

const WHOLE_FOR = 15 * MINUTE;
const SLOTS = [
  { length: 10 * MINUTE, keptFor: DAY },
  { length: HOUR, keptFor: 7 * DAY },
  { length: DAY, keptFor: Number.POSITIVE_INFINITY },
] as const;

/** Numbers of editions; none is in both sets. */
export interface Kept {
  /** With every object. */
  readonly whole: ReadonlySet<number>;
  /** Objects of the kecamatan and above, without details. */
  readonly coarse: ReadonlySet<number>;
}

/**
 * What is kept of editions, given as `[number, time]` with numbers rising and times (ms) never falling. Editions that are
 * let go already may be missing from the list: the answer is the same. The audit asks with the
 * time of the newest edition as `now`, so that its answer does not hang on when it is made; the publisher lets go no sooner.
 */
export function keptEditions(editions: Iterable<readonly [number: number, time: number]>, now: number): Kept {
  const whole = new Set<number>();
  const coarse = new Set<number>();
  let before = Number.NEGATIVE_INFINITY;
  let newest: number | null = null;
  for (const [number, time] of editions) {
    if (now - time <= WHOLE_FOR) whole.add(number);
    else if (SLOTS.some((slot) => isFirst(before, time, slot.length) && now - time <= slot.keptFor)) coarse.add(number);
    before = time;
    newest = number;
  }
  if (newest !== null) {
    whole.add(newest);
    coarse.delete(newest);
  }
  return { whole, coarse };
}

/** Whether `time` is in another slot than the edition before it. */
function isFirst(before: number, time: number, length: number): boolean {
  return Math.floor((before + JAKARTA) / length) < Math.floor((time + JAKARTA) / length);
}
