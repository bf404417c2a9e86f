/** Whose saksi hold a mandate: taken in with its letter and the name, seated inside or outside, taken back. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { toHex } from "../../../src/ledger/bytes.ts";
import type { MandateView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Radios, SelectField, TextField } from "../acts/fields.tsx";
import { participantName, participantOptions } from "../acts/names.ts";
import { NO_PHOTOS, PhotoField } from "../acts/photos.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { WORDS as COMMON } from "../acts/words.ts";
import { ApiFault } from "../shell/api.ts";
import { mayDo, useDesk } from "../shell/desk.ts";
import { Dialog } from "../shell/dialog.tsx";
import { changedMandate, mandate, nameNeed } from "./forms.ts";
import { WORDS } from "./words.ts";

/** A person as a log names one: 16 random bytes. */
const newPerson = () => toHex(crypto.getRandomValues(new Uint8Array(16)));

export function NewMandate() {
  const speech = useSpeech();
  const { hall, api } = useDesk();
  const [typed, change, clear] = useDraft("mandat", {
    participant: "",
    name: "",
    person: newPerson(),
    seated: true,
    letter: NO_PHOTOS,
  });
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.mandateTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.mandateHelp)}</p>
      <ActForm
        act="mandate"
        submit={WORDS.mandateTitle}
        form={async () => {
          const made = mandate({ ...typed, letter: typed.letter.list }, hall);
          if (made.draft !== undefined) await api.nameWitness(typed.person, typed.name.trim());
          return made;
        }}
        onStated={() => {
          clear();
          change({ person: newPerson() });
        }}
      >
        <SelectField
          name="participant"
          label={speech.text(COMMON.participant)}
          empty={speech.text(COMMON.choose)}
          value={typed.participant}
          onChange={(participant) => change({ participant })}
          options={participantOptions(hall, null, speech.text)}
        />
        <TextField
          name="name"
          label={speech.text(WORDS.saksiName)}
          value={typed.name}
          onInput={(name) => change({ name })}
        />
        <Radios
          name="seated"
          label={speech.text(WORDS.seat)}
          value={typed.seated ? "inside" : "outside"}
          onChange={(value) => change({ seated: value === "inside" })}
          options={[
            { value: "inside", label: speech.text(WORDS.inside) },
            { value: "outside", label: speech.text(WORDS.outside) },
          ]}
        />
        <PhotoField
          name="letter"
          kind="letter"
          label={speech.text(WORDS.letter)}
          photos={typed.letter}
          onChange={(letter) => change({ letter })}
        />
      </ActForm>
    </section>
  );
}

type Change = { readonly mandate: MandateView; readonly withdrawn: boolean; readonly seated: boolean };

