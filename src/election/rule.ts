/**
 * What a rule is. The catalogue (`catalogue.ts`) is a list of these; evaluation, messages, the page `docs/RULES.md` and the
 * table tests are all made from it, so that no rule can say one thing to the phone and another to the public.
 *
 * A rule compares figures of one sheet (`figures`, `votes`) or is judged elsewhere, where more than the sheet is known.
 */
import type { ContestKind } from "./codes.ts";
import type { FigurePath } from "./figures.ts";
import type { Choice, District, Party, StationKind } from "./model.ts";
import type { Text } from "./text.ts";

/** E: an identity of the form is broken. W: remarkable. X: across levels. P: papers. */
export type Severity = "E" | "W" | "X" | "P";

/** What is kept out of the count until it is matched: every vote of the sheet, one party's, or nothing. */
export type Holds = "all" | "party" | null;

/** The figures of a sheet as rules read them; -1 is "not reported", `voteCount` -1 is "no votes reported". */
export interface SheetFigures {
  readonly figures: ArrayLike<number>;
  readonly votes: ArrayLike<number>;
  readonly voteCount: number;
  readonly parties: ArrayLike<number>;
  readonly partyCount: number;
}

/** What the rules must know of a district: so little that a page can judge figures without the definition. */
export interface RuleDistrict extends Pick<District, "partyOf"> {
  readonly choices: readonly Pick<Choice, "withdrawn">[];
  readonly parties: readonly Pick<Party, "name" | "columns">[];
}

/** What a rule must know beside the figures. `district` is the one whose columns the votes follow. */
export interface RuleContext {
  readonly kind: ContestKind;
  readonly district: RuleDistrict;
  readonly stationKind: StationKind;
  readonly noken: boolean;
  readonly archive: boolean;
}

/** The votes of a sheet, added up once for all rules. */
export interface VoteSums {
  /** Sum over all columns; -1 if no votes, or a column, were not reported. A withdrawn choice may be left blank. */
  readonly sum: number;
  /** At most one choice (in contests with parties: one party) has votes. */
  readonly sole: boolean;
  /** The first party whose written total is not the sum of its columns, or -1. */
  readonly brokenParty: number;
}

/** Compares figures. Each row is judged on its own, and is silent unless all its figures were reported. */
export interface FigureCheck {
  readonly on: "figures";
  readonly rows: readonly (readonly FigurePath[])[];
  /** Given the figures of a row in order; beyond the length of the row they mean nothing. */
  readonly broken: (a: number, b: number, c: number, d: number, context: RuleContext) => boolean;
  readonly fact: (values: readonly number[], labels: readonly Text[]) => Text;
  readonly cases: readonly FigureCase[];
}

/** Compares the votes with figures that must have been reported (`needs`). */
export interface VotesCheck {
  readonly on: "votes";
  readonly needs: readonly FigurePath[];
  readonly broken: (sums: VoteSums, a: number, b: number, context: RuleContext) => boolean;
  readonly fact: (sums: VoteSums, values: readonly number[], sheet: SheetFigures, context: RuleContext) => Text;
  readonly cases: readonly VotesCase[];
}

/** Judged where more than one sheet is known; `by` says where, `when` what is compared. */
export interface ElsewhereCheck {
  readonly on: "elsewhere";
  readonly by: "tally" | "desk" | "papers";
}

/** Figures of a row (null: not reported) and whether the rule speaks. */
export interface FigureCase {
  readonly row: readonly (number | null)[];
  readonly fires: boolean;
  readonly kind?: ContestKind;
  readonly station?: StationKind;
}

/** Votes, written party totals and the figures of `needs`, and whether the rule speaks. */
export interface VotesCase {
  readonly votes: readonly (number | null)[] | null;
  /** Written totals of two parties of three columns each; without it the contest is PPWP with three pairs. */
  readonly parties?: readonly (number | null)[];
  readonly needs: readonly (number | null)[];
  readonly fires: boolean;
  readonly noken?: boolean;
}

export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  readonly holds: Holds;
  readonly level: "sheet" | "station" | "certificate" | "papers";
  /** In general, when the values are not at hand: of an E rule the identity that must hold, of others what is remarkable. */
  readonly formula: Text;
  readonly ground: Text;
  /** Where that rule speaks too, this one adds nothing and is not shown (it is still counted). */
  readonly supersededBy: string | null;
  readonly check: FigureCheck | VotesCheck | ElsewhereCheck;
}

/** The ballots beyond the register that a station receives: 2 %, rounded up (UU 7/2017 art. 344). */
export function reserveOf(registered: number): number {
  return Math.ceil(registered / 50);
}
