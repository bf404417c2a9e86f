/** The supervisor's recommendations, newest first, and what the chair did about each. */
import { useState } from "preact/hooks";
import { ADVICE_REASONS } from "../../../src/election/minutes.ts";
import type { AdviceView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Radios, SelectField } from "../acts/fields.tsx";
import { contestName, stationName } from "../acts/names.ts";
import { useDraft } from "../acts/use-draft.ts";
import { WORDS as COMMON } from "../acts/words.ts";
import { mayDo, useDesk } from "../shell/desk.ts";
import { Dialog } from "../shell/dialog.tsx";
import { Entry } from "./entry.tsx";
import { adviceAnswer } from "./forms.ts";
import { ADVICE_WORDS, ANSWER_WORDS, WORDS } from "./words.ts";

export function Advised() {
  const speech = useSpeech();
  const { hall, person } = useDesk();
  const [answering, setAnswering] = useState<AdviceView | null>(null);
  const newest = [...hall.advice].sort((a, b) => b.index - a.index);
  return (
    <section class="card-panel">
      <h2>
        {speech.text(WORDS.adviceTitle)} ({speech.number(newest.length)})
      </h2>
      {newest.length === 0 && <p class="muted">{speech.text(WORDS.adviceNone)}</p>}
      <ul class="entries">
        {newest.map((one) => {
          const { advice: given, answer } = one;
          const reason = answer?.reason ?? null;
          const said =
            answer === null ? WORDS.adviceOpen : answer.followed ? ANSWER_WORDS.followed : ANSWER_WORDS.notFollowed;
          return (
            <Entry
              key={one.id}
              status={answer === null ? "filed" : answer.followed ? "accepted" : "refused"}
              said={said}
              kind={ADVICE_WORDS[given.kind]}
              number={hall.advice.indexOf(one) + 1}
              time={one.time}
              about={[
                given.station === null ? null : stationName(hall, given.station),
                given.contest === null ? null : contestName(hall, given.contest, speech.text),
                reason === null ? null : speech.text(ADVICE_REASONS[reason]),
              ]}
              answer={WORDS.adviceAnswer}
              onAnswer={answer === null && mayDo(person?.role, "advice-answer") ? () => setAnswering(one) : null}
            />
          );
        })}
      </ul>
      {answering !== null && <AnswerAdvice about={answering} onClose={() => setAnswering(null)} />}
    </section>
  );
}

function AnswerAdvice({ about, onClose }: { about: AdviceView; onClose: () => void }) {
  const speech = useSpeech();
  const empty = { followed: null as boolean | null, reason: "" };
  const [{ followed, reason }, change, clear] = useDraft(`tindak-lanjut/${about.id}`, empty);
  const form = () =>
    adviceAnswer(about.id, { followed, reason: reason === "" ? null : (reason as keyof typeof ADVICE_REASONS) });
  const done = () => {
    clear();
    onClose();
  };
  return (
    <Dialog
      title={`${speech.text(WORDS.adviceAnswer)}: ${speech.text(ADVICE_WORDS[about.advice.kind])}`}
      onClose={onClose}
    >
      <ActForm act="advice-answer" submit={WORDS.stateAdviceAnswer} form={form} onStated={done}>
        <Radios
          name="followed"
          label={speech.text(WORDS.adviceAnswer)}
          value={followed === null ? null : followed ? "yes" : "no"}
          onChange={(value) => change({ followed: value === "yes" })}
          options={[
            { value: "yes", label: speech.text(ANSWER_WORDS.followed) },
            { value: "no", label: speech.text(ANSWER_WORDS.notFollowed) },
          ]}
        />
        {followed === false && (
          <SelectField
            name="reason"
            label={speech.text(COMMON.reason)}
            empty={speech.text(COMMON.choose)}
            value={reason}
            onChange={(code) => change({ reason: code })}
            options={Object.entries(ADVICE_REASONS).map(([value, words]) => ({ value, label: speech.text(words) }))}
          />
        )}
      </ActForm>
    </Dialog>
  );
}
