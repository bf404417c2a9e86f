/** Objections and incidents: filed, answered, decided; and what the supervisor recommends. */
import { isStationCode } from "../../../src/election/codes.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page.ts";
import { printUrl } from "../shell/api.ts";
import { mayDo, useDesk } from "../shell/desk.ts";
import { AdviceForm } from "./advice-form.tsx";
import { Advised } from "./advised.tsx";
import { FileForm } from "./file-form.tsx";
import { Filed } from "./filed.tsx";
import { WORDS } from "./words.ts";
import "../acts/acts.css";

/** `#/R/keberatan`, or `#/R/keberatan/<contest>/<station>` to file one about a station. */
export default function ObjectionsPage({ args }: PageProps) {
  const speech = useSpeech();
  const { hall, region, person } = useDesk();
  const mayFile = mayDo(person?.role, "objection");
  const mayAdvise = mayDo(person?.role, "advice");
  const about = {
    contest: hall.contests.find(({ kind }) => kind === args[0])?.kind ?? null,
    station: args[1] !== undefined && isStationCode(args[1]) ? args[1] : null,
  };
  return (
    <div class="page">
      <header class="row spread">
        <h1>{speech.text(WORDS.title)}</h1>
        <a class="target" href={printUrl(region, "incidents.pdf")} target="_blank" rel="noopener">
          {speech.text(WORDS.print)}
        </a>
      </header>
      <p class="muted">{speech.text(WORDS.lead)}</p>
      <div class="two">
        <div class="stack">
          {mayFile && <FileForm about={about} />}
          {mayAdvise && <AdviceForm />}
        </div>
        <div class="stack">
          <Filed />
          <Advised />
        </div>
      </div>
    </div>
  );
}
