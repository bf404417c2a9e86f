/**
 * When to let less in. The signal is the time that jobs wait for their turn, not how busy the processor is: a queue that drains
 * is a burst, and its wait stays short; a mean wait over 20 ms says that more comes in than goes out (WeChat's DAGOR, five years
 * in use, has the same bound).
 *
 * Then the lanes below give way, the lowest first: each window with too long a wait halves the share of the lowest lane that
 * still has more than its floor, each quiet one gives back an eighth to the highest that has less than all. The floor is not 0:
 * who needs a pass in the worst hour gets one after some attempts. Sheets never give way to the signal: theirs is the longest
 * queue, and a herd after an outage is to stand in it once, not to be sent away to come again. What bounds them is the queue itself
 * and the patience of whoever sends (`lanes.ts`, `tickets.ts`).
 *
 * Pure: the clock and the dice are given.
 */

/** In the order in which they are served; the last gives way first. */
export const LANES = ["sheet", "sync", "renewal", "pass"] as const;
export type Lane = (typeof LANES)[number];

/** Milliseconds of waiting, mean of a window, above which there is too much work. */
export const TARGET = 20;
/** A window ends after so many milliseconds or so many jobs. */
export const WINDOW = 1_000;
export const WINDOW_JOBS = 2_000;
/** Least share of a lane that gives way. */
export const FLOOR = 1 / 32;
const BACK = 1 / 8;
/** Milliseconds for which the same devices of a lane are let in: long enough to be done, short enough to be fair. */
const TURN = 60_000;

/** Seconds after which it is worth coming back: at least, and at most before they are spread. */
const SOONEST = 2;
const LATEST = 60;

/** Jobs a second that are taken to be possible before that was seen, and never less. */
const FIRST_PACE = 1_000;
const LEAST_PACE = 50;
/** With so many waiting all the while, a window shows what the door can do, and not what little there was to do. */
const BUSY = 32;
/** Most by which one window lowers the pace: a moment's delay, or code that is not compiled yet, says little of the next minute. */
const SLOWER = 7 / 8;

/** Lanes that give way, the lowest first. */
const GIVING: readonly Lane[] = LANES.filter((lane) => lane !== "sheet").toReversed();

export class Admission {
  readonly #clock: () => number;
  readonly #random: () => number;
  readonly #shares: Record<Lane, number> = { sheet: 1, sync: 1, renewal: 1, pass: 1 };
  #began: number;
  #jobs = 0;
  #waits = 0;
  #served = 0;
  #delay = 0;
  #perSecond = 0;
  #pace = FIRST_PACE;

  /** `clock` in milliseconds; `random` in [0, 1). */
  constructor(clock: () => number, random: () => number) {
    this.#clock = clock;
    this.#random = random;
    this.#began = clock();
  }

  /** Whether the next of a lane may come in. `who`: a name that a MAC has proved; null: anyone. */
  admits(lane: Lane, who: string | null): boolean {
    this.#turn();
    const share = this.#shares[lane];
    return share >= 1 || (who === null ? this.#random() : diceOf(who, Math.floor(this.#clock() / TURN))) < share;
  }

  /** A job has waited so many milliseconds, till its turn (`served`) or in vain. */
  waited(milliseconds: number, served: boolean): void {
    this.#jobs++;
    this.#waits += Math.max(0, milliseconds);
    if (served) this.#served++;
    this.#turn();
  }

  /** Whether jobs wait for too long. */
  get overloaded(): boolean {
    this.#turn();
    return this.#delay > TARGET;
  }

  /** Mean wait of the last window in milliseconds. */
  get queueDelay(): number {
    this.#turn();
    return this.#delay;
  }

  /** Jobs done in a second, in the last window. */
  get perSecond(): number {
    this.#turn();
    return this.#perSecond;
  }

  /** Jobs a second that the door can do, as it last showed. */
  get pace(): number {
    this.#turn();
    return this.#pace;
  }

  /** The share of a lane that is let in, in (0, 1]. */
  share(lane: Lane): number {
    this.#turn();
    return this.#shares[lane];
  }

  /**
   * Whole seconds after which to come back when so many jobs wait: the time in which they will be done, at least `least`, spread
   * up to three times that, so that those who were turned away together do not return together.
   */
  retryAfter(waiting: number, least = SOONEST): number {
    this.#turn();
    const drained = this.#perSecond > 0 ? Math.ceil(waiting / this.#perSecond) : 0;
    const from = Math.max(least, Math.min(drained, LATEST));
    return from + Math.floor(this.#random() * (2 * from + 1));
  }

  #turn(): void {
    const now = this.#clock();
    const length = now - this.#began;
    // A clock set back begins a new window.
    if (length >= 0 && length < WINDOW && this.#jobs < WINDOW_JOBS) return;
    const perSecond = (this.#served * 1_000) / Math.max(1, Math.min(length, WINDOW));
    const isBusy = this.#waits / Math.max(1, length) >= BUSY;
    this.#pace = Math.max(perSecond, isBusy ? Math.max(LEAST_PACE, this.#pace * SLOWER) : this.#pace);
    this.#judge(this.#jobs > 0 ? this.#waits / this.#jobs : 0, perSecond);
    // Windows that passed without anyone coming.
    const quiet = Math.min(Math.floor(length / WINDOW) - 1, LANES.length / BACK);
    for (let i = 0; i < quiet; i++) this.#judge(0, 0);
    this.#began = now;
    this.#jobs = 0;
    this.#waits = 0;
    this.#served = 0;
  }

  /** The end of one window. */
  #judge(delay: number, perSecond: number): void {
    this.#delay = delay;
    this.#perSecond = perSecond;
    if (delay > TARGET) this.#giveWay();
    else this.#giveBack();
  }

  #giveWay(): void {
    const lane = GIVING.find((one) => this.#shares[one] > FLOOR);
    if (lane !== undefined) this.#shares[lane] = Math.max(FLOOR, this.#shares[lane] / 2);
  }

  #giveBack(): void {
    const lane = LANES.find((one) => this.#shares[one] < 1);
    if (lane !== undefined) this.#shares[lane] = Math.min(1, this.#shares[lane] + BACK);
  }
}

/** The same number in [0, 1) for the same name in the same turn (FNV-1a): a device is let in with all it has, or not at all. */
function diceOf(who: string, turn: number): number {
  let hash = 0x811c9dc5 ^ turn;
  for (let i = 0; i < who.length; i++) hash = Math.imul(hash ^ who.charCodeAt(i), 0x01000193);
  // The last rounds reach the low bits only.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
