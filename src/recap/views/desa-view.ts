/** One desa in one contest, for the queue and the projector; and the names of a district's columns. */
import { type ContestKind, isWithin, numberOf, type RegionCode } from "../../election/codes.ts";
import type { District } from "../../election/model.ts";
import { OUTCOMES } from "../../election/sheet.ts";
import { hasStatement, outcomeOf, STATE_NAMES, stateOf } from "../../tally/book.ts";
import { readingKey } from "../plenary-record.ts";
import { orZeros, recapSums } from "../sums.ts";
import type { DesaView, DistrictView, StationLine } from "../wire/views.ts";
import { logView, named, rowOf, type Sources, stationsOf } from "./sources.ts";

/** A desa as read so far; null if the region has no such desa, or the desa not this contest. */
export function desaView(sources: Sources, contest: ContestKind, code: RegionCode): DesaView | null {
  const { region, model, tally } = sources;
  const desa = isWithin(code, region.code) ? model.region(code) : undefined;
  const district = desa?.level === "desa" ? model.contest(contest)?.districtOf(desa) : undefined;
  if (!desa || !district) return null;
  return {
    desa: named(desa),
    contest,
    district: district.code,
    districtObject: district.object,
    lines: stationsOf(desa).map((station) => lineOf(sources, contest, station)),
    sums: orZeros(recapSums(tally, code, district), district),
    log: logView(tally, region.code),
  };
}

function lineOf({ tally, record }: Sources, contest: ContestKind, station: StationLine["station"]): StationLine {
  const row = rowOf(tally, station, contest);
  const { count = null, recap = null } = row?.block.books ?? {};
  const slot = row?.slot ?? -1;
  return {
    station,
    number: String(numberOf(station)).padStart(3, "0"),
    sheet: (count && STATE_NAMES[stateOf(count, slot)]) ?? "none",
    read: recap && hasStatement(recap, slot) ? (OUTCOMES[outcomeOf(recap, slot)] ?? null) : null,
    postponed: record.postponed.has(readingKey(contest, station)),
  };
}

/** The columns of a district by name. */
export function districtView({ code, name, object, contest, choices, parties }: District): DistrictView {
  return {
    contest: contest.kind,
    code,
    name,
    object,
    choices: choices.map(({ id, number, name, colour, party, kind, withdrawn }) => ({
      id,
      number,
      name,
      colour,
      party,
      kind,
      withdrawn,
    })),
    parties: parties.map(({ id, number, name, short }) => ({ id, number, name, short })),
  };
}
