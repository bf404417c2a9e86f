/**
 * The sums of a kecamatan in one contest, kept while its rows change, so that an edition adds up the desa that changed and not all:
 * a desa is taken out of them before a row of it changes, and put back when the sums are next wanted. Both are the same sum of
 * its rows ({@link sumDesa}), in whole numbers, so nothing can be left behind.
 */
import type { Contest } from "../election/model.ts";
import { BOOKS, type BookName } from "./book.ts";
import { type Summable, sumDesa } from "./desa-sums.ts";
import {
  type Adjustment,
  addAdjustment,
  addSums,
  type Cells,
  emptySums,
  partiesOf,
  Scratch,
  type Sums,
  subtractSums,
} from "./totals.ts";

type BookSums = Record<BookName, Sums | null>;

/** For sums of a desa that are only taken out. */
const scratch = new Scratch();

/** Both books of a desa, in `cells`. */
export function booksOfDesa(block: Summable, desa: number, cells: Cells): BookSums {
  const contest = block.unit.model.contestAt(block.contest);
  const parties = contest ? partiesOf(contest) : null;
  return {
    count: sumDesa(block, "count", desa, parties, cells),
    recap: sumDesa(block, "recap", desa, parties, cells),
  };
}

export class BlockSums {
  readonly #block: Summable;
  readonly #books: BookSums = { count: null, recap: null };
  /** By desa: 1 if it is in the sums. */
  readonly #isIn: Uint8Array;
  #isWhole = false;

  constructor(block: Summable) {
    this.#block = block;
    this.#isIn = new Uint8Array(block.districts.length);
  }

  /** To be called before a row of the desa changes. */
  takeOut(desa: number): void {
    if (this.#isIn[desa] === 0) return;
    this.#isIn[desa] = 0;
    this.#isWhole = false;
    scratch.reset();
    const parts = booksOfDesa(this.#block, desa, scratch.cells);
    for (const name of BOOKS) {
      const [sums, part] = [this.#books[name], parts[name]];
      if (sums && part) subtractSums(sums, part, this.#block.unit.region);
    }
  }

  /** Puts a desa back in that was taken out, or was never in; `parts` are its books as they are now. */
  put(desa: number, parts: BookSums): void {
    if (this.#isIn[desa] === 1) return;
    this.#isIn[desa] = 1;
    const { region } = this.#block.unit;
    for (const name of BOOKS) if (parts[name]) addSums(this.#of(name), parts[name], region);
  }

  /**
   * The kecamatan's books, with all its desa and these rulings of its own plenary, of which there never become fewer. They live until a
   * row of it changes.
   */
  whole(contest: Contest, rulings: readonly Adjustment[]): BookSums {
    const { districts, unit } = this.#block;
    if (!this.#isWhole) {
      for (let desa = 0; desa < districts.length; desa++) {
        if (this.#isIn[desa] === 1) continue;
        scratch.reset();
        this.put(desa, booksOfDesa(this.#block, desa, scratch.cells));
      }
      this.#isWhole = true;
    }
    const own = rulings.filter((ruling) => ruling.contest === contest.kind);
    for (const ruling of own.slice(this.#books.recap?.adjustments.length ?? 0)) {
      addAdjustment(this.#of("recap"), ruling, contest, unit.region);
    }
    return this.#books;
  }

  #of(name: BookName): Sums {
    const contest = this.#block.unit.model.contestAt(this.#block.contest);
    const sums = this.#books[name] ?? emptySums(contest ? partiesOf(contest) : null);
    this.#books[name] = sums;
    return sums;
  }
}
