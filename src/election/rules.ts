/**
 * The catalogue in force, and its evaluation on one sheet.
 *
 * There is no second, "fast" version of any rule: `evaluate` runs the catalogue's own conditions, with the places of their
 * figures looked up beforehand. It is called for every sheet of the nation (measured: below 1 µs for 179 columns).
 */
import { IDENTITIES } from "./catalogue-identities.ts";
import { LEVELS_AND_PAPERS } from "./catalogue-levels.ts";
import { REMARKS } from "./catalogue-remarks.ts";
import { FIGURE, figureLabel } from "./figures.ts";
import type { Rule, RuleContext, RuleDistrict, SheetFigures, VoteSums } from "./rule.ts";
import { MAX_PARTIES } from "./sheet.ts";
import type { Text } from "./text.ts";

export { correctionIsLarge } from "./catalogue-remarks.ts";
export type { Rule, RuleContext, RuleDistrict, SheetFigures } from "./rule.ts";
export { reserveOf } from "./rule.ts";

/** The version of the catalogue; it changes by a statement `rules`, and old versions stay in the code. */
export const RULES_VERSION = 1;

/** Every rule about accepted statements. Malformed requests (D) are refused before: see `malformed.ts`. */
export const RULES: readonly Rule[] = [...IDENTITIES, ...REMARKS, ...LEVELS_AND_PAPERS];

/** The code of each bit of a flag set. Bits are stable: new rules are appended (at most 31). */
export const FLAG_CODES: readonly string[] = RULES.map(({ code }) => code);

const BY_CODE: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.code, rule]));

/** The rule with this code, or undefined. */
export function ruleOf(code: string): Rule | undefined {
  return BY_CODE.get(code);
}

/** The flag of a rule: 1 shifted by its bit. Throws on an unknown code, which is a mistake in the program. */
export function flagOf(code: string): number {
  const bit = FLAG_CODES.indexOf(code);
  if (bit < 0) throw new Error(`no rule has the code ${code}`);
  return 1 << bit;
}

/** The codes of a flag set, in the order of the catalogue. */
export function flagCodes(flags: number): string[] {
  return FLAG_CODES.filter((_, bit) => (flags & (1 << bit)) !== 0);
}

export interface Verdict {
  /** One bit per rule that speaks, see {@link FLAG_CODES}. */
  readonly flags: number;
  /** The votes are kept out of the count until they are matched. */
  readonly hold: boolean;
  /** Indices of the parties whose lines alone are kept out (E305); one shared empty array if none. */
  readonly heldParties: readonly number[];
}

const NONE: readonly number[] = Object.freeze([]);

const withBits = RULES.map((rule, bit) => ({ rule, flag: 1 << bit, holdsAll: rule.holds === "all" }));

const figureChecks = withBits.flatMap(({ rule: { check }, flag, holdsAll }) =>
  check.on !== "figures"
    ? []
    : check.rows.map((row) => {
        const [a = 0, b = a, c = a, d = a] = row.map((path) => FIGURE[path]);
        return { flag, holdsAll, broken: check.broken, a, b, c, d };
      }),
);

const votesChecks = withBits.flatMap(({ rule: { check }, flag, holdsAll }) => {
  if (check.on !== "votes") return [];
  const [a = -1, b = -1] = check.needs.map((path) => FIGURE[path]);
  return [{ flag, holdsAll, broken: check.broken, a, b }];
});

const sums = { sum: 0, sole: true, brokenParty: -1 };
const partySums = new Int32Array(MAX_PARTIES);
/** Parties with a column that was not reported: their rule is silent. */
const silent = new Uint8Array(MAX_PARTIES);

