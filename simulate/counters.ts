/**
 * Both counters of every account from the nation down to the kecamatan: votes added and votes removed. They only ever grow,
 * whatever happens to machines and lines; who keeps them here sees to it.
 */
import assert from "node:assert/strict";
import type { ContestKind, RegionCode } from "../src/election/codes.ts";
import { BOOKS, type BookName } from "../src/tally/book.ts";
import type { Tally } from "../src/tally/fold.ts";

/** The accounts of a district's choices in a region's book. */
export interface List {
  readonly book: BookName;
  readonly region: RegionCode;
  readonly contest: ContestKind;
  readonly district: string;
  /** By choice. */
  readonly votes: ArrayLike<number>;
  readonly removed: ArrayLike<number>;
}

/** The accounts of every region from the nation down to the kecamatan, as a fold has them. */
export function* listsOf(tally: Tally): Generator<List> {
  const { model } = tally;
  for (const region of model?.regions ?? []) {
    if (region.level === "desa") continue;
    for (const contest of model?.contests ?? []) {
      const { books } = tally.totals(region, contest);
      for (const book of BOOKS) {
        for (const [{ code: district }, { votes, removed }] of books[book]?.lists ?? [])
          yield { book, region: region.code, contest: contest.kind, district, votes, removed: removed ?? [] };
      }
    }
  }
}

/** The name of a list. */
export const nameOf = ({ book, contest, district, region }: Omit<List, "votes" | "removed">): string =>
  `${book} ${contest} ${district} ${region}`;

export class Counters {
  #added = new Map<string, readonly number[]>();
  #removed = new Map<string, readonly number[]>();
  /** How often a counter was found to have grown or stayed. */
  compared = 0;

  /** Takes in where they stand now. @throws AssertionError if one has fallen */
  take(tally: Tally): void {
    const added = new Map<string, readonly number[]>();
    const removed = new Map<string, readonly number[]>();
    for (const list of listsOf(tally)) {
      const down = Array.from(list.votes, (_, i) => list.removed[i] ?? 0);
      removed.set(nameOf(list), down);
      added.set(
        nameOf(list),
        down.map((count, i) => count + (list.votes[i] ?? 0)),
      );
    }
    this.#compare(this.#added, added, "added");
    this.#compare(this.#removed, removed, "removed");
    this.#added = added;
    this.#removed = removed;
  }

  #compare(before: ReadonlyMap<string, readonly number[]>, now: ReadonlyMap<string, readonly number[]>, what: string) {
    for (const [list, values] of before) {
      const next = now.get(list) ?? [];
      const fallen = values.findIndex((value, i) => (next[i] ?? 0) < value);
      assert.ok(fallen < 0, `${list}, choice ${fallen}: ${what} fell from ${values[fallen]} to ${next[fallen] ?? 0}`);
      this.compared += values.length;
    }
  }
}
