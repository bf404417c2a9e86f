/**
 * The queue before the costly part of the door: signatures.
 *
 * A signature occupies the only thread for 90 µs, so they are checked a few at a time, and in between the event loop turns
 * away what is cheap to turn away. Each lane is bounded: what does not fit is told so at once, with the time after which it
 * is worth coming back, instead of waiting behind what will time out anyway. In every turn sheets get the most, and the others
a share that cannot be taken from them: a device that needs a new pass gets one in the worst hour too.
 */

/** In the order in which they give way: a lane is also full when one before it is. */
export const LANES = ["sheet", "sync", "pass"] as const;
export type Lane = (typeof LANES)[number];

export type LaneLimits = Readonly<Record<Lane, number>>;

/** About a second's work of sheets; of the others what leaves sheets in peace. */
export const LANE_LIMITS: LaneLimits = { sheet: 8_192, sync: 256, pass: 256 };

/** Jobs of each lane in one turn of the event loop: together 3 ms of signatures. */
const SHARE: LaneLimits = { sheet: 24, sync: 4, pass: 4 };

export class Lanes {
  readonly #limits: LaneLimits;
  readonly #jobs: Readonly<Record<Lane, (() => void)[]>> = { sheet: [], sync: [], pass: [] };
  #running = false;

  constructor(limits: LaneLimits = LANE_LIMITS) {
    this.#limits = limits;
  }

  /** Whether the lane, or one that is served before it, is full: the next in it would be turned away. */
  isFull(lane: Lane): boolean {
    return LANES.slice(0, LANES.indexOf(lane) + 1).some(
      (earlier) => this.#jobs[earlier].length >= this.#limits[earlier],
    );
  }

  /** What the job returns or throws, when its turn has come; null at once if the lane is full. */
  run<T>(lane: Lane, job: () => T): Promise<T> | null {
    if (this.isFull(lane)) return null;
    return new Promise((resolve, reject) => {
      this.#jobs[lane].push(() => {
        try {
          resolve(job());
        } catch (error) {
          reject(error);
        }
      });
      if (this.#running) return;
      this.#running = true;
      setImmediate(this.#serve);
    });
  }

  readonly #serve = (): void => {
    for (const lane of LANES) for (const job of this.#jobs[lane].splice(0, SHARE[lane])) job();
    this.#running = LANES.some((lane) => this.#jobs[lane].length > 0);
    if (this.#running) setImmediate(this.#serve);
  };
}
