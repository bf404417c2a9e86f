/**
 * Who may do what in a plenary: one table, asked by the fold and printed in the documentation.
 *
 * Every act that a plenary's log can hold has its row, and the compiler sees to it that none is forgotten. Most acts need one
 * person; what changes figures, passes the pen or acts on a paper order needs two persons, since one alone can be mistaken
 * or pressed.
 */
import type { MinutesAct } from "../election/minutes.ts";
import type { Outcome } from "../election/sheet.ts";
import type { Role, StatementType } from "../election/statements.ts";
import type { Grant } from "./grants.ts";
import { fault, noEffect, type Refusal } from "./refusal.ts";

/** Statements that are no act of a plenary: what a log's writer, the publisher or a station says. */
type NoAct = "genesis" | "seen" | "sheet" | "annul" | "edition" | "receipt";

/**
 * An act as the table names it: a type of statement; of `minutes` what it records; and `correction` for the readings that
 * change figures or adopt a sheet that does not add up.
 */
export type ActName = Exclude<StatementType, NoAct | "minutes"> | MinutesAct["what"] | "correction";

export interface Power {
  /** Everyone who signs holds one of these in the region, or in one that contains it. */
  readonly roles: readonly Role[];
  /** How many different persons must sign. */
  readonly persons: 1 | 2;
  /** Whether a chair must be among them. */
  readonly chair: boolean;
}

export const CHAIR: readonly Role[] = ["chair"];
/** Those who may sign readings and orders of their own hall. */
export const OFFICERS: readonly Role[] = ["chair", "member", "operator"];
const HALL: readonly Role[] = ["chair", "member", "operator", "supervisor"];
const SUPERVISORS: readonly Role[] = ["supervisor"];

const one = (roles: readonly Role[]): Power => ({ roles, persons: 1, chair: false });
const BY_CHAIR = one(CHAIR);
const BY_OFFICER = one(OFFICERS);
const BY_TWO: Power = { roles: OFFICERS, persons: 2, chair: false };
const BY_CHAIR_AND_SECOND: Power = { roles: OFFICERS, persons: 2, chair: true };

/** In the order of a plenary; what is stated above the hall comes last. */
export const POWERS: Readonly<Record<ActName, Power>> = {
  schedule: BY_CHAIR,
  open: BY_CHAIR,
  attendance: BY_OFFICER,
  mandate: BY_OFFICER,
  box: BY_OFFICER,
  agenda: BY_OFFICER,
  "take-up": BY_OFFICER,
  reading: BY_OFFICER,
  correction: BY_TWO,
  postpone: BY_OFFICER,
  evidence: BY_OFFICER,
  objection: one(HALL),
  advice: one(SUPERVISORS),
  "advice-answer": BY_CHAIR,
  pause: BY_CHAIR,
  unpause: BY_CHAIR,
  inspection: BY_OFFICER,
  certificate: BY_CHAIR_AND_SECOND,
  signature: BY_OFFICER,
  scan: BY_OFFICER,
  "paper-order": BY_CHAIR_AND_SECOND,
  halt: BY_OFFICER,
  resume: BY_OFFICER,
  reopen: BY_CHAIR,
  order: BY_CHAIR,
  grant: BY_CHAIR,
  revoke: BY_CHAIR,
  custody: BY_CHAIR,
  definition: BY_CHAIR,
  rules: BY_CHAIR,
  cosign: BY_CHAIR,
};
export const ACTS_OF_PLENARY = Object.keys(POWERS) as readonly ActName[];

/** Which row of the table a reading falls under: a changed figure, and unmendable paper adopted as it stands, need two. */
export function readingAct(outcome: Outcome): "reading" | "correction" {
  return outcome === "noted" || outcome === "corrected" ? "correction" : "reading";
}

/** What a signer is to the table. */
export type Signer = Pick<Grant, "person">;

/**
 * Why those who sign may not do an act; null if they may. One who has no authority at all is a fault of the log, a missing
 * second person can happen to honest people.
 *
 * @param holding what a signer holds of these roles over the region; null if nothing
 */
export function signersRefusal<S>(
  act: ActName,
  by: readonly S[],
  holding: (signer: S, roles: readonly Role[]) => Signer | null,
): Refusal | null {
  const { roles, persons, chair } = POWERS[act];
  const found = new Set<string>();
  for (const signer of by) {
    const held = holding(signer, roles);
    if (!held) return fault("no-authority");
    found.add(held.person);
  }
  if (found.size === 0) return fault("no-authority");
  if (chair && !by.some((signer) => holding(signer, CHAIR))) return fault("no-authority");
  return found.size < persons ? noEffect("one-person") : null;
}
