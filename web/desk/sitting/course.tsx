/** How the sitting goes: scheduled, open, resting or halted; what each panel has in hand; what waits. */
import type { PanelView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { formed, minute } from "../acts/draft.ts";
import { momentText } from "../acts/fields.ts";
import { TextField } from "../acts/fields.tsx";
import { contestName, desaIn, desaName, stationName } from "../acts/names.ts";
import { PutOffTable, usePutOff } from "../acts/put-off.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { useNow } from "../acts/use-now.ts";
import { WORDS as COMMON, durationWords, momentWords } from "../acts/words.ts";
import { distinctHalts } from "../orders/forms.ts";
import { PairScreen } from "../projector/pair-screen.tsx";
import { printUrl } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { schedule } from "./forms.ts";
import { PauseButton, rests } from "./pausing.tsx";
import { panelsInUse } from "./queues.ts";
import { WORDS } from "./words.ts";

export function Course() {
  const { hall } = useDesk();
  const isOpen = hall.openedAt !== null;
  return (
    <>
      <Head />
      <Halts />
      {isOpen && rests(hall) && <Resting />}
      {!isOpen && <Opening />}
      {isOpen && <Panels />}
      {hall.region.level === "kecamatan" && <PutOff />}
      <PairScreen />
    </>
  );
}

function Head() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { zone } = hall.region;
  const now = useNow(10_000);
  const said = () => {
    if (hall.openedAt !== null) return `${speech.text(WORDS.openSince)} ${momentWords(speech, hall.openedAt, zone)}`;
    const at = hall.schedule?.at ?? null;
    if (hall.phase.phase === "unscheduled") return speech.text(WORDS.notScheduled);
    if (hall.phase.phase !== "scheduled") return speech.text(WORDS.readWithout);
    return at === null
      ? speech.text(WORDS.notScheduled)
      : `${speech.text(WORDS.scheduledFor)} ${momentWords(speech, at, zone)}`;
  };
  const { deadline } = hall;
  const late = deadline !== null && now > deadline;
  return (
    <section class="head-line">
      <p class="lead">{said()}</p>
      <div class={late ? "countdown late" : "countdown"}>
        {deadline === null ? (
          <p class="muted">{speech.text(WORDS.noDeadline)}</p>
        ) : (
          <>
            <p class="small muted">
              {speech.text(WORDS.deadline)}: {momentWords(speech, deadline, zone)}
            </p>
            <p class="figure" role="timer">
              {speech.text(durationWords(Math.abs(deadline - now)))} {speech.text(late ? WORDS.over : WORDS.left)}
            </p>
          </>
        )}
      </div>
    </section>
  );
}

function Halts() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const halts = distinctHalts(hall.halts);
  if (halts.length === 0) return null;
  return (
    <section class="told held">
      <h2>{speech.text(WORDS.halted)}</h2>
      <ul class="plain-list">
        {halts.map(({ order, by, onPaper }) => (
          <li key={order}>
            <strong>{order}</strong> · {speech.text(WORDS.givenBy)} {by.name}
            {onPaper && <span class="muted"> ({speech.text(WORDS.onPaper)})</span>}
          </li>
        ))}
      </ul>
      <p>{speech.text(WORDS.haltedBody)}</p>
    </section>
  );
}

function Opening() {
  const speech = useSpeech();
  const { hall, api } = useDesk();
  const { zone } = hall.region;
  const at = hall.schedule?.at ?? null;
  const [typed, change, clear] = useDraft("jadwal", { at: at === null ? "" : momentText(at, zone), place: "" });
  const form = async () => {
    const needs = schedule({ at: typed.at, place: null }, zone);
    if (needs.draft === undefined || typed.place.trim() === "") return needs;
    const { hash } = await api.paper("words", typed.place.trim());
    return schedule({ at: typed.at, place: hash }, zone);
  };
  const isScheduled = hall.schedule !== null;
  return (
    <div class="two">
      <section class="card-panel">
        <h2>{speech.text(isScheduled ? WORDS.reschedule : WORDS.scheduleTitle)}</h2>
        <ActForm
          act="schedule"
          form={form}
          onStated={clear}
          submit={isScheduled ? WORDS.reschedule : WORDS.scheduleTitle}
        >
          <TextField
            name="at"
            of="moment"
            label={speech.text(WORDS.when)}
            help={`${speech.text(WORDS.onHallClock)} (${zone})`}
            value={typed.at}
            onInput={(value) => change({ at: value })}
          />
          <TextField
            name="place"
            label={speech.text(WORDS.place)}
            help={speech.text(WORDS.placeHelp)}
            value={typed.place}
            onInput={(place) => change({ place })}
          />
        </ActForm>
      </section>
      <section class="card-panel">
        <h2>{speech.text(WORDS.open)}</h2>
        <p>{speech.text(WORDS.openHelp)}</p>
        <ActForm act="open" submit={WORDS.open} form={() => formed([], () => minute({ what: "open" }))} />
      </section>
    </div>
  );
}

