/** Pairs a screen of the hall: a one-time address, to be opened on the projector's machine, or scanned. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { wayAddress } from "../../../src/recap/wire/network.ts";
import { OFFICERS } from "../../../src/tally/powers.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Qr } from "../../ui/qr.tsx";
import { type Api, ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { panelsInUse } from "../sitting/queues.ts";
import { WORDS } from "./words.ts";

export function PairScreen() {
  const speech = useSpeech();
  const { api, hall, region, person } = useDesk();
  const [shown, setShown] = useState<{ readonly here: string; readonly outside: string | null } | null>(null);
  const [fault, setFault] = useState<Text | null>(null);
  if (person === null || !OFFICERS.includes(person.role) || hall.boxes.length === 0) return null;
  const panels = panelsInUse(hall);
  const pair = async (panel: number) => {
    setFault(null);
    try {
      const { link } = await api.pairScreen();
      const route = routeTo(region, "layar", panel, link);
      const here = `${location.origin}${location.pathname}${route}`;
      setShown({ here, outside: await wayFromOutside(api, route) });
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    }
  };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.title)}</h2>
      <p class="small muted">{speech.text(WORDS.pairHelp)}</p>
      <div class="row">
        {panels.map(({ panel }) => (
          <button key={panel} type="button" onClick={() => void pair(panel)}>
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
      {shown !== null && (
        <div class="row pairing">
          <Qr text={shown.outside ?? shown.here} label={speech.text(WORDS.title)} />
          <div class="stack">
            {shown.outside !== null && <p class="small">{speech.text(WORDS.otherMachine)}</p>}
            <a class="target" href={shown.here} target="_blank" rel="noopener">
              {shown.outside === null ? shown.here : speech.text(WORDS.thisMachine)}
            </a>
          </div>
        </div>
      )}
    </section>
  );
}

/** The way to a page of the desk for a device of the hall's network, which is let in by it; null where there is no such network. */
async function wayFromOutside(api: Api, next: string): Promise<string | null> {
  try {
    const { fingerprint, addresses } = await api.network();
    const [at] = addresses;
    if (at === undefined) return null;
    const { code } = await api.invite();
    return wayAddress(at.steps, { fingerprint, code, next });
  } catch (problem) {
    if (problem instanceof ApiFault && problem.code === "unknown") return null;
    throw problem;
  }
}
