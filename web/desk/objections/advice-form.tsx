/** What the supervisor recommends, of their own or on an objection. */
import type { MinutesActOf } from "../../../src/election/minutes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Radios, SelectField, TextField } from "../acts/fields.tsx";
import { incidentNumber } from "../acts/names.ts";
import { useDraft } from "../acts/use-draft.ts";
import { useDesk } from "../shell/desk.ts";
import { type About, AboutFields } from "./about-fields.tsx";
import { advice } from "./forms.ts";
import { keepPapers, withPapers } from "./keep-papers.ts";
import { ADVICE_WORDS, KIND_WORDS, WORDS } from "./words.ts";

const ADVICE_KINDS = ["correct", "recount", "revote", "other"] as const;

export function AdviceForm() {
  const speech = useSpeech();
  const { hall, api } = useDesk();
  const [typed, change, clear] = useDraft("rekomendasi", {
    kind: null as MinutesActOf<"advice">["kind"] | null,
    objection: "",
    contest: "" as About["contest"],
    desa: "" as About["desa"],
    station: "",
    words: "",
  });
  const on = hall.objections.find(({ id }) => id === typed.objection) ?? null;
  const form = () =>
    withPapers(
      (papers) => advice({ ...typed, objection: on }, papers),
      () => keepPapers(api, typed.words, []),
    );
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.adviceNew)}</h2>
      <ActForm act="advice" submit={WORDS.adviceNew} form={form} onStated={clear}>
        <Radios
          name="kind"
          label={speech.text(WORDS.adviceKind)}
          value={typed.kind}
          onChange={(kind) => change({ kind: kind as (typeof ADVICE_KINDS)[number] })}
          options={ADVICE_KINDS.map((kind) => ({ value: kind, label: speech.text(ADVICE_WORDS[kind]) }))}
        />
        <SelectField
          name="objection"
          label={speech.text(WORDS.adviceOn)}
          empty={speech.text(WORDS.adviceAlone)}
          value={typed.objection}
          onChange={(value) => change({ objection: value })}
          options={hall.objections.map(({ id, kind }) => ({
            value: id,
            label: `${speech.text(KIND_WORDS[kind])} ${incidentNumber(hall, id)}`,
          }))}
        />
        {on === null && <AboutFields about={typed} onChange={change} />}
        <TextField
          name="words"
          rows={3}
          label={speech.text(WORDS.words)}
          value={typed.words}
          onInput={(words) => change({ words })}
        />
      </ActForm>
    </section>
  );
}
