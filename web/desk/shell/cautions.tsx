/**
 * What keeps a laptop's plenary safe and needs a hand now, over every page of its desk: a copy that is not made, a clock that is
 * wrong, a disk that fills, an old copy that was put back. At the centre there is nothing of it.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { SafeView } from "../../../src/recap/wire/safe.ts";
import { useSpeech } from "../../ui/language.tsx";
import { momentWords } from "../acts/words.ts";
import { ApiFault } from "./api.ts";
import { useDesk } from "./desk.ts";
import { storageOf } from "./drafts.ts";
import { routeTo } from "./route.ts";
import { SeenLog } from "./seen-log.ts";
import { SHELL_WORDS as WORDS } from "./words.ts";

/** Between two looks, in milliseconds. */
const LOOK = 5_000;

/** Where what is told here can be seen to. */
const PAGE = "sambungan";

/** `page`: the one that is open. */
export function Cautions({ page }: { readonly page: string }) {
  const speech = useSpeech();
  const { region, hall } = useDesk();
  const view = useSafe();
  const isThere = page === PAGE;
  if (view === null || view.cautions.length === 0) return null;
  return (
    <section class="cautions no-print" role="status" aria-label={speech.text(WORDS.cautions)}>
      <ul>
        {view.cautions.map(({ code, message, since }) => (
          <li key={code}>
            {speech.text(message)}
            {since !== null && (
              <span class="since">
                {" "}
                {speech.text(WORDS.since)} {momentWords(speech, since, hall.region.zone)}.
              </span>
            )}
          </li>
        ))}
      </ul>
      {!isThere && <a href={routeTo(region, PAGE)}>{speech.text(WORDS.toConnection)}</a>}
    </section>
  );
}

/** How safe the laptop is, looked at now and then; null at the centre, and before it is known. */
function useSafe(): SafeView | null {
  const { api, hall } = useDesk();
  const { origin } = hall.log;
  const seen = useMemo(() => new SeenLog(storageOf(window), origin), [origin]);
  const [view, setView] = useState<SafeView | null>(null);
  useEffect(() => {
    let timer = 0;
    let isOver = false;
    const look = async () => {
      try {
        const shown = await api.safe();
        const longer = seen.take(shown);
        const next = longer === null ? shown : await api.seen(longer);
        if (!isOver) setView(next);
      } catch (fault) {
        if (!(fault instanceof ApiFault)) throw fault;
        // The desk of the centre has no such address; whatever else it is passes, and the header tells of it.
        if (fault.code === "unknown") return;
      }
      if (!isOver) timer = window.setTimeout(() => void look(), LOOK);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [api, seen]);
  return view;
}
