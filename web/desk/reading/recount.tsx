/**
 * Of the result of a recount: which witnesses or supervisor asked for it, and who counted. A court's ruling asks by itself.
 * Persons are kept as the log knows them; their names stand on this screen alone.
 */
import type { ContestKind } from "../../../src/election/codes.ts";
import { type ReadingReason, type Recount, saysRecount } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import type { HallView } from "../../../src/recap/wire/views.ts";
import { OFFICERS } from "../../../src/tally/powers.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Checks } from "../acts/fields.tsx";
import { participantName } from "../acts/names.ts";
import { type Desk, useDesk } from "../shell/desk.ts";
import { ROLE_WORDS } from "../shell/words.ts";
import { READING_WORDS as WORDS } from "./words.ts";

export const NO_RECOUNT: Recount = { asked: [], counted: [], supervisor: false };

/** What is still missing before a recount can be stated; null: nothing. */
export function recountMissing(reason: ReadingReason, recount: Recount): Text | null {
  if (!saysRecount("recount", reason, recount)) return WORDS.askedMissing;
  return recount.counted.length === 0 ? WORDS.countedMissing : null;
}

/** Participants of a contest whose witnesses have shown a mandate. */
export function participantsPresent(
  { participants, mandates }: Pick<HallView, "participants" | "mandates">,
  contest: ContestKind,
): string[] {
  const standing = new Set(participants.filter(({ contests }) => contests.includes(contest)).map(({ id }) => id));
  return [...new Set(mandates.map(({ participant }) => participant))].filter((id) => standing.has(id));
}

/** The officers of the hall, each once: whoever has had a card replaced holds two keys. */
function officersOf({ people, person, region }: Pick<Desk, "people" | "person" | "region">) {
  const here = people.filter((each) => each.standing === "granted" && each.region === region);
  const all: readonly Pick<PersonView, "person" | "name" | "role">[] = person === null ? here : [...here, person];
  const officers = all.filter(({ role }) => OFFICERS.includes(role));
  return [...new Map(officers.map((each) => [each.person, each])).values()];
}

interface Props {
  readonly contest: ContestKind;
  readonly recount: Recount;
  readonly onChange: (recount: Recount) => void;
}

/** Stands among the participants' ids, none of which has a space. */
const SUPERVISOR = "the supervisor";

export function RecountFields({ contest, recount, onChange }: Props) {
  const speech = useSpeech();
  const desk = useDesk();
  const { asked, counted, supervisor } = recount;
  return (
    <>
      <Checks
        name="asked"
        label={speech.text(WORDS.asked)}
        values={supervisor ? [...asked, SUPERVISOR] : asked}
        onChange={(values) =>
          onChange({
            ...recount,
            asked: values.filter((value) => value !== SUPERVISOR),
            supervisor: values.includes(SUPERVISOR),
          })
        }
        options={[
          ...participantsPresent(desk.hall, contest).map((id) => ({
            value: id,
            label: participantName(desk.hall, id),
          })),
          { value: SUPERVISOR, label: speech.text(ROLE_WORDS.supervisor) },
        ]}
      />
      <Checks
        name="counted"
        label={speech.text(WORDS.counted)}
        values={counted}
        onChange={(values) => onChange({ ...recount, counted: values })}
        options={officersOf(desk).map(({ person, name, role }) => ({
          value: person,
          label: `${name} · ${speech.text(ROLE_WORDS[role])}`,
        }))}
      />
    </>
  );
}
