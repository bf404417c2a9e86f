/**
 * Builds the objects of what changed: from the desa that were touched up to the nation, then the districts, then the heads.
 *
 * An edition costs what changed: the desa that changed are added up from their rows, every region above from its children's sums,
 * only along the paths that were touched, and rows of children that did not change are copied.
 */
import { type ContestKind, NATION, type RegionCode } from "../election/codes.ts";
import type { Contest, District, Model, Region } from "../election/model.ts";
import type { Hash } from "../ledger/hash.ts";
import type { Authority } from "./authority.ts";
import { BOOKS, type BookName } from "./book.ts";
import { BlockBuilder } from "./build-block.ts";
import { DistrictTree } from "./districts.ts";
import { type Head, HeadsTree } from "./heads.ts";
import { JsonWriter } from "./json-writer.ts";
import type { LogName, LogState } from "./logs.ts";
import { type Child, statusOf, writeListsApart, writeRegion } from "./objects.ts";
import { aboutRegion, type BuiltObject, Output, type TakeObject } from "./output.ts";
import { isCertified } from "./readings.ts";
import { type Outline, regionOf } from "./resting.ts";
import { Rows } from "./rows.ts";
import {
  type Adjustment,
  addAdjustment,
  addSittings,
  addSums,
  clearSums,
  emptySums,
  partiesOf,
  type Sittings,
  type Sums,
  type Totals,
} from "./totals.ts";
import type { Block, Unit } from "./unit.ts";

export interface Build {
  readonly results: Partial<Record<ContestKind, Hash>>;
  readonly districts: Hash;
  readonly heads: Hash;
  /** New objects only; none of them if the caller took each as it was made. */
  readonly objects: BuiltObject[];
  /** Logs that moved since the last build: name, size, root in hex. Sorted by name. */
  readonly advance: (readonly [LogName, number, string])[];
}

/** A region above the kecamatan in one contest. */
interface Node {
  totals: Totals | null;
  object: Hash | null;
  /** Where its candidates stand apart: the object that has them, as last built. */
  lists: Hash | null;
  /** The rows of its children in its object, as last built. */
  rows: Rows | null;
}

export class Builder {
  readonly #authority: Authority;
  readonly #units: ReadonlyMap<RegionCode, Unit>;
  readonly #changed: Set<Block>;
  readonly #adjustments: ReadonlyMap<RegionCode, readonly Adjustment[]>;
  readonly #nodes = new Map<string, Node>();
  /** Regions above the kecamatan to build again in all contests. */
  readonly #touched = new Set<RegionCode>();
  readonly #expected = new Map<Contest, Map<Region, number>>();
  readonly #writer = new JsonWriter();
  readonly #blocks: BlockBuilder;
  #districts: DistrictTree;
  readonly #heads: HeadsTree;
  /** What is above the kecamatan that rest needs of them. */
  readonly #outlines = new Map<RegionCode, Map<Contest, Outline>>();
  readonly #bringBack: (kecamatan: RegionCode) => void;
  /** Blocks built since they were last taken. */
  #rebuilt = new Set<Block>();

