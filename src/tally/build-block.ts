/**
 * Builds the objects of a kecamatan in one contest: those of its desa that changed, full chunks of its journals, and its own.
 */
import type { RegionCode } from "../election/codes.ts";
import type { Contest, Region } from "../election/model.ts";
import type { Hash } from "../ledger/hash.ts";
import { booksOfDesa } from "./block-sums.ts";
import { BOOKS, type BookName } from "./book.ts";
import type { JsonWriter } from "./json-writer.ts";
import {
  type Child,
  hasDetail,
  type Status,
  writeChildren,
  writeDesa,
  writeDetail,
  writeJournalChunk,
  writeRegion,
} from "./objects.ts";
import { aboutRegion, type Output } from "./output.ts";
import { type Adjustment, addSittings, type Cells, ownCells, partiesOf, Scratch, type Totals } from "./totals.ts";
import type { Block } from "./unit.ts";

/** What is known of regions beside their rows. */
export interface Surroundings {
  /** Stations of a region that vote in a contest. */
  expectedIn(region: Region, contest: Contest): number;
  /** How far a region's plenary is with a contest, and the orders that halt it. */
  status(region: Region, contest: Contest): { readonly status: Status; readonly orders: readonly string[] };
  /** The rulings of a region's own plenary that name no station. */
  rulings(region: RegionCode): readonly Adjustment[];
}

export class BlockBuilder {
  readonly #around: Surroundings;
  readonly #scratch = new Scratch();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Builds what changed in a block. */
  build(block: Block, contest: Contest, out: Output): void {
    const { unit } = block;
    const parts = this.#partsOf(block, contest);
    for (const desa of block.dirty) {
      const region = unit.desa[desa];
      const totals = parts[desa];
      if (region && totals) buildDesa(block, desa, region, totals, contest, out);
    }
    block.dirty.clear();
    for (const name of BOOKS) buildJournals(block, name, contest, out);
    const totals = this.#renewTotals(block, contest);
    if (!totals.books.count && !totals.books.recap) return;
    const { status, orders } = this.#around.status(unit.region, contest);
    writeRegion(out.writer.reset(), {
      contest: contest.index,
      region: unit.region,
      totals,
      parties: partiesOf(contest),
      rows: block.rows,
      childAt: childrenOf(block, parts),
      lists: null,
      status,
      orders,
      books: block.books,
      voids: [...block.voids].sort((a, b) => (a.log === b.log ? a.index - b.index : a.log < b.log ? -1 : 1)),
    });
    block.object = out.take(aboutRegion("result", contest, unit.region, block.object));
  }

  /** Adds up a block whose objects are published, and writes its rows: the next edition then does so only for what changes in it. */
  prepare(block: Block, contest: Contest, w: JsonWriter): void {
    const parts = this.#partsOf(block, contest);
    const totals = this.#renewTotals(block, contest);
    writeChildren(w.reset(), { totals, rows: block.rows, childAt: childrenOf(block, parts) });
  }

  /** A kecamatan as it is now, whether or not it was built since it changed. */
  totals(block: Block, contest: Contest): Totals {
    return block.totals ?? this.#renewTotals(block, contest);
  }

  /** A desa as it is now. */
  totalsOfDesa(block: Block, desa: number, contest: Contest, cells: Cells = ownCells): Totals {
    const region = block.unit.desa[desa];
    const expected = region ? this.#around.expectedIn(region, contest) : 0;
    return { expected, sittings: {}, books: booksOfDesa(block, desa, cells) };
  }

  /** The desa whose rows are to be written, put back into the sums; until the next ones are asked for. */
  #partsOf(block: Block, contest: Contest): (Totals | null)[] {
    this.#scratch.reset();
    for (const desa of block.dirty) block.rows.forget(desa);
    return block.districts.map((district, desa) => {
      if (!district || !block.rows.isStale(desa)) return null;
      const totals = this.totalsOfDesa(block, desa, contest, this.#scratch.cells);
      block.sums.put(desa, totals.books);
      return totals;
    });
  }

  #renewTotals(block: Block, contest: Contest): Totals {
    const { region } = block.unit;
    const books = { ...block.sums.whole(contest, this.#around.rulings(region.code)) };
    const isThere = books.count !== null || books.recap !== null;
    const sittings = isThere ? addSittings([], this.#around.status(region, contest).status) : {};
    block.totals = { expected: this.#around.expectedIn(region, contest), sittings, books };
    return block.totals;
  }
}

function buildDesa(block: Block, desa: number, region: Region, totals: Totals, contest: Contest, out: Output): void {
  let detail: Hash | null = null;
  if (hasDetail(region, contest.kind)) {
    writeDetail(out.writer.reset(), block, desa);
    detail = out.take(aboutRegion("detail", contest, region, block.details[desa] ?? null));
    block.details[desa] = detail;
  }
  writeDesa(out.writer.reset(), block, desa, totals, partiesOf(contest), detail);
  block.objects[desa] = out.take(aboutRegion("result", contest, region, block.objects[desa] ?? null));
}

function buildJournals(block: Block, name: BookName, contest: Contest, out: Output): void {
  for (const [log, journal] of block.books[name]?.journals ?? []) {
    for (const postings of journal.full.splice(0)) {
      writeJournalChunk(out.writer.reset(), log, journal.previous, postings);
      journal.previous = out.take(aboutRegion("journal", contest, block.unit.region, null));
    }
  }
}

/** The desa of a kecamatan as it shows them, of those that have `parts`. */
function childrenOf(block: Block, parts: readonly (Totals | null)[]): (place: number) => Child | null {
  return (place) => {
    const region = block.unit.desa[place];
    const totals = parts[place];
    return region && totals ? { region, hash: block.objects[place] ?? null, totals } : null;
  };
}
