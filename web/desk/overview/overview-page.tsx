/** How the plenary gets on: of a kecamatan its boxes, of the levels above the plenaries below. Follows the logs by itself. */
import { isRegionCode, isWithin } from "../../../src/election/codes.ts";
import type { BoxView, OverviewView } from "../../../src/recap/wire/views.ts";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import "../acts/acts.css";
import { contestName, desaIn } from "../acts/names.ts";
import { Scroll } from "../acts/scroll.tsx";
import { useStamp } from "../acts/use-stamp.ts";
import { WORDS as COMMON, durationWords, momentWords } from "../acts/words.ts";
import type { PageProps } from "../page.ts";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { useView } from "../shell/use-view.ts";
import { against } from "./behind.ts";
import { Below } from "./below.tsx";
import { OpenEnds } from "./open-ends.tsx";
import "./overview.css";
import { WORDS } from "./words.ts";

const EVERY_KECAMATAN = "kecamatan";
const PROVINSI_DIGITS = 2;

/** `#/R/papan`, or `#/R/papan/<region>` of a region within R, or `#/R/papan/<provinsi>/kecamatan` with every kecamatan of it. */
export default function OverviewPage({ args }: PageProps) {
  const speech = useSpeech();
  const { hall, api, region } = useDesk();
  const [wanted, level] = args;
  const of = wanted !== undefined && isRegionCode(wanted) ? wanted : region;
  const every = level === EVERY_KECAMATAN;
  const key = `overview/${of}/${every}`;
  const { view, fault } = useView(key, useStamp(), () => api.overviewOf(region, of, every));
  const isKecamatan = hall.region.level === "kecamatan";
  return (
    <div class="page overview">
      <h1>
        {speech.text(isKecamatan ? WORDS.board : WORDS.below)}
        {of !== region && view !== null && `: ${view.region.name}`}
      </h1>
      {of !== region && view !== null && <Way view={view} />}
      {view === null && (
        <p class={fault === null ? "muted" : "fault"}>{speech.text(fault?.words ?? COMMON.waitingView)}</p>
      )}
      {view !== null && <Tiles view={view} />}
      {view !== null && isKecamatan && <Board />}
      {view !== null && isKecamatan && <OpenEnds postponed={view.postponed} />}
      {view !== null && !isKecamatan && of.length === PROVINSI_DIGITS && (
        <nav class="row levels" aria-label={speech.text(WORDS.shownLevel)}>
          <a class="target" href={routeTo(region, "papan", of)} aria-current={every ? undefined : "true"}>
            {speech.text(WORDS.rightBelow)}
          </a>
          <a
            class="target"
            href={routeTo(region, "papan", of, EVERY_KECAMATAN)}
            aria-current={every ? "true" : undefined}
          >
            {speech.text(WORDS.everyKecamatan)}
          </a>
        </nav>
      )}
      {view !== null && !isKecamatan && <Below key={key} regions={view.children} of={of} />}
    </div>
  );
}

/** Back up, from a region within the hall's. */
function Way({ view }: { view: OverviewView }) {
  const { hall, region } = useDesk();
  const between = view.above.filter(({ code }) => code !== region && isWithin(code, region));
  return (
    <p class="row">
      {[hall.region, ...between].map(({ code, name }) => (
        <a key={code} class="target" href={routeTo(region, "papan", ...(code === region ? [] : [code]))}>
          ← {name}
        </a>
      ))}
    </p>
  );
}

