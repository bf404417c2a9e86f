/**
 * How honest sendings fared, from the list of them to figures and to points of a picture. Times are milliseconds since the run
 * began, and each sending is measured from the moment at which it *should* have left: a client that waits for a slow server
 * before it sends the next would hide the very delay that is to be measured.
 */

/** One sheet's way to its receipt. */
export interface Sending {
  /** When it should leave. */
  readonly due: number;
  /** When its receipt was here; null: never, in this run. */
  readonly done: number | null;
  /** How often it was sent. */
  readonly sends: number;
  /** Refused for good: by its status. */
  readonly refused?: number;
  /** Of a station whose pass was stolen. */
  readonly isRobbed?: boolean;
}

/** Milliseconds within which a person who waits for the receipt is content. */
export const DEADLINE = 2_000;

export interface Goodput {
  readonly count: number;
  /** Shares of all, 0 to 1. */
  readonly inTime: number;
  readonly eventually: number;
  readonly firstTry: number;
  /** Milliseconds; of those that were received. */
  readonly p50: number;
  readonly p99: number;
  /** Sends of a sheet, in the mean. */
  readonly sends: number;
}

/** What became of the sendings that were due from `from` to `to`. */
export function goodput(sendings: readonly Sending[], from = 0, to = Number.POSITIVE_INFINITY): Goodput {
  const within = sendings.filter(({ due }) => due >= from && due < to);
  const count = within.length;
  const delays = within.flatMap(({ due, done }) => (done === null ? [] : [done - due])).sort((a, b) => a - b);
  const share = (holds: (sending: Sending) => boolean) => (count === 0 ? 0 : within.filter(holds).length / count);
  return {
    count,
    inTime: share(({ due, done }) => done !== null && done - due <= DEADLINE),
    eventually: share(({ done }) => done !== null),
    firstTry: share(({ done, sends }) => done !== null && sends === 1),
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    sends: count === 0 ? 0 : within.reduce((sum, { sends }) => sum + sends, 0) / count,
  };
}

/** Sheets a second, from the first receipt to the last; 0 where one has none. */
export function rateOf(sendings: readonly Sending[]): number {
  const times = sendings.map(({ done }) => done ?? Number.POSITIVE_INFINITY);
  const spread =
    times.reduce((a, b) => Math.max(a, b), 0) - times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return spread > 0 ? (times.length * 1_000) / spread : 0;
}

/** The value below which a share of the sorted values lies; NaN if there are none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A stretch of time in a picture. */
export interface Moment {
  /** Milliseconds: its middle. */
  readonly at: number;
  /** Share of what was due in it and received in time. */
  readonly inTime: number;
  /** Milliseconds. */
  readonly p99: number;
}

/** The run in stretches of `each` milliseconds. */
export function moments(sendings: readonly Sending[], each = 500): Moment[] {
  const stretches = Map.groupBy(sendings, ({ due }) => Math.floor(due / each));
  return [...stretches]
    .sort(([a], [b]) => a - b)
    .map(([n, within]) => {
      const { inTime, p99 } = goodput(within);
      return { at: (n + 0.5) * each, inTime, p99 };
    });
}
