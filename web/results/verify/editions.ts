/**
 * Earlier editions: which there were, and the one that stood at some time. Editions come up to once a second and only some
 * are kept whole (see FORMATS.md, "What is kept"), so a time is answered by the edition that is kept for it: the first of its
 * ten minutes, hour or day, by the clock of Jakarta. Times never fall, so it is found by looking at a few bundles of the log.
 */
import { utf8 } from "../../../src/ledger/bytes.ts";
import { TILE_WIDTH } from "../../../src/ledger/tiles.ts";
import { type Edition, openEdition } from "./edition.ts";
import { Fault } from "./fault.ts";
import type { Fetch } from "./files.ts";
import { entryOf } from "./statements.ts";
import { fetchBundle, type LogHead, provedEntries } from "./tiles.ts";
import type { Reader, Snapshot, State } from "./verify.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const JAKARTA = 7 * HOUR;

/** Every edition is kept whole so long after it was made. */
const WHOLE_FOR = 15 * MINUTE;
/** Later, the first of each slot, so long. */
const SLOTS = [
  { length: 10 * MINUTE, keptFor: DAY },
  { length: HOUR, keptFor: 7 * DAY },
  { length: DAY, keptFor: Number.POSITIVE_INFINITY },
] as const;

/** The beginning of the slot of which an edition is kept, seen from `now`; the time itself while every edition is. */
export function slotOf(time: number, now: number): number {
  const age = now - time;
  if (age <= WHOLE_FOR) return time;
  const { length } = SLOTS.find(({ keptFor }) => age <= keptFor) ?? SLOTS[2];
  return Math.floor((time + JAKARTA) / length) * length - JAKARTA;
}

/** The times, rising, at which the slots between two times begin, in about so many steps. */
export function slotsBetween(from: number, to: number, steps: number): number[] {
  const step = Math.max(MINUTE, (to - from) / steps);
  const times = new Set<number>();
  for (let time = from; time < to; time += step) times.add(Math.max(from, slotOf(time, to)));
  return [...times].sort((a, b) => a - b);
}

export class Editions {
  readonly #reader: Reader;
  readonly #now: Edition;
  readonly #head: LogHead;
  readonly #bundles = new Map<number, Promise<readonly Uint8Array[]>>();

  /** The editions that the snapshot's checkpoint covers. */
  constructor(reader: Reader, { edition, head }: Snapshot) {
    this.#reader = reader;
    this.#now = edition;
    this.#head = { prefix: "", size: head.size, root: head.root };
  }

  /** An edition by its number, proved to be in the log and signed. Rejects with {@link Fault}. */
  async edition(number: number): Promise<Edition> {
    if (number === this.#now.number) return this.#now;
    const [note] = await provedEntries(this.#fetch, this.#head, [number - 1]);
    const file = `tile/entries (${number})`;
    const edition = await openEdition(note ?? utf8(""), await this.#reader.editionsKey(), file);
    if (edition.number !== number) throw new Fault("wrong-place", file, `expected edition ${number}`);
    return edition;
  }

  /** The first edition that is not older than a time, and the newest if all are. */
  async firstSince(time: number): Promise<Edition> {
    // The one of number `low` is older, that of `high` is not, or is the newest.
    let low = 0;
    let high = this.#now.number;
    let lowTime = Number.NEGATIVE_INFINITY;
    let highTime = this.#now.time;
    while (high - low > 1) {
      const share = Number.isFinite(lowTime) && highTime > lowTime ? (time - lowTime) / (highTime - lowTime) : 0.5;
      const guess = Math.min(high - 1, Math.max(low + 1, Math.round(low + share * (high - low))));
      const found = await this.#timesAround(guess);
      for (const [number, at] of found) {
        if (at < time && number > low) [low, lowTime] = [number, at];
        if (at >= time && number < high) [high, highTime] = [number, at];
      }
    }
    return this.edition(high);
  }

  /** Numbers and times of a bundle's editions: where to look; each is verified when it is opened. */
  async #timesAround(number: number): Promise<readonly (readonly [number, number])[]> {
    const n = Math.floor((number - 1) / TILE_WIDTH);
    const notes = await this.#bundle(n);
    const first = n * TILE_WIDTH;
    return notes.map((note, i) => [first + i + 1, entryOf(note, "editions", first + i).time] as const);
  }

  #bundle(n: number): Promise<readonly Uint8Array[]> {
    const known = this.#bundles.get(n) ?? fetchBundle(this.#fetch, this.#head, n);
    this.#bundles.set(n, known);
    return known;
  }

  /** The reader's files; those of the log of editions, which is looked at again and again, are kept. */
  readonly #files = new Map<string, Promise<Uint8Array | null>>();
  readonly #fetch: Fetch = (path, fresh = false) => {
    const known = (fresh ? undefined : this.#files.get(path)) ?? this.#reader.fetch(path, fresh);
    this.#files.set(path, known);
    known.catch(() => this.#files.delete(path));
    return known;
  };
}

/** A region in an earlier edition; null where that is not kept. Rejects with {@link Fault}. */
export async function stateIfKept(
  reader: Reader,
  edition: Edition,
  contest: string,
  region: string,
): Promise<State | null> {
  try {
    return await reader.stateIn(edition, contest, region);
  } catch (cause) {
    if (cause instanceof Fault && cause.code === "gone") return null;
    throw cause;
  }
}
