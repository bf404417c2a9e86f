/**
 * What a form wants stated. A form makes a draft out of what was typed, or says what is missing; election, time and signers
 * are added where it is signed. So every form can be tested without a browser, a key or a clock.
 */
import type { MinutesAct } from "../../../src/election/minutes.ts";
import type { BodyOf, StatementType } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import { type ActName, readingAct } from "../../../src/tally/powers.ts";

/** What a signature adds to every body. */
type Signed = "by" | "election" | "time";
export type DraftBody<T extends StatementType> = Omit<BodyOf<T>, Signed>;

/** Types that a form of the hall states. */
export type DraftType =
  | "reading"
  | "pause"
  | "unpause"
  | "halt"
  | "resume"
  | "reopen"
  | "objection"
  | "certificate"
  | "minutes";

export type Draft = { readonly [T in DraftType]: { readonly type: T; readonly body: DraftBody<T> } }[DraftType];

/** The draft of an act in the minutes. */
export function minute(act: MinutesAct): Draft {
  return { type: "minutes", body: { act } };
}

/** The row of the table of powers that a draft falls under. */
export function actOf(draft: Draft): ActName {
  if (draft.type === "minutes") return draft.body.act.what;
  return draft.type === "reading" ? readingAct(draft.body.outcome) : draft.type;
}

/** What a form still needs: the field's name, and what to do about it. */
export interface Need {
  readonly field: string;
  readonly what: Text;
}

/** Either what can be stated, or everything that a form still needs. */
export type Formed =
  | { readonly draft: Draft; readonly needs?: never }
  | { readonly draft?: never; readonly needs: readonly Need[] };

/** The draft if nothing is needed. */
export function formed(needs: readonly (Need | null)[], draft: () => Draft): Formed {
  const open = needs.filter((need) => need !== null);
  return open.length > 0 ? { needs: open } : { draft: draft() };
}

/** A value that the needs of a form have shown to be there. @throws TypeError if it is not: a mistake in the form's needs */
export function given<T>(value: T | null): T {
  if (value === null) throw new TypeError("a form stated what it still needed");
  return value;
}
