/**
 * The first half of the door: what is judged by the headers alone, before a byte of the body is read. Whoever is turned away here
 * costs some microseconds, so a flood ends here.
 */
import type { Admission, Lane } from "./admission.ts";
import { type Answer, BUSY, later, NO_PASS, PASS_ABUSED, PLACE_BUSY, TOO_OFTEN } from "./answers.ts";
import { Buckets } from "./bucket.ts";
import type { Counters } from "./figures.ts";
import { checkShape, patienceOf, type RequestHead } from "./head.ts";
import type { Lanes } from "./lanes.ts";
import { type DoorLimits, SMALL_BODY } from "./limits.ts";
import type { Holder, PassOffice } from "./pass.ts";
import { ceilingOf } from "./place.ts";
import { Tickets } from "./tickets.ts";

export interface EntranceOptions {
  readonly passes: PassOffice;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly limits: DoorLimits;
  readonly admission: Admission;
  readonly lanes: Lanes;
  readonly counters: Counters;
}

/** Someone whose headers were found good, until the answer is given. */
export interface Entrant {
  readonly holder: Holder;
  /** When whoever sent this stops waiting: milliseconds since 1970. */
  readonly deadline: number;
  /** Bytes that the body has. */
  readonly length: number;
}

export type Admitted = { readonly entrant: Entrant } | { readonly refused: Answer };

const SCHEME = "Teguh ";
/**
 * Of a sender's patience, what may pass until the turn: the rest is for the body's way, the append, and a guess that was too
 * good.
 */
const WAITED = 0.8;
/** Milliseconds of work: with so little waiting everybody may come in, whatever was promised to whom. */
const LITTLE = 1_000;

/** What stands in an `Authorization` header of ours; null in any other. */
export function passIn(authorization: string | undefined): string | null {
  return authorization?.startsWith(SCHEME) ? authorization.slice(SCHEME.length) : null;
}

export class Entrance {
  readonly #options: EntranceOptions;
  readonly #requests: Buckets;
  readonly #tooOften: Buckets;
  readonly #places: Buckets;
  readonly #tickets: Tickets;
  /** Requests of each pass that are being read or judged. */
  readonly #inside = new Map<string, number>();
  #entrants = 0;
  #bytes = 0;

  constructor(options: EntranceOptions) {
    const { clock, random, limits, admission } = options;
    this.#options = options;
    this.#tickets = new Tickets({ clock, random, pace: () => admission.pace });
    this.#requests = new Buckets(limits.requests, clock);
    this.#tooOften = new Buckets(limits.tooOften, clock);
    this.#places = new Buckets(limits.kecamatan, clock);
  }

  /** Whoever is let in must {@link leave}, however it ends. `most`: bytes of a body. */
  admit(head: RequestHead, lane: Lane, most: number): Admitted {
    const { counters, clock } = this.#options;
    const length = this.checkShape(head, most);
    if (typeof length !== "number") return { refused: length };
    const holder = this.#holderOf(head.authorization);
    counters.count("pass", holder !== null);
    if (holder === null) return { refused: NO_PASS };
    const spent = this.#takeTokens(holder, length);
    counters.count("bucket", spent === null);
    if (spent !== null) return { refused: spent };
    // What a phone sends together after hours without a signal is its own, and gives way no more than a single sheet does.
    const own = lane === "sync" && length <= SMALL_BODY ? "sheet" : lane;
    const patience = patienceOf(head.patience);
    const hasRoom = this.#hasRoom(own, holder, length, patience);
    counters.count("admission", hasRoom);
    if (!hasRoom) return { refused: own === "sheet" ? later(BUSY, this.#tickets.draw(holder.bucket)) : this.busy(own) };
    if (own === "sheet") this.#tickets.cameIn(holder.bucket);
    this.#inside.set(holder.bucket, (this.#inside.get(holder.bucket) ?? 0) + 1);
    this.#entrants++;
    this.#bytes += large(length);
    return { entrant: { holder, deadline: clock() + patience, length } };
  }

  /** The request is over. `lost`: its body did not come, or not in time. */
  leave({ holder, length }: Entrant, lost: boolean): void {
    const inside = (this.#inside.get(holder.bucket) ?? 1) - 1;
    if (inside > 0) this.#inside.set(holder.bucket, inside);
    else this.#inside.delete(holder.bucket);
    this.#entrants--;
    this.#bytes -= large(length);
    this.#options.counters.count("body", !lost);
  }

  /** The length of a body that may come, or why it may not. */
  checkShape(head: RequestHead, most: number): number | Answer {
    const shape = checkShape(head, most);
    this.#options.counters.count("shape", typeof shape === "number");
    return shape;
  }

  /** Whoever the pass in an `Authorization` header names; null without a valid one. */
  #holderOf(authorization: string | undefined): Holder | null {
    const pass = passIn(authorization);
    return pass === null ? null : this.#options.passes.check(pass);
  }

  /** 503: come back when what waits is done. */
  busy(lane: Lane): Answer {
    const { admission, lanes } = this.#options;
    return later(BUSY, admission.retryAfter(lanes.waiting[lane]));
  }

  /** Of the pass, then of its kecamatan; null if both had one. */
  #takeTokens({ bucket, place }: Holder, length: number): Answer | null {
    const { limits, admission } = this.#options;
    const ceiling = ceilingOf(place);
    const full = this.#places.wait(ceiling);
    const tokens = Math.max(1, Math.ceil(length / SMALL_BODY));
    const wait = (this.#inside.get(bucket) ?? 0) >= limits.inside ? 1 : this.#requests.take(bucket, tokens);
    if (wait > 0) return this.#tooOften.take(bucket) > 0 ? PASS_ABUSED : later(TOO_OFTEN, Math.ceil(wait / 1000));
    if (full > 0) return later(PLACE_BUSY, admission.retryAfter(0, Math.ceil(full / 1000)));
    this.#places.take(ceiling);
    return null;
  }

  #hasRoom(lane: Lane, { bucket }: Holder, length: number, patience: number): boolean {
    const { limits, admission, lanes } = this.#options;
    if (length > SMALL_BODY && this.#bytes + length > limits.bytes) return false;
    if (this.#entrants >= limits.entrants) return false;
    if (lane === "sheet") {
      // Whoever would have given up before the turn comes is told now when to come, and keeps nobody else out meanwhile.
      if (lanes.ahead > patience * WAITED) return false;
      if (lanes.ahead > LITTLE && !this.#tickets.isTurnOf(bucket)) return false;
    }
    return admission.admits(lane, bucket) && !lanes.isFull(lane);
  }
}

/** Bytes of a body that count against the limit of the door. */
const large = (length: number): number => (length > SMALL_BODY ? length : 0);
