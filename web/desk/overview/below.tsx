/** The plenaries below, to be filtered by condition and sorted; a row opens to those below it. */
import { useState } from "preact/hooks";
import type { RegionCode } from "../../../src/election/codes.ts";
import type { ChildView } from "../../../src/recap/wire/views.ts";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { momentWords } from "../acts/words.ts";
import { clockTime } from "../shell/clock.tsx";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import {
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
import { COLUMN_WORDS, WORDS } from "./words.ts";

interface Props {
  readonly regions: readonly ChildView[];
  /** Whose they are; those of another region stand beside it by name. */
  readonly of: RegionCode;
}

export function Below({ regions, of }: Props) {
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
                <Row key={child.region.code} child={child} of={of} />
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
  return (condition === "paused" || condition === "reopened") && phase.phase === condition;
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

const KECAMATAN_DIGITS = 6;

/** Where a plenary is looked at: one that has others below in this hall's overview, a kecamatan at its own desk if it is here. */
function useLink(region: RegionCode): string | null {
  const { welcome, region: own } = useDesk();
  if (region.length < KECAMATAN_DIGITS) return routeTo(own, "papan", region);
  return welcome.halls.some(({ code }) => code === region) ? routeTo(region, "papan") : null;
}

function Row({ child, of }: { child: ChildView; of: RegionCode }) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { region, parent, phase, pace, held, openObjections, lastAct } = child;
  const condition = conditionOf(child);
  const link = useLink(region.code);
  const { zone } = hall.region;
  return (
    <tr>
      <th scope="row">
        {link === null ? region.name : <a href={link}>{region.name}</a>}
        {parent.code !== of && <span class="small muted"> {parent.name}</span>}
      </th>
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
