/**
 * Token buckets, one per name that a MAC has proved.
 *
 * A bucket keyed by what a stranger claims is a weapon against whom the stranger names; so the door asks here only with
 * the holder of a checked pass. Memory is bounded without a timer: a bucket left alone for as long as it takes to fill is
 * the same as no bucket, so buckets live in two generations and the older one is dropped once it has had that time.
 */

export interface BucketRule {
  /** Tokens of a full bucket: what may come at once. */
  readonly capacity: number;
  /** Tokens added per second. */
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  /** Milliseconds: when `tokens` was right. */
  at: number;
}

/** Buckets kept at most; beyond it a generation ends early and some idle devices get a few tokens sooner. */
const MOST_BUCKETS = 500_000;

export class Buckets {
  readonly #rule: BucketRule;
  readonly #clock: () => number;
  readonly #most: number;
  #young = new Map<string, Bucket>();
  #old = new Map<string, Bucket>();
  #youngSince: number;

  /** `clock` in milliseconds. */
  constructor(rule: BucketRule, clock: () => number, most: number = MOST_BUCKETS) {
    if (!(rule.capacity >= 1) || !(rule.perSecond > 0)) {
      throw new RangeError(`a bucket holds at least one token and is refilled, got ${JSON.stringify(rule)}`);
    }
    this.#rule = rule;
    this.#clock = clock;
    this.#most = most;
    this.#youngSince = clock();
  }

  /** Takes `tokens`. 0: they were there; else the milliseconds after which they will be, and nothing was taken. */
  take(name: string, tokens = 1): number {
    const bucket = this.#bucket(name);
    const wait = this.#wait(bucket.tokens, tokens);
    if (wait === 0) bucket.tokens -= tokens;
    return wait;
  }

  /** What {@link take} would answer, nothing taken: of whom no bucket is kept, none is made. */
  wait(name: string, tokens = 1): number {
    const known = this.#young.get(name) ?? this.#old.get(name);
    return known === undefined ? 0 : this.#wait(this.#filled(known, this.#clock()), tokens);
  }

  /** Number of buckets in memory. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #wait(there: number, tokens: number): number {
    if (there >= tokens) return 0;
    // More than a bucket holds would never come: who asks for it waits for a full one and asks for less.
    const missing = Math.min(tokens, this.#rule.capacity) - there;
    return Math.max(1, Math.ceil((missing / this.#rule.perSecond) * 1000));
  }

  #bucket(name: string): Bucket {
    const now = this.#clock();
    this.#turn(now);
    const known = this.#young.get(name);
    const bucket = known ?? this.#old.get(name) ?? { tokens: this.#rule.capacity, at: now };
    if (known === undefined) {
      this.#young.set(name, bucket);
      this.#old.delete(name);
    }
    bucket.tokens = this.#filled(bucket, now);
    bucket.at = now;
    return bucket;
  }

  /** The tokens of a bucket by now. A clock set back adds nothing and takes nothing. */
  #filled({ tokens, at }: Bucket, now: number): number {
    const passed = Math.max(0, now - at);
    return Math.min(this.#rule.capacity, tokens + (passed / 1000) * this.#rule.perSecond);
  }

  #turn(now: number): void {
    const life = (this.#rule.capacity / this.#rule.perSecond) * 1000;
    if (now - this.#youngSince < life && this.#young.size < this.#most / 2) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngSince = now;
  }
}
