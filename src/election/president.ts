/**
 * Who is elected president and vice-president (UU 7/2017 art. 416): the pair with more than half of all votes and at least
 * a fifth of the votes in more than half of the provinces; otherwise the two pairs with the most votes stand again.
 *
 * Votes from abroad count in the nation's total, but abroad is no province, so its regions (99…) never count towards the
 * fifth. Where equal votes are decided by the spread (416(4)-(5)) they are regions that gave votes, like any other.
 * In a second round no threshold holds (UUD 1945 art. 6A(4)): a contest without thresholds elects the most votes.
 */
import type { ChoiceId, RegionCode } from "./codes.ts";
import type { Thresholds } from "./model.ts";
import type { SeatRuleCode, Tie } from "./seat-rules.ts";
import { isAtLeast, isMoreThan, sumOf } from "./shares.ts";
import type { Contender, RegionVotes, SpreadComparison, SpreadLevel } from "./spread.ts";
import { type CandidateVotes, mostVotes, rank } from "./winners.ts";

/** A pair on the ballot. One who is withdrawn keeps the votes, which stay in every total, but cannot be elected. */
export interface Pair extends Contender {
  readonly withdrawn: boolean;
}

/** How a pair stands to the two conditions of art. 416(1). */
export interface PairStanding {
  readonly pair: ChoiceId;
  readonly votes: number;
  readonly withdrawn: boolean;
  /** More than the threshold of all votes. */
  readonly majority: boolean;
  /** Provinces in which it has at least the threshold. */
  readonly provinces: readonly RegionCode[];
  /** They are more than half of the provinces. */
  readonly spread: boolean;
}

export type Outcome =
  | {
      readonly kind: "elected";
      readonly pair: ChoiceId;
      readonly rule: Extract<SeatRuleCode, "majority" | "most-votes" | "wider-spread">;
    }
  | {
      readonly kind: "second-round";
      /** Most votes first. */
      readonly pairs: readonly ChoiceId[];
      readonly rule: Extract<SeatRuleCode, "second-round" | "wider-spread">;
    }
  /** The rules do not say who is elected, or who of `tie` stands in the second round beside `certain`. */
  | { readonly kind: "tied"; readonly certain: readonly ChoiceId[]; readonly tie: Tie }
  | { readonly kind: "none"; readonly rule: Extract<SeatRuleCode, "no-votes" | "no-second-pair"> };

export interface Presidency {
  /** All votes for pairs, at home and abroad: what the majority is a share of. */
  readonly total: number;
  /** Provinces of the country; the spread needs more than half of them. */
  readonly provinceCount: number;
  /** All votes for pairs in each province: what the spread's share is a share of. */
  readonly provinces: readonly { readonly region: RegionCode; readonly total: number }[];
  /** Most votes first, equal ones in order of their numbers. */
  readonly pairs: readonly PairStanding[];
  readonly outcome: Outcome;
  /** Where equal votes were decided, or tried to be, by the spread. */
  readonly spread: readonly SpreadComparison[];
}

/** A region of the level provinsi with its votes for each pair; a pair that is not named has none. */
export interface ProvinceVotes extends RegionVotes {
  readonly region: RegionCode;
}

const ABROAD = "99";

/**
 * The result of the election of the president.
 *
 * The caller answers for the votes: they come from the certified recap alone. `regions` has every region of the level
 * provinsi, those abroad included; the nation's votes are their sum. `lower` gives the levels below the province, from
 * kabupaten/kota down, for a tie that the provinces leave equal. The order of neither matters. Throws VotesError.
 */
export function electPresident(
  pairs: readonly Pair[],
  regions: readonly ProvinceVotes[],
  thresholds: Thresholds,
  lower: readonly SpreadLevel[] = [],
): Presidency {
  const { majority, spread } = thresholds;
  const provinces = provincesOf(pairs, regions);
  const votesOf = ({ id }: Pair) =>
    sumOf(
      id,
      regions.map(({ votes }) => votes[id] ?? 0),
    );
  const ranked = rank(pairs.map((pair): CandidateVotes => ({ ...pair, votes: votesOf(pair) })));
  const total = sumOf(
    "the nation",
    ranked.map(({ votes }) => votes),
  );
  const standings = ranked.map(({ id, votes, withdrawn }): PairStanding => {
    const reached = provinces.filter((one) => spread === null || isAtLeast(one.votes[id] ?? 0, one.total, spread));
    return {
      pair: id,
      votes,
      withdrawn,
      majority: majority === null || isMoreThan(votes, total, majority),
      provinces: reached.map(({ region }) => region),
      spread: spread === null || reached.length * 2 > provinces.length,
    };
  });
  const levels: readonly SpreadLevel[] = [{ level: "provinsi", regions }, ...lower];
  return {
    total,
    provinceCount: provinces.length,
    provinces: provinces.map(({ region, total }) => ({ region, total })),
    pairs: standings,
    ...decide(ranked, standings, majority === null && spread === null, levels),
  };
}

/** The provinces of the country, by code, each with all its votes for pairs. */
function provincesOf(pairs: readonly Pair[], regions: readonly ProvinceVotes[]) {
  return regions
    .filter(({ region }) => !region.startsWith(ABROAD))
    .map(({ region, votes }) => ({
      region,
      votes,
      total: sumOf(
        region,
        pairs.map(({ id }) => votes[id] ?? 0),
      ),
    }))
    .sort((a, b) => (a.region < b.region ? -1 : 1));
}

/** Art. 416 in its order; `ranked` has the most votes first, `plurality` says that no threshold holds. */
function decide(
  ranked: readonly CandidateVotes[],
  standings: readonly PairStanding[],
  plurality: boolean,
  levels: readonly SpreadLevel[],
): Pick<Presidency, "outcome" | "spread"> {
  const standing = ranked.filter(({ withdrawn }) => !withdrawn);
  const [first, second] = standing;
  if (first === undefined || first.votes === 0) return { outcome: { kind: "none", rule: "no-votes" }, spread: [] };
  const conditions = standings.find(({ pair }) => pair === first.id);
  if (conditions?.majority && conditions.spread && first.votes > (second?.votes ?? 0)) {
    const rule = plurality ? "most-votes" : "majority";
    return { outcome: { kind: "elected", pair: first.id, rule }, spread: [] };
  }
  const { elected, tie, surplus, spread } = mostVotes(standing, plurality ? 1 : 2, levels, "spread-equal");
  const pairs = elected.map(({ candidate }) => candidate);
  const bySpread = elected.some(({ rule }) => rule === "wider-spread");
  if (tie !== null) return { outcome: { kind: "tied", certain: pairs, tie }, spread };
  if (surplus > 0) return { outcome: { kind: "none", rule: "no-second-pair" }, spread };
  // Without thresholds the first is elected above, unless another pair has as many votes: then the spread has decided.
  if (plurality) return { outcome: { kind: "elected", pair: pairs[0] ?? first.id, rule: "wider-spread" }, spread };
  return { outcome: { kind: "second-round", pairs, rule: bySpread ? "wider-spread" : "second-round" }, spread };
}
