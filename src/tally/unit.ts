/**
 * A kecamatan as the fold holds it: for each contest both books of its stations. It is the unit of everything: one log of
 * sheets, one plenary, one snapshot; what lies above it is sums.
 */
import type { RegionCode } from "../election/codes.ts";
import { type District, type Model, type Region, slotOf } from "../election/model.ts";
import type { Hash } from "../ledger/hash.ts";
import { BlockSums } from "./block-sums.ts";
import {
  BOOKS,
  type Book,
  type BookName,
  type Books,
  emptyBook,
  moveStation,
  restoredBook,
  type SavedBook,
  savedBook,
} from "./book.ts";
import type { LogName } from "./logs.ts";
import type { RefusalReason } from "./refusal.ts";
import { Rows } from "./rows.ts";
import type { Totals } from "./totals.ts";

/** An entry that the fold refused: it stands in its log and moves nothing. */
export interface VoidEntry {
  readonly log: LogName;
  readonly index: number;
  readonly reason: RefusalReason;
  /** Must not be in the log of an honest writer. */
  readonly fault: boolean;
}

/** One contest in a kecamatan. */
export class Block {
  readonly unit: Unit;
  /** Index into `CONTEST_KINDS`. */
  readonly contest: number;
  /** For each desa of the kecamatan its district; null where the desa does not have the contest. */
  readonly districts: readonly (District | null)[];
  /** Most columns of any of the districts. */
  readonly columns: number;
  readonly books: Books = { count: null, recap: null };
  /** For each desa its object, as last built. */
  readonly objects: (Hash | null)[];
  /** For each desa the detail that its object names. */
  readonly details: (Hash | null)[];
  /** Desa whose object must be built again. */
  readonly dirty = new Set<number>();
  /** Entries that named this contest and were refused. */
  readonly voids: VoidEntry[] = [];
  object: Hash | null = null;
  readonly sums: BlockSums;
  /** The rows of its desa in its object, as last built. */
  readonly rows: Rows;
  /** The kecamatan as it is now, until anything in it changes. */
  totals: Totals | null = null;

  constructor(unit: Unit, contest: number, districts: readonly (District | null)[]) {
    this.unit = unit;
    this.contest = contest;
    this.districts = districts;
    this.columns = Math.max(0, ...districts.map((district) => district?.choices.length ?? 0));
    this.objects = districts.map(() => null);
    this.details = districts.map(() => null);
    this.sums = new BlockSums(this);
    this.rows = new Rows(districts.length);
  }

  /** The book, made when first written to: a recap book of a nation costs as much as its count book. */
  book(name: BookName): Book {
    const book = this.books[name] ?? emptyBook(this.unit.stations, this.columns);
    this.books[name] = book;
    return book;
  }
}

export class Unit {
  readonly region: Region;
  readonly model: Model;
  /** The desa of the kecamatan, by code. */
  readonly desa: readonly Region[];
  readonly stations: number;
  readonly blocks: (Block | null)[];
  /** How much of the logs above has been posted here: on a refold after a restart, what is below is not posted again. */
  readonly applied = new Map<LogName, number>();
  /** Changed since it was last saved. */
  unsaved = false;
  /** Place of its desa for each slot. */
  readonly #placeOfSlot: Uint16Array;
  readonly #changed: Set<Block>;

  /** `changed` collects the blocks whose objects must be built again. */
  constructor(region: Region, model: Model, changed: Set<Block>) {
    this.#changed = changed;
    this.region = region;
    this.model = model;
    this.desa = region.children;
    this.stations = region.stationTo - region.stationFrom;
    this.#placeOfSlot = new Uint16Array(this.stations);
    this.desa.forEach((desa, place) => {
      const { from, to } = this.slots(desa);
      this.#placeOfSlot.fill(place, from, to);
    });
    this.blocks = [null, null, null, null, null];
    for (const contest of model.contests) {
      const districts = this.desa.map((desa) => contest.districtOf(desa));
      if (districts.some(Boolean)) this.blocks[contest.index] = new Block(this, contest.index, districts);
    }
  }

  get code(): RegionCode {
    return this.region.code;
  }

  /** Says that a desa is about to change in a contest: to be called before anything of its rows does. */
  touch(block: Block, desa: number): void {
    block.sums.takeOut(desa);
    if (block.dirty.size === 0) this.#changed.add(block);
    block.dirty.add(desa);
    block.totals = null;
    this.unsaved = true;
  }

  /** Marks only the kecamatan's own object of a contest as out of date: its status, its rulings, or what was refused. */
  touchStatus(block: Block): void {
    this.#changed.add(block);
    block.totals = null;
    this.unsaved = true;
  }

  /** Place of a desa in the kecamatan; -1 if it is not here. */
  placeOf(desa: Region): number {
    // Regions are numbered depth first, and a desa has none below it.
    const place = desa.index - this.region.index - 1;
    return this.desa[place] === desa ? place : -1;
  }

  /** Place of the desa that a slot lies in. */
  placeOfSlot(slot: number): number {
    return this.#placeOfSlot[slot] ?? 0;
  }

  /** Slot of the station with this number in a desa; -1 if there is none. */
  slotOf(desa: Region, number: number): number {
    const slot = slotOf(desa, number);
    return slot < 0 ? -1 : desa.stationFrom - this.region.stationFrom + slot;
  }

  /** Slots of a desa's stations: [from, to). */
  slots(desa: Region): { readonly from: number; readonly to: number } {
    const { stationFrom } = this.region;
    return { from: desa.stationFrom - stationFrom, to: desa.stationTo - stationFrom };
  }
}

