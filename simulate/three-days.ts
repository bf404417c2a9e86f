/**
 * The three days of February 2024 on an invented Bali. Halls begin to read; the centre is flooded, and for a day hardly anybody
 * gets through; the province orders a halt, which reaches those with a link; then the centre is dead for 72 hours. Halls that
 * never heard of the halt read on alone. On 20 February at 09.00 WITA the order to resume is given, lines come back in any
 * order, halted halls hear of it and go on.
 *
 * Time passes in steps of an hour; everything that is drawn follows from the seed. The same days without any of this are the
 * measure: {@link undisturbed}.
 */
import assert from "node:assert/strict";
import { kecamatanIn, stationsOf } from "../src/demo/places.ts";
import { Chance } from "../src/demo/random.ts";
import type { RegionCode, StationCode } from "../src/election/codes.ts";
import { Bali, type Hall } from "./bali.ts";
import type { Invented } from "./invented.ts";
import { Watch } from "./watch.ts";

const HOUR = 3_600_000;
const wita = (day: number, hour: number) => Date.UTC(2024, 1, day, hour - 8);

/** What happens when, in milliseconds since 1970. */
export const DAYS = {
  opened: wita(16, 9),
  flooded: wita(16, 14),
  halted: wita(17, 7),
  dead: wita(17, 9),
  resumed: wita(20, 9),
} as const;
/** Halls read from nine to six. */
const OPENS = 9;
const CLOSES = 18;
/** A hall needs so many days for all its forms: at least, and at most. */
const DAYS_NEEDED = [2.5, 5] as const;
/** In the flood so many attempts reach the centre at all, and of what is then said so much is lost. */
const THROUGH = 0.3;
const LOST = 0.1;
/** Lines come back within so many hours of the centre. */
export const LAST_LINE = 8;
/** Of the stations so many have not sent their sheets when the flood comes. */
const LATE = 0.15;
/** An operator who did not obey the halt reads so many forms. */
const IN_VAIN = 3;
const PROVINCE = "51" as RegionCode;
const NUMBERS = { halt: "18/SIMULASI", resume: "20/SIMULASI" } as const;

export const localHour = (at: number): number => new Date(at + 8 * HOUR).getUTCHours();

/** A hall at the end of an hour. */
export interface HallHour {
  readonly isHalted: boolean;
  /** It has told the centre everything in this hour. */
  readonly isLinked: boolean;
  /** Forms still to be read. */
  readonly toRead: number;
}

/** The end of an hour of the course. */
export interface Moment {
  readonly at: number;
  /** Statements of the halls since the beginning: on their laptops, and at the centre. */
  readonly here: number;
  readonly there: number;
  /** How many of them had been sent by then, all sends counted, and taken in. */
  readonly sent: number;
  readonly taken: number;
  /** Sheets that laptops hold for the centre. */
  readonly held: number;
  /** Valid votes of all contests together in the recap book, as the centre has it. */
  readonly votes: number;
  /** In the order of their codes. */
  readonly halls: readonly HallHour[];
}

/** What came of a course. */
export interface Course {
  readonly bali: Bali;
  readonly watch: Watch;
  readonly moments: readonly Moment[];
  /** Attempts to reach the centre: in the flood, those of them that brought everything, and while it was dead. */
  readonly attempts: { readonly flood: number; readonly whole: number; readonly dead: number };
  /** Halls whose logs had seen the halt when the centre died. */
  readonly halted: readonly RegionCode[];
  /** Forms that a hall read although it was halted. */
  readonly inVain: number;
  /** Sheets that phones could not bring to the centre, and laptops held. */
  readonly relayed: number;
}

/** Done at the end of every hour. */
type Hourly = (bali: Bali) => Promise<void>;

/** The course of the days as they were. */
export const disturbed = (invented: Invented, hourly?: Hourly): Promise<Course> => courseOf(invented, true, hourly);

/** The same halls, the same papers, and a centre that is always there. */
export const undisturbed = (invented: Invented): Promise<Course> => courseOf(invented, false);