  constructor(
    authority: Authority,
    units: ReadonlyMap<RegionCode, Unit>,
    changed: Set<Block>,
    adjustments: ReadonlyMap<RegionCode, readonly Adjustment[]>,
    bringBack: (kecamatan: RegionCode) => void,
  ) {
    this.#authority = authority;
    this.#units = units;
    this.#changed = changed;
    this.#adjustments = adjustments;
    this.#bringBack = bringBack;
    this.#districts = new DistrictTree();
    this.#blocks = new BlockBuilder({
      expectedIn: (region, contest) => this.#expectedIn(region, contest),
      status: (region, contest) => this.#status(region, contest),
      rulings: (region) => this.#rulings(region),
    });
    this.#heads = new HeadsTree(authority);
  }

  /** A new definition is in force: everything that has an object is built again. */
  amend(): void {
    this.#expected.clear();
    for (const [key, node] of this.#nodes) {
      node.totals = null;
      node.rows = null;
      this.#touched.add(key.slice(0, key.indexOf("/")) as RegionCode);
    }
    this.#districts = this.#districts.amended();
  }

  /** The status of a region above the kecamatan may be another: it shows in the objects of all regions above it. */
  touchStatus(region: RegionCode, model: Model | null): void {
    this.#touched.add(region);
    const within = model?.region(region);
    if (model && within) this.#districts.touchAround(model, within);
  }

  /** A district's own object is to be built again, beside those of the regions. */
  touchDistrict(district: District): void {
    this.#districts.touchDistrict(district);
  }

  /** A kecamatan that rests is known by its outline in a contest. */
  rest(kecamatan: RegionCode, contest: Contest, outline: Outline): void {
    const outlines = this.#outlines.get(kecamatan) ?? new Map<Contest, Outline>();
    this.#outlines.set(kecamatan, outlines.set(contest, outline));
  }

  restHead(log: LogName, head: Head): void {
    this.#heads.rest(log, regionOf(log), head);
  }

  /** The logs that the next build says have advanced. */
  moved(): IterableIterator<LogState> {
    return this.#heads.moved();
  }

  /** Everything above the kecamatan is built from their outlines. */
  beginAbove(model: Model): void {
    for (const { code, level } of model.regions) if (level === "kabupaten") this.#touched.add(code);
    this.#districts.touchAll(model);
  }

  /** A kecamatan that was brought back before anything was built: it is built with all else. */
  leaveRest(kecamatan: RegionCode): void {
    this.#outlines.delete(kecamatan);
  }

  /**
   * A kecamatan was brought back whose objects are published: builds what of it came after its snapshot, and says what does not
   * come out as its outline has it; null if all does.
   */
  settle(kecamatan: RegionCode): ContestKind | null {
    const unit = this.#units.get(kecamatan);
    const outlines = this.#outlines.get(kecamatan);
    this.#outlines.delete(kecamatan);
    const out = new Output(new JsonWriter(), () => undefined);
    for (const contest of unit?.model.contests ?? []) {
      const block = unit?.blocks[contest.index];
      if (!block) continue;
      const outline = outlines?.get(contest);
      if (this.#changed.delete(block)) this.#buildBlock(block, contest, out);
      else block.totals = outline?.totals ?? null;
      if (block.object !== (outline?.object ?? null)) return contest.kind;
    }
    return null;
  }

  /** Does ahead what an edition would do first in a kecamatan that was brought back. */
  prepare(kecamatan: RegionCode): void {
    const unit = this.#units.get(kecamatan);
    for (const contest of unit?.model.contests ?? []) {
      const block = unit?.blocks[contest.index];
      if (!block?.object || this.#changed.has(block)) continue;
      this.#blocks.prepare(block, contest, this.#writer);
    }
  }

  /** The blocks built since this was last asked. */
  takeRebuilt(): ReadonlySet<Block> {
    const rebuilt = this.#rebuilt;
    this.#rebuilt = new Set();
    return rebuilt;
  }

  /** The sums of a region as it is now, whether or not its objects were built since it changed. */
  totals(region: Region, contest: Contest): Totals {
    if (region.level === "desa" || region.level === "kecamatan") return this.#totalsOf(region, contest);
    const children = region.children.map((child) => this.totals(child, contest));
    return this.#sumOf(region, contest, children);
  }

  build(model: Model | null, vkeyOf: (log: LogName) => string, take?: TakeObject): Build {
    const objects: BuiltObject[] = [];
    const out = new Output(
      this.#writer,
      take ?? ((object) => objects.push({ ...object, bytes: object.bytes.slice() })),
    );
    const results: Partial<Record<ContestKind, Hash>> = {};
    if (model) {
      for (const contest of model.contests) {
        const hash = this.#contest(model, contest, out);
        if (hash) results[contest.kind] = hash;
      }
    }
    this.#touched.clear();
    const districts = this.#districts.build(
      model,
      out,
      (region, contest) => this.#totalsOf(region, contest),
      (region, contest) => this.#objectOf(region, contest),
    );
    const { heads, advance } = this.#heads.build(out, vkeyOf);
    return { results, districts, heads, objects, advance };
  }

  #contest(model: Model, contest: Contest, out: Output): Hash | null {
    const dirty: Record<"kabupaten" | "provinsi" | "nation", Set<Region>> = {
      kabupaten: new Set(),
      provinsi: new Set(),
      nation: new Set(),
    };
    const mark = (region: Region | null) => {
      if (region && (region.level === "kabupaten" || region.level === "provinsi" || region.level === "nation")) {
        dirty[region.level].add(region);
      }
    };
    for (const code of this.#touched) mark(model.region(code) ?? null);
    for (const block of this.#changed) {
      if (block.contest !== contest.index) continue;
      this.#changed.delete(block);
      this.#buildBlock(block, contest, out);
      this.#rebuilt.add(block);
      this.#forgetRow(block.unit.region, contest);
      mark(block.unit.region.parent);
    }
    for (const level of ["kabupaten", "provinsi", "nation"] as const) {
      for (const region of dirty[level]) {
        this.#buildNode(region, contest, out);
        this.#forgetRow(region, contest);
        mark(region.parent);
      }
    }
    return this.#node(NATION, contest).object;
  }

  #buildBlock(block: Block, contest: Contest, out: Output): void {
    this.#blocks.build(block, contest, out);
    this.#districts.touch(block);
  }

  /** A region as the sum of its children, and of its own adjustments; in the memory of what it was before, if there is any. */
  #sumOf(region: Region, contest: Contest, children: readonly Totals[], before: Totals | null = null): Totals {
    const books: Record<BookName, Sums | null> = { count: null, recap: null };
    for (const name of BOOKS) {
      const own = this.#rulings(region.code).filter((ruling) => name === "recap" && ruling.contest === contest.kind);
      if (own.length === 0 && children.every((child) => !child.books[name])) continue;
      const sums = before?.books[name] ?? emptySums(partiesOf(contest));
      clearSums(sums);
      for (const child of children) if (child.books[name]) addSums(sums, child.books[name], region);
      for (const ruling of own) addAdjustment(sums, ruling, contest, region);
      books[name] = sums;
    }
    const parts = children.map(({ sittings }) => sittings);
    const sittings = this.#sittings(region, contest, books, parts);
    return { expected: this.#expectedIn(region, contest), sittings, books };
  }

  /** None before anything was reported. */
  #sittings(region: Region, contest: Contest, books: Totals["books"], parts: readonly Sittings[]): Sittings {
    if (!books.count && !books.recap) return {};
    return addSittings(parts, this.#status(region, contest).status);
  }

  #buildNode(region: Region, contest: Contest, out: Output): void {
    const node = this.#node(region.code, contest);
    const children: (Child | null)[] = region.children.map((child) =>
      this.#expectedIn(child, contest) === 0
        ? null
        : { region: child, hash: this.#objectOf(child, contest), totals: this.#totalsOf(child, contest) },
    );
    const parts = children.flatMap((child) => (child ? [child.totals] : []));
    const totals = this.#sumOf(region, contest, parts, node.totals);
    node.totals = totals;
    if (!totals.books.count && !totals.books.recap) return;
    const parties = partiesOf(contest);
    node.rows ??= new Rows(children.length);
    const lists = parties?.apart.has(region.code) ? this.#buildLists(region, contest, totals, node, out) : null;
    const { status, orders } = this.#status(region, contest);
    writeRegion(out.writer.reset(), {
      contest: contest.index,
      region,
      totals,
      parties,
      rows: node.rows,
      childAt: (place) => children[place] ?? null,
      lists,
      status,
      orders,
      books: null,
      voids: null,
    });
    node.object = out.take(aboutRegion("result", contest, region, node.object));
  }

  #buildLists(region: Region, contest: Contest, totals: Totals, node: Node, out: Output): Hash {
    writeListsApart(out.writer.reset(), contest.index, region, totals);
    node.lists = out.take(aboutRegion("lists", contest, region, node.lists));
    return node.lists;
  }

  #status(region: Region, contest: Contest) {
    const plenary = this.#authority.plenary(region.code);
    const districts = new Set<District>();
    if (plenary.certificates.size > 0) {
      for (const district of contest.districts) {
        if (district.desa.some((desa) => region.code === NATION || desa.code.startsWith(region.code)))
          districts.add(district);
      }
    }
    const certified =
      districts.size > 0 &&
      [...districts].every(({ code }) => isCertified(this.#authority, plenary, contest.kind, code));
    return statusOf(this.#authority, region.code, certified);
  }

  #rulings(region: RegionCode): readonly Adjustment[] {
    return this.#adjustments.get(region) ?? [];
  }

  /** The row of a region in its parent's object is not as it was. */
  #forgetRow(region: Region, contest: Contest): void {
    const { parent } = region;
    if (parent) this.#node(parent.code, contest).rows?.forget(parent.children.indexOf(region));
  }

  #node(region: RegionCode, contest: Contest): Node {
    const key = `${region}/${contest.kind}`;
    let node = this.#nodes.get(key);
    if (!node) {
      node = { totals: null, object: null, lists: null, rows: null };
      this.#nodes.set(key, node);
    }
    return node;
  }

  #totalsOf(region: Region, contest: Contest): Totals {
    const books = { count: null, recap: null };
    const nothing: Totals = { expected: this.#expectedIn(region, contest), sittings: {}, books };
    if (region.level === "desa") {
      const block = this.#wholeBlockOf(region.parent, contest);
      const desa = block ? block.unit.placeOf(region) : -1;
      return block && desa >= 0 ? this.#blocks.totalsOfDesa(block, desa, contest) : nothing;
    }
    if (region.level !== "kecamatan") return this.#node(region.code, contest).totals ?? nothing;
    const outline = this.#outlines.get(region.code)?.get(contest);
    if (outline) return outline.totals;
    const block = this.#blockOf(region, contest);
    return block ? this.#blocks.totals(block, contest) : nothing;
  }

  #objectOf(region: Region, contest: Contest): Hash | null {
    if (region.level === "desa") {
      const block = this.#wholeBlockOf(region.parent, contest);
      return block?.objects[block.unit.placeOf(region)] ?? null;
    }
    if (region.level === "kecamatan") {
      const rests = this.#outlines.get(region.code)?.get(contest) ?? this.#blockOf(region, contest);
      return rests?.object ?? null;
    }
    return this.#node(region.code, contest).object;
  }

  /** As {@link Builder.#blockOf}, for whoever needs more than an outline of it. */
  #wholeBlockOf(kecamatan: Region | null, contest: Contest): Block | null {
    if (kecamatan) this.#bringBack(kecamatan.code);
    return this.#blockOf(kecamatan, contest);
  }

  #blockOf(kecamatan: Region | null, contest: Contest): Block | null {
    return (kecamatan && this.#units.get(kecamatan.code)?.blocks[contest.index]) ?? null;
  }

  /** Stations of a region that vote in a contest. */
  #expectedIn(region: Region, contest: Contest): number {
    // Sooner asked than looked up: a nation has 83,731 desa.
    if (region.level === "desa") return contest.districtOf(region) ? region.stationTo - region.stationFrom : 0;
    const known = this.#expected.get(contest) ?? new Map<Region, number>();
    this.#expected.set(contest, known);
    let expected = known.get(region);
    if (expected === undefined) {
      expected = region.children.reduce((sum, child) => sum + this.#expectedIn(child, contest), 0);
      known.set(region, expected);
    }
    return expected;
  }
}
