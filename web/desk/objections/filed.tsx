/** The objections and incidents that were filed, newest first, and how each is answered. */
import { useState } from "preact/hooks";
import type { ObjectionView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Radios, TextField } from "../acts/fields.tsx";
import { contestName, incidentNumber, participantName, stationName } from "../acts/names.ts";
import { useDraft } from "../acts/use-draft.ts";
import { mayDo, useDesk } from "../shell/desk.ts";
import { Dialog } from "../shell/dialog.tsx";
import { Entry } from "./entry.tsx";
import { reply } from "./forms.ts";
import { keepPapers } from "./keep-papers.ts";
import { KIND_WORDS, STATUS_WORDS, WORDS } from "./words.ts";

export function Filed() {
  const speech = useSpeech();
  const { hall, person } = useDesk();
  const [answering, setAnswering] = useState<ObjectionView | null>(null);
  const newest = [...hall.objections].sort((a, b) => b.index - a.index);
  return (
    <section class="card-panel">
      <h2>
        {speech.text(WORDS.list)} ({speech.number(newest.length)})
      </h2>
      {newest.length === 0 && <p class="muted">{speech.text(WORDS.noneFiled)}</p>}
      <ul class="entries">
        {newest.map((one) => (
          <Entry
            key={one.id}
            status={one.status}
            said={STATUS_WORDS[one.status]}
            kind={KIND_WORDS[one.kind]}
            number={incidentNumber(hall, one.id)}
            time={one.time}
            about={[
              one.station === null ? null : stationName(hall, one.station),
              one.contest === null ? null : contestName(hall, one.contest, speech.text),
              one.participant === null ? null : participantName(hall, one.participant),
            ]}
            otherwise={speech.text(WORDS.noDesa)}
            answer={one.status === "filed" ? WORDS.answer : WORDS.answerAgain}
            onAnswer={mayDo(person?.role, "objection") ? () => setAnswering(one) : null}
          >
            <p class={one.words === null ? "muted small" : undefined}>{one.words ?? speech.text(WORDS.wordsKept)}</p>
          </Entry>
        ))}
      </ul>
      {answering !== null && <Answer about={answering} onClose={() => setAnswering(null)} />}
    </section>
  );
}

function Answer({ about, onClose }: { about: ObjectionView; onClose: () => void }) {
  const speech = useSpeech();
  const { api, hall } = useDesk();
  const empty = { status: "answered" as "answered" | "accepted" | "refused", words: "" };
  const [typed, change, clear] = useDraft(`jawab/${about.id}`, empty);
  const form = async () => reply(about, typed.status, await keepPapers(api, typed.words, []));
  return (
    <Dialog
      title={`${speech.text(WORDS.answer)}: ${speech.text(KIND_WORDS[about.kind])} ${incidentNumber(hall, about.id)}`}
      onClose={onClose}
    >
      {about.words !== null && <p>{about.words}</p>}
      <ActForm
        act="objection"
        submit={WORDS.stateAnswer}
        form={form}
        onStated={() => {
          clear();
          onClose();
        }}
      >
        <Radios
          name="status"
          label={speech.text(WORDS.outcome)}
          value={typed.status}
          onChange={(status) => change({ status: status as typeof typed.status })}
          options={(["answered", "accepted", "refused"] as const).map((status) => ({
            value: status,
            label: speech.text(STATUS_WORDS[status]),
          }))}
        />
        <TextField
          name="words"
          rows={3}
          label={speech.text(WORDS.answerWords)}
          value={typed.words}
          onInput={(words) => change({ words })}
        />
      </ActForm>
    </Dialog>
  );
}
