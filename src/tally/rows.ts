/**
 * The rows of a region's children as its object last had them, as bytes: of eleven desa one has changed, and the rows of the ten
 * others are copied. Of one region in one contest, in the order of its children.
 */
import type { JsonWriter } from "./json-writer.ts";
import { lastingMemory } from "./memory.ts";

const NONE: Uint8Array = new Uint8Array(0);
/** The row is to be written anew. */
const STALE = -1;
/** Room kept for rows that grow by a digit, as a part of them all. */
const SPARE = 1 / 16;

export class Rows {
  /** All rows with commas between them. */
  #bytes = NONE;
  /** Where each row begins and ends in them; both 0 where a child has none, {@link STALE} where it is to be written. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;

  constructor(children: number) {
    this.#from = new Int32Array(children).fill(STALE);
    this.#to = new Int32Array(children).fill(STALE);
  }

  isStale(place: number): boolean {
    return this.#from[place] === STALE;
  }

  /** The row of this child is not as it was. */
  forget(place: number): void {
    this.#from[place] = STALE;
  }

  /** Writes the rows into an array that was opened; `fresh` writes one of those that changed, or nothing for a child without. */
  write(w: JsonWriter, fresh: (place: number) => void): void {
    const begin = w.length;
    const count = this.#from.length;
    for (let place = 0; place < count; ) {
      if (this.isStale(place)) {
        const at = w.length - begin;
        fresh(place);
        this.#set(place, at, w.length - begin);
        place++;
      } else place = this.#copy(w, begin, place);
    }
    this.#keep(w.since(begin));
  }

  /** What was written from one place to another is this row, and before it a comma unless it is the first. */
  #set(place: number, at: number, to: number): void {
    const isNone = at === to;
    this.#from[place] = isNone || at === 0 ? 0 : at + 1;
    this.#to[place] = isNone ? 0 : to;
  }

  /** Copies this row and those after it up to one that changed; the place of that one. */
  #copy(w: JsonWriter, begin: number, place: number): number {
    let end = place;
    let first = -1;
    let last = 0;
    for (; end < this.#from.length && !this.isStale(end); end++) {
      const [from = 0, to = 0] = [this.#from[end], this.#to[end]];
      if (from === to) continue;
      if (first < 0) first = from;
      last = to;
    }
    if (first >= 0) w.raw(this.#bytes.subarray(first, last));
    // They lie as far from each other as before.
    const moved = w.length - begin - last;
    for (let at = place; at < end; at++) {
      if (this.#from[at] === this.#to[at]) continue;
      this.#from[at] = (this.#from[at] ?? 0) + moved;
      this.#to[at] = (this.#to[at] ?? 0) + moved;
    }
    return end;
  }

  #keep(rows: Uint8Array): void {
    if (this.#bytes.length < rows.length) {
      this.#bytes = new Uint8Array(lastingMemory(rows.length + Math.ceil(rows.length * SPARE)));
    }
    this.#bytes.set(rows);
  }
}
