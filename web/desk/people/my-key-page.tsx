/** The own key: which passkeys open it beside card and PIN, where this address can have any, and how one is added or removed. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { MOST_PASSKEYS } from "../../../src/recap/wire/passkey.ts";
import type { Passkey, PersonView } from "../../../src/recap/wire/people.ts";
import { formatDay } from "../../ui/format.ts";
import { useSpeech } from "../../ui/language.tsx";
import "../acts/acts.css";
import { momentText } from "../acts/fields.ts";
import { ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { Dialog } from "../shell/dialog.tsx";
import { useObserved } from "../shell/observable.ts";
import { ROLE_WORDS, SHELL_WORDS } from "../shell/words.ts";
import { canHavePasskeys } from "./authenticator.ts";
import { KeyForm } from "./key-form.tsx";
import { PEOPLE_WORDS as WORDS } from "./words.ts";
import "./people.css";

export default function MyKeyPage() {
  const speech = useSpeech();
  const { person, people, keyring } = useDesk();
  const present = useObserved(keyring.present);
  if (person === null) return null;
  const kept = people.find(({ key }) => key === person.key);
  const isTried = present.some((one) => one.person.key === person.key && one.way.by === "trial");
  return (
    <div class="narrow">
      <h1>{speech.text(SHELL_WORDS.myKey)}</h1>
      <p>
        <strong>{person.name}</strong> · {speech.text(ROLE_WORDS[person.role])} ·{" "}
        <span class="key-name">{person.key}</span>
      </p>
      <p>{speech.text(WORDS.myKeyLead)}</p>
      <section class="card-panel">
        <h2>{speech.text(WORDS.passkeys)}</h2>
        {kept?.sealed?.by === "card+pin" ? (
          <Passkeys person={kept} />
        ) : (
          <p class="muted">{speech.text(isTried ? WORDS.passkeyTrial : WORDS.passkeyElsewhere)}</p>
        )}
      </section>
    </div>
  );
}

function Passkeys({ person }: { person: PersonView }) {
  const speech = useSpeech();
  const { api, keyring, hall, ahead, refreshPeople } = useDesk();
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const [told, setTold] = useState<Text | null>(null);
  const { passkeys } = person;
  const dateOf = ({ added }: Passkey) => formatDay(added, speech.language);

  const remove = async ({ id }: Passkey) => {
    setRemoving(null);
    try {
      await api.removePasskey(person.key, id);
      refreshPeople();
      setTold(null);
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setTold(problem.words);
    }
  };
  return (
    <>
      {passkeys.length === 0 && <p class="muted">{speech.text(WORDS.passkeysNone)}</p>}
      {passkeys.length > 0 && (
        <ul class="plain-list">
          {passkeys.map((passkey) => (
            <li key={passkey.id} class="row spread">
              <span>
                {speech.text(WORDS.passkeyAdded)} {dateOf(passkey)}
              </span>
              <button type="button" class="quiet" onClick={() => setRemoving(passkey)}>
                {speech.text(WORDS.passkeyRemove)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {told !== null && <p role="status">{speech.text(told)}</p>}
      {!canHavePasskeys(window) && <p class="muted">{speech.text(WORDS.passkeyNotHere)}</p>}
      {canHavePasskeys(window) && passkeys.length >= MOST_PASSKEYS && (
        <p class="muted">{speech.text(WORDS.passkeyMost)}</p>
      )}
      {canHavePasskeys(window) && passkeys.length < MOST_PASSKEYS && (
        <div class="row">
          <button type="button" onClick={() => setAdding(true)}>
            {speech.text(WORDS.passkeyAdd)}
          </button>
        </div>
      )}
      {isAdding && (
        <Dialog title={speech.text(WORDS.passkeyAdd)} onClose={() => setAdding(false)}>
          <p>{speech.text(WORDS.passkeyAddLead)}</p>
          <KeyForm
            people={[person]}
            cardOf={(key) => keyring.cardOf(key)}
            allowsFirstUse={false}
            action={WORDS.passkeyAdd}
            onOpen={async (holder, card, pin) => {
              const today = momentText(Date.now() + ahead, hall.region.zone).slice(0, "YYYY-MM-DD".length);
              await keyring.addPasskey(holder, card, pin, today);
              setAdding(false);
              setTold(WORDS.passkeyDone);
              refreshPeople();
            }}
          />
        </Dialog>
      )}
      {removing !== null && (
        <Dialog title={`${speech.text(WORDS.passkeyRemove)}: ${dateOf(removing)}`} onClose={() => setRemoving(null)}>
          <p>{speech.text(WORDS.passkeyRemoveLead)}</p>
          <div class="row">
            <button type="button" class="primary" data-first onClick={() => void remove(removing)}>
              {speech.text(WORDS.passkeyRemove)}
            </button>
            <button type="button" onClick={() => setRemoving(null)}>
              {speech.text(WORDS.keep)}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
