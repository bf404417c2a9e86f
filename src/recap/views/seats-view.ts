/**
 * Seats and winners, from certified recap alone: nothing is shown while the plenary that declares them has not certified, and
 * what a level above corrects later does not change what was declared.
 */
import type { ChoiceId, ContestKind, Level, RegionCode } from "../../election/codes.ts";
import { isDeclaredAt } from "../../election/competence.ts";
import type { Contest, District, Model, Region } from "../../election/model.ts";
import { electPresident, type Presidency } from "../../election/president.ts";
import { type PartyVotes, passingParties } from "../../election/sainte-lague.ts";
import { type DistrictSeats, listsOf, partyVotes, seatsOfDistrict } from "../../election/seats.ts";
import type { RegionVotes, SpreadLevel } from "../../election/spread.ts";
import { type Election, electDpd } from "../../election/winners.ts";
import { postedVotes } from "../../tally/book.ts";
import type { Tally } from "../../tally/fold.ts";
import { penKey } from "../../tally/plenary.ts";
import { orZeros, recapSums } from "../sums.ts";
import type { SeatsView } from "../wire/views.ts";
import { desaIn, named, namedDistrict, rowOf, type Sources, stationsOf } from "./sources.ts";

/** A fold as a certificate found it. */
interface Certified {
  readonly tally: Tally;
  readonly model: Model;
}

export async function seatsView(
  sources: Sources,
  kind: ContestKind,
  code: string,
  asOf: (size: number) => Promise<Certified>,
): Promise<SeatsView | null> {
  const { region, model, record, state } = sources;
  const known = model.contest(kind)?.district(code);
  if (!known || !isDeclaredAt(kind, region.level) || desaIn(known, region.code).length === 0) return null;
  // The threshold is a share of all votes of the contest: with it a district waits for the others.
  const needed = known.contest.thresholds.party === null ? [known] : known.contest.districts;
  const isCertified = (district: District) => state.surroundings.certified.has(penKey(kind, district.code));
  const given = needed.map((district) => record.certificates.get(penKey(kind, district.code))?.at(-1));
  const certificate = record.certificates.get(penKey(kind, code))?.at(-1);
  if (!certificate || !needed.every(isCertified)) return null;
  const last = Math.max(...given.map((one) => one?.index ?? 0));
  // Nobody stands above the nation: while its certificate stands, nothing has moved since.
  const found = region.level === "nation" ? sources : await asOf(last + 1);
  const district = found.model.contest(kind)?.district(code);
  if (!district) return null;
  return {
    contest: kind,
    district: namedDistrict(district),
    seats: district.seats,
    certificate: certificate.id,
    size: last + 1,
    working: workingOf(found.tally, region, district),
  };
}

type Pairs = Extract<SeatsView["working"], { readonly kind: "pairs" }>;

function workingOf(tally: Tally, region: Region, district: District): SeatsView["working"] {
  const { contest } = district;
  if (contest.kind === "ppwp") {
    const { majority, spread } = contest.thresholds;
    const regions = district.container.children.map((child) => ({
      region: named(child),
      votes: votesById(tally, child.code, district),
    }));
    return { kind: "pairs", majority, spread, regions, result: presidencyOf(tally, district, regions) };
  }
  if (contest.kind === "dpd") return { kind: "candidates", result: senatorsOf(tally, district) };
  const threshold = contest.thresholds.party;
  const national = threshold === null ? null : nationalVotes(tally, contest);
  return {
    kind: "parties",
    threshold,
    national: national?.map(({ id, votes }) => ({ party: id, votes })) ?? null,
    result: partiesOf(tally, region, district, national && passingParties(national, threshold)),
  };
}

/** @param passed the parties that reached the threshold; null where there is none */
function partiesOf(
  tally: Tally,
  region: Region,
  district: District,
  passed: ReturnType<typeof passingParties> | null,
): DistrictSeats {
  const lists = listsOf(district, votesIn(tally, region.code, district));
  const seats = (levels: readonly SpreadLevel[]) => seatsOfDistrict(lists, district.seats, passed, levels);
  const first = seats([]);
  const isOpen = first.parties.some(({ election }) => election.tie?.rule === "spread-needed");
  return isOpen ? seats(spreadOf(tally, district, region.level === "kabupaten" ? LEVELS.slice(1) : LEVELS)) : first;
}

/** Every party's votes over all districts of a contest. */
function nationalVotes(tally: Tally, { districts }: Contest): PartyVotes[] {
  const sums = new Map<ChoiceId, PartyVotes>();
  for (const district of districts) {
    for (const list of listsOf(district, votesIn(tally, "0" as RegionCode, district))) {
      const { id, number, votes } = partyVotes(list);
      sums.set(id, { id, number, votes: votes + (sums.get(id)?.votes ?? 0) });
    }
  }
  return [...sums.values()];
}

function senatorsOf(tally: Tally, district: District): Election {
  const votes = votesIn(tally, district.container.code, district);
  const candidates = district.choices.map(({ id, number, withdrawn }, i) => ({
    id,
    number,
    withdrawn,
    votes: votes[i] ?? 0,
  }));
  const first = electDpd(candidates, null, district.seats);
  if (first.tie?.rule !== "spread-needed") return first;
  const [kabupaten = null] = spreadOf(tally, district, ["kabupaten"]);
  return electDpd(candidates, kabupaten, district.seats);
}

function presidencyOf(tally: Tally, district: District, regions: Pairs["regions"]): Presidency {
  const { choices, contest } = district;
  const pairs = choices.map(({ id, number, withdrawn }) => ({ id, number, withdrawn }));
  const provinces = regions.map(({ region, votes }) => ({ region: region.code, votes }));
  const elect = (lower: readonly SpreadLevel[]) => electPresident(pairs, provinces, contest.thresholds, lower);
  const first = elect([]);
  return first.outcome.kind === "tied" ? elect(spreadOf(tally, district, LEVELS)) : first;
}

const LEVELS = ["kabupaten", "kecamatan", "desa", "station"] as const satisfies readonly SpreadLevel["level"][];

/** The votes of a district by region, level by level: only a tie asks for them. */
function spreadOf(tally: Tally, district: District, levels: readonly (typeof LEVELS)[number][]): SpreadLevel[] {
  return levels.map((level) => ({
    level,
    regions: level === "station" ? stationVotes(tally, district) : regionVotes(tally, district, level),
  }));
}

function regionVotes(tally: Tally, district: District, level: Level): RegionVotes[] {
  const codes = new Set<RegionCode>();
  for (const desa of district.desa) {
    for (let at: Region | null = desa; at; at = at.parent) if (at.level === level) codes.add(at.code);
  }
  return [...codes].map((region) => ({ region, votes: votesById(tally, region, district) }));
}

function stationVotes(tally: Tally, district: District): RegionVotes[] {
  return district.desa.flatMap(stationsOf).map((region) => {
    const row = rowOf(tally, region, district.contest.kind);
    const book = row?.block.books.recap;
    const votes = row && book ? postedVotes(book, row.slot, district.choices.length) : null;
    return { region, votes: byId(district, votes ?? []) };
  });
}

const votesIn = (tally: Tally, region: RegionCode, district: District): readonly number[] =>
  orZeros(recapSums(tally, region, district), district).votes;

const votesById = (tally: Tally, region: RegionCode, district: District) =>
  byId(district, votesIn(tally, region, district));

function byId({ choices }: District, votes: ArrayLike<number>): RegionVotes["votes"] {
  return Object.fromEntries(choices.map(({ id }, i) => [id, votes[i] ?? 0]));
}
