/** Who writes the logs of a kabupaten's kecamatan, and how one is handed over or taken back. */
import { useState } from "preact/hooks";
import type { CustodyView, WriterView } from "../../../src/recap/wire/sync.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { SelectField, TextField } from "../acts/fields.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { WORDS as COMMON, momentWords } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { CodeReader } from "./code-reader.tsx";
import { Contradictions } from "./contradictions.tsx";
import { handOver, inFours, shortOfKey, takeBack } from "./forms.ts";
import { WORDS } from "./words.ts";

interface Props {
  readonly view: CustodyView;
}

export function CustodyPage({ view }: Props) {
  const speech = useSpeech();
  return (
    <>
      <p class="muted">{speech.text(WORDS.custodyLead)}</p>
      <Contradictions
        forks={view.writers.flatMap(({ forks }) => forks)}
        apart={view.writers.flatMap(({ apart }) => apart)}
      />
      <Writers view={view} />
      <div class="two">
        <Hand view={view} />
        <Back view={view} />
      </div>
    </>
  );
}

/** Whether a log is written at the centre: it began there, or was taken back. */
const isAtCentre = ({ vkey, log }: WriterView, { centre }: CustodyView): boolean =>
  vkey === null || vkey === centre[log];

function Writers({ view }: Props) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const moment = (time: number) => momentWords(speech, time, hall.region.zone);
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.writersTitle)}</h2>
      <Scroll label={speech.text(WORDS.writersTitle)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{speech.text(WORDS.kecamatan)}</th>
              <th scope="col">{speech.text(WORDS.writtenBy)}</th>
              <th scope="col" class="number">
                {speech.text(WORDS.atCentre)}
              </th>
              <th scope="col">{speech.text(WORDS.lastHeard)}</th>
            </tr>
          </thead>
          <tbody>
            {view.writers.map((writer) => (
              <tr key={writer.log}>
                <th scope="row">{writer.region.name}</th>
                <td>
                  {isAtCentre(writer, view) ? (
                    speech.text(WORDS.centre)
                  ) : (
                    <>
                      <strong>{speech.text(WORDS.laptop)}</strong>{" "}
                      <span class="key-short">{inFours(writer.key ?? "")}</span>
                    </>
                  )}
                  {writer.since !== null && (
                    <span class="small muted since">
                      {speech.text(WORDS.since)} {moment(writer.since)}
                    </span>
                  )}
                </td>
                <td class="number">{speech.number(writer.size)}</td>
                <td>
                  {isAtCentre(writer, view)
                    ? "–"
                    : writer.contact === null
                      ? speech.text(WORDS.notHeard)
                      : moment(writer.contact.at)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Hand({ view }: Props) {
  const speech = useSpeech();
  const [log, setLog] = useState("");
  const [key, setKey] = useState("");
  const writer = view.writers.find((one) => one.log === log) ?? null;
  const short = writer && shortOfKey(key, writer.log);
  // A scanned key says itself which log it is for.
  const scanned = (text: string) => {
    const found = view.writers.find((one) => shortOfKey(text, one.log) !== null);
    if (found === undefined) return;
    setLog(found.log);
    setKey(text);
  };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.handTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.handHelp)}</p>
      <CodeReader onText={scanned} open={WORDS.scanKey} />
      <ActForm
        act="custody"
        submit={WORDS.hand}
        form={() => handOver(writer, key)}
        compares={short ?? undefined}
        onStated={() => {
          setLog("");
          setKey("");
        }}
      >
        <SelectField
          name="region"
          label={speech.text(WORDS.kecamatan)}
          empty={speech.text(COMMON.choose)}
          value={log}
          onChange={setLog}
          options={view.writers.map((one) => ({ value: one.log, label: one.region.name }))}
        />
        <TextField name="key" label={speech.text(WORDS.key)} value={key} onInput={setKey} rows={3} />
        {short !== null && (
          <p>
            {speech.text(WORDS.keyShort)}: <strong class="compares">{short}</strong>
          </p>
        )}
        {writer !== null && !isAtCentre(writer, view) && <p class="held-text">{speech.text(WORDS.handLost)}</p>}
      </ActForm>
    </section>
  );
}

function Back({ view }: Props) {
  const speech = useSpeech();
  const [log, setLog] = useState("");
  const away = view.writers.filter((writer) => !isAtCentre(writer, view));
  const writer = away.find((one) => one.log === log) ?? null;
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.backTitle)}</h2>
      {away.length === 0 && <p class="muted">{speech.text(WORDS.noneAway)}</p>}
      {away.length > 0 && (
        <>
          <p class="small muted">{speech.text(WORDS.backHelp)}</p>
          <ActForm act="custody" submit={WORDS.back} form={() => takeBack(writer, view)} onStated={() => setLog("")}>
            <SelectField
              name="back"
              label={speech.text(WORDS.kecamatan)}
              empty={speech.text(COMMON.choose)}
              value={log}
              onChange={setLog}
              options={away.map((one) => ({ value: one.log, label: one.region.name }))}
            />
          </ActForm>
        </>
      )}
    </section>
  );
}
