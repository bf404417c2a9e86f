/**
 * What every page of a hall works with: the hall's view, the person who acts, and the one way to make a statement.
 *
 * A page says what is stated; who must sign follows from the table of powers that the fold enforces. Where it asks for two
 * persons, the second is asked here, at this keyboard, and signs with a key of their own. A page cannot sign for anyone.
 */
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { RegionCode } from "../../../src/election/codes.ts";
import type { Role } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import type { PersonView, WelcomeView } from "../../../src/recap/wire/people.ts";
import type { HallType, Said } from "../../../src/recap/wire/sign.ts";
import type { HallView } from "../../../src/recap/wire/views.ts";
import { type ActName, POWERS, readingAct } from "../../../src/tally/powers.ts";
import type { Keyring } from "../people/keyring.ts";
import type { Api } from "./api.ts";
import type { Drafts } from "./drafts.ts";
import type { Delivery, Outbox } from "./outbox.ts";

export type { HallType, Said } from "../../../src/recap/wire/sign.ts";

export interface StateOptions {
  /** What the act is about, for a refusal that comes after the page has gone on. */
  readonly about?: Text;
  readonly link?: string;
  /** What the second person is to check before confirming. */
  readonly summary?: ComponentChildren;
  /** The page goes on before the answer. A refusal then comes back loudly by itself. */
  readonly goesOn?: boolean;
}

/** `cancelled`: the second person did not confirm; nothing was signed. */
export type Stated = Delivery | { readonly ok: false; readonly code: "cancelled"; readonly words: null };

export interface Desk {
  readonly api: Api;
  readonly welcome: WelcomeView;
  readonly region: RegionCode;
  readonly hall: HallView;
  /** Size of the hall's log as last heard: a view made from a shorter one may be out of date. */
  readonly size: number;
  /** The desk's clock minus this browser's, in milliseconds. */
  readonly ahead: number;
  /** Who acts on this device; null for those who only look. */
  readonly person: Pick<PersonView, "person" | "name" | "role" | "key"> | null;
  readonly people: readonly PersonView[];
  readonly keyring: Keyring;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  /** Signs and hands in a statement, with a second person where the act needs one. */
  state<T extends HallType>(type: T, said: Said<T>, options?: StateOptions): Promise<Stated>;
  /** Asks anew who holds which role: after a grant or a revocation. */
  refreshPeople(): void;
  /** Asks anew for the hall's view: after something that its log does not say. */
  refreshHall(): void;
  /** Opens a page of this hall. */
  go(page: string, ...args: readonly (string | number)[]): void;
}

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

/** The desk of the hall that is open. Only within its pages. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("useDesk outside of a hall");
  return desk;
}

/** The row of the table of powers that a statement falls under. */
export function actOf<T extends HallType>(type: T, said: Said<T>): ActName {
  if (type === "minutes") return (said as Said<"minutes">).act.what;
  if (type === "reading") return readingAct((said as Said<"reading">).outcome);
  return type as Exclude<HallType, "minutes" | "reading">;
}

/** Whether somebody with this role may take part in an act. Only a help for pages: the fold decides. */
export function mayDo(role: Role | null | undefined, act: ActName): boolean {
  return role !== null && role !== undefined && POWERS[act].roles.includes(role);
}
