/** The order of reading: a queue for every panel, moved by keys or by drag, and stated when it is as the hall wants it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { PANELS } from "../../../src/election/minutes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { useActing } from "../acts/act-form.tsx";
import { contestName, desaName } from "../acts/names.ts";
import { WORDS as COMMON } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { agenda } from "./forms.ts";
import { changedPanels, defaultQueues, moveBox, type Place, type QueuedBox, type Queues, queuesOf } from "./queues.ts";
import { WORDS } from "./words.ts";

const keyOf = ({ contest, desa }: QueuedBox) => `${contest}/${desa}`;

/** Where Alt with this key moves a box to; null if the key moves nothing. */
function moved({ panel, at }: Place, key: string): Place | null {
  if (key === "ArrowUp") return { panel, at: at - 1 };
  if (key === "ArrowDown") return { panel, at: at + 1 };
  const other = "1234".indexOf(key);
  return other >= 0 && other !== panel ? { panel: other, at: Number.MAX_SAFE_INTEGER } : null;
}

export function Order() {
  const speech = useSpeech();
  const { hall, drafts, region } = useDesk();
  const draftKey = `${region}/urutan`;
  const stated = queuesOf(hall.panels, hall.boxes);
  const [typed, setTyped] = useState<Queues | null>(() => drafts.read<Queues>(draftKey));
  const [said, setSaid] = useState("");
  const [focus, setFocus] = useState<string | null>(null);
  const [dragged, setDragged] = useState<Place | null>(null);
  const lists = useRef<HTMLDivElement>(null);
  const { state, fault, isBusy, isAllowed, why } = useActing("agenda");
  useEffect(() => {
    if (focus !== null) lists.current?.querySelector<HTMLElement>(`[data-box="${focus}"]`)?.focus();
  }, [focus, typed]);
  if (hall.boxes.length === 0) return <p class="card-panel muted">{speech.text(WORDS.onlyKecamatan)}</p>;

  const queues = typed ?? stated;
  const changed = changedPanels(stated, queues);
  const change = (next: Queues | null) => {
    setTyped(next);
    drafts.write(draftKey, next);
  };
  const move = (from: Place, to: Place) => {
    const box = queues[from.panel]?.[from.at];
    if (box === undefined) return;
    const next = moveBox(queues, from, to);
    const at = next[to.panel]?.findIndex((one) => keyOf(one) === keyOf(box)) ?? 0;
    change(next);
    setFocus(keyOf(box));
    const name = `${desaName(hall, box.desa)}, ${contestName(hall, box.contest, speech.text)}`;
    setSaid(`${name}: ${speech.text(WORDS.movedTo)} ${at + 1}, ${speech.text(COMMON.panel)} ${to.panel + 1}`);
  };
  const stateAll = async () => {
    // One act for every panel whose queue changed. What is refused, and what comes after it, stays as it was laid out.
    for (const panel of changed) {
      const { isStated } = await state(() => ({ draft: agenda(panel, queues[panel] ?? []) }));
      if (!isStated) return;
    }
    change(null);
  };
  const used = Math.max(1, queues.findLastIndex((queue) => queue.length > 0) + 1);

  return (
    <section class="card-panel">
      <header class="row spread">
        <h2>{speech.text(WORDS.orderTitle)}</h2>
        <div class="row">
          <label class="row small">
            {speech.text(WORDS.panelCount)}
            <select
              value={used}
              disabled={!isAllowed}
              onChange={(event) => change(defaultQueues(hall.boxes, Number(event.currentTarget.value)))}
            >
              {Array.from({ length: PANELS }, (_, i) => (
                <option key={`${i + 1}`} value={i + 1}>
                  {i + 1}
                </option>
              ))}
            </select>
          </label>
          <button type="button" disabled={!isAllowed} onClick={() => change(defaultQueues(hall.boxes, used))}>
            {speech.text(WORDS.orderDefault)}
          </button>
        </div>
      </header>
      <p class="small muted">{speech.text(why ?? WORDS.orderHelp)}</p>
      <p class="unseen" role="status">
        {said}
      </p>
      <div class="queues" ref={lists}>
        {queues.map((queue, panel) => (
          <QueueList
            key={`${panel + 1}`}
            panel={panel}
            queue={queue}
            isAllowed={isAllowed}
            onMove={move}
            onDrag={setDragged}
            onDrop={(to) => {
              if (dragged !== null) move(dragged, to);
              setDragged(null);
            }}
          />
        ))}
      </div>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      <div class="row">
        <button
          type="button"
          class="primary"
          disabled={!isAllowed || isBusy || changed.length === 0}
          onClick={() => void stateAll()}
        >
          {speech.text(isBusy ? COMMON.sending : WORDS.orderState)}
        </button>
        <button type="button" disabled={changed.length === 0 || isBusy} onClick={() => change(null)}>
          {speech.text(WORDS.orderUndo)}
        </button>
        <p class="small muted">
          {changed.length === 0
            ? speech.text(WORDS.orderSame)
            : `${speech.text(WORDS.orderChanged)} ${changed.map((panel) => panel + 1).join(", ")}.`}
        </p>
      </div>
    </section>
  );
}

interface QueueProps {
  readonly panel: number;
  readonly queue: readonly QueuedBox[];
  readonly isAllowed: boolean;
  readonly onMove: (from: Place, to: Place) => void;
  readonly onDrag: (from: Place) => void;
  readonly onDrop: (to: Place) => void;
}

function QueueList({ panel, queue, isAllowed, onMove, onDrag, onDrop }: QueueProps) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const takes = (event: DragEvent) => event.preventDefault();
  return (
    <section
      class="queue"
      aria-label={`${speech.text(COMMON.panel)} ${panel + 1}`}
      onDragOver={takes}
      onDrop={() => onDrop({ panel, at: queue.length })}
    >
      <h3>
        {speech.text(COMMON.panel)} {panel + 1}{" "}
        <span class="muted small">
          {speech.number(queue.length)} {speech.text(WORDS.boxesOf)}
        </span>
      </h3>
      {queue.length === 0 && <p class="muted small">{speech.text(WORDS.emptyQueue)}</p>}
      <ol>
        {queue.map((box, at) => {
          const view = hall.boxes.find((one) => one.desa.code === box.desa && one.contest === box.contest);
          const done = view !== undefined && view.read === view.stations;
          return (
            <li key={keyOf(box)}>
              <button
                type="button"
                class={done ? "queued done" : "queued"}
                data-box={keyOf(box)}
                disabled={!isAllowed}
                draggable={isAllowed}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+1 Alt+2 Alt+3 Alt+4"
                onDragStart={() => onDrag({ panel, at })}
                onDragOver={takes}
                onDrop={(event) => {
                  event.stopPropagation();
                  onDrop({ panel, at });
                }}
                onKeyDown={(event) => {
                  const to = event.altKey ? moved({ panel, at }, event.key) : null;
                  if (to === null) return;
                  event.preventDefault();
                  onMove({ panel, at }, to);
                }}
              >
                <span class="place-number">{at + 1}</span>
                <span>
                  <strong>{desaName(hall, box.desa)}</strong>{" "}
                  <span class="small">{contestName(hall, box.contest, speech.text)}</span>
                </span>
                <span class="small">
                  {view === undefined ? "" : `${speech.number(view.read)}/${speech.number(view.stations)}`}
                  <span class="unseen"> {speech.text(WORDS.read)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
