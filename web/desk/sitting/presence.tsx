/** Who is in the room, panel by panel and hour by hour, and whose saksi hold a mandate. */
import type { MandateView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Checks, Radios, TextField } from "../acts/fields.tsx";
import { participantName } from "../acts/names.ts";
import { Scroll } from "../acts/scroll.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { WORDS as COMMON, momentWords } from "../acts/words.ts";
import { clockTime } from "../shell/clock.tsx";
import { useDesk } from "../shell/desk.ts";
import { attendance } from "./forms.ts";
import { Mandates, NewMandate } from "./mandates.tsx";
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
