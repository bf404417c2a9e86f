/**
 * Chance that can be repeated: every draw belongs to a stream, and a stream follows from the demonstration's seed and a label
 * ("figures 5103032001004 dpr"). So whatever is asked for alone, in any order, after any restart, is the same as before.
 */
import { utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";

export class Chance {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** The stream of a label. */
  constructor(seed: string, label: string) {
    const bytes = sha256(utf8(`${seed}\n${label}`));
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    this.#a = view.getUint32(0);
    this.#b = view.getUint32(4);
    this.#c = view.getUint32(8);
    this.#d = view.getUint32(12);
  }

  /** In [0, 1). The generator is sfc32: small, fast and good enough for invented votes; never for secrets. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** In [from, to). */
  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  /** True with this probability. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  /** Roughly normal, mean 0 and deviation 1: the sum of twelve draws. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.next();
    return sum;
  }

  /** How many of `count` trials succeed. Above a hundred trials its normal approximation, which nobody can tell apart. */
  binomial(count: number, probability: number): number {
    if (count > 100 && probability > 0.1 && probability < 0.9) {
      const drawn = Math.round(
        count * probability + this.normal() * Math.sqrt(count * probability * (1 - probability)),
      );
      return Math.min(count, Math.max(0, drawn));
    }
    let successes = 0;
    for (let i = 0; i < count; i++) if (this.happens(probability)) successes++;
    return successes;
  }

  /** `count` votes cast independently by these weights: a number for each weight, `count` together. */
  cast(count: number, weights: ArrayLike<number>): number[] {
    const limits = new Float64Array(weights.length);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      sum += weights[i] ?? 0;
      limits[i] = sum;
    }
    const votes = new Array<number>(weights.length).fill(0);
    for (let i = 0; i < count; i++) {
      const column = firstAbove(limits, this.next() * sum);
      votes[column] = (votes[column] ?? 0) + 1;
    }
    return votes;
  }
}

/** The first index whose limit is above the value; the last if none is. */
function firstAbove(limits: Float64Array, value: number): number {
  let low = 0;
  let high = limits.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((limits[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * `total` shared out in whole numbers in proportion to `weights`, each at least `least`: largest remainders first, of equal
 * ones the earlier.
 * @throws RangeError if the total is too small for that
 */
export function shareOut(total: number, weights: readonly number[], least = 0): number[] {
  const spare = total - least * weights.length;
  if (spare < 0) throw new RangeError(`${total} cannot be shared among ${weights.length}, at least ${least} each`);
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (spare * weight) / sum);
  const shares = exact.map((value) => least + Math.floor(value));
  const left = total - shares.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}
