/**
 * What the people of a station voted, and what its officers wrote on the paper: invented, but as numbers of a station are.
 * The same voters cast five ballots, so registers and voters agree between the contests but for those who came from
 * elsewhere and may not vote for the local councils.
 */
import type { ContestKind, StationCode } from "../election/codes.ts";
import { FIGURE, FIGURE_COUNT, type FigurePath } from "../election/figures.ts";
import type { District, Model } from "../election/model.ts";
import { reserveOf } from "../election/rules.ts";
import { Chance } from "./random.ts";

/** A form as it was filled in; every number is written. */
export interface Paper {
  readonly figures: readonly number[];
  /** One per column of the district. */
  readonly votes: readonly number[];
  /** Party totals as written; empty in contests without parties. */
  readonly parties: readonly number[];
}

/** Mean share of the votes that are invalid; the longer the ballot, the more. */
const INVALID: Readonly<Record<ContestKind, number>> = { ppwp: 0.02, dpr: 0.08, dpd: 0.14, dprdp: 0.09, dprdk: 0.05 };

/** How many men and women of each kind came. */
interface Voters {
  readonly registered: Sexes;
  readonly dpt: Sexes;
  readonly dptb: Sexes;
  readonly dpk: Sexes;
  readonly disabled: Sexes;
}
type Sexes = readonly [male: number, female: number];

/** A form that adds up, as it should have been. The same for the same seed, station and contest. */
export function paperOf(model: Model, seed: string, station: StationCode, district: District): Paper {
  const { kind } = district.contest;
  const voters = votersOf(model, seed, station, kind);
  const chance = new Chance(seed, `figures ${station} ${kind}`);
  const total = [voters.dpt, voters.dptb, voters.dpk].reduce((sum, [male, female]) => sum + male + female, 0);
  const invalid = chance.binomial(total, Math.max(0, INVALID[kind] * (1 + 0.25 * chance.normal())));
  const votes = chance.cast(total - invalid, weightsOf(seed, station, district));
  const parties = partyTotals(votes, district);
  return { figures: figuresOf(voters, total, invalid, chance), votes, parties };
}

/** The sums of the parties' columns. */
export function partyTotals(votes: readonly number[], { parties }: District): number[] {
  return parties.map(({ columns }) => columns.reduce((sum, column) => sum + (votes[column] ?? 0), 0));
}

function votersOf(model: Model, seed: string, station: StationCode, kind: ContestKind): Voters {
  const chance = new Chance(seed, `voters ${station}`);
  const count = model.registered(station) ?? 0;
  const split = (all: number): Sexes => {
    const male = chance.binomial(all, 0.495);
    return [male, all - male];
  };
  const registered = split(count);
  const turnout = Math.min(0.96, Math.max(0.55, 0.82 + 0.05 * chance.normal()));
  const dpt: Sexes = [chance.binomial(registered[0], turnout - 0.01), chance.binomial(registered[1], turnout + 0.01)];
  const dptb = split(chance.binomial(6, 0.3));
  const dpk = split(chance.binomial(8, 0.3));
  const disabled = split(chance.binomial(4, 0.2));
  // Who votes away from home gets no ballot for a council that is not theirs.
  const local = kind === "dprdp" || kind === "dprdk";
  return { registered, dpt, dptb: local ? [dptb[0] >> 1, dptb[1] >> 1] : dptb, dpk, disabled };
}

function figuresOf(voters: Voters, total: number, invalid: number, chance: Chance): number[] {
  const figures = new Array<number>(FIGURE_COUNT).fill(0);
  const set = (path: FigurePath, value: number) => {
    figures[FIGURE[path]] = value;
  };
  const people = (
    path: "registered" | "voters.dpt" | "voters.dptb" | "voters.dpk" | "voters.total" | "disabled",
    [male, female]: Sexes,
  ) => {
    set(`${path}.male`, male);
    set(`${path}.female`, female);
    set(`${path}.total`, male + female);
  };
  const { registered, dpt, dptb, dpk, disabled } = voters;
  people("registered", registered);
  people("voters.dpt", dpt);
  people("voters.dptb", dptb);
  people("voters.dpk", dpk);
  people("voters.total", [dpt[0] + dptb[0] + dpk[0], dpt[1] + dptb[1] + dpk[1]]);
  people("disabled", [Math.min(disabled[0], dpt[0]), Math.min(disabled[1], dpt[1])]);
  const count = registered[0] + registered[1];
  // A station never has more voters than ballots: it sends for more.
  const received = Math.max(count + reserveOf(count), total);
  const returned = Math.min(received - total, chance.binomial(5, 0.15));
  set("ballots.received", received);
  set("ballots.used", total);
  set("ballots.returned", returned);
  set("ballots.unused", received - total - returned);
  set("valid", total - invalid);
  set("invalid", invalid);
  set("total", total);
  return figures;
}

/** How each column of a district is liked at a station: by the island, the kabupaten, the desa, and its own people. */
function weightsOf(seed: string, station: StationCode, { parties, choices, contest }: District): Float64Array {
  const liked = (id: string, spread: number, own: Chance) =>
    Math.exp(spread * (placesTaste(seed, station, id) + 0.2 * own.normal()));
  if (parties.length === 0) {
    const own = new Chance(seed, `taste ${station} ${contest.kind}`);
    return Float64Array.from(choices, ({ id }) => liked(id, 0.7, own));
  }
  const weights = new Float64Array(choices.length);
  // A party's followers are much the same people in every contest, a candidate's are not.
  const followers = new Chance(seed, `taste ${station}`);
  const own = new Chance(seed, `taste ${station} ${contest.kind}`);
  for (const party of parties) {
    const weight = liked(party.id, 1.2, followers);
    party.columns.forEach((column, i) => {
      // A part marks the party alone; of its candidates the first ones are known best.
      const share = i === 0 ? 0.5 : liked(choices[column]?.id ?? "", 0.6, own) / (0.6 + i);
      weights[column] = weight * share;
    });
  }
  return weights;
}

/** Tastes of places, since every station within them asks for the same. */
const tastes = new Map<string, number>();
const MOST_TASTES = 200_000;

function placesTaste(seed: string, station: StationCode, id: string): number {
  const taste = (place: string) => {
    const key = `${seed} ${place} ${id}`;
    let drawn = tastes.get(key);
    if (drawn === undefined) {
      if (tastes.size >= MOST_TASTES) tastes.clear();
      drawn = new Chance(seed, `taste ${place} ${id}`).normal();
      tastes.set(key, drawn);
    }
    return drawn;
  };
  return 0.8 * taste(station.slice(0, 2)) + 0.35 * taste(station.slice(0, 4)) + 0.3 * taste(station.slice(0, 10));
}