function Tiles({ view }: { view: OverviewView }) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { pace, postponed, papersMissing } = view;
  const minutes = pace.secondsPerBox === null ? null : pace.secondsPerBox / 60;
  const stands = against(view);
  return (
    <dl class="tiles">
      <div class="tile">
        <dt>{speech.text(WORDS.boxesLeft)}</dt>
        <dd>
          <span class="figure">
            <Changing value={pace.boxesLeft} />
          </span>
          <span class="small muted">
            {speech.text(WORDS.of)} {speech.number(pace.boxes)}
          </span>
        </dd>
      </div>
      <div class="tile">
        <dt>{speech.text(WORDS.stationsLeft)}</dt>
        <dd>
          <span class="figure">
            <Changing value={pace.stationsLeft} />
          </span>
          <span class="small muted">
            {speech.text(WORDS.of)} {speech.number(pace.stations)}
          </span>
        </dd>
      </div>
      <div class="tile">
        <dt>{speech.text(WORDS.perBox)}</dt>
        <dd>
          <span class="figure">{minutes === null ? "–" : speech.number(Math.max(1, Math.round(minutes)))}</span>
          <span class="small muted">{speech.text(WORDS.perBoxHelp)}</span>
        </dd>
      </div>
      <div class={stands.is === "late" ? "tile late" : "tile"}>
        <dt>{speech.text(WORDS.forecast)}</dt>
        <dd>
          <span class="forecast">
            {pace.boxesLeft === 0
              ? speech.text(WORDS.atEnd)
              : pace.forecast === null
                ? speech.text(WORDS.noForecast)
                : momentWords(speech, pace.forecast, hall.region.zone)}
          </span>
          {(stands.is === "in-time" || stands.is === "late") && pace.boxesLeft > 0 && (
            <span class="small">
              {speech.text(durationWords(stands.by))} {speech.text(stands.is === "late" ? WORDS.late : WORDS.inTime)}
            </span>
          )}
          {stands.is === "no-deadline" && <span class="small muted">{speech.text(WORDS.noDeadline)}</span>}
        </dd>
      </div>
      <div class="tile">
        <dt>{speech.text(WORDS.postponed)}</dt>
        <dd>
          <span class="figure">{speech.number(postponed.length)}</span>
        </dd>
      </div>
      <div class="tile">
        <dt>{speech.text(WORDS.papers)}</dt>
        <dd>
          <span class="figure">{speech.number(papersMissing)}</span>
        </dd>
      </div>
    </dl>
  );
}

/** The board of a kecamatan: a row for each desa, a column for each contest. */
function Board() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const contests = hall.contests.filter(({ kind }) => hall.boxes.some(({ contest }) => contest === kind));
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.boxes)}</h2>
      <p class="small muted">{speech.text(WORDS.boxesHelp)}</p>
      <Scroll label={speech.text(WORDS.boxes)}>
        <table class="board">
          <thead>
            <tr>
              <th scope="col">{speech.text(COMMON.desa)}</th>
              {contests.map(({ kind }) => (
                <th key={kind} scope="col">
                  {contestName(hall, kind, speech.text)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {desaIn(hall).map(({ code, name }) => (
              <tr key={code}>
                <th scope="row">{name}</th>
                {contests.map(({ kind }) => (
                  <Cell
                    key={kind}
                    box={hall.boxes.find(({ desa, contest }) => desa.code === code && contest === kind)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Cell({ box }: { box: BoxView | undefined }) {
  const speech = useSpeech();
  if (box === undefined) return <td />;
  const done = box.read === box.stations;
  const notes = [
    box.open ? speech.text(WORDS.open) : null,
    box.postponed > 0 ? `${speech.number(box.postponed)} ${speech.text(WORDS.put)}` : null,
    box.held > 0 && !done ? `${speech.number(box.held)} ${speech.text(WORDS.held)}` : null,
    box.withSheet < box.stations && !done
      ? `${speech.number(box.stations - box.withSheet)} ${speech.text(WORDS.noSheet)}`
      : null,
  ].filter((note) => note !== null);
  return (
    <td class={done ? "box done" : box.open ? "box open" : "box"}>
      <span class="count">
        {speech.number(box.read)}/{speech.number(box.stations)}
        {done && <span class="tick"> {speech.text(WORDS.done)}</span>}
      </span>
      <progress max={box.stations} value={box.read} aria-hidden="true" />
      {notes.length > 0 && <span class="small notes">{notes.join(", ")}</span>}
    </td>
  );
}
