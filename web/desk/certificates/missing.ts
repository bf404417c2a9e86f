/**
 * What is still missing before a result is certified. An unread station blocks the certificate, and is said first. Nothing else
 * does: the law lets a plenary certify over an objection or an absent signature; but whoever signs sees the list.
 */
import { type ContestKind, desaOf, type StationCode } from "../../../src/election/codes.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { BoxView, HallView, ResultView } from "../../../src/recap/wire/views.ts";

export type Missing =
  /** A box whose stations are not all read. */
  | { readonly what: "unread"; readonly box: BoxView; readonly stations: number }
  /** Stations put off in a box: they are among the unread. */
  | { readonly what: "postponed"; readonly box: BoxView; readonly stations: number }
  /** Above a kecamatan: stations of the parts below that have not come up. */
  | { readonly what: "not-up"; readonly stations: number }
  /** Above a kecamatan: a part that this plenary gave back and that has not come up again. */
  | { readonly what: "given-back"; readonly part: string; readonly order: string }
  /** Above a kecamatan: stations of what has come up that nobody read. They are read here. */
  | { readonly what: "left-out"; readonly stations: number }
  | { readonly what: "evidence"; readonly station: StationCode; readonly reading: Hash }
  /** Objections about this result that nobody has decided. */
  | { readonly what: "objections"; readonly count: number }
  | { readonly what: "inspection" };

/** Everything that is missing of one result, the gravest first. */
export function missingOf(
  result: ResultView,
  hall: Pick<HallView, "boxes" | "evidenceMissing" | "objections">,
): Missing[] {
  const boxes = hall.boxes.filter(
    ({ contest, district }) => contest === result.contest && district === result.district.code,
  );
  const unread = boxes.filter(({ read, stations }) => read < stations);
  const inBoxes = new Set(boxes.map(({ desa }) => desa.code));
  const open = hall.objections.filter((objection) => isOpen(objection.status) && isAbout(objection.contest, result));
  const above = boxes.length === 0 && result.read < result.expected ? result.expected - result.read : 0;
  const part = result.inHand ? null : (result.reopenedBy?.part ?? null);
  const isHere = (contest: ContestKind, station: StationCode) =>
    contest === result.contest && (boxes.length === 0 || inBoxes.has(desaOf(station)));
  return [
    ...unread.map((box): Missing => ({ what: "unread", box, stations: box.stations - box.read })),
    ...(above > 0 ? [{ what: result.inHand ? "left-out" : "not-up", stations: above } as const] : []),
    ...(part === null ? [] : [{ what: "given-back", part: part.name, order: result.reopenedBy?.order ?? "" } as const]),
    ...boxes
      .filter(({ postponed }) => postponed > 0)
      .map((box): Missing => ({ what: "postponed", box, stations: box.postponed })),
    ...hall.evidenceMissing
      .filter(({ contest, station }) => isHere(contest, station))
      .map(({ station, reading }): Missing => ({ what: "evidence", station, reading })),
    ...(open.length > 0 ? [{ what: "objections", count: open.length } as const] : []),
    ...(result.inspections.length === 0 && result.stage !== "certified" ? [{ what: "inspection" } as const] : []),
  ];
}

const isOpen = (status: string) => status === "filed" || status === "answered";

/** One that names no contest is about the whole plenary, and so about every result. */
const isAbout = (contest: ContestKind | null, result: ResultView) => contest === null || contest === result.contest;
