/**
 * A station whose figures are typed: a correction, a recount in the hall, or paper of which no sheet arrived. First typing,
 * second typing without seeing the first, then what is to be said about it. The draft is kept with every key.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import type { Said } from "../../../src/recap/wire/sign.ts";
import type { StationView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { useDesk } from "../shell/desk.ts";
import { useKeys } from "../shell/keys.ts";
import { type DetailsDraft, DetailsForm, NO_DETAILS } from "./details.tsx";
import {
  advance,
  cellsToConfirm,
  changedCells,
  type Entry,
  enteredFigures,
  newEntry,
  reopen,
  type as typeCell,
} from "./entry.ts";
import { FiguresTable } from "./figures-table.tsx";
import { type CellPath, cellLabel, cellsOf, fitted, valueAt } from "./form.ts";
import { judge } from "./judge.ts";
import { Photos } from "./photos.tsx";
import { ChoicePicker } from "./pickers.tsx";
import { asTheSheetSays, withOtherFigures } from "./said.ts";
import { Heading, Remarks, Stale } from "./station-parts.tsx";
import type { StationProps } from "./station-props.ts";
import { READING_WORDS as WORDS } from "./words.ts";

/** Typed work on one station, as it is kept in the browser. */
export interface TypedDraft {
  /** `copied`: no sheet has come, the figures are typed from paper. */
  readonly kind: "corrected" | "recount" | "copied";
  readonly entry: Entry;
  readonly details: DetailsDraft;
  /** Of `copied`: whether from the sheet in the box, or from somebody's copy of it. */
  readonly source: "box" | "copy";
}

export function beginTyping(kind: TypedDraft["kind"], { sheet, reading }: StationView): TypedDraft {
  const covers = kind === "corrected" && (sheet !== null || reading !== null) ? "changes" : "all";
  return { kind, entry: newEntry(covers), details: NO_DETAILS, source: "box" };
}

interface Props extends StationProps {
  readonly draft: TypedDraft;
  readonly seen: StationView;
  readonly isStale: boolean;
  readonly about: Text;
  readonly told: Text | null;
  readonly onUnderstood: () => void;
  readonly onChange: (draft: TypedDraft | null) => void;
  readonly onDecide: (reading: Said<"reading">) => void;
  readonly onDecideTogether: (reading: Said<"reading">, summary: ComponentChildren) => Promise<boolean>;
}

const TITLES = { corrected: WORDS.correcting, recount: WORDS.recounting, copied: WORDS.typing } as const;
const NONE: ReadonlySet<never> = new Set();