async function courseOf(
  invented: Invented,
  isDisturbed: boolean,
  hourly: Hourly = async () => undefined,
): Promise<Course> {
  const bali = await Bali.found(invented, DAYS.opened - HOUR);
  const days = new Days(bali, isDisturbed, hourly);
  await days.collectEarly();
  return days.run();
}

class Days {
  readonly #bali: Bali;
  readonly #watch: Watch;
  readonly #isDisturbed: boolean;
  readonly #hourly: Hourly;
  readonly #chance: Chance;
  /** Statements of all halls' logs when the days began. */
  #founded = 0;
  /** Forms that a hall reads in an hour, and what of one it has begun. */
  readonly #pace = new Map<RegionCode, number>();
  readonly #begun = new Map<RegionCode, number>();
  /** When a hall's line is back. */
  readonly #lineBack = new Map<RegionCode, number>();
  /** Stations that send late, by the hour. */
  readonly #late: ReadonlyMap<number, readonly StationCode[]>;
  readonly #moments: Moment[] = [];
  readonly #attempts = { flood: 0, whole: 0, dead: 0 };
  #halted: RegionCode[] = [];
  #inVain = 0;
  #relayed = 0;

  constructor(bali: Bali, isDisturbed: boolean, hourly: Hourly) {
    this.#bali = bali;
    this.#hourly = hourly;
    this.#watch = new Watch(bali);
    this.#isDisturbed = isDisturbed;
    this.#chance = new Chance(bali.seed, "three days");
    for (const { region, toRead } of bali.halls) {
      const own = new Chance(bali.seed, `days ${region}`);
      this.#pace.set(region, toRead.length / (own.between(...DAYS_NEEDED) * (CLOSES - OPENS)));
      this.#lineBack.set(region, DAYS.resumed + own.below(LAST_LINE) * HOUR);
    }
    const hours = (DAYS.resumed - DAYS.flooded) / HOUR;
    const late = this.#stations().filter((station) => new Chance(bali.seed, `late ${station}`).happens(LATE));
    this.#late = Map.groupBy(late, (station) => {
      return DAYS.flooded + new Chance(bali.seed, `when ${station}`).below(hours) * HOUR;
    });
  }

  #stations(): StationCode[] {
    return kecamatanIn(this.#bali.model).flatMap((region) => stationsOf(this.#bali.model, region));
  }

  /** What the phones sent before the halls opened. */
  async collectEarly(): Promise<void> {
    const late = new Set([...this.#late.values()].flat());
    const early = this.#stations().filter((station) => !late.has(station));
    for (const station of early) await this.#handIn(this.#bali.sheetsOf(station));
  }

  async #handIn(notes: readonly Uint8Array[]): Promise<void> {
    for (const answer of await this.#bali.handIn(notes)) assert.ok("receipt" in answer, "a sheet has its receipt");
  }

  async run(): Promise<Course> {
    this.#founded = (await this.#sizes()).here;
    for (let now = DAYS.opened; !this.#isOver(now); now += HOUR) {
      this.#bali.now = now;
      await this.#hour(now);
      await this.#hourly(this.#bali);
    }
    return {
      bali: this.#bali,
      watch: this.#watch,
      moments: this.#moments,
      attempts: this.#attempts,
      halted: this.#halted,
      inVain: this.#inVain,
      relayed: this.#relayed,
    };
  }

  /** Everything is read and everything is at the centre. */
  #isOver(now: number): boolean {
    const last = this.#moments.at(-1);
    const isDone = last?.halls.every(({ isLinked, toRead }) => isLinked && toRead === 0);
    return now > DAYS.resumed + LAST_LINE * HOUR && isDone === true;
  }

  async #hour(now: number): Promise<void> {
    if (this.#isDisturbed) await this.#orders(now);
    await this.#phones(now);
    const isOpen = localHour(now) >= OPENS && localHour(now) < CLOSES;
    const hours = new Map<Hall, HallHour>();
    for (const hall of this.#shuffled()) {
      const isHalted = (await this.#bali.haltOf(hall)) !== null;
      if (isOpen) await this.#sit(hall, isHalted, now);
      const isLinked = await this.#speak(hall, now);
      hours.set(hall, { isHalted, isLinked, toRead: hall.toRead.length });
    }
    if (this.#isDisturbed && now === DAYS.dead - HOUR) await this.#countHalted();
    this.#watch.look();
    const { sent, taken } = this.#bali.traffic;
    this.#moments.push({
      at: now,
      ...(await this.#grown()),
      sent,
      taken,
      held: this.#bali.halls.reduce((sum, { relay }) => sum + relay.waiting, 0),
      votes: this.#watch.valid("recap"),
      halls: this.#bali.halls.flatMap((hall) => hours.get(hall) ?? []),
    });
  }

  /** In no order that anybody has chosen. */
  #shuffled(): Hall[] {
    const drawn = this.#bali.halls.map((hall) => ({ hall, at: this.#chance.next() }));
    return drawn.sort((a, b) => a.at - b.at).map(({ hall }) => hall);
  }

  async #orders(now: number): Promise<void> {
    const regions = [PROVINCE];
    if (now === DAYS.halted) await this.#bali.state(PROVINCE, "halt", { order: NUMBERS.halt, regions });
    if (now === DAYS.resumed)
      await this.#bali.state(PROVINCE, "resume", { at: DAYS.resumed, order: NUMBERS.resume, regions });
  }

  /** A hall's working hour. In the first one that is halted somebody does not obey. */
  async #sit(hall: Hall, isHalted: boolean, now: number): Promise<void> {
    if (!isHalted) {
      const forms = (this.#begun.get(hall.region) ?? 0) + (this.#pace.get(hall.region) ?? 0);
      this.#begun.set(hall.region, forms % 1);
      return this.#bali.read(hall, Math.floor(forms));
    }
    if (now < DAYS.dead || hall.region !== this.#halted[0] || this.#inVain > 0) return;
    this.#inVain = Math.min(IN_VAIN, hall.toRead.length);
    await this.#bali.read(hall, this.#inVain, true);
  }

  /** A hall tries to tell the centre everything; whether it has. */
  async #speak(hall: Hall, now: number): Promise<boolean> {
    if (!this.#isDisturbed || now < DAYS.flooded) return this.#bali.converse(hall);
    if (now < DAYS.dead) {
      this.#attempts.flood++;
      if (!this.#chance.happens(THROUGH)) return false;
      const isWhole = await this.#bali.converse(hall, () => this.#chance.happens(LOST));
      if (isWhole) this.#attempts.whole++;
      return isWhole;
    }
    if (now < DAYS.resumed) {
      this.#attempts.dead++;
      return false;
    }
    return now < (this.#lineBack.get(hall.region) ?? 0) ? false : this.#bali.converse(hall);
  }

  /** Phones that are late send to the centre; where it is not to be reached, to the laptop in their hall. */
  async #phones(now: number): Promise<void> {
    for (const station of this.#late.get(now) ?? []) {
      const notes = this.#bali.sheetsOf(station);
      if (!this.#isDisturbed) {
        await this.#handIn(notes);
        continue;
      }
      const hall = this.#bali.halls.find(({ region }) => station.startsWith(region));
      for (const note of notes) await hall?.relay.hold(note);
      this.#relayed += notes.length;
    }
  }

  async #countHalted(): Promise<void> {
    for (const hall of this.#bali.halls) if ((await this.#bali.haltOf(hall)) !== null) this.#halted.push(hall.region);
  }

  async #grown(): Promise<{ here: number; there: number }> {
    const { here, there } = await this.#sizes();
    return { here: here - this.#founded, there: there - this.#founded };
  }

  async #sizes(): Promise<{ here: number; there: number }> {
    const sizes = { here: 0, there: 0 };
    for (const { log, store } of this.#bali.halls) {
      sizes.here += (await store.head(log))?.size ?? 0;
      sizes.there += (await this.#bali.centre.store.head(log))?.size ?? 0;
    }
    return sizes;
  }
}
