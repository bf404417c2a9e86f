/**
 * An attack that a demonstration plays against itself while somebody watches. A real server has none: what is here is only what the
 * page shows of it, and the one thing that can be asked.
 */

/** Where it is looked whether all goes on. */
export const LOOKED_AT = ["door", "site", "desk"] as const;
export type LookedAt = (typeof LOOKED_AT)[number];

export interface DrillNow {
  /** Seconds until it ends by itself; 0: it is not on. */
  readonly left: number;
  /** Requests a second that the attacker sends while it is on. */
  readonly rate: number;
  /** Milliseconds that an answer took, the median of the last few; null: none yet. */
  readonly answers: Readonly<Record<LookedAt, number | null>>;
}

export interface Drill {
  /** Begins; does nothing while it is on. */
  begin(): void;
  now(): DrillNow;
}
