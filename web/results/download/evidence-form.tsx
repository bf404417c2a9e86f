/** Chooses whose file of evidence is made, and orders it. */
import { useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page-props.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { knownDistricts } from "../verify/candidates.ts";
import { withLists } from "../verify/lists.ts";
import type { Names } from "../verify/names.ts";
import { useMaker } from "./make.ts";
import { commonOrder } from "./order.ts";
import { Progress } from "./progress.tsx";
import { DOWNLOAD_WORDS as W } from "./words.ts";

export function EvidenceForm(props: PageProps) {
  const speech = useSpeech();
  const maker = useMaker();
  const { snapshot, route } = props;
  const isSmall = route.region.length >= 4;
  const { value, fault } = useLoaded(
    `${snapshot.contest}/${route.region}`,
    () => (isSmall ? readDistricts(props) : Promise.resolve([])),
    snapshot.edition.id,
  );
  const choices = choicesIn(value ?? []);
  const [wanted, choose] = useState(route.ask.pilihan);
  // What was chosen in one region or contest may not stand in the next.
  const chosen = choices.find(({ id }) => id === wanted)?.id ?? choices[0]?.id ?? "";
  const make = () => {
    const common = commonOrder(props, "count", speech.language);
    const vkey = snapshot.status.editionsVkey;
    maker.order(speech.text(W.evidence), { ...common, what: "evidence", choice: chosen, vkey });
  };
  return (
    <section class="panel tool">
      <h2>{speech.text(W.evidence)}</h2>
      <p class="small">{speech.text(W.evidenceBody)}</p>
      {!isSmall && <p class="muted">{speech.text(W.evidenceTooLarge)}</p>}
      {fault && <Trouble fault={fault} kept={value !== null} again={props.refresh} />}
      {isSmall && value !== null && choices.length === 0 && <p class="muted">{speech.text(W.evidenceNone)}</p>}
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

/** The districts whose candidates the region carries, also where these stand apart. */
async function readDistricts({ reader, snapshot }: PageProps): Promise<readonly Names[]> {
  if (!snapshot.place?.reported) return [];
  const object = await withLists(reader, snapshot.place.object);
  return [...knownDistricts(object, await reader.namesOf(object)).values()];
}

/** Their choices, named as the file names them. */
function choicesIn(districts: readonly Names[]): { id: string; name: string }[] {
  return districts.flatMap(({ choices, parties }) =>
    choices.map(({ id, number, name, party }) => {
      const within = parties[party];
      const short = within === undefined || within.id === id ? "" : `${within.short} `;
      return { id, name: `${short}${number}. ${name}` };
    }),
  );
}
