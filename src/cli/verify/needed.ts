/**
 * Which objects must still exist: those in use in an edition that is kept, by the publisher's own rule (`publish/keep.ts`).
 * An object is in use at its place from the edition that made it up to the one that replaced it.
 */
import type { Hash } from "../../ledger/hash.ts";
import { keptEditions } from "../../publish/keep.ts";
import { intervalOf } from "../../publish/objects.ts";
import type { AboutObject } from "../../tally/output.ts";

interface Interval {
  readonly hash: Hash;
  readonly place: string;
  /** Goes with the last whole edition: what lies below the kecamatan does. */
  readonly fine: boolean;
  readonly born: number;
  died: number;
}

export class NeededObjects {
  readonly #intervals: Interval[] = [];
  /** The interval that is still open, by place and hash. */
  readonly #open = new Map<string, Interval>();

  /** Notes the objects that an edition made. */
  record(edition: number, objects: readonly AboutObject[]): void {
    for (const { hash, place, fine, replaces } of objects.map(intervalOf)) {
      const before = this.#open.get(`${place} ${replaces}`);
      if (before && before.born < edition) {
        before.died = edition;
        this.#open.delete(`${place} ${replaces}`);
      }
      const interval = { hash, place, fine, born: edition, died: Number.POSITIVE_INFINITY };
      this.#intervals.push(interval);
      this.#open.set(`${place} ${hash}`, interval);
    }
  }

  /** The hashes that must exist after these editions (`[number, time]`, ascending) at the time `now`. */
  after(editions: readonly (readonly [number: number, time: number])[], now: number): Set<Hash> {
    const kept = keptEditions(editions, now);
    const whole = [...kept.whole].sort((a, b) => a - b);
    const any = [...kept.whole, ...kept.coarse].sort((a, b) => a - b);
    const needed = new Set<Hash>();
    for (const { hash, fine, born, died } of this.#intervals) {
      if (hasBetween(fine ? whole : any, born, died)) needed.add(hash);
    }
    return needed;
  }

  /** The current result object of every region, as `now/` must show it: place `<contest>/<region>/result` to hash. */
  *current(): Generator<{ readonly contest: string; readonly region: string; readonly hash: Hash }> {
    for (const { place, hash } of this.#open.values()) {
      const [contest = "", region = "", kind = ""] = place.split("/");
      if (kind === "result") yield { contest, region, hash };
    }
  }
}

/** Whether an ascending list has a number in [from, to). */
function hasBetween(list: readonly number[], from: number, to: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return (list[low] ?? Number.POSITIVE_INFINITY) < to;
}
