/**
 * The newest checkpoint of the hall's log that this browser was shown, kept over a reload: should the laptop's disk be put back to
 * an older state, the laptop's own signature tells it so.
 */
import type { SafeView } from "../../../src/recap/wire/safe.ts";

const PREFIX = "teguh:desk:log:";

export class SeenLog {
  readonly #storage: Storage | null;
  readonly #key: string;
  #kept: string | null;

  /** `origin`: of the hall's log. */
  constructor(storage: Storage | null, origin: string) {
    this.#storage = storage;
    this.#key = PREFIX + origin;
    this.#kept = storage?.getItem(this.#key) ?? null;
  }

  /** Takes up what the laptop shows; the checkpoint to show it, if this browser has seen a longer log. */
  take({ checkpoint, size }: Pick<SafeView, "checkpoint" | "size">): string | null {
    const seen = this.#kept === null ? 0 : sizeIn(this.#kept);
    if (seen > size) return this.#kept;
    if (checkpoint !== null && sizeIn(checkpoint) > seen) this.#keep(checkpoint);
    return null;
  }

  #keep(checkpoint: string): void {
    this.#kept = checkpoint;
    try {
      this.#storage?.setItem(this.#key, checkpoint);
    } catch {
      // Full: it lasts as long as the page.
    }
  }
}

/** A checkpoint's second line is its size. */
const sizeIn = (checkpoint: string): number => Number(checkpoint.split("\n")[1]) || 0;
