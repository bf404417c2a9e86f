/**
 * Numbers, as from a counter in a bank: who finds the door full is told the second in which there will be a place, and nobody else
 * is told the same. A place becomes free whenever a sheet is done, so promises follow one another at the door's pace. While any
 * are open, newcomers draw a number too, unless the door has hardly anything to do: whoever waits as told comes in when it is
 * time, and does not find that others, who asked later, have taken the place.
 *
 * Numbers are kept under names that a MAC has proved, one for each: drawing again does not move anybody on.
 */

/** Seconds from now: the soonest and the latest that is promised. Beyond that it would be a guess. */
const SOONEST = 2;
const LATEST = 60;
/** Milliseconds by which a holder may come too early, since seconds are rounded, and too late, since phones spread a little. */
const EARLY = 1_000;
const LATE = 3_000;

export interface TicketOptions {
  /** Milliseconds. */
  readonly clock: () => number;
  /** In [0, 1): spreads what is not promised. */
  readonly random: () => number;
  /** Sheets a second that the door can do. */
  readonly pace: () => number;
}

interface Holder {
  /** When the place is free, on the clock's scale; once its holder has come, when that was last. */
  readonly due: number;
  readonly hasCome: boolean;
}

export class Tickets {
  readonly #options: TicketOptions;
  /** Holders, in the order in which they drew or last came: whoever comes again and again keeps no others here. */
  readonly #holders = new Map<string, Holder>();
  /** Places before this have been promised. */
  #promised = 0;

  constructor(options: TicketOptions) {
    this.#options = options;
  }

  /** Whether it is somebody's turn to come in: a holder's whose time has come, or anybody's while nothing is promised. */
  isTurnOf(name: string): boolean {
    const now = this.#options.clock();
    return (this.#holder(name, now)?.due ?? this.#promised) <= now + EARLY;
  }

  /** Somebody has come in, with a number or without. A phone has several sheets: whoever is served may bring the next. */
  cameIn(name: string): void {
    const { clock, pace } = this.#options;
    const now = clock();
    const holder = this.#holder(name, now);
    if (holder === null) return;
    // Only the first place was promised: the others move on those who draw from now on.
    if (holder.hasCome && this.#promised > now) this.#promised += 1_000 / pace();
    this.#hold(name, { due: now, hasCome: true });
  }

  /** Whole seconds after which there will be a place for somebody: the one that is promised already, or the next. */
  draw(name: string): number {
    const { clock, random, pace } = this.#options;
    const now = clock();
    const own = this.#holder(name, now)?.due ?? 0;
    if (own > now + EARLY) return Math.ceil((own - now) / 1_000);
    const each = 1_000 / pace();
    const place = Math.max(this.#promised, now + SOONEST * 1_000 - each) + each;
    if (place > now + LATEST * 1_000) return LATEST + Math.floor(random() * LATEST);
    this.#promised = place;
    this.#hold(name, { due: place, hasCome: false });
    return Math.ceil((place - now) / 1_000);
  }

  /** Numbers in memory. */
  get size(): number {
    return this.#holders.size;
  }

  #hold(name: string, holder: Holder): void {
    this.#holders.delete(name);
    this.#holders.set(name, holder);
  }

  /** Null if somebody has no number that is still good. */
  #holder(name: string, now: number): Holder | null {
    for (const [first, { due }] of this.#holders) {
      if (due >= now - LATE) break;
      this.#holders.delete(first);
    }
    const holder = this.#holders.get(name);
    return holder === undefined || holder.due < now - LATE ? null : holder;
  }
}
