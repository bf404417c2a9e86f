/**
 * The photographs that a phone sends with a sheet, and of which sheets there are any. To draw all would be 12,809 stations of
 * fourteen pages; so it is the papers that a visitor reads (at the desk that is left to the visitor, all of them), those of the one
 * mistake that is always there, and a few anywhere: some 700 pages of at most 60 KB in the whole of Bali.
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
import { photograph } from "./camera.ts";
import { drawForm } from "./form.ts";
import { jpegOf } from "./jpeg.ts";

/** Of the stations that nobody visits, one in so many has photographs. */
const ELSEWHERE = 1 / 400;
/** Bytes of a photograph at most. */
export const MOST_BYTES = 60_000;
const QUALITIES = [26, 20, 14, 8] as const;

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

/** The photographs of a paper's pages by one of the station's phones: JPEG, the same bytes each time. */
export function picturesOf(
  model: Model,
  seed: string,
  station: StationCode,
  { district, paper }: Pick<Reported, "district" | "paper">,
  phone: Phone,
): Uint8Array[] {
  const desa = model.station(station)?.desa;
  if (desa === undefined) throw new RangeError(`there is no station ${station}`);
  const label = `${station} ${district.contest.kind}`;
  const pages = drawForm({ district, paper, desa, number: station.slice(10) }, new Chance(seed, `hand ${label}`));
  return pages.map((page, i) => pictureOf(photograph(page, new Chance(seed, `shot ${label} ${phone} ${i}`))));
}

/** As good as the bytes allow. */
function pictureOf(pixels: ReturnType<typeof photograph>): Uint8Array {
  let picture = new Uint8Array(0);
  for (const quality of QUALITIES) {
    picture = jpegOf(pixels, quality) as Uint8Array<ArrayBuffer>;
    if (picture.length <= MOST_BYTES) break;
  }
  return picture;
}
