/** Saksi and supervisor inspect the printed draft; what each says is recorded with the state of the log that it was printed from. */
import type { ResultView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Radios, SelectField, TextField } from "../acts/fields.tsx";
import { participantName, participantOptions } from "../acts/names.ts";
import { useDraft } from "../acts/use-draft.ts";
import { WORDS as COMMON } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { inspection } from "./forms.ts";
import { usePrinted } from "./use-printed.ts";
import { OUTCOME_WORDS, WORDS } from "./words.ts";

const SUPERVISOR = "supervisor";

export function Inspection({ result }: { result: ResultView }) {
  const speech = useSpeech();
  const { hall, api } = useDesk();
  const [typed, change, clear] = useDraft(`cermat/${result.contest}/${result.district.code}`, {
    by: "",
    outcome: null as "agreed" | "remarks" | null,
    words: "",
  });
  const printed = usePrinted(result);
  const form = async () => {
    const by = typed.by === "" ? null : typed.by === SUPERVISOR ? SUPERVISOR : { participant: typed.by };
    const state = (papers: Parameters<typeof inspection>[3]) =>
      inspection(result, { by, outcome: typed.outcome }, printed.state, papers);
    const first = state(null);
    if (first.draft === undefined || typed.words.trim() === "") return first;
    const { hash } = await api.paper("words", typed.words.trim());
    return state((await api.paperList([hash])).hash);
  };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.inspection)}</h2>
      <p class="small muted">{speech.text(WORDS.inspectionHelp)}</p>
      {result.inspections.length === 0 && <p class="muted">{speech.text(WORDS.noInspections)}</p>}
      {result.inspections.length > 0 && (
        <ul class="plain-list">
          {result.inspections.map(({ participant, supervisor, outcome, draft }) => (
            <li key={`${participant}/${supervisor}/${draft.size}`}>
              <strong>
                {supervisor || participant === null
                  ? speech.text(WORDS.supervisor)
                  : participantName(hall, participant)}
              </strong>
              : {speech.text(OUTCOME_WORDS[outcome])}
            </li>
          ))}
        </ul>
      )}
      <ActForm act="inspection" submit={WORDS.stateInspection} form={form} onStated={clear}>
        <div class="pair">
          <SelectField
            name="by"
            label={speech.text(WORDS.inspectedBy)}
            empty={speech.text(COMMON.choose)}
            value={typed.by}
            onChange={(by) => change({ by })}
            options={[
              { value: SUPERVISOR, label: speech.text(WORDS.supervisor) },
              ...participantOptions(hall, result.contest, speech.text),
            ]}
          />
          <Radios
            name="outcome"
            label={speech.text(WORDS.found)}
            value={typed.outcome}
            onChange={(outcome) => change({ outcome: outcome as "agreed" | "remarks" })}
            options={(["agreed", "remarks"] as const).map((outcome) => ({
              value: outcome,
              label: speech.text(OUTCOME_WORDS[outcome]),
            }))}
          />
        </div>
        {typed.outcome === "remarks" && (
          <TextField
            name="words"
            rows={3}
            label={speech.text(WORDS.remarkWords)}
            value={typed.words}
            onInput={(words) => change({ words })}
          />
        )}
      </ActForm>
      <p class="row small muted">
        <span>
          {speech.text(WORDS.draftOf)} {speech.number(printed.state.size)}
        </span>
        {printed.takeNow !== null && (
          <button type="button" class="quiet" onClick={printed.takeNow}>
            {speech.text(WORDS.takeNow)} ({speech.number(hall.log.size)})
          </button>
        )}
      </p>
    </section>
  );
}