/** What is kept of a unit in a snapshot: plain data, for one definition. */
export interface SavedUnit {
  readonly definition: Hash;
  readonly code: RegionCode;
  readonly applied: ReadonlyMap<LogName, number>;
  readonly blocks: readonly (SavedBlock | null)[];
}
interface SavedBlock {
  readonly books: Record<BookName, SavedBook | null>;
  readonly objects: readonly (Hash | null)[];
  readonly details: readonly (Hash | null)[];
  readonly voids: readonly VoidEntry[];
  readonly object: Hash | null;
}

export function saveUnit(unit: Unit): SavedUnit {
  return {
    definition: unit.model.root,
    code: unit.code,
    applied: unit.applied,
    blocks: unit.blocks.map((block) => block && saveBlock(block)),
  };
}

const saveBlock = ({ books, objects, details, voids, object }: Block): SavedBlock => ({
  books: { count: books.count && savedBook(books.count), recap: books.recap && savedBook(books.recap) },
  objects,
  details,
  voids,
  object,
});

/** Puts saved books into an empty unit of the same definition. */
export function restoreUnit(unit: Unit, saved: SavedUnit): void {
  for (const [log, size] of saved.applied) unit.applied.set(log, Math.max(size, unit.applied.get(log) ?? 0));
  saved.blocks.forEach((from, i) => {
    const block = unit.blocks[i];
    if (!from || !block) return;
    for (const name of BOOKS) {
      const book = from.books[name];
      if (book) block.books[name] = restoredBook(book);
    }
    block.object = from.object;
    // A void reading of pleno/0 may have been folded again already: the definition had to be there before the unit.
    const isThere = (entry: VoidEntry) =>
      block.voids.some(({ log, index }) => log === entry.log && index === entry.index);
    block.voids.push(...from.voids.filter((entry) => !isThere(entry)));
    from.objects.forEach((hash, desa) => {
      block.objects[desa] = hash;
      block.details[desa] = from.details[desa] ?? null;
    });
  });
}

/**
 * The same kecamatan under an amended definition. Stations may have been added between others, columns at the end; rows
 * move to their new places, and every object is built again.
 */
export function amendUnit(old: Unit, region: Region, model: Model, changed: Set<Block>): Unit {
  const unit = new Unit(region, model, changed);
  unit.unsaved = true;
  for (const [log, size] of old.applied) unit.applied.set(log, size);
  const placeOf = stationPlaces(old, unit);
  for (const block of unit.blocks) {
    const before = block && old.blocks[block.contest];
    if (!block || !before) continue;
    block.voids.push(...before.voids);
    for (const name of BOOKS) {
      const book = before.books[name];
      if (book) block.books[name] = moveBook(book, old, block, placeOf);
    }
    block.object = before.object;
    changed.delete(before);
    // Also where nothing stands yet: its outline says how many stations it has.
    unit.touchStatus(block);
    old.desa.forEach((desa, i) => {
      const place = unit.desa.findIndex((other) => other.code === desa.code);
      block.objects[place] = before.objects[i] ?? null;
      block.details[place] = before.details[i] ?? null;
      if (hasAnything(before, i)) unit.touch(block, place);
    });
  }
  return unit;
}

const hasAnything = (block: Block, desa: number): boolean => block.objects[desa] !== null || block.dirty.has(desa);

/** For each slot of the old unit its slot in the new one. */
function stationPlaces(old: Unit, unit: Unit): Int32Array {
  const places = new Int32Array(old.stations);
  for (let slot = 0; slot < old.stations; slot++) {
    const code = old.model.stationAt(old.region.stationFrom + slot);
    const found = unit.model.station(code);
    if (!found) throw new RangeError(`an amended definition has lost station ${code}`);
    places[slot] = found.index - unit.region.stationFrom;
  }
  return places;
}

function moveBook(book: Book, old: Unit, block: Block, placeOf: Int32Array): Book {
  const { unit, columns } = block;
  const moved = emptyBook(unit.stations, columns);
  placeOf.forEach((to, from) => {
    moveStation(book, from, moved, to);
  });
  moveMap(book.earlier, moved.earlier, placeOf);
  moveMap(book.rivals, moved.rivals, placeOf);
  for (const [slot, written] of book.written) {
    const to = placeOf[slot] ?? 0;
    moved.written.set(to, widen(written, block.districts[unit.placeOfSlot(to)]?.parties.length ?? 0, -1));
  }
  for (const [slot, votes] of book.posted) {
    const to = placeOf[slot] ?? 0;
    moved.posted.set(to, widen(votes, block.districts[unit.placeOfSlot(to)]?.choices.length ?? 0, 0));
  }
  for (const key of ["raised", "removed"] as const) {
    for (const [desa, votes] of book[key]) {
      const code = old.desa[desa]?.code;
      const wide = new Float64Array(columns);
      wide.set(votes);
      moved[key].set(
        unit.desa.findIndex((other) => other.code === code),
        wide,
      );
    }
  }
  for (const [log, journal] of book.journals) moved.journals.set(log, journal);
  return moved;
}

function moveMap<T>(from: ReadonlyMap<number, T>, to: Map<number, T>, placeOf: Int32Array): void {
  for (const [slot, value] of from) to.set(placeOf[slot] ?? 0, value);
}

function widen(votes: Int32Array, columns: number, added: number): Int32Array {
  const wide = new Int32Array(Math.max(columns, votes.length)).fill(added);
  wide.set(votes);
  return wide;
}
