/**
 * When things happen. The demonstration has a time of its own, in seconds since the polling stations opened their boxes: an
 * evening of ten hours, then, with the night left out, the next day. `--speed` says how many of its seconds pass in one of ours.
 *
 * The night is left out because nobody watches it. Statements carry real times, those at which they are due: a page that is
 * read while the demonstration runs shows one clock, not two.
 */
import type { ContestKind, RegionCode, StationCode } from "../election/codes.ts";
import { Chance } from "./random.ts";
import { smallestOf } from "./visitor.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** The boxes are opened at 15.00; at 01.00 the evening is over, and 08.00 follows at once. */
const OPENED = 15 * HOUR;
export const EVENING = 10 * HOUR;
const MORNING = 8 * HOUR;
const DAY = 24 * HOUR;

/** With this many of its seconds in one of ours an evening takes 25 minutes. */
export const SPEED = 24;

/** The time of day on the demonstration's clock: `18.40 WITA`, from the next day on with the day. */
export function clockText(at: number): string {
  const time = at < EVENING ? OPENED + at : DAY + MORNING + (at - EVENING);
  const day = Math.floor(time / DAY);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const text = `${two((time % DAY) / HOUR)}.${two((time % HOUR) / MINUTE)} WITA`;
  return day === 0 ? text : `hari ke-${day + 1} ${text}`;
}

/** Minutes after the opening at which half of the stations have counted a contest. */
const HALF_COUNTED: Readonly<Record<ContestKind, number>> = { ppwp: 85, dpr: 190, dpd: 255, dprdp: 350, dprdk: 430 };
const LAST_IN_EVENING = EVENING - 5 * MINUTE;

/** Where everything goes quickly, so that a plenary can be watched within minutes. */
const EARLY_KECAMATAN = 3;
const EARLY_STATIONS = 20 * MINUTE;
/** Their quickest station is ready in the first seconds: who starts the demonstration wants to see something. */
const EARLY_FACTOR = EARLY_STATIONS / (460 * MINUTE);
const QUICKEST = 60 * MINUTE;
/** One station in fourteen has no signal, and somebody carries the phone down the hill in the morning. */
const WITHOUT_SIGNAL = 0.07;

/** When a station's sheets are sent, in the order of the contests given, and when a second sheet of each follows. */
export function stationTimes(
  seed: string,
  station: StationCode,
  contests: readonly ContestKind[],
  early: boolean,
): { readonly first: number; readonly second: number }[] {
  const chance = new Chance(seed, `times ${station}`);
  // Some stations count quickly and some do not, in all five contests.
  const pace = Math.exp(0.28 * chance.normal());
  const offline = chance.happens(WITHOUT_SIGNAL);
  const carried = EVENING + chance.between(0, 4 * HOUR);
  return contests.map((kind, i) => {
    const counted = HALF_COUNTED[kind] * MINUTE * pace * Math.exp(0.1 * chance.normal());
    const later = chance.between(5 * MINUTE, 40 * MINUTE);
    if (early) {
      const first = Math.max(chance.between(1, 90), (counted - QUICKEST) * EARLY_FACTOR);
      return { first, second: first + later / 4 };
    }
    const first = offline ? carried + i * MINUTE : Math.min(counted, LAST_IN_EVENING + 3 * HOUR);
    return { first, second: first + later };
  });
}

/** When a kecamatan's plenary opens and how long it takes, in seconds. */
export interface Sitting {
  readonly opens: number;
  readonly takes: number;
  readonly early: boolean;
  /** The rest of it is left to the visitor, until all others are done. */
  readonly left: boolean;
}

const EARLY_SITTING: Sitting = { opens: EARLY_STATIONS, takes: HOUR, early: true, left: false };
/** What is not left to the visitor is done before one has looked around. */
const LEFT_SITTING: Sitting = { opens: EARLY_STATIONS, takes: 15 * MINUTE, early: true, left: true };

function sittingOf(seed: string, kecamatan: RegionCode): Sitting {
  const chance = new Chance(seed, `sitting ${kecamatan}`);
  const opens = chance.happens(0.25) ? chance.between(5 * HOUR, EVENING) : EVENING + chance.between(0, 2 * HOUR);
  return { opens, takes: chance.between(4 * HOUR, 8 * HOUR), early: false, left: false };
}

/**
 * The plenaries: the early ones after 20 minutes, a quarter of the others in the evening, the rest in the morning. `sizes` are
 * the stations of each kecamatan; the smallest is the visitor's, the next are early.
 */
export function sittings(seed: string, sizes: ReadonlyMap<RegionCode, number>): Map<RegionCode, Sitting> {
  const bySize = [...sizes].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([code]) => code);
  const left = smallestOf(sizes);
  const early = new Set(bySize.slice(1, 1 + EARLY_KECAMATAN));
  const sitting = (code: RegionCode) => {
    if (code === left) return LEFT_SITTING;
    return early.has(code) ? EARLY_SITTING : sittingOf(seed, code);
  };
  return new Map(bySize.map((code) => [code, sitting(code)]));
}

/** The first kecamatan that begins early and is not left to the visitor. @throws RangeError if none does */
export function firstEarly(sits: ReadonlyMap<RegionCode, Sitting>): RegionCode {
  const [kecamatan] = [...sits].find(([, { early, left }]) => early && !left) ?? [];
  if (kecamatan === undefined) throw new RangeError("no plenary is early");
  return kecamatan;
}

/** The demonstration's time against ours: straight, from where it was when it was last stopped. */
export class DemoClock {
  readonly #from: number;
  readonly #began: number;
  readonly #speed: number;
  readonly #now: () => number;

  /** `from`: the demonstration's time, in seconds, at `began` (milliseconds since 1970). */
  constructor(options: { readonly from: number; readonly began: number; readonly speed: number }, now = Date.now) {
    this.#from = options.from;
    this.#began = options.began;
    this.#speed = options.speed;
    this.#now = now;
  }

  /** The demonstration's time now, in seconds. */
  now(): number {
    return this.#from + ((this.#now() - this.#began) / 1000) * this.#speed;
  }

  /** Milliseconds since 1970 at which a time of the demonstration is, or was due: never before it went on. */
  timeOf(at: number): number {
    return Math.floor(this.#began + (Math.max(0, at - this.#from) / this.#speed) * 1000);
  }

  /** Milliseconds until a time of the demonstration. */
  until(at: number): number {
    return Math.max(0, this.timeOf(at) - this.#now());
  }
}
