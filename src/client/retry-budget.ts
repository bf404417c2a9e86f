/**
 * How many attempts a device may add to those that it needs. Back-off alone still lets everybody who is turned away come again and
 * again while the doors are full; a budget that only success refills lets a long trouble cost each device a few attempts,
 * then one a minute, however many sheets it has.
 */

/** Retries in hand at the beginning and at most, and what each success adds. */
const MOST = 10;
const EARNED = 0.5;

export class RetryBudget {
  #left = MOST;

  /** Takes one retry; false if there is none, and the caller should wait as long as it ever would. */
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  earn(): void {
    this.#left = Math.min(MOST, this.#left + EARNED);
  }
}
