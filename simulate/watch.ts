/**
 * Folds what the centre has as it comes, and sees to it that nothing waits, nothing is there that no honest writer would have
 * written, and no counter ever falls; and draws accounts from it.
 */
import assert from "node:assert/strict";
import { CONTEST_KINDS, type ContestKind } from "../src/election/codes.ts";
import { FIGURE } from "../src/election/figures.ts";
import type { BookName } from "../src/tally/book.ts";
import { Tally } from "../src/tally/fold.ts";
import type { Posting } from "../src/tally/posting.ts";
import type { Bali } from "./bali.ts";
import { Counters, listsOf, nameOf } from "./counters.ts";

/** A posting that takes votes away from somebody. */
export interface Fall {
  readonly station: string;
  readonly before: number;
  readonly after: number;
  /** As the journal has it; a corrected sheet gives none but itself. */
  readonly reason: string | null;
  readonly log: string;
  readonly index: number;
}

/** What moved somebody's votes in a book, in the whole of the district. */
export interface Account {
  readonly book: BookName;
  readonly contest: ContestKind;
  /** Its id, and its name. */
  readonly choice: string;
  readonly name: string;
  readonly added: number;
  readonly removed: number;
  readonly falls: readonly Fall[];
}

export class Watch {
  readonly #bali: Bali;
  readonly #tally: Tally;
  /** By account. */
  readonly #falls = new Map<string, Fall[]>();
  readonly counters = new Counters();
  #read = 0;

  constructor(bali: Bali) {
    this.#bali = bali;
    this.#tally = new Tally({ definition: () => bali.model, onPosting: (posting) => this.#keep(posting) });
  }

  /** Takes in what is new. */
  look(): void {
    const { arrivals } = this.#bali.medium;
    if (arrivals.length === this.#read) return;
    this.#tally.addAll(arrivals.slice(this.#read));
    this.#read = arrivals.length;
    assert.deepEqual(this.#tally.blocked(), [], "an edition waits for nothing");
    assert.deepEqual(
      this.#tally.voids().filter(({ fault }) => fault),
      [],
    );
    this.counters.take(this.#tally);
  }

  /** Entries that have no effect, by the reason. */
  voids(): Map<string, number> {
    return new Map(
      [...Map.groupBy(this.#tally.voids(), ({ reason }) => reason)].map(([why, all]) => [why, all.length]),
    );
  }

  /** Every published number of votes of both books, from the nation down to the kecamatan, one a line. */
  votes(): string[] {
    return [...listsOf(this.#tally)]
      .flatMap((list) => Array.from(list.votes, (votes, choice) => `${nameOf(list)}, choice ${choice}: ${votes}`))
      .sort();
  }

  /** Valid votes of all contests together in a book. */
  valid(book: BookName): number {
    const { model } = this.#bali;
    const sums = model.contests.map((contest) => this.#tally.totals(model.nation, contest).books[book]);
    return sums.reduce((sum, one) => sum + (one?.figures[FIGURE.valid] ?? 0), 0);
  }

  /** The accounts of all who ever lost a vote, the one with the most removed first. Each is checked: what fell was posted. */
  accounts(): Account[] {
    const found: Account[] = [];
    const { model } = this.#bali;
    for (const list of listsOf(this.#tally)) {
      const district = model.contest(list.contest)?.district(list.district);
      // Where all of the district's votes come together; below are parts of the same accounts.
      if (district === undefined || list.region !== district.container.code) continue;
      for (const [column, { id, name }] of district.choices.entries()) {
        const account = `${nameOf(list)} ${column}`;
        const [votes, removed] = [list.votes[column] ?? 0, list.removed[column] ?? 0];
        const falls = this.#falls.get(account) ?? [];
        const fallen = falls.reduce((sum, { before, after }) => sum + before - after, 0);
        assert.equal(fallen, removed, `${account}: every fall is a posting`);
        // What a plenary changes it gives a reason for; a sheet is replaced by another one, which is named.
        const isExplained = falls.every(({ reason }) => list.book === "count" || reason !== null);
        assert.ok(isExplained, `${account}: every fall has its reason`);
        const { book, contest } = list;
        if (removed > 0) found.push({ book, contest, choice: id, name, added: votes + removed, removed, falls });
      }
    }
    return found.sort((a, b) => b.removed - a.removed);
  }

  #keep({ book, contest, district, station, log, index, reason, before, after }: Posting): void {
    for (let column = 0; column < (before?.length ?? 0); column++) {
      const [had, has] = [before?.[column] ?? 0, after?.[column] ?? 0];
      if (has >= had) continue;
      assert.ok(station !== null, "every fall has its station");
      const kind = CONTEST_KINDS[contest] ?? "ppwp";
      const list = { book, contest: kind, district: district.code, region: district.container.code };
      const account = `${nameOf(list)} ${column}`;
      const falls = this.#falls.get(account) ?? [];
      falls.push({ station, before: had, after: has, reason, log, index });
      this.#falls.set(account, falls);
    }
  }
}
