/**
 * How quickly boxes are read, and when the last would be: over the last hours of sitting, rests taken out.
 *
 * A box counts by the stations that are read of it, so that a large box does not look like a standstill. Of several halls
 * the forecast is the latest one's, since they read side by side.
 */
import { type Span, sittingTime } from "./rests.ts";
import type { PaceView } from "./wire/views.ts";

/** Sitting time that the pace is taken from, in milliseconds. */
const WINDOW = 3 * 3_600_000;
/** Fewer readings in that time say nothing. */
const FEWEST = 3;

/** One kecamatan's reading. */
export interface Sitting {
  readonly boxes: readonly { readonly stations: number; readonly read: number }[];
  /** When it began; null if that is not known, then with the first reading. */
  readonly begun: number | null;
  /** First readings of stations: when, and which part of its box each was. */
  readonly readings: readonly { readonly at: number; readonly share: number }[];
  readonly rests: readonly Span[];
}

/** The pace of halls that read side by side. @param now milliseconds since 1970 */
export function paceOf(sittings: readonly Sitting[], now: number): PaceView {
  const boxes = sittings.flatMap((sitting) => sitting.boxes);
  const left = boxes.filter(({ stations, read }) => read < stations);
  const measured = sittings.map((sitting) => ({ left: boxesLeft(sitting), ...measure(sitting) }));
  const [time, share] = measured.reduce(([t, s], one) => [t + one.time, s + one.share], [0, 0]);
  const unread = measured.filter((one) => one.left > 0);
  const isKnown = unread.length > 0 && unread.every((one) => one.share > 0);
  const rest = Math.max(...unread.map((one) => (one.left * one.time) / one.share));
  return {
    boxes: boxes.length,
    boxesLeft: left.length,
    stations: boxes.reduce((sum, { stations }) => sum + stations, 0),
    stationsLeft: left.reduce((sum, { stations, read }) => sum + stations - read, 0),
    secondsPerBox: share > 0 ? time / share / 1000 : null,
    forecast: isKnown ? Math.round(now + rest) : null,
  };
}

/** Unread boxes, begun ones by what is left of them. */
const boxesLeft = ({ boxes }: Sitting): number =>
  boxes.reduce((sum, { stations, read }) => sum + (stations > 0 ? (stations - read) / stations : 0), 0);

/** Sitting time up to the last reading within the window, and the boxes read in it; both 0 where nothing can be said. */
function measure({ begun, readings, rests }: Sitting): { readonly time: number; readonly share: number } {
  const times = readings.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  // Without an opening the first reading starts the clock, and is not measured by it.
  const start = begun !== null && begun < first ? begun : first;
  const within = readings.filter(({ at }) => at > start && sittingTime(rests, at, last) < WINDOW);
  if (within.length < FEWEST) return { time: 0, share: 0 };
  const time = Math.min(WINDOW, sittingTime(rests, start, last));
  const share = within.reduce((sum, one) => sum + one.share, 0);
  return time > 0 ? { time, share } : { time: 0, share: 0 };
}
