/** One desa in one contest, for the queue and the projector; and the names of a district's columns. */
import { type ContestKind, isWithin, numberOf, type RegionCode } from "../../election/codes.ts";
import { FIGURE_COUNT } from "../../election/figures.ts";
import type { District } from "../../election/model.ts";
import { OUTCOMES } from "../../election/sheet.ts";
import { hasStatement, outcomeOf, STATE_NAMES, stateOf } from "../../tally/book.ts";
import { readingKey } from "../plenary-record.ts";
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
    sums: recapSums(sources, code, district),
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

/** What the recap of a region in one district adds up to, as the result tree has it. */
export function recapSums(
  { tally }: Pick<Sources, "tally">,
  code: RegionCode,
  { contest, code: district, choices }: District,
) {
  const region = tally.model?.region(code);
  const inForce = tally.model?.contest(contest.kind);
  const sums = region && inForce ? tally.totals(region, inForce).books.recap : null;
  const list = inForce && sums?.lists.get(inForce.district(district) ?? never(district));
  return {
    figures: Array.from({ length: FIGURE_COUNT }, (_, i) => sums?.figures[i] ?? 0),
    votes: choices.map((_, column) => list?.votes[column] ?? 0),
  };
}

/** An amendment takes no district away. */
function never(district: string): never {
  throw new RangeError(`the definition in force has lost district ${district}`);
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
