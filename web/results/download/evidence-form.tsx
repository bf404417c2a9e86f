/** Chooses whose file of evidence is made, and orders it. */
import { useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { districtsOf } from "../choice.ts";
import type { PageProps } from "../page-props.ts";
import { useMaker } from "./make.ts";
import { commonOrder } from "./order.ts";
import { Progress } from "./progress.tsx";
import { DOWNLOAD_WORDS as W } from "./words.ts";

export function EvidenceForm(props: PageProps) {
  const speech = useSpeech();
  const maker = useMaker();
  const { snapshot, route } = props;
  const choices = choicesIn(props);
  const [wanted, choose] = useState(route.ask.pilihan);
  // What was chosen in one region or contest may not stand in the next.
  const chosen = choices.find(({ id }) => id === wanted)?.id ?? choices[0]?.id ?? "";
  const make = () => {
    const common = commonOrder(props, "count", speech.language);
    const vkey = snapshot.status.editionsVkey;
    maker.order(speech.text(W.evidence), { ...common, what: "evidence", choice: chosen, vkey });
  };
  const isSmall = route.region.length >= 4;
  return (
    <section class="panel tool">
      <h2>{speech.text(W.evidence)}</h2>
      <p class="small">{speech.text(W.evidenceBody)}</p>
      {!isSmall && <p class="muted">{speech.text(W.evidenceTooLarge)}</p>}
      {isSmall && choices.length === 0 && <p class="muted">{speech.text(W.evidenceNone)}</p>}
      {isSmall && choices.length > 0 && (
        <>
          <label class="field">
            {speech.text(W.participant)}
            <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
              {choices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <p class="actions">
            <button type="button" onClick={make}>
              {speech.text(W.makeEvidence)}
            </button>
          </p>
          <Progress maker={maker} />
        </>
      )}
    </section>
  );
}

/** The choices of the districts that the region's object carries, named as the file names them. */
function choicesIn({ snapshot }: PageProps): { id: string; name: string }[] {
  return [...districtsOf(snapshot).values()].flatMap(({ choices, parties }) =>
    choices.map(({ id, number, name, party }) => {
      const within = parties[party];
      const short = within === undefined || within.id === id ? "" : `${within.short} `;
      return { id, name: `${short}${number}. ${name}` };
    }),
  );
}
