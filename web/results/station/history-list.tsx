/** The statements about one station, oldest first, each with what it changed from the one before in its book. */
import { FIGURE_LABELS } from "../../../src/election/figures.ts";
import { OUTCOME_LABELS, READING_REASONS, type Recount } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";
import { type Speech, useSpeech } from "../../ui/language.tsx";
import { Trouble } from "../trouble.tsx";
import type { Loaded } from "../use-loaded.ts";
import type { Names } from "../verify/names.ts";
import type { StationVersion } from "./history.ts";
import { choiceLabel } from "./station-label.ts";
import { STATION_WORDS } from "./words.ts";

interface Props {
  readonly history: Loaded<readonly StationVersion[]>;
  readonly names: Names | undefined;
  readonly zone: string;
  readonly again: () => void;
}

export function History({ history: { value, fault }, names, zone, again }: Props) {
  const speech = useSpeech();
  return (
    <section class="panel">
      <h2>{speech.text(STATION_WORDS.history)}</h2>
      <p class="small muted">{speech.text(STATION_WORDS.historyBody)}</p>
      {fault && <Trouble fault={fault} kept={value !== null} again={again} />}
      {value === null && fault === null && <p class="muted">{speech.text(STATION_WORDS.historyWaiting)}</p>}
      {value?.length === 0 && <p class="muted">{speech.text(STATION_WORDS.none)}</p>}
      <ol class="history">
        {value?.map((version, i) => (
          <Entry
            key={`${version.log}/${version.index}`}
            version={version}
            before={previousOf(value, i)}
            names={names}
            zone={zone}
          />
        ))}
      </ol>
    </section>
  );
}

/** What a statement is compared with: the standing one before it in its book; a first reading, with the sheet it read. */
function previousOf(versions: readonly StationVersion[], at: number): StationVersion | null {
  return versions.slice(0, at).findLast(({ rival }) => !rival) ?? null;
}

interface EntryProps {
  readonly version: StationVersion;
  readonly before: StationVersion | null;
  readonly names: Names | undefined;
  readonly zone: string;
}

function Entry({ version, before, names, zone }: EntryProps) {
  const speech = useSpeech();
  const changes = before === null ? [] : changesOf(before, version, names, speech);
  return (
    <li class={version.rival ? "rival" : ""}>
      <p>
        <strong>{speech.text(titleOf(version, before))}</strong>
        {version.outcome !== null && ` · ${speech.text(wordsFor(OUTCOME_LABELS, version.outcome))}`}
      </p>
      <p class="small muted">
        {speech.time(version.time, zone)} · {version.log} {speech.text(STATION_WORDS.entry)}{" "}
        {speech.number(version.index)} · {speech.text(STATION_WORDS.signedBy)}{" "}
        <code>{version.keys.map((name) => name.slice(0, 8)).join(", ")}</code>
      </p>
      {version.reason !== null && (
        <p class="small">
          {speech.text(STATION_WORDS.reason)}: {speech.text(wordsFor(READING_REASONS, version.reason))}
        </p>
      )}
      <Recounting version={version} names={names} />
      <Participants version={version} names={names} />
      {version.papers !== null && (
        <p class="small muted">
          {speech.text(STATION_WORDS.papers)}: <code>{version.papers.slice(0, 16)}…</code>
        </p>
      )}
      {before !== null && changes.length === 0 && <p class="small muted">{speech.text(STATION_WORDS.noChange)}</p>}
      {changes.length > 0 && <Changes changes={changes} />}
    </li>
  );
}

/** Whose witnesses initialled a correction, and whose would not. */
function Participants({ version, names }: { version: StationVersion; names: Names | undefined }) {
  const speech = useSpeech();
  const nameOf = (id: string) => participantName(names, id);
  const lists = [
    [STATION_WORDS.initialled, version.body.initialled],
    [STATION_WORDS.refused, version.body.refused],
  ] as const;
  return lists.map(([word, ids]) => {
    if (!Array.isArray(ids) || ids.length === 0) return null;
    return (
      <p key={word.en} class="small">
        {speech.text(word)}: {ids.map((id) => nameOf(String(id))).join(", ")}
      </p>
    );
  });
}

/** Of a recount: who asked for it and who counted. The log knows persons by random numbers alone. */
function Recounting({ version, names }: { version: StationVersion; names: Names | undefined }) {
  const speech = useSpeech();
  const { recount } = version.body;
  if (typeof recount !== "object" || recount === null) return null;
  const { asked, counted, supervisor } = recount as Recount;
  const asking = asked.map((id) => participantName(names, id));
  if (supervisor) asking.push(speech.text(STATION_WORDS.supervisor));
  if (asking.length === 0) asking.push(speech.text(STATION_WORDS.court));
  return (
    <>
      <p class="small">
        {speech.text(STATION_WORDS.asked)}: {asking.join(", ")}
      </p>
      <p class="small">
        {speech.text(STATION_WORDS.counted)} ({speech.text(STATION_WORDS.countedLead)}):{" "}
        <code>{counted.map((person) => person.slice(0, 8)).join(", ")}</code>
      </p>
    </>
  );
}

function participantName(names: Names | undefined, id: string): string {
  const party = names?.parties.find((each) => each.id === id);
  return party?.short ?? names?.choices.find((each) => each.id === id)?.name ?? id;
}

function titleOf(version: StationVersion, before: StationVersion | null): Text {
  if (version.rival) return STATION_WORDS.rivalSheet;
  if (version.type === "reading") return STATION_WORDS.reading;
  if (version.type === "annul") return STATION_WORDS.annulment;
  return before === null ? STATION_WORDS.firstSheet : STATION_WORDS.laterSheet;
}

/** The words for a code; a code that this page does not know yet stands for itself. */
function wordsFor(words: Readonly<Record<string, Text>>, code: string): Text {
  return (Object.hasOwn(words, code) ? words[code] : undefined) ?? { id: code, en: code };
}

interface Change {
  readonly label: string;
  readonly before: number | null;
  readonly after: number | null;
}

function changesOf(before: StationVersion, after: StationVersion, names: Names | undefined, speech: Speech): Change[] {
  const changed = (from: readonly (number | null)[], to: readonly (number | null)[], label: (i: number) => string) =>
    Array.from({ length: Math.max(from.length, to.length) }, (_, i) => i)
      .filter((i) => (from[i] ?? null) !== (to[i] ?? null))
      .map((i): Change => ({ label: label(i), before: from[i] ?? null, after: to[i] ?? null }));
  return [
    ...changed(before.votes ?? [], after.votes ?? [], (column) => choiceLabel(names, column)),
    ...changed(before.figures, after.figures, (i) => speech.text(FIGURE_LABELS[i] ?? { id: "", en: "" })),
  ];
}

function Changes({ changes }: { changes: readonly Change[] }) {
  const speech = useSpeech();
  const shown = (value: number | null) => (value === null ? "–" : speech.number(value));
  return (
    <table class="small">
      <thead>
        <tr>
          <th scope="col">{speech.text(STATION_WORDS.figure)}</th>
          <th scope="col" class="number">
            {speech.text(STATION_WORDS.before)}
          </th>
          <th scope="col" class="number">
            {speech.text(STATION_WORDS.after)}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="number">{shown(before)}</td>
            <td class="number">{shown(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