export function TypingPage(props: Props) {
  const { station, desa, district, draft, seen, isStale, told } = props;
  const speech = useSpeech();
  const { hall } = useDesk();
  const { entry, kind } = draft;
  const [isFinding, setFinding] = useState(false);
  const [notice, setNotice] = useState<Text | null>(null);
  const [isBusy, setBusy] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const base = useMemo(
    () => fitted(district, entry.covers === "all" ? null : (station.reading ?? station.sheet)),
    [district, entry.covers, station],
  );
  const open = useMemo(() => cellsToConfirm(entry, district, base), [entry, district, base]);
  const changed = useMemo(() => new Set(changedCells(entry, district, base)), [entry, district, base]);
  const figures = enteredFigures(entry, district, base);
  const { remarks, held } = judge(station, district, figures);
  const isSecond = entry.stage === "second";

  const change = (next: Entry) => props.onChange({ ...draft, entry: next });
  const finish = () => {
    const next = advance(entry, district, base);
    const isNothing = next.stage === "agreed" && changedCells(next, district, base).length === 0;
    setNotice(isNothing ? WORDS.nothingChanged : null);
    if (!isNothing) change(next);
  };
  const cancel = () => props.onChange(null);
  const back = () => change(reopen(entry));

  // Which fields there are does not depend on what is typed into them, or the field would vanish under the fingers.
  const cells = useMemo(() => {
    if (entry.stage === "agreed") return NONE;
    if (isSecond) return new Set(open);
    return new Set(entry.differed.length > 0 ? [...entry.differed, ...changed] : cellsOf(district));
  }, [entry.stage, isSecond ? open.join() : entry.differed.join(), district]);
  const first = [...cells][0];
  useLayoutEffect(() => {
    const wanted = entry.differed[0] ?? (isSecond || entry.covers === "all" ? first : (firstTouched(entry) ?? first));
    const field = entry.stage === "agreed" ? "[data-first]" : `[data-cell="${wanted}"]`;
    root.current?.querySelector<HTMLElement>(field)?.focus();
  }, [entry.stage, entry.differed.length]);
  const textAt = (path: CellPath): string => {
    if (isSecond) return entry.second[path] ?? "";
    const typed = entry.first[path];
    if (typed !== undefined || entry.covers === "all" || entry.differed.includes(path)) return typed ?? "";
    return String(valueAt(base, path) ?? "");
  };
  const differed = new Set(entry.differed);
  const marked = isSecond ? NONE : differed.size > 0 ? differed : entry.covers === "all" ? NONE : changed;
  const find = (row: string) => {
    setFinding(false);
    root.current?.querySelector<HTMLElement>(`[data-cell="${row}"]`)?.focus();
  };

  useKeys([
    {
      key: "Ctrl+Enter",
      does: WORDS.finishStage,
      run: entry.stage === "agreed" ? () => undefined : finish,
      inFields: true,
    },
    {
      key: "Escape",
      does: entry.stage === "first" ? WORDS.cancel : WORDS.first,
      run: entry.stage === "first" ? cancel : back,
      inFields: true,
    },
    ...(district.parties.length > 0
      ? [{ key: "/", does: WORDS.find, run: () => setFinding(true), inFields: true }]
      : []),
  ]);

  const state = async (details: Parameters<typeof withOtherFigures>[4]) => {
    setBusy(true);
    const outcome = kind === "recount" ? "recount" : "corrected";
    const reading = withOtherFigures(station, district, figures, outcome, details);
    const changes = <Changes {...props} base={base} figures={figures} changed={[...changed]} />;
    if (outcome === "corrected") await props.onDecideTogether(reading, changes);
    else props.onDecide(reading);
    setBusy(false);
  };
  const isFromBox = kind === "copied" && draft.source === "box";

  return (
    <div class="reading is-typing" ref={root}>
      <Heading
        station={station}
        desa={desa}
        contest={hall.contests.find((each) => each.kind === station.contest)?.name}
      />
      <div class="reading-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section class="reading-figures" tabIndex={0} aria-label={speech.text(WORDS.figures)}>
          <div class="typing-head" role="status">
            <p>
              <strong>{speech.text(TITLES[kind])}</strong>{" "}
              {entry.stage !== "agreed" && (
                <span class="stage">{speech.text(isSecond ? WORDS.second : WORDS.first)}</span>
              )}
            </p>
            {isStale && (
              <>
                <Stale station={station} seen={seen} />
                <button type="button" onClick={props.onUnderstood}>
                  {speech.text(WORDS.understood)}
                </button>
              </>
            )}
            {entry.stage !== "agreed" && <p class="small">{speech.text(leadOf(entry))}</p>}
            {differed.size > 0 && (
              <p class="notice held">
                {speech.text(WORDS.differed)}{" "}
                {entry.differed.map((path) => speech.text(cellLabel(district, path))).join("; ")}
              </p>
            )}
            {notice !== null && <p class="notice held">{speech.text(notice)}</p>}
          </div>
          {entry.stage === "agreed" ? (
            <section class="agreed">
              {entry.covers === "changes" && (
                <Changes {...props} base={base} figures={figures} changed={[...changed]} />
              )}
              {held && <p class="notice held">{speech.text(WORDS.stillHeld)}</p>}
              {kind === "copied" && (
                <fieldset class="source">
                  <legend>{speech.text(WORDS.source)}</legend>
                  {(["box", "copy"] as const).map((source) => (
                    <label key={source}>
                      <input
                        type="radio"
                        name="source"
                        checked={draft.source === source}
                        onChange={() => props.onChange({ ...draft, source })}
                      />{" "}
                      {speech.text(source === "box" ? WORDS.fromBox : WORDS.fromCopy)}
                    </label>
                  ))}
                </fieldset>
              )}
              {isFromBox ? (
                <div class="row">
                  <button
                    type="button"
                    class="primary"
                    data-first
                    onClick={() => props.onDecide(asTheSheetSays(station, district, figures))}
                  >
                    {speech.text(WORDS.adopt)} <kbd>Enter</kbd>
                  </button>
                  <button type="button" onClick={back}>
                    {speech.text(WORDS.cancel)} <kbd>Esc</kbd>
                  </button>
                </div>
              ) : (
                <DetailsForm
                  kind={kind}
                  station={station}
                  draft={draft.details}
                  onChange={(details) => props.onChange({ ...draft, details })}
                  onDone={(details) => void state(details)}
                  onCancel={back}
                  isBusy={isBusy}
                />
              )}
            </section>
          ) : (
            <FiguresTable
              district={district}
              figures={isSecond ? base : figures}
              before={null}
              typing={{
                cells,
                textAt,
                marked,
                onType: (path, text) => change(typeCell(entry, path, text)),
                onEnd: finish,
              }}
              openParties={NONE}
              onFold={() => undefined}
            >
              {!isSecond && <Remarks remarks={remarks} />}
            </FiguresTable>
          )}
        </section>
        <Photos pages={station.sheet?.pages ?? []} />
      </div>
      <footer class="actions no-print">
        <p role="alert" class="told">
          {told !== null && speech.text(told)}
        </p>
        {entry.stage !== "agreed" && (
          <>
            <button type="button" class="primary" onClick={finish}>
              {speech.text(WORDS.finishStage)} <kbd>Ctrl+Enter</kbd>
            </button>
            <button type="button" onClick={isSecond ? back : cancel}>
              {speech.text(isSecond ? WORDS.first : WORDS.cancel)} <kbd>Esc</kbd>
            </button>
          </>
        )}
      </footer>
      {isFinding && <ChoicePicker district={district} onPick={find} onClose={() => setFinding(false)} />}
    </div>
  );
}

function leadOf(entry: Entry): Text {
  if (entry.stage === "second") return WORDS.secondDo;
  return entry.covers === "all" ? WORDS.firstDoAll : WORDS.firstDoChanges;
}

/** Where typing was left off. */
const firstTouched = (entry: Entry): CellPath | undefined => Object.keys(entry.first).at(-1);

interface ChangesProps extends Props {
  readonly base: ReturnType<typeof fitted>;
  readonly figures: ReturnType<typeof fitted>;
  readonly changed: readonly CellPath[];
}

/** What is corrected: every figure with what stood there and what will. The second person reads this. */
function Changes({ district, base, figures, changed }: ChangesProps) {
  const speech = useSpeech();
  const say = (value: number | null) => (value === null ? "–" : speech.number(value));
  return (
    <table class="changes">
      <caption>{speech.text(WORDS.changes)}</caption>
      <tbody>
        {changed.map((path) => (
          <tr key={path}>
            <th scope="row">{speech.text(cellLabel(district, path))}</th>
            <td class="number">
              <s>{say(valueAt(base, path))}</s>
            </td>
            <td class="number">
              <strong>{say(valueAt(figures, path))}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
