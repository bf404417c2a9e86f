/** What was done to a result, or to one station of it, as one story: corrections, rulings, certificates, and what gave them back. */
import { useState } from "preact/hooks";
import type { StationCode } from "../../../src/election/codes.ts";
import type { DistrictView, ResultView, StoryEntry } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { stationName } from "../acts/names.ts";
import { recountWords } from "../acts/recount-words.ts";
import { useStamp } from "../acts/use-stamp.ts";
import { WORDS as COMMON, momentWords } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { AskStation } from "./ask-station.tsx";
import { WORDS } from "./words.ts";

interface Props {
  readonly result: ResultView;
  readonly names: DistrictView | null;
}

export function Story({ result: { contest, district }, names }: Props) {
  const speech = useSpeech();
  const { hall, api, region } = useDesk();
  const [station, setStation] = useState<StationCode | null>(null);
  const key = `story/${contest}/${district.code}/${station}`;
  const { view, fault } = useView(key, useStamp(), () => api.story(region, contest, district.code, station));
  return (
    <section class="card-panel">
      <h2>
        {speech.text(WORDS.story)}
        {station !== null && `: ${stationName(hall, station)}`}
      </h2>
      <p class="small muted">{speech.text(WORDS.storyHelp)}</p>
      {view === null && (
        <p class={fault === null ? "muted" : "fault"}>
          {speech.text(fault?.code === "unknown" ? WORDS.storyUnknown : (fault?.words ?? COMMON.waitingView))}
        </p>
      )}
      {view?.entries.length === 0 && <p class="muted">{speech.text(WORDS.storyNone)}</p>}
      {view !== null && view.entries.length > 0 && (
        <ol class="entries">
          {view.entries.map((entry) => (
            <Entry key={`${entry.log}/${entry.index}`} entry={entry} names={names} />
          ))}
        </ol>
      )}
      <div class="row">
        <AskStation region={region} submit={WORDS.storyOfStation} onStation={setStation} />
        {station !== null && (
          <button type="button" class="quiet" onClick={() => setStation(null)}>
            {speech.text(WORDS.storyOfResult)}
          </button>
        )}
      </div>
    </section>
  );
}

function Entry({ entry, names }: { entry: StoryEntry; names: DistrictView | null }) {
  const speech = useSpeech();
  const { hall, people } = useDesk();
  const { text, decree, deltas, recount, refusal, time, log, index } = entry;
  return (
    <li>
      <p class="row">
        <strong>{speech.text(text)}</strong>
        <span class="muted small">
          {momentWords(speech, time, hall.region.zone)} · {log} {speech.number(index)}
        </span>
      </p>
      {decree !== null && (
        <p>
          {speech.text(WORDS.decree)}: {decree}
        </p>
      )}
      {recount !== null && <p>{recountWords(recount, hall, people, speech)}</p>}
      {deltas.length > 0 && (
        <p>
          {deltas
            .map(([column, delta]) => `${choiceName(names, column)} ${delta > 0 ? "+" : ""}${speech.number(delta)}`)
            .join(" · ")}
        </p>
      )}
      {refusal !== null && (
        <p class="held-text">
          {speech.text(WORDS.storyVoid)}: {speech.text(refusal)}
        </p>
      )}
    </li>
  );
}

function choiceName(names: DistrictView | null, column: number): string {
  const choice = names?.choices[column];
  return choice === undefined ? `${column + 1}` : `${choice.number} ${choice.name}`;
}