/** Adds up the votes into the shared record, which the next call overwrites. */
function addUp({ votes, voteCount, parties, partyCount }: SheetFigures, district: RuleDistrict): VoteSums {
  const { partyOf } = district;
  const groupCount = district.parties.length;
  partySums.fill(0, 0, groupCount);
  silent.fill(0, 0, groupCount);
  let sum = 0;
  let complete = voteCount >= 0;
  let groups = 0;
  for (let column = 0; column < voteCount; column++) {
    const value = votes[column] ?? -1;
    const party = partyOf[column] ?? -1;
    if (value < 0) {
      if (district.choices[column]?.withdrawn === true) continue;
      complete = false;
      if (party >= 0) silent[party] = 1;
    } else if (party >= 0) partySums[party] = (partySums[party] ?? 0) + value;
    else if (value > 0) {
      groups++;
      sum += value;
    }
  }
  for (let party = 0; party < groupCount; party++) {
    const votesOfParty = partySums[party] ?? 0;
    if (votesOfParty > 0) groups++;
    sum += votesOfParty;
  }
  sums.sum = complete ? sum : -1;
  sums.sole = groups <= 1;
  sums.brokenParty = voteCount < 0 ? -1 : nextBroken(parties, partyCount, 0);
  return sums;
}

/** The first party from `from` on whose written total is not the sum of its columns, or -1. */
function nextBroken(parties: ArrayLike<number>, partyCount: number, from: number): number {
  for (let party = from; party < partyCount; party++) {
    const written = parties[party] ?? -1;
    if (written >= 0 && silent[party] === 0 && written !== partySums[party]) return party;
  }
  return -1;
}

/**
 * Judges one sheet by every rule that needs nothing but the sheet. A rule is silent where a figure that it names was not
 * reported. Pure; the result is the caller's to keep.
 */
export function evaluate(sheet: SheetFigures, context: RuleContext): Verdict {
  const { figures } = sheet;
  let flags = 0;
  let hold = false;
  for (const check of figureChecks) {
    const a = figures[check.a] ?? -1;
    const b = figures[check.b] ?? -1;
    const c = figures[check.c] ?? -1;
    const d = figures[check.d] ?? -1;
    if (a < 0 || b < 0 || c < 0 || d < 0 || !check.broken(a, b, c, d, context)) continue;
    flags |= check.flag;
    hold ||= check.holdsAll;
  }
  const added = addUp(sheet, context.district);
  for (const check of votesChecks) {
    const a = check.a < 0 ? 0 : (figures[check.a] ?? -1);
    const b = check.b < 0 ? 0 : (figures[check.b] ?? -1);
    if (a < 0 || b < 0 || sheet.voteCount < 0 || !check.broken(added, a, b, context)) continue;
    flags |= check.flag;
    hold ||= check.holdsAll;
  }
  // Where no votes were reported there is nothing to keep out: the station is incomplete, not held.
  return {
    flags,
    hold: hold && sheet.voteCount >= 0,
    heldParties: added.brokenParty < 0 ? NONE : brokenParties(sheet, added.brokenParty),
  };
}

/** All broken parties from the first on; the party sums of the sheet are still in place. */
function brokenParties({ parties, partyCount }: SheetFigures, first: number): number[] {
  const held: number[] = [];
  for (let party = first; party >= 0; party = nextBroken(parties, partyCount, party + 1)) held.push(party);
  return held;
}

/** The facts behind a rule that speaks about this sheet, one per row that is broken, with its numbers. */
export function facts(rule: Rule, sheet: SheetFigures, context: RuleContext): Text[] {
  const { check } = rule;
  const { figures } = sheet;
  if (check.on === "elsewhere") return [rule.formula];
  const valuesOf = (row: readonly (keyof typeof FIGURE)[]) => row.map((path) => figures[FIGURE[path]] ?? -1);
  if (check.on === "figures") {
    return check.rows.flatMap((row) => {
      const values = valuesOf(row);
      const [a = 0, b = 0, c = 0, d = 0] = values;
      const speaks = values.every((value) => value >= 0) && check.broken(a, b, c, d, context);
      return speaks ? [check.fact(values, row.map(figureLabel))] : [];
    });
  }
  const values = valuesOf(check.needs);
  const [a = 0, b = 0] = values;
  const added = { ...addUp(sheet, context.district) };
  if (sheet.voteCount < 0 || values.some((value) => value < 0) || !check.broken(added, a, b, context)) return [];
  if (rule.holds !== "party") return [check.fact(added, values, sheet, context)];
  return brokenParties(sheet, added.brokenParty).map((brokenParty) =>
    check.fact({ ...added, brokenParty }, values, sheet, context),
  );
}
