/**
 * The one mistake that is always there: at two stations of one desa the phones read the votes of a candidate who is at home
 * there on the row of the next one. All sums hold, so both sheets are counted, and a candidate has 312 votes too many until the
 * officers notice and send corrected sheets; then everybody can see why they went down. It happens in the kecamatan that is halted.
 */
import type { ContestKind, RegionCode, StationCode } from "../election/codes.ts";
import { FIGURE } from "../election/figures.ts";
import type { Model } from "../election/model.ts";
import { firstEarly, sittings } from "./calendar.ts";
import { type Paper, paperOf } from "./figures.ts";
import { districtOf, kecamatanIn, stationsOf } from "./places.ts";
import { Chance, shareOut } from "./random.ts";

/** In this contest, and so many votes at both stations together. */
const KIND: ContestKind = "dpd";
const TOO_MANY = 312;
/** What the candidate has there in truth. */
const OWN_VOTES = 6;
/** Everybody else together has at least so many at a station. */
const OTHERS = 8;

interface Exchange {
  /** The column that gets the votes, and the one before it, whose they are. */
  readonly column: number;
  /** How many too many, by station. */
  readonly moved: ReadonlyMap<StationCode, number>;
}

const found = new WeakMap<Model, Map<string, Exchange | null>>();

/** The papers of a station where this happens: as it should be read, and as it is read first; null anywhere else. */
export function exchangeAt(
  model: Model,
  seed: string,
  station: StationCode,
  kind: ContestKind,
): { readonly truth: Paper; readonly misread: Paper } | null {
  if (kind !== KIND) return null;
  const exchange = exchangeIn(model, seed);
  const moved = exchange?.moved.get(station);
  if (!exchange || moved === undefined) return null;
  const { column } = exchange;
  const paper = paperOf(model, seed, station, districtOf(model, station, KIND));
  const truth = { ...paper, votes: atHome(paper, column, moved) };
  const votes = [...truth.votes];
  [votes[column], votes[column - 1]] = [truth.votes[column - 1] ?? 0, truth.votes[column] ?? 0];
  return { truth, misread: { ...truth, votes } };
}

/** The kecamatan that is halted in the middle of its reading: the first of those that begin early. */
export function haltedKecamatan(model: Model, seed: string): RegionCode {
  const sizes = new Map(kecamatanIn(model).map((code) => [code, stationsOf(model, code).length]));
  return firstEarly(sittings(seed, sizes));
}

function exchangeIn(model: Model, seed: string): Exchange | null {
  const known = found.get(model) ?? new Map<string, Exchange | null>();
  found.set(model, known);
  let exchange = known.get(seed);
  if (exchange === undefined) {
    exchange = model.contest(KIND) === undefined ? null : chooseStations(model, seed);
    known.set(seed, exchange);
  }
  return exchange;
}

/** The two stations of a desa with the most valid votes; null where no two have enough. */
function chooseStations(model: Model, seed: string): Exchange | null {
  const kecamatan = haltedKecamatan(model, seed);
  const byDesa = Map.groupBy(stationsOf(model, kecamatan), (station) => station.slice(0, 10));
  for (const stations of byDesa.values()) {
    const room = stations
      .map((station) => ({ station, most: mostMoved(model, seed, station) }))
      .sort((a, b) => b.most - a.most || (a.station < b.station ? -1 : 1));
    const [first, second] = room;
    if (!first || !second || first.most + second.most < TOO_MANY) continue;
    const here = Math.min(first.most, Math.ceil(TOO_MANY / 2));
    const there = TOO_MANY - here;
    const moved = there > second.most ? [TOO_MANY - second.most, second.most] : [here, there];
    const { choices } = districtOf(model, first.station, KIND);
    const column = 1 + new Chance(seed, "exchange").below(choices.length - 1);
    return {
      column,
      moved: new Map([
        [first.station, moved[0] ?? 0],
        [second.station, moved[1] ?? 0],
      ]),
    };
  }
  return null;
}

function mostMoved(model: Model, seed: string, station: StationCode): number {
  const { figures } = paperOf(model, seed, station, districtOf(model, station, KIND));
  return Math.max(0, (figures[FIGURE.valid] ?? 0) - 2 * OWN_VOTES - OTHERS);
}

/** The same valid votes, with a candidate at home: `moved` more than the next one has, the others sharing what is left. */
function atHome({ votes }: Paper, column: number, moved: number): number[] {
  const valid = votes.reduce((sum, n) => sum + n, 0);
  const others = votes.map((n, i) => (i === column || i === column - 1 ? 0 : n + 1));
  const shared = shareOut(valid - 2 * OWN_VOTES - moved, others);
  return shared.map((n, i) => (i === column ? OWN_VOTES : i === column - 1 ? OWN_VOTES + moved : n));
}
