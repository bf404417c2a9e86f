/**
 * The seats of a district of the DPR or a DPRD: to parties by quotients (`sainte-lague.ts`), within a party to its
 * candidates by votes (`winners.ts`). One call gives the whole working, in plain JSON, enough to print the table and to
 * work it again by hand; `SEAT_RULES` has the words for every rule that it names.
 */
import type { ChoiceId } from "./codes.ts";
import type { District } from "./model.ts";
import { allotSeats, type PartyVotes, type Seat } from "./sainte-lague.ts";
import type { SeatRuleCode } from "./seat-rules.ts";
import { counted, sumOf, VotesError } from "./shares.ts";
import { byNumber, type Contender, type SpreadLevel } from "./spread.ts";
import { type CandidateVotes, type Election, electFromList } from "./winners.ts";

/** A party's list in a district. Votes for a withdrawn candidate stay the party's. */
export interface ListVotes extends Contender {
  /** In the party's own column. */
  readonly own: number;
  readonly candidates: readonly CandidateVotes[];
  /** A party struck off takes no part. */
  readonly withdrawn: boolean;
}

export interface PartySeats {
  readonly party: ChoiceId;
  /** Its own column and its candidates'. */
  readonly votes: number;
  /** Why it takes no part, or null. */
  readonly excluded: Extract<SeatRuleCode, "below-threshold" | "withdrawn"> | null;
  /** Seats that are certain; one more is possible where the party is in {@link DistrictSeats.tie}. */
  readonly seats: number;
  /** Of its certain seats. */
  readonly election: Election;
}

export interface DistrictSeats {
  /** In the order in which they are given: as many as the district has. */
  readonly seats: readonly Seat[];
  /** In order of their numbers. */
  readonly parties: readonly PartySeats[];
}

/**
 * The seats of a district and who takes them.
 *
 * The caller answers for `lists`: seats come from the certified recap alone, never from the count as it arrives. `passed`
 * has the parties that reached the national threshold (see `passingParties`); null where the contest has none. `levels`
 * gives votes by region (see `electFromList`); leave it empty at first: a tie with rule `spread-needed` asks for it.
 * The order of the lists, candidates and regions does not matter. Throws VotesError where a count is no count.
 */
export function seatsOfDistrict(
  lists: readonly ListVotes[],
  seats: number,
  passed: ReadonlySet<ChoiceId> | null,
  levels: readonly SpreadLevel[] = [],
): DistrictSeats {
  const excluded = ({ id, withdrawn }: ListVotes): PartySeats["excluded"] => {
    if (withdrawn) return "withdrawn";
    return passed === null || passed.has(id) ? null : "below-threshold";
  };
  const given = allotSeats(lists.filter((list) => excluded(list) === null).map(partyVotes), seats);
  const parties = [...lists].sort(byNumber).map((list): PartySeats => {
    const certain = given.filter((seat) => seat.kind === "given" && seat.won.party === list.id).length;
    return {
      party: list.id,
      votes: partyVotes(list).votes,
      excluded: excluded(list),
      seats: certain,
      election: electFromList(list.candidates, certain, levels),
    };
  });
  return { seats: given, parties };
}

/** All votes of a list: its own column and its candidates'. Throws VotesError. */
export function partyVotes({ id, number, own, candidates }: ListVotes): PartyVotes {
  return { id, number, votes: sumOf(id, [own, ...candidates.map(({ votes }) => votes)]) };
}

/**
 * The lists of a district from its votes by column, in the order of `district.choices`, as a district object of the recap
 * book has them. Throws VotesError where there are not as many votes as columns.
 */
export function listsOf(district: District, votes: ArrayLike<number>): readonly ListVotes[] {
  const { choices, parties, code } = district;
  if (votes.length !== choices.length) {
    throw new VotesError(`district ${code} has ${choices.length} columns, found votes for ${votes.length}`);
  }
  return parties.map(({ id, number, withdrawn, columns }): ListVotes => {
    const [own, ...others] = columns.map((column): CandidateVotes => {
      const choice = choices[column];
      if (choice === undefined) throw new VotesError(`district ${code} has no column ${column}: check its definition`);
      return {
        id: choice.id,
        number: choice.number,
        withdrawn: choice.withdrawn,
        votes: counted(votes[column] ?? 0, id),
      };
    });
    return { id, number, withdrawn, own: own?.votes ?? 0, candidates: others };
  });
}
