/**
 * The desa of an election in the order of their codes. Since a region's code is the prefix of all within it, every region is
 * one range of this list: overlap, cover and "the largest regions wholly inside" are found without a tree.
 */
import { NATION, parentOf, type RegionCode } from "./codes.ts";

export interface DesaRange {
  readonly from: number;
  readonly to: number;
}

export class DesaIndex {
  /** In ascending order. */
  readonly desa: readonly RegionCode[];
  readonly #regions: ReadonlySet<RegionCode>;
  readonly #children = new Map<RegionCode, RegionCode[]>();

  /** `regions`: all codes, parents included, in ascending order. */
  constructor(regions: readonly RegionCode[]) {
    this.#regions = new Set(regions);
    this.desa = regions.filter((code) => code.length === 10);
    for (const code of regions) {
      const parent = parentOf(code);
      if (parent === null) continue;
      const siblings = this.#children.get(parent);
      if (siblings) siblings.push(code);
      else this.#children.set(parent, [code]);
    }
  }

  /** The number of desa. */
  get size(): number {
    return this.desa.length;
  }

  has(code: RegionCode): boolean {
    return this.#regions.has(code);
  }

  childrenOf(code: RegionCode): readonly RegionCode[] {
    return this.#children.get(code) ?? [];
  }

  /** The desa within a region, as places [from, to) in this index. */
  range(code: RegionCode): DesaRange {
    if (code === NATION) return { from: 0, to: this.size };
    // ":" follows "9", so that this bound lies after every code with the prefix.
    return { from: this.#lowerBound(code), to: this.#lowerBound(`${code}:`) };
  }

  /** For each desa the last of these lists of regions that holds it, or -1. */
  owners(lists: readonly (readonly string[])[]): Int32Array {
    const owner = new Int32Array(this.size).fill(-1);
    lists.forEach((codes, i) => {
      for (const code of codes) {
        const { from, to } = this.range(code as RegionCode);
        owner.fill(i, from, to);
      }
    });
    return owner;
  }

  /**
   * The largest regions all of whose desa bear this mark: the shortest way to name what belongs together. Regions without
   * a desa belong to nobody.
   */
  marked(marks: Int32Array, mark: number, within: RegionCode = NATION): RegionCode[] {
    const { from, to } = this.range(within);
    let count = 0;
    for (let i = from; i < to; i++) if (marks[i] === mark) count++;
    if (count === 0) return [];
    if (count === to - from) return [within];
    return this.childrenOf(within).flatMap((child) => this.marked(marks, mark, child));
  }

  #lowerBound(text: string): number {
    let low = 0;
    let high = this.desa.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.desa[middle] ?? "") < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
