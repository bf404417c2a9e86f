/**
 * Places to persons by most votes: a party's seats to its candidates (UU 7/2017 art. 422, PKPU 6/2024) and the four seats
 * of a province in the DPD (art. 423). Who stands inside or outside is all that is decided; the order among the elected is
 * that of their votes. Equal votes at the boundary are decided by the wider spread, and reported where that is equal too.
 */
import type { ChoiceId } from "./codes.ts";
import type { SeatRuleCode, Tie } from "./seat-rules.ts";
import { counted } from "./shares.ts";
import { byNumber, type Contender, chooseBySpread, type SpreadComparison, type SpreadLevel } from "./spread.ts";

/** A candidate and the votes of the whole district. One who is withdrawn keeps the votes but cannot be elected. */
export interface CandidateVotes extends Contender {
  readonly votes: number;
  readonly withdrawn: boolean;
}

export interface Elected {
  readonly candidate: ChoiceId;
  readonly votes: number;
  readonly rule: "most-votes" | "wider-spread" | "list-order";
}

/** Who gets the places, and all that was compared to know it. */
export interface Election {
  readonly places: number;
  /** Most votes first. */
  readonly elected: readonly Elected[];
  /** The last places, where the rules do not say who gets them. */
  readonly tie: Tie | null;
  /** Places for which there is nobody. */
  readonly surplus: number;
  /** All candidates, most votes first, equal ones in order of their numbers. */
  readonly ranking: readonly CandidateVotes[];
  /** Where equal votes were decided, or tried to be, by the spread. */
  readonly spread: readonly SpreadComparison[];
}

/**
 * The candidates of a party who take its seats. `levels` gives the votes by region within the district, from kabupaten/kota
 * (in a DPRD kabupaten/kota from kecamatan) down to the stations; it may be left empty, since only a tie asks for it.
 *
 * A candidate without votes can be elected where the party has the seats: by number where no candidate of it has votes.
 * Throws VotesError.
 */
export function electFromList(
  candidates: readonly CandidateVotes[],
  seats: number,
  levels: readonly SpreadLevel[],
): Election {
  const ranking = rank(candidates);
  const standing = ranking.filter(({ withdrawn }) => !withdrawn);
  if (standing.every(({ votes }) => votes === 0)) {
    const elected = standing.slice(0, seats).map((one) => electedBy(one, "list-order"));
    return { places: seats, elected, tie: null, surplus: seats - elected.length, ranking, spread: [] };
  }
  return { ...mostVotes(standing, seats, levels, "spread-equal-on-list"), ranking };
}

/** The number of seats of every province in the DPD (UU 7/2017 art. 196). */
export const DPD_SEATS = 4;

/**
 * The members of the DPD of a province: the four candidates with the most votes. Equal votes for the fourth place go to the
 * more even spread over the kabupaten/kota, read as votes in more of them. Nobody is elected without votes.
 *
 * The caller answers for the votes: they come from the certified recap alone. `kabupaten` has those of every kabupaten/kota
 * of the province; it may be null, since only a tie asks for it. Throws VotesError.
 */
export function electDpd(
  candidates: readonly CandidateVotes[],
  kabupaten: SpreadLevel | null,
  seats: number = DPD_SEATS,
): Election {
  const ranking = rank(candidates);
  const standing = ranking.filter(({ withdrawn, votes }) => !withdrawn && votes > 0);
  return { ...mostVotes(standing, seats, kabupaten === null ? [] : [kabupaten], "spread-equal"), ranking };
}

const electedBy = ({ id, votes }: CandidateVotes, rule: Elected["rule"]): Elected => ({ candidate: id, votes, rule });

/** Most votes first, equal ones in order of their numbers. Throws VotesError where a count is no count. */
export function rank(candidates: readonly CandidateVotes[]): readonly CandidateVotes[] {
  for (const { id, votes } of candidates) counted(votes, id);
  return [...candidates].sort((a, b) => b.votes - a.votes || byNumber(a, b));
}

/**
 * Gives places to those with the most votes. `ranked` are those who can be elected, most votes first; `levels` and
 * `whenEqual` are those of `chooseBySpread`, which decides equal votes at the boundary.
 */
export function mostVotes(
  ranked: readonly CandidateVotes[],
  places: number,
  levels: readonly SpreadLevel[],
  whenEqual: SeatRuleCode,
): Omit<Election, "ranking"> {
  const last = ranked[places - 1];
  const next = ranked[places];
  if (last === undefined || next === undefined || last.votes > next.votes) {
    const elected = ranked.slice(0, places).map((one) => electedBy(one, "most-votes"));
    return { places, elected, tie: null, surplus: places - elected.length, spread: [] };
  }
  const above = ranked.filter(({ votes }) => votes > last.votes);
  const equal = ranked.filter(({ votes }) => votes === last.votes);
  const certain = above.map((one) => electedBy(one, "most-votes"));
  const open = places - above.length;
  if (last.votes === 0) {
    // Who has no votes has none anywhere: the regions need not be asked.
    const tie: Tie = { between: equal.map(({ id }) => id), places: open, rule: whenEqual };
    return { places, elected: certain, tie, surplus: 0, spread: [] };
  }
  const { chosen, tie, compared } = chooseBySpread(equal, open, levels, whenEqual);
  const elected = [
    ...certain,
    ...chosen.map((candidate): Elected => ({ candidate, votes: last.votes, rule: "wider-spread" })),
  ];
  return { places, elected, tie, surplus: 0, spread: compared };
}
