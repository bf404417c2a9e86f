/** What contradicts a log, or was written by a machine that had been replaced: shown as it is, signatures and all. */
import type { ApartView, ForkView } from "../../../src/recap/wire/sync.ts";
import { useSpeech } from "../../ui/language.tsx";
import { WORDS } from "./words.ts";

export function Contradictions({ forks, apart }: { forks: readonly ForkView[]; apart: readonly ApartView[] }) {
  const speech = useSpeech();
  return (
    <>
      {forks.length > 0 && (
        <section class="alarm" role="alert">
          <h2>{speech.text(WORDS.forkTitle)}</h2>
          <p>{speech.text(WORDS.forkHelp)}</p>
          {forks.map(({ log, index, ours, theirs }) => (
            <details key={`${log}${ours}${theirs}`}>
              <summary>
                <code>
                  {log}
                  {index !== null && ` #${index}`}
                </code>
              </summary>
              <h3>{speech.text(WORDS.ours)}</h3>
              <pre>{ours}</pre>
              <h3>{speech.text(WORDS.theirs)}</h3>
              <pre>{theirs}</pre>
            </details>
          ))}
        </section>
      )}
      {apart.length > 0 && (
        <section class="held-box">
          <h2>{speech.text(WORDS.apartTitle)}</h2>
          <p>{speech.text(WORDS.apartHelp)}</p>
          <ul class="plain-list">
            {apart.map(({ log, epoch, from, to }) => (
              <li key={`${log}@${epoch}`}>
                <code>{log}</code> {speech.text(WORDS.entryRange)} {speech.number(from)}–{speech.number(to - 1)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
