/** What stands where a panel's next station would, when there is none: what was put off, or that everything has been read. */
import type { PanelView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { PutOffTable, panelOf, usePutOff } from "../acts/put-off.tsx";
import { WORDS as COMMON } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { Panels } from "./panels.tsx";
import { READING_WORDS as WORDS } from "./words.ts";

export function PanelThrough({ panel }: { readonly panel: PanelView["panel"] }) {
  const speech = useSpeech();
  const { hall, region } = useDesk();
  const { view, fault } = usePutOff();
  if (hall.region.level !== "kecamatan") {
    return (
      <div class="narrow">
        <h1>{speech.text(WORDS.notHere)}</h1>
        <p>{speech.text(WORDS.notHereDo)}</p>
        <p>
          <a href={routeTo(region, "dhasil")}>{speech.text(WORDS.toCertificates)}</a>
        </p>
      </div>
    );
  }
  if (view === null) {
    return (
      <p class="narrow" role="status">
        {speech.text(fault?.words ?? COMMON.waitingView)}
      </p>
    );
  }
  const own = view.filter((one) => panelOf(hall, one) === panel);
  const isDone = own.length === 0;
  return (
    <div class="narrow">
      <Panels panel={panel} />
      <h1>{speech.text(isDone ? WORDS.allDone : WORDS.putOffLeft)}</h1>
      <p>{speech.text(isDone ? WORDS.allDoneDo : WORDS.putOffLeftDo)}</p>
      {isDone ? (
        <p>
          <a href={routeTo(region, "dhasil")}>{speech.text(WORDS.toCertificates)}</a>
        </p>
      ) : (
        <PutOffTable list={own} />
      )}
    </div>
  );
}
