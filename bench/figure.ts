/**
 * What every measurement gives back: one line of the table.
 */

/** A measured value and the most, or the least, that it may be; without either it is there to compare others with. */
export interface Figure {
  /** What is measured, in words, with the extent if it is not the whole. */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Measured extends Figure {
  readonly ok: boolean;
}

export interface Context {
  /** Finish in seconds, on a share of the nation: the figures then say less, and say so. */
  readonly short: boolean;
}

/** One file of measurements. */
export interface Measurement {
  /** Makes the data that `run` needs, in a process of its own, so that its memory and caches are not measured. */
  prepare?(context: Context): Promise<void>;
  run(context: Context): Promise<Figure[]>;
}

export function judged(figure: Figure): Measured {
  const { value, atMost, atLeast } = figure;
  return { ...figure, ok: (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast) };
}

export const seconds = (since: number): number => (performance.now() - since) / 1000;

/** The middle of several values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("no values");
  return middle;
}

/** A figure as a line of the table: whether it holds, what it is, its value, its bound. */
export function asLine({ what, value, unit, atMost, atLeast, ok }: Measured): string {
  const bound = atMost !== undefined ? `≤ ${short(atMost)}` : atLeast !== undefined ? `≥ ${short(atLeast)}` : "";
  const mark = bound === "" ? " " : ok ? "✓" : "✗";
  return `${mark} ${what.padEnd(92)} ${`${short(value)} ${unit}`.padStart(16)}  ${bound}`;
}

/** Three digits, or all of a large number. */
export const short = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));

/** What 99 of 100 values are at most; infinite where there are none. */
export function p99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY;
}
