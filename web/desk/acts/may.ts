/**
 * Whether those who are signed in may do an act, and who may when they may not. The table is the fold's own; the page only
 * reads it out, so that nobody presses a button whose statement would do nothing.
 */
import type { Role } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import type { HallView } from "../../../src/recap/wire/views.ts";
import { type ActName, CHAIR, POWERS } from "../../../src/tally/powers.ts";
import { ROLE_WORDS } from "../shell/words.ts";
import { either } from "./words.ts";

/** What the table needs to know of somebody who is signed in. */
export interface Sitter {
  readonly person: string;
  readonly role: Role;
}

export type May =
  /** Any one of these may state it. */
  | { readonly may: "alone"; readonly by: readonly Sitter[] }
  /** One of `by` begins; a second person of one of `seconds` confirms. */
  | { readonly may: "with-second"; readonly by: readonly Sitter[]; readonly seconds: readonly Role[] }
  /** None of those signed in; `why` says who may. */
  | { readonly may: "no"; readonly why: Text };

/** What the people at this device may do about an act. */
export function mayState(act: ActName, people: readonly Sitter[]): May {
  const { roles, persons, chair } = POWERS[act];
  const by = people.filter(({ role }) => roles.includes(role));
  if (by.length === 0) return { may: "no", why: whoMay(act) };
  if (persons === 1) return { may: "alone", by };
  // Where a chair must be among the two, a member who begins is confirmed by the chair.
  const needsChair = chair && by.every(({ role }) => role !== "chair");
  return { may: "with-second", by, seconds: needsChair ? CHAIR : roles };
}

/** Who may do an act, as a sentence. */
export function whoMay(act: ActName): Text {
  const { roles, persons, chair } = POWERS[act];
  const lower = roles.map((role) => {
    const { id, en } = ROLE_WORDS[role];
    return { id: id.toLowerCase(), en: en.toLowerCase() };
  });
  if (persons === 1) {
    const { id, en } = either(lower);
    return { id: `Yang dapat menyatakan ini: ${id}.`, en: `Who may state this: ${en}.` };
  }
  const { id, en } = either(chair ? lower.filter((_, i) => roles[i] !== "chair") : lower);
  return chair
    ? { id: `Dinyatakan oleh ketua bersama ${id}.`, en: `Stated by the chair together with a ${en}.` }
    : { id: `Dinyatakan oleh dua orang: ${id}.`, en: `Stated by two persons: ${en}.` };
}

/** Acts that an order keeps from having any effect; readings apart, which may finish a box that is open. */
const HALTED: readonly ActName[] = ["open", "inspection", "certificate", "order"];

/** Why an act would do nothing in this hall now, whoever signs; null if nothing is in its way. */
export function hindrance(act: ActName, hall: Pick<HallView, "halts" | "openedAt">): Text | null {
  const [halt] = hall.halts;
  if (halt !== undefined && HALTED.includes(act)) {
    return {
      id: `Dihentikan sementara dengan surat nomor ${halt.order} (${halt.by.name}). Tunggu surat yang melanjutkan.`,
      en: `Halted by order number ${halt.order} (${halt.by.name}). Wait for the order to resume.`,
    };
  }
  if (act === "open" && hall.openedAt !== null)
    return { id: "Rapat ini sudah dibuka.", en: "This plenary has been opened." };
  return null;
}
