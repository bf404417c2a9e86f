/**
 * Whether a laptop's clock can be right.
 *
 * Nothing is ordered by a clock, so a wrong one loses and reorders nothing. But it stands in every statement that is signed here and
 * on every paper, for ever. So it is compared with what is known: the centre's time while there is a line; else that it cannot be
 * earlier than the newest bundle and the newest entries, and hardly a month later. Who is right is for a person to say.
 */
import type { Text } from "../election/text.ts";

/** What a clock is compared with, all in milliseconds since 1970. */
export interface ClockSigns {
  readonly now: number;
  /** By how much this clock is ahead of the centre's, as it was just heard; null without a line. */
  readonly ahead: number | null;
  /** When the centre made the bundle, as it says. */
  readonly bundled: number;
  /** The times that the newest entries claim: of the hall's own log, and of those that others write. */
  readonly own: number | null;
  readonly elsewhere: readonly number[];
}

export interface ClockDoubt {
  readonly kind: "differs" | "early" | "late";
  /** By how much, in milliseconds; positive: this clock is ahead. */
  readonly by: number;
}

/** Two devices in one hall, and a line that takes its time, differ by less. */
const TOLERATED = 5 * 60_000;
/** Between the last thing that is known and the plenary lie days. */
const LONG = 31 * 24 * 60 * 60_000;

/** Why the clock is doubted; null if nothing speaks against it. */
export function clockDoubt({ now, ahead, bundled, own, elsewhere }: ClockSigns): ClockDoubt | null {
  if (ahead !== null) return Math.abs(ahead) > TOLERATED ? { kind: "differs", by: ahead } : null;
  const known = Math.max(bundled, ...elsewhere);
  const newest = Math.max(known, own ?? 0);
  if (now < newest - TOLERATED) return { kind: "early", by: now - newest };
  // What was signed by this very clock speaks neither for it nor against it.
  return now > known + LONG ? { kind: "late", by: now - known } : null;
}

/** In words that say what to do. */
export function sayClockDoubt({ kind, by }: ClockDoubt): Text {
  const { id, en } = spanWords(Math.abs(by));
  const what = {
    differs: {
      id: `Jam laptop ini ${id} lebih ${by > 0 ? "cepat" : "lambat"} daripada jam pusat.`,
      en: `This laptop's clock is ${en} ${by > 0 ? "ahead of" : "behind"} the centre's.`,
    },
    early: {
      id: `Jam laptop ini menunjukkan waktu ${id} sebelum catatan terakhir.`,
      en: `This laptop's clock shows a time ${en} before the newest entry.`,
    },
    late: {
      id: `Jam laptop ini menunjukkan waktu ${id} sesudah catatan terakhir.`,
      en: `This laptop's clock shows a time ${en} after the newest entry.`,
    },
  }[kind];
  return {
    id: `${what.id} Betulkan tanggal dan jamnya. Bila tidak bisa, ketua memutuskan di halaman Sambungan untuk meneruskan, dan mencatatnya sebagai kejadian khusus.`,
    en: `${what.en} Set date and time right. If that cannot be done, the chair decides on the page Connection to go on, and records it as an incident.`,
  };
}

const UNITS: readonly (readonly [milliseconds: number, unit: Text])[] = [
  [365.25 * 86_400_000, { id: "tahun", en: "years" }],
  [86_400_000, { id: "hari", en: "days" }],
  [3_600_000, { id: "jam", en: "hours" }],
  [60_000, { id: "menit", en: "minutes" }],
];

/** A span in its largest unit: `3 hari`, `2 tahun`. */
function spanWords(span: number): Text {
  const [length, unit] = UNITS.find(([least]) => span >= 2 * least) ?? [60_000, { id: "menit", en: "minutes" }];
  const count = Math.floor(span / length);
  return { id: `${count} ${unit.id}`, en: `${count} ${unit.en}` };
}

/** The centre's time holds for so long by either clock: then it was slept through, or the clock was set. */
const HOLDS = 90_000;

/** What the centre's answers say of this machine's clock. */
export class CentreTime {
  readonly #clock: () => number;
  readonly #elapsed: () => number;
  #heard: { readonly ahead: number; readonly at: number; readonly elapsed: number } | null = null;

  /** `elapsed`: milliseconds that no change of the clock touches. */
  constructor(clock: () => number, elapsed: () => number) {
    this.#clock = clock;
    this.#elapsed = elapsed;
  }

  /** `time`: what the centre has just said. */
  readonly hear = (time: number): void => {
    const at = this.#clock();
    this.#heard = { ahead: at - time, at, elapsed: this.#elapsed() };
  };

  /** By how much this clock is ahead; null if that was not heard lately. */
  get ahead(): number | null {
    if (this.#heard === null) return null;
    const { ahead, at, elapsed } = this.#heard;
    const isLate = Math.abs(this.#clock() - at) > HOLDS || this.#elapsed() - elapsed > HOLDS;
    return isLate ? null : ahead;
  }
}