function Resting() {
  const speech = useSpeech();
  const { hall, region } = useDesk();
  return (
    <section class="told held">
      <h2>{speech.text(WORDS.pausedTitle)}</h2>
      {hall.boxes.length > 0 && (
        <>
          <p>{speech.text(WORDS.pausedBody)}</p>
          <h3>{speech.text(WORDS.nightSheets)}</h3>
          <ul class="row plain-list">
            {desaIn(hall).map(({ code, name }) => (
              <li key={code}>
                <a class="target" href={printUrl(region, `night/${code}.pdf`)} target="_blank" rel="noopener">
                  {name} (PDF)
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Panels() {
  const speech = useSpeech();
  const { hall, region } = useDesk();
  const isKecamatan = hall.region.level === "kecamatan";
  return (
    <section class="card-panel">
      <header class="row spread">
        <h2>{speech.text(WORDS.panels)}</h2>
        {isKecamatan && (
          <a class="target" href={routeTo(region, "baca")}>
            {speech.text(WORDS.toReading)}
          </a>
        )}
      </header>
      {isKecamatan && (
        <Scroll label={speech.text(WORDS.panels)}>
          <table class="panel-table">
            <thead>
              <tr>
                <th scope="col">{speech.text(WORDS.panels)}</th>
                <th scope="col">{speech.text(WORDS.now)}</th>
                <th scope="col" class="number">
                  {speech.text(WORDS.boxesDone)}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {panelsInUse(hall).map((panel) => (
                <PanelRow key={panel.panel} panel={panel} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <p class="row">
        <PauseButton panel={null} paused={rests(hall)} />
        <kbd>Ctrl+S</kbd>
      </p>
    </section>
  );
}

function PanelRow({ panel: { panel, paused, queue, at, station } }: { panel: PanelView }) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const box = queue[at];
  return (
    <tr class={paused ? "resting" : undefined}>
      <th scope="row">
        {panel + 1} <span class="small muted">{speech.text(paused ? WORDS.resting : WORDS.sittingNow)}</span>
      </th>
      <td>
        {box === undefined ? (
          <span class="muted">{speech.text(WORDS.through)}</span>
        ) : (
          <>
            <strong>{desaName(hall, box.desa)}</strong>
            {station !== null && ` · TPS ${station.slice(-3)}`}
            <span class="small muted"> {contestName(hall, box.contest, speech.text)}</span>
          </>
        )}
      </td>
      <td class="number">
        {speech.number(at)}/{speech.number(queue.length)}
      </td>
      <td class="number">
        <PauseButton panel={panel} paused={paused} />
      </td>
    </tr>
  );
}

function PutOff() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const list = usePutOff().view ?? [];
  return (
    <section class="card-panel">
      <h2>{speech.text(COMMON.putOff)}</h2>
      {list.length === 0 && <p class="muted">{speech.text(WORDS.postponedNone)}</p>}
      {list.length > 0 && <PutOffTable list={list} />}
      {hall.evidenceMissing.length > 0 && (
        <>
          <h3>{speech.text(WORDS.evidence)}</h3>
          <ul class="plain-list">
            {hall.evidenceMissing.map(({ station, contest, reading }) => (
              <li key={reading}>
                {stationName(hall, station)} · {contestName(hall, contest, speech.text)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
