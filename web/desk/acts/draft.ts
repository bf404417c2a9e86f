/**
 * What a form wants stated. A form makes a draft out of what was typed, or says what is missing; election, time and signers
 * are added where it is signed. So every form can be tested without a browser, a key or a clock.
 */
import type { MinutesAct } from "../../../src/election/minutes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { HallType, Said } from "../../../src/recap/wire/sign.ts";

/** A statement of a hall, before it is signed. */
export type Draft = { readonly [T in HallType]: { readonly type: T; readonly body: Said<T> } }[HallType];

/** The draft of an act in the minutes. */
export function minute(act: MinutesAct): Draft {
  return { type: "minutes", body: { act } };
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