export function Mandates() {
  const speech = useSpeech();
  const { hall, person } = useDesk();
  const [changing, setChanging] = useState<Change | null>(null);
  const [renaming, setRenaming] = useState<MandateView | null>(null);
  const mayName = mayDo(person?.role, "mandate");
  const order = hall.participants.map(({ id }) => id);
  const inOrder = [...hall.mandates].sort(
    (a, b) => order.indexOf(a.participant) - order.indexOf(b.participant) || Number(b.seated) - Number(a.seated),
  );
  return (
    <section class="card-panel">
      <h2>
        {speech.text(WORDS.mandates)} ({speech.number(hall.mandates.length)})
      </h2>
      {inOrder.length === 0 && <p class="muted">{speech.text(WORDS.noMandates)}</p>}
      {inOrder.length > 0 && (
        <Scroll label={speech.text(WORDS.mandates)}>
          <table class="panel-table">
            <thead>
              <tr>
                <th scope="col">{speech.text(COMMON.participant)}</th>
                <th scope="col">{speech.text(WORDS.saksiName)}</th>
                <th scope="col">{speech.text(WORDS.seat)}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {inOrder.map((one) => (
                <tr key={one.person}>
                  <th scope="row">{participantName(hall, one.participant)}</th>
                  <td>
                    <button
                      type="button"
                      class="quiet"
                      disabled={!mayName}
                      aria-label={`${speech.text(WORDS.rename)}: ${participantName(hall, one.participant)}, ${one.name ?? speech.text(WORDS.noName)}`}
                      onClick={() => setRenaming(one)}
                    >
                      {one.name ?? speech.text(WORDS.noName)}
                    </button>
                  </td>
                  <td>{speech.text(one.seated ? WORDS.inside : WORDS.outside)}</td>
                  <td class="number">
                    <button
                      type="button"
                      class="quiet"
                      aria-label={`${speech.text(one.seated ? WORDS.goOut : WORDS.comeIn)}: ${participantName(hall, one.participant)}`}
                      onClick={() => setChanging({ mandate: one, withdrawn: false, seated: !one.seated })}
                    >
                      {speech.text(one.seated ? WORDS.goOut : WORDS.comeIn)}
                    </button>
                    <button
                      type="button"
                      class="quiet"
                      aria-label={`${speech.text(WORDS.withdraw)}: ${participantName(hall, one.participant)}`}
                      onClick={() => setChanging({ mandate: one, withdrawn: true, seated: false })}
                    >
                      {speech.text(WORDS.withdraw)}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {changing !== null && <MandateChange change={changing} onClose={() => setChanging(null)} />}
      {renaming !== null && <Rename mandate={renaming} onClose={() => setRenaming(null)} />}
    </section>
  );
}

/** What a saksi is called is no statement: it is kept at the desk, changed and deleted there. */
function Rename({ mandate: { person, participant, name }, onClose }: { mandate: MandateView; onClose: () => void }) {
  const speech = useSpeech();
  const { hall, api, refreshHall } = useDesk();
  const [typed, setTyped] = useState(name ?? "");
  const [fault, setFault] = useState<Text | null>(null);
  const done = (work: Promise<unknown>) =>
    work.then(
      () => {
        refreshHall();
        onClose();
      },
      (problem: unknown) => {
        if (!(problem instanceof ApiFault)) throw problem;
        setFault(problem.words);
      },
    );
  const keep = () => {
    const need = nameNeed(typed);
    if (need !== null) return setFault(need.what);
    void done(api.nameWitness(person, typed.trim()));
  };
  return (
    <Dialog title={`${speech.text(WORDS.saksiName)}: ${participantName(hall, participant)}`} onClose={onClose}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <TextField
          name="name"
          label={speech.text(WORDS.saksiName)}
          help={speech.text(WORDS.renameHelp)}
          value={typed}
          onInput={setTyped}
        />
        {fault !== null && (
          <p class="fault" role="alert">
            {speech.text(fault)}
          </p>
        )}
        <div class="row">
          <button type="submit" class="primary">
            {speech.text(WORDS.saveName)}
          </button>
          {name !== null && (
            <button type="button" onClick={() => void done(api.forgetWitness(person))}>
              {speech.text(WORDS.forgetName)}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function MandateChange({
  change: { mandate: one, withdrawn, seated },
  onClose,
}: {
  change: Change;
  onClose: () => void;
}) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const [letter, setLetter] = useState(NO_PHOTOS);
  return (
    <Dialog title={speech.text(withdrawn ? WORDS.withdrawTitle : WORDS.swapTitle)} onClose={onClose}>
      <p>
        <strong>{participantName(hall, one.participant)}</strong>
        {one.name !== null && ` · ${one.name}`}
        {!withdrawn && ` · ${speech.text(seated ? WORDS.inside : WORDS.outside)}`}
      </p>
      <ActForm
        act="mandate"
        submit={withdrawn ? WORDS.withdraw : seated ? WORDS.comeIn : WORDS.goOut}
        form={() => changedMandate(one, { withdrawn, seated }, letter.list, hall)}
        onStated={onClose}
      >
        <PhotoField
          name="letter"
          kind="letter"
          label={speech.text(WORDS.letter)}
          help={speech.text(withdrawn ? WORDS.withdrawHelp : WORDS.swapHelp)}
          photos={letter}
          onChange={setLetter}
        />
      </ActForm>
    </Dialog>
  );
}
