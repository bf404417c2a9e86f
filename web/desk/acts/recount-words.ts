/** Who asked for a recount and who counted, in one line: for a station's page and for its story. */
import type { Recount } from "../../../src/election/sheet.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import type { HallView } from "../../../src/recap/wire/views.ts";
import type { Speech } from "../../ui/language.tsx";
import { ROLE_WORDS } from "../shell/words.ts";
import { participantName, personName } from "./names.ts";
import { WORDS } from "./words.ts";

/** `Diminta: 2 Paslon Dua, Pengawas. Dihitung: Ni Luh Contoh.` Of a court's ruling nobody in the hall asked. */
export function recountWords(
  { asked, counted, supervisor }: Recount,
  hall: Pick<HallView, "participants">,
  people: readonly PersonView[],
  { text }: Pick<Speech, "text">,
): string {
  const asking = asked.map((id) => participantName(hall, id));
  if (supervisor) asking.push(text(ROLE_WORDS.supervisor));
  const counting = counted.map((person) => personName(people, person));
  const sentences = [
    ...(asking.length > 0 ? [`${text(WORDS.askedBy)}: ${asking.join(", ")}.`] : []),
    `${text(WORDS.countedBy)}: ${counting.join(", ")}.`,
  ];
  return sentences.join(" ");
}
