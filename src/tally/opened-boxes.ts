/**
 * Which boxes are open on the table: a halt lets an opened box be finished.
 *
 * A box is one desa in one contest. It is being read by its kecamatan's own hall from its first reading, or from the moment one of
 * its stations is taken up, until every station of it is read. A station that is put off keeps its box open. What was
 * complete before a halt stays as it was read until the halt is lifted.
 */
import type { Model } from "../election/model.ts";
import type { Authority } from "./authority.ts";
import { hasStatement } from "./book.ts";
import { boxKey, type Plenary } from "./plenary.ts";
import type { Block } from "./unit.ts";

/**
 * Whether the hall of the kecamatan is in the middle of a box. Only while it holds the pen: then every reading in the book was
 * given here, or in a log above as far as this one has seen it, so that the answer follows from the hall's own view.
 *
 * @param desa place of the desa in the kecamatan
 * @param model the definition that the hall has seen: an amendment that it has not seen adds no station to its boxes
 */
export function isBeingRead(
  authority: Authority,
  plenary: Plenary,
  { unit, books, districts }: Block,
  desa: number,
  model: Model,
): boolean {
  const district = districts[desa];
  const region = unit.desa[desa];
  if (!district || !region || plenary.region !== unit.code) return false;
  const contest = district.contest.kind;
  if (!authority.holdsPen(plenary, unit.code, contest, district.code)) return false;
  const book = books.recap;
  const stations = [...(model.region(region.code)?.stations ?? [])];
  const isRead = (number: number) => book !== null && hasStatement(book, unit.slotOf(region, number));
  if (stations.every(isRead)) return false;
  return plenary.takenUp.has(boxKey(contest, region.code)) || stations.some(isRead);
}
