/**
 * Of which sheets there are photographs. To draw all would be 12,809 stations of twelve pages and more; so it is the papers that
 * a visitor reads (in the desa that is left to the visitor, all of them), those of the one mistake that is always there, and a few
 * anywhere: some 500 pages of at most 60 KB in the whole of Bali.
 *
 * A photograph shows the paper as its officers wrote it. Where a phone has misread the paper the two differ, as they would.
 */
import type { ContestKind, StationCode } from "../../election/codes.ts";
import type { Model } from "../../election/model.ts";
import { exchangeAt } from "../exchange.ts";
import type { Phone } from "../keys.ts";
import { Chance } from "../random.ts";
import type { Reported } from "../sheets.ts";
import { desaLeft, visitorPlenaries } from "../visitor.ts";
import { formFor } from "./form.ts";
import type { Order } from "./studio.ts";

/** Of the stations that nobody visits, one in so many has photographs. */
const ELSEWHERE = 1 / 400;

/** Whether a station's sheet of a contest is photographed. */
export function isPhotographed(model: Model, seed: string, station: StationCode, kind: ContestKind): boolean {
  if (exchangeAt(model, seed, station, kind) !== null) return true;
  const [visited] = visitorPlenaries(model);
  if (visited === undefined || !station.startsWith(visited)) {
    return new Chance(seed, `photographed ${station}`).happens(ELSEWHERE);
  }
  const kecamatan = model.region(visited);
  const isLeft = kecamatan !== undefined && desaLeft(kecamatan).some((desa) => station.startsWith(desa));
  return isLeft || kind === "ppwp" || kind === "dpd";
}

/** What one of the station's phones photographs. */
export function orderOf(
  model: Model,
  seed: string,
  station: StationCode,
  { district, paper }: Pick<Reported, "district" | "paper">,
  phone: Phone,
): Order {
  const desa = model.station(station)?.desa;
  if (desa === undefined) throw new RangeError(`there is no station ${station}`);
  const form = formFor(district, desa, station.slice(10), paper);
  return { form, seed, label: `${station} ${district.contest.kind}`, shot: phone };
}
