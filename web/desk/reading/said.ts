/**
 * What a decision on a station states. A reading carries its complete figures whatever its outcome, names the sheet that was
 * read and the reading that it replaces; so whoever has an older page can never overwrite a newer decision.
 */
import type { ReadingReason, Recount } from "../../../src/election/sheet.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { Said } from "../../../src/recap/wire/sign.ts";
import type { DistrictView, StationView } from "../../../src/recap/wire/views.ts";
import { differences, fitted, type StationFigures } from "./form.ts";

/** Who was there when a figure was changed, and the papers of it. */
export interface Details {
  readonly reason: ReadingReason;
  /** Number in the form of special incidents; null where it has none. */
  readonly incident: number | null;
  readonly initialled: readonly string[];
  readonly refused: readonly string[];
  /** Of a recount. */
  readonly recount?: Recount;
  /** Null: the photo follows. */
  readonly evidence: Hash | null;
}

type Reading = Said<"reading">;

function base({ station, contest, districtObject, reading, sheet }: StationView, figures: StationFigures) {
  return {
    contest,
    district: districtObject,
    figures: figures.figures,
    parties: figures.parties,
    previous: reading?.id ?? null,
    sheet: sheet?.id ?? null,
    station,
    votes: figures.votes?.some((value) => value !== null) ? figures.votes : null,
  };
}

const NOTHING = { evidence: null, fields: [], incident: null, initialled: [], reason: null, refused: [] } as const;

/** *Sesuai*: the figures that are shown. */
export function asTheSheetSays(station: StationView, district: DistrictView, figures: StationFigures): Reading {
  return { ...base(station, fitted(district, figures)), ...NOTHING, outcome: "same" };
}

/** *Sesuai dengan catatan*: paper that cannot be mended, adopted by two persons. */
export function withANote(
  station: StationView,
  district: DistrictView,
  figures: StationFigures,
  details: Details,
): Reading {
  return { ...base(station, fitted(district, figures)), ...details, fields: [], outcome: "noted" };
}

/** *Dibetulkan*, or the result of a recount: other figures than the sheet's. */
export function withOtherFigures(
  station: StationView,
  district: DistrictView,
  figures: StationFigures,
  outcome: "corrected" | "recount",
  details: Details,
): Reading {
  const before = station.reading ?? station.sheet ?? station.held;
  const fields = before === null ? [] : differences(district, fitted(district, before), figures);
  return { ...base(station, figures), ...details, fields, outcome };
}
