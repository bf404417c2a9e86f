/**
 * The queue before the costly part of the door: signatures.
 *
 * A signature occupies the only thread for 90 µs, so they are checked a few at a time, and in between the event loop turns
 * away what is cheap to turn away. However much of that there is, half of the time is for what waits here. Each lane is bounded:
 * what does not fit is told so at once, with the time after which it is worth coming back. In every turn sheets get the most, and
 * the others a share that cannot be taken from them.
 *
 * The oldest go first, as long as whoever came last can be reached before giving up. Where the door has become too slow for that
 * the newest do: answering one after the other who has waited for long would answer nobody in time. Whoever is past the deadline
 * that came with the request is dropped before anything is spent on it.
 */
import { type Admission, LANES, type Lane } from "./admission.ts";

export type LaneLimits = Readonly<Record<Lane, number>>;

/**
 * Of sheets, the most of ten seconds' work: a herd after an outage waits once, and the few who find no room come a second time. Of
 * the others what leaves sheets in peace.
 */
export const LANE_LIMITS: LaneLimits = { sheet: 10_240, sync: 2_048, renewal: 512, pass: 256 };

/** Jobs of each lane in one round, of which a turn of the event loop has at least one: together 3 ms of signatures. */
const SHARE: LaneLimits = { sheet: 24, sync: 2, renewal: 1, pass: 1 };

/** Milliseconds: the event loop goes through all connections that came at once before it turns, and jobs do not wait for that. */
const MOST_AWAY = 20;

interface Job {
  readonly since: number;
  /** On the clock's scale. */
  readonly deadline: number;
  run(): void;
  /** It is too late. */
  drop(): void;
}

/** What is appended when its turn has come: whoever appends can have so much at a time and no more. */
const APPENDED: readonly Lane[] = ["sheet", "sync"];

export class Lanes {
  readonly #limits: LaneLimits;
  readonly #admission: Admission;
  readonly #clock: () => number;
  readonly #jobs: Readonly<Record<Lane, Job[]>> = { sheet: [], sync: [], renewal: [], pass: [] };
  readonly #room: () => number;
  #late = 0;
  #running = false;
  #isTurn = false;
  /** When the last turn was over. */
  #ended = 0;
  /** Sheets that went on in this turn: `room` hears of them after it. */
  #gone = 0;

  /**
   * `clock` in milliseconds, the one of `admission`. `room`: how many sheets more the appender would take now; after it was none,
   * {@link wake} says that there is some.
   */
  constructor(
    limits: LaneLimits,
    admission: Admission,
    clock: () => number,
    room: () => number = () => Number.POSITIVE_INFINITY,
  ) {
    this.#limits = limits;
    this.#room = room;
    this.#admission = admission;
    this.#clock = clock;
  }

  /** Whether the lane, or one that is served before it, is full: the next in it would be turned away. */
  isFull(lane: Lane): boolean {
    return LANES.slice(0, LANES.indexOf(lane) + 1).some((earlier) => {
      if (this.#jobs[earlier].length < this.#limits[earlier]) return false;
      this.#dropLate(this.#jobs[earlier]);
      return this.#jobs[earlier].length >= this.#limits[earlier];
    });
  }

  /** What the job returns or throws, when its turn has come; null if the lane is full, or the deadline comes before the turn. */
  run<T>(lane: Lane, deadline: number, job: () => T): Promise<T | null> {
    if (this.isFull(lane)) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const run = (): void => {
        try {
          resolve(job());
        } catch (error) {
          reject(error);
        }
      };
      this.#jobs[lane].push({ since: this.#clock(), deadline, run, drop: () => resolve(null) });
      this.wake();
    });
  }

  /** There may be something to do: a job, or room for one. */
  wake(): void {
    if (!this.#hasTurn()) return;
    if (!this.#running) {
      this.#running = true;
      this.#ended = this.#clock();
      setImmediate(this.#serve);
    } else if (!this.#isTurn && this.#clock() - this.#ended > MOST_AWAY) {
      this.#turn();
    }
  }

  /** Jobs that wait, by lane. */
  get waiting(): Record<Lane, number> {
    const { sheet, sync, renewal, pass } = this.#jobs;
    return { sheet: sheet.length, sync: sync.length, renewal: renewal.length, pass: pass.length };
  }

  /** Milliseconds until a sheet that came now would have its turn, as the door goes now. */
  get ahead(): number {
    return (this.#jobs.sheet.length * 1_000) / this.#admission.pace;
  }

  /** Jobs that were dropped because their time was over. */
  get late(): number {
    return this.#late;
  }

  readonly #serve = (): void => {
    this.#turn();
    this.#running = this.#hasTurn();
    if (this.#running) setImmediate(this.#serve);
  };

  #turn(): void {
    this.#isTurn = true;
    const began = this.#clock();
    const elsewhere = began - this.#ended;
    do {
      for (const lane of LANES) if (this.#mayGoOn(lane)) this.#serveLane(lane);
    } while (this.#clock() - began < elsewhere && this.#hasTurn());
    this.#gone = 0;
    this.#ended = this.#clock();
    this.#isTurn = false;
  }

  /** Whether any job could be done now. */
  #hasTurn(): boolean {
    return LANES.some((lane) => this.#jobs[lane].length > 0 && this.#mayGoOn(lane));
  }

  #mayGoOn(lane: Lane): boolean {
    return !APPENDED.includes(lane) || this.#room() > this.#gone;
  }

  #serveLane(lane: Lane): void {
    const [jobs, most] = [this.#jobs[lane], SHARE[lane]];
    this.#dropLate(jobs);
    const now = this.#clock();
    const last = jobs.at(-1)?.deadline ?? now;
    const newestFirst = now + (jobs.length * 1_000) / this.#admission.pace > last;
    const turn = newestFirst ? jobs.splice(-most).toReversed() : jobs.splice(0, most);
    if (APPENDED.includes(lane)) this.#gone += turn.length;
    for (const job of turn) {
      if (job.deadline < now) {
        this.#drop(job, now);
      } else {
        this.#admission.waited(now - job.since, true);
        job.run();
      }
    }
  }

  /** From the oldest on: those that came later are dropped when they are met. */
  #dropLate(jobs: Job[]): void {
    const now = this.#clock();
    let count = 0;
    for (let job = jobs[0]; job !== undefined && job.deadline < now; job = jobs[++count]) this.#drop(job, now);
    if (count > 0) jobs.splice(0, count);
  }

  #drop(job: Job, now: number): void {
    this.#late++;
    this.#admission.waited(now - job.since, false);
    job.drop();
  }
}
