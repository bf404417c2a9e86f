/**
 * A second person confirms at this keyboard: shown what is to be confirmed, they open their own key for this one signature.
 * That two different persons sign is what the fold asks for; here only those are offered who could be the second.
 */

import type { ComponentChildren } from "preact";
import type { Role } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import type { Signer } from "../../../src/ledger/note.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import { type ActName, POWERS } from "../../../src/tally/powers.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Dialog } from "../shell/dialog.tsx";
import { ROLE_WORDS } from "../shell/words.ts";
import { KeyForm } from "./key-form.tsx";
import type { Active, Keyring } from "./keyring.ts";
import { PEOPLE_WORDS as WORDS } from "./words.ts";

export interface Confirmation {
  readonly act: ActName;
  readonly first: Active;
  readonly about: Text | null;
  /** What is to be checked before confirming. */
  readonly summary: ComponentChildren;
  /** The second person's signer; null: not confirmed. */
  readonly done: (signer: Signer | null) => void;
}

interface Props {
  readonly confirmation: Confirmation;
  readonly keyring: Keyring;
  readonly people: readonly PersonView[];
  /** Of a simulation: what anyone may try here. */
  readonly tryRoles: readonly Role[];
}

/** Those who could sign beside the first person. */
export function secondsFor(act: ActName, first: Active["person"], people: readonly PersonView[]): PersonView[] {
  const { roles, chair } = POWERS[act];
  const needed = chair && first.role !== "chair" ? (["chair"] as const) : roles;
  return people.filter(
    ({ person, role, standing }) =>
      person !== first.person && standing === "granted" && (needed as readonly string[]).includes(role),
  );
}

export function Confirm({ confirmation, keyring, people, tryRoles }: Props) {
  const speech = useSpeech();
  const { act, first, about, summary, done } = confirmation;
  const seconds = secondsFor(act, first.person, people);
  const holders = seconds.filter(({ sealed }) => sealed?.by === "card+pin");
  const present = holders.filter(({ key }) => keyring.cardOf(key) !== null);
  const offered = [...present, ...holders.filter((each) => !present.includes(each))];
  return (
    <Dialog title={speech.text(WORDS.second)} onClose={() => done(null)}>
      {about !== null && (
        <p>
          <strong>{speech.text(about)}</strong>
        </p>
      )}
      {summary}
      <p>{speech.text(POWERS[act].chair ? WORDS.secondChair : WORDS.secondLead)}</p>
      {offered.length > 0 && (
        <KeyForm
          people={offered}
          chosen={present.at(-1)?.key ?? null}
          cardOf={(key) => keyring.cardOf(key)}
          allowsFirstUse={false}
          action={WORDS.confirm}
          onPasskey={async (person) => done(await keyring.openSignerByPasskey(person))}
          onOpen={async (person, card, pin) => {
            const signer = await keyring.openSigner(person, card, pin);
            keyring.remember(person, card);
            done(signer);
          }}
        />
      )}
      {offered.length === 0 && tryRoles.length === 0 && <p class="fault">{speech.text(WORDS.noSecond)}</p>}
      {tryRoles.length > 0 && (
        <div class="row">
          {rolesFor(act, first)
            .filter((role) => tryRoles.includes(role))
            .map((role) => (
              <button
                key={role}
                type="button"
                data-first={offered.length === 0 ? true : undefined}
                onClick={() => void keyring.triedSigner(role).then(({ signer }) => done(signer))}
              >
                {speech.text(WORDS.confirmAs)} {speech.text(ROLE_WORDS[role])}
              </button>
            ))}
        </div>
      )}
    </Dialog>
  );
}

/** In a simulation each role is one person, so the second one is of another role. */
function rolesFor(act: ActName, first: Active) {
  const { roles, chair } = POWERS[act];
  const others = roles.filter((role) => role !== first.person.role);
  return chair && first.person.role !== "chair" ? others.filter((role) => role === "chair") : others;
}
