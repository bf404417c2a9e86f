/** D.Hasil: every result of the plenary with its stage, and beside it the chosen one from draft to signed scan. */

import { shortFingerprint } from "../../../src/recap/wire/typed-fingerprint.ts";
import type { ResultView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import "../acts/acts.css";
import { contestName } from "../acts/names.ts";
import { useStamp } from "../acts/use-stamp.ts";
import { WORDS as COMMON } from "../acts/words.ts";
import type { PageProps } from "../page.ts";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { useView } from "../shell/use-view.ts";
import { Below } from "./below.tsx";
import "./certificates.css";
import { Certify } from "./certify.tsx";
import { Head } from "./head.tsx";
import { Inspection } from "./inspection.tsx";
import { Missing } from "./missing-list.tsx";
import { Scan } from "./scan.tsx";
import { Seats } from "./seats.tsx";
import { Signatures } from "./signatures.tsx";
import { Story } from "./story.tsx";
import { stageWords, WORDS } from "./words.ts";

/** `#/R/dhasil`, or `#/R/dhasil/<contest>/<district>`. */
export default function CertificatesPage({ args }: PageProps) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const [contest, district] = args;
  const chosen =
    hall.results.find((one) => one.contest === contest && one.district.code === district) ??
    (hall.results.length === 1 ? hall.results[0] : undefined);
  return (
    <div class="page certificates">
      <h1>{speech.text(WORDS.title)}</h1>
      <div class={chosen === undefined ? undefined : "list-and-one"}>
        <div class="lists">
          <Results chosen={chosen} />
          <Listed />
        </div>
        {chosen !== undefined && <One key={`${chosen.contest}/${chosen.district.code}`} result={chosen} />}
      </div>
    </div>
  );
}

function Results({ chosen }: { chosen: ResultView | undefined }) {
  const speech = useSpeech();
  const { hall, region } = useDesk();
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.list)}</h2>
      <ul class="results">
        {hall.results.map((result) => (
          <li key={`${result.contest}/${result.district.code}`}>
            <a
              href={routeTo(region, "dhasil", result.contest, result.district.code)}
              aria-current={result === chosen ? "true" : undefined}
            >
              <strong>{contestName(hall, result.contest, speech.text)}</strong>
              <span class="small">{result.district.name}</span>
              <span class={`status stage-${result.stage}`}>{speech.text(stageWords(result))}</span>
              <span class="small muted">
                {speech.number(result.read)}/{speech.number(result.expected)} TPS
                {result.fingerprint !== null && ` · ${shortFingerprint(result.fingerprint)}`}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Councils' results, which the level right below declares. */
function Listed() {
  const speech = useSpeech();
  const { hall } = useDesk();
  if (hall.listed.length === 0) return null;
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.listed)}</h2>
      <p class="small muted">{speech.text(WORDS.listedHelp)}</p>
      <ul class="listed">
        {hall.listed.map(({ contest, region, districts }) => {
          const done = districts.filter(({ isCertified }) => isCertified).length;
          return (
            <li key={`${contest}/${region.code}`}>
              <strong>{region.name}</strong>
              <span class="small">{contestName(hall, contest, speech.text)}</span>
              <span class={done === districts.length ? "small good" : "small muted"}>
                {speech.number(done)}/{speech.number(districts.length)} {speech.text(WORDS.listedDone)}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function One({ result }: { result: ResultView }) {
  const speech = useSpeech();
  const { hall, api, region } = useDesk();
  const stamp = useStamp();
  const { contest, district } = result;
  const key = `${contest}/${district.code}`;
  const { view: parts, fault } = useView(`below/${key}`, stamp, () => api.below(region, contest, district.code));
  const names = useView(`district/${key}`, 0, () => api.district(region, contest, district.code)).view;
  // What was signed and stands no longer is in the story; nobody signs it any more.
  const isCertified = result.stage === "certified" && result.certificate !== null;
  return (
    <div class="one">
      <Head result={result} parts={parts} names={names} />
      {fault !== null && parts === null && <p class="fault">{speech.text(fault.words)}</p>}
      {parts === null && fault === null && <p class="muted">{speech.text(COMMON.waitingView)}</p>}
      {hall.region.level !== "kecamatan" && parts !== null && <Below parts={parts} names={names} />}
      {!isCertified && <Missing result={result} />}
      {!isCertified && <Inspection result={result} />}
      {!isCertified && parts !== null && <Certify result={result} parts={parts} />}
      {isCertified && <Seats result={result} names={names} />}
      {isCertified && <Signatures result={result} certificate={result.certificate} />}
      {isCertified && <Scan certificate={result.certificate} />}
      <Story result={result} names={names} />
    </div>
  );
}
