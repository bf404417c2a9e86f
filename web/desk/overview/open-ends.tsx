/** What a kecamatan still has to come back to: stations put off, with the reason, and readings whose evidence nobody has photographed. */
import { POSTPONE_REASONS } from "../../../src/election/minutes.ts";
import type { OverviewView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { contestName, stationName } from "../acts/names.ts";
import { momentWords } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { WORDS } from "./words.ts";

export function OpenEnds({ postponed }: Pick<OverviewView, "postponed">) {
  const speech = useSpeech();
  const { hall, region } = useDesk();
  const { evidenceMissing } = hall;
  return (
    <>
      {postponed.length > 0 && (
        <section class="card-panel">
          <h2>{speech.text(WORDS.postponed)}</h2>
          <ul class="plain-list">
            {postponed.map(({ contest, station, reason, time }) => (
              <li key={`${contest}/${station}`}>
                <a href={routeTo(region, "baca", "0", contest, station)}>{stationName(hall, station)}</a>{" "}
                <span class="small muted">{contestName(hall, contest, speech.text)}</span>
                <br />
                {speech.text(POSTPONE_REASONS[reason])}
                <span class="small muted"> · {momentWords(speech, time, hall.region.zone)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidenceMissing.length > 0 && (
        <section class="card-panel">
          <h2>{speech.text(WORDS.papers)}</h2>
          <p class="small muted">{speech.text(WORDS.papersHelp)}</p>
          <ul class="plain-list">
            {evidenceMissing.map(({ contest, station, reading }) => (
              <li key={reading}>
                {stationName(hall, station)} <span class="small muted">{contestName(hall, contest, speech.text)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
