/** Pairs a screen of the hall: a one-time address, to be opened on the projector's machine, or scanned. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Qr } from "../../ui/qr.tsx";
import { ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { panelsInUse } from "../sitting/queues.ts";
import { WORDS } from "./words.ts";

const OFFICERS = ["chair", "member", "operator"];

export function PairScreen() {
  const speech = useSpeech();
  const { api, hall, region, person } = useDesk();
  const [shown, setShown] = useState<{ readonly panel: number; readonly link: string } | null>(null);
  const [fault, setFault] = useState<Text | null>(null);
  if (person === null || !OFFICERS.includes(person.role) || hall.boxes.length === 0) return null;
  const panels = panelsInUse(hall);
  const pair = (panel: number) => {
    setFault(null);
    api.pairScreen().then(
      ({ link }) => setShown({ panel, link }),
      (problem: unknown) => {
        if (!(problem instanceof ApiFault)) throw problem;
        setFault(problem.words);
      },
    );
  };
  const address = shown && `${location.origin}${location.pathname}${routeTo(region, "layar", shown.panel, shown.link)}`;
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.title)}</h2>
      <p class="small muted">{speech.text(WORDS.pairHelp)}</p>
      <div class="row">
        {panels.map(({ panel }) => (
          <button key={panel} type="button" onClick={() => pair(panel)}>
            {speech.text(WORDS.pair)}
            {panels.length > 1 && ` · ${speech.text(WORDS.panel)} ${panel + 1}`}
          </button>
        ))}
      </div>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      {address !== null && (
        <div class="row pairing">
          <Qr text={address} label={speech.text(WORDS.title)} />
          <a class="target" href={address} target="_blank" rel="noopener">
            {address}
          </a>
        </div>
      )}
    </section>
  );
}
