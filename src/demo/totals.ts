/**
 * What the halls have read so far, as their operators keep it for the certificates: sums by plenary and district, taken from
 * what was written to the log, so that after a restart they are found again by reading it.
 */
import { kecamatanOf, type RegionCode, type StationCode } from "../election/codes.ts";
import { FIGURE_COUNT } from "../election/figures.ts";
import type { District, Model } from "../election/model.ts";
import type { Paper } from "./figures.ts";

/** Sums over stations, in the order of the form and of the district's columns. */
export interface Total {
  readonly figures: readonly number[];
  readonly votes: readonly number[];
  /** Stations read. */
  readonly read: number;
}

export class Totals {
  readonly #model: Model;
  /** By region and district. */
  readonly #totals = new Map<string, Total>();

  constructor(model: Model) {
    this.#model = model;
  }

  of(region: RegionCode, district: District): Total {
    const none = { figures: new Array<number>(FIGURE_COUNT).fill(0), votes: district.choices.map(() => 0), read: 0 };
    return this.#totals.get(keyOf(region, district)) ?? none;
  }

  /** A station was read; `before` is what its earlier reading said. */
  read(station: StationCode, district: District, after: Paper, before: Paper | null): void {
    const region = kecamatanOf(station);
    const total = this.of(region, district);
    const change = (list: readonly number[], key: "figures" | "votes") =>
      list.map((sum, i) => sum + (after[key][i] ?? 0) - (before?.[key][i] ?? 0));
    this.#totals.set(keyOf(region, district), {
      figures: change(total.figures, "figures"),
      votes: change(total.votes, "votes"),
      read: total.read + (before === null ? 1 : 0),
    });
  }

  /** The sum of what has been read in all kecamatan of a region. */
  within(region: RegionCode, district: District): Total {
    if (region.length === 6) return this.of(region, district);
    const children = this.#model.region(region)?.children ?? [];
    return children.map(({ code }) => this.within(code, district)).reduce(addTotals, this.of(region, district));
  }
}

/** The sum of two. */
export function addTotals(a: Total, b: Total): Total {
  const sum = (x: readonly number[], y: readonly number[]) => x.map((value, i) => value + (y[i] ?? 0));
  return { figures: sum(a.figures, b.figures), votes: sum(a.votes, b.votes), read: a.read + b.read };
}

const keyOf = (region: RegionCode, { contest, code }: District) => `${region} ${contest.kind}/${code}`;
