/** Who is in the room, panel by panel and hour by hour, and whose saksi hold a mandate. */
import { useState } from "preact/hooks";
import { toHex } from "../../../src/ledger/bytes.ts";
import type { MandateView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Checks, Radios, SelectField, TextField } from "../acts/fields.tsx";
import { participantName, participantOptions } from "../acts/names.ts";
import { NO_PHOTOS, PhotoField } from "../acts/photos.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { WORDS as COMMON, momentWords } from "../acts/words.ts";
import { clockTime } from "../shell/clock.tsx";
import { useDesk } from "../shell/desk.ts";
import { Dialog } from "../shell/dialog.tsx";
import { attendance, changedMandate, mandate } from "./forms.ts";
import { panelsInUse } from "./queues.ts";
import { WORDS } from "./words.ts";

export function Presence() {
  return (
    <>
      <div class="two">
        <Attendance />
        <NewMandate />
      </div>
      <Mandates />
      <Attended />
    </>
  );
}

/** Who sits in the room by the mandates: what a new attendance begins with. */
const seatedNow = (mandates: readonly MandateView[]) =>
  mandates.filter(({ seated }) => seated).map(({ participant }) => participant);

function Attendance() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const panels = panelsInUse(hall);
  const seated = seatedNow(hall.mandates);
  const [typed, change, clear] = useDraft("kehadiran", {
    panel: 0,
    absent: [] as readonly string[],
    supervisors: "",
    observers: "",
  });
  const present = seated.filter((one) => !typed.absent.includes(one));
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.attendanceTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.attendanceHelp)}</p>
      <ActForm
        act="attendance"
        submit={WORDS.attendance}
        form={() => attendance({ ...typed, participants: present })}
        onStated={clear}
      >
        {panels.length > 1 && (
          <Radios
            name="panel"
            label={speech.text(COMMON.panel)}
            value={`${typed.panel}`}
            onChange={(value) => change({ panel: Number(value) })}
            options={panels.map(({ panel }) => ({ value: `${panel}`, label: `${panel + 1}` }))}
          />
        )}
        {seated.length > 0 && (
          <Checks
            name="participants"
            label={speech.text(WORDS.saksiPresent)}
            values={present}
            onChange={(values) => change({ absent: seated.filter((one) => !values.includes(one)) })}
            options={seated.map((id) => ({ value: id, label: participantName(hall, id) }))}
          />
        )}
        <div class="pair">
          <TextField
            name="supervisors"
            of="count"
            label={speech.text(WORDS.supervisors)}
            value={typed.supervisors}
            onInput={(supervisors) => change({ supervisors })}
          />
          <TextField
            name="observers"
            of="count"
            label={speech.text(WORDS.observers)}
            value={typed.observers}
            onInput={(observers) => change({ observers })}
          />
        </div>
      </ActForm>
    </section>
  );
}

/** A person as a log names one: 16 random bytes. */
const newPerson = () => toHex(crypto.getRandomValues(new Uint8Array(16)));

function NewMandate() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const [typed, change, clear] = useDraft("mandat", {
    participant: "",
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
        form={() => mandate({ ...typed, letter: typed.letter.list }, hall)}
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

function Mandates() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const [changing, setChanging] = useState<Change | null>(null);
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
          <table>
            <thead>
              <tr>
                <th scope="col">{speech.text(COMMON.participant)}</th>
                <th scope="col">{speech.text(WORDS.seat)}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {inOrder.map((one) => (
                <tr key={one.person}>
                  <th scope="row">{participantName(hall, one.participant)}</th>
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
    </section>
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

function Attended() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { zone } = hall.region;
  const newest = [...hall.attendance].sort((a, b) => b.index - a.index);
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.attendanceTitle)}</h2>
      {newest.length === 0 && <p class="muted">{speech.text(WORDS.noAttendance)}</p>}
      {newest.length > 0 && (
        <Scroll label={speech.text(WORDS.attendanceTitle)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{speech.text(WORDS.hour)}</th>
                <th scope="col">{speech.text(COMMON.panel)}</th>
                <th scope="col">{speech.text(WORDS.saksi)}</th>
                <th scope="col" class="number">
                  {speech.text(WORDS.supervisors)}
                </th>
                <th scope="col" class="number">
                  {speech.text(WORDS.observers)}
                </th>
              </tr>
            </thead>
            <tbody>
              {newest.map(({ index, time, panel, participants, supervisors, observers }) => (
                <tr key={index}>
                  <th scope="row" title={momentWords(speech, time, zone)}>
                    {clockTime(time, zone, speech.language)}
                  </th>
                  <td>{panel + 1}</td>
                  <td>{participants.map((id) => participantName(hall, id)).join(", ") || "–"}</td>
                  <td class="number">{speech.number(supervisors)}</td>
                  <td class="number">{speech.number(observers)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
