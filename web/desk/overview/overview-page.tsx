/** How the plenary gets on: of a kecamatan its boxes, of the levels above the plenaries below. Follows the logs by itself. */
import { useState } from "preact/hooks";
import type { BoxView, ChildView, OverviewView } from "../../../src/recap/wire/views.ts";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import "../acts/acts.css";
import { contestName, desaIn } from "../acts/names.ts";
import { Scroll } from "../acts/scroll.tsx";
import { useStamp } from "../acts/use-stamp.ts";
import { WORDS as COMMON, durationWords, momentWords } from "../acts/words.ts";
import { clockTime } from "../shell/clock.tsx";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { useView } from "../shell/use-view.ts";
import {
  against,
  COLUMNS,
  CONDITION_WORDS,
  CONDITIONS,
  type Column,
  type Condition,
  conditionOf,
  countConditions,
  pressed,
  type Sorting,
  sorted,
} from "./behind.ts";
import "./overview.css";
import { COLUMN_WORDS, WORDS } from "./words.ts";

export default function OverviewPage() {
  const speech = useSpeech();
  const { hall, api, region } = useDesk();
  const { view, fault } = useView(`overview/${region}`, useStamp(), () => api.overview(region));
  const isKecamatan = hall.region.level === "kecamatan";
  return (
    <div class="page overview">
      <h1>{speech.text(isKecamatan ? WORDS.board : WORDS.below)}</h1>
      {view === null && (
        <p class={fault === null ? "muted" : "fault"}>{speech.text(fault?.words ?? COMMON.waitingView)}</p>
      )}
      {view !== null && <Tiles view={view} />}
      {view !== null && isKecamatan && <Board />}
      {view !== null && !isKecamatan && <Below regions={view.children} />}
    </div>
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

function Below({ regions }: { regions: readonly ChildView[] }) {
  const speech = useSpeech();
  const [sorting, setSorting] = useState<Sorting>({ by: "condition", isDown: false });
  const [only, setOnly] = useState<Condition | null>(null);
  const counts = countConditions(regions);
  const matches = (child: ChildView) => only === null || conditionOf(child) === only || isAlso(child, only);
  const shown = sorted(regions.filter(matches), sorting);
  return (
    <section class="card-panel">
      <fieldset class="row conditions">
        <legend class="unseen">{speech.text(COLUMN_WORDS.condition)}</legend>
        <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>
          {speech.text(WORDS.allRegions)} <strong>{speech.number(regions.length)}</strong>
        </button>
        {CONDITIONS.map((condition) => (
          <button
            key={condition}
            type="button"
            class={`condition-${condition}`}
            aria-pressed={only === condition}
            onClick={() => setOnly(only === condition ? null : condition)}
          >
            {speech.text(CONDITION_WORDS[condition])} <strong>{speech.number(counts[condition])}</strong>
          </button>
        ))}
      </fieldset>
      {shown.length === 0 && <p class="muted">{speech.text(WORDS.noneSuch)}</p>}
      {shown.length > 0 && (
        <Scroll label={speech.text(WORDS.below)}>
          <table class="below">
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <Head
                    key={column}
                    column={column}
                    sorting={sorting}
                    onPress={() => setSorting(pressed(sorting, column))}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((child) => (
                <Row key={child.region.code} child={child} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

/** What is true of a plenary besides the gravest. */
function isAlso({ phase, isBehind, openObjections }: ChildView, condition: Condition): boolean {
  if (condition === "behind") return isBehind;
  if (condition === "disputed") return openObjections > 0;
  return condition === "paused" && phase.phase === "paused";
}

interface HeadProps {
  readonly column: Column;
  readonly sorting: Sorting;
  readonly onPress: () => void;
}

const TEXTS: readonly Column[] = ["region", "condition"];

function Head({ column, sorting, onPress }: HeadProps) {
  const speech = useSpeech();
  const isSorted = sorting.by === column;
  return (
    <th
      scope="col"
      class={TEXTS.includes(column) ? undefined : "number"}
      aria-sort={isSorted ? (sorting.isDown ? "descending" : "ascending") : undefined}
    >
      <button type="button" class="sort" onClick={onPress}>
        {speech.text(COLUMN_WORDS[column])}
        <span aria-hidden="true">{isSorted ? (sorting.isDown ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
}

function Row({ child }: { child: ChildView }) {
  const speech = useSpeech();
  const { hall, welcome } = useDesk();
  const { region, phase, pace, held, openObjections, lastAct } = child;
  const condition = conditionOf(child);
  const isHere = welcome.halls.some(({ code }) => code === region.code);
  const { zone } = hall.region;
  return (
    <tr>
      <th scope="row">{isHere ? <a href={routeTo(region.code, "papan")}>{region.name}</a> : region.name}</th>
      <td>
        <span class={`status condition-${condition}`}>{speech.text(CONDITION_WORDS[condition])}</span>
        {phase.phase === "halted" && <span class="small muted"> {phase.orders.join(", ")}</span>}
      </td>
      <td class="number">
        <Changing value={pace.stationsLeft} />
        <span class="small muted">/{speech.number(pace.stations)}</span>
      </td>
      <td class="number">
        {pace.secondsPerBox === null ? "–" : speech.number(Math.max(1, Math.round(pace.secondsPerBox / 60)))}
      </td>
      <td class="number">{pace.forecast === null ? "–" : shortMoment(momentWords(speech, pace.forecast, zone))}</td>
      <td class="number">{speech.number(held)}</td>
      <td class="number">{speech.number(openObjections)}</td>
      <td class="number">{lastAct === null ? "–" : clockTime(lastAct, zone, speech.language)}</td>
    </tr>
  );
}

/** A moment that fits a column: `20 Feb 09.00 WITA`. */
const shortMoment = (moment: string) => moment.replace(/^(\d+ \p{L}{3})\p{L}* \d{4}(?: pukul|,)/u, "$1");
