/** What differs, by how much, and what could not be compared; and the same as a file. */
import type { Column } from "../../../src/export/columns.ts";
import { csvLine } from "../../../src/export/csv.ts";
import { useSpeech } from "../../ui/language.tsx";
import { save } from "../download/make.ts";
import { routeTo } from "../route.ts";
import type { Comparison, Difference, StationDiffers } from "./compare.ts";
import { COMPARE_WORDS as W } from "./words.ts";

interface Props {
  readonly comparison: Comparison;
  readonly columns: readonly Column[];
  readonly contest: string;
}

/** More would be slow to draw and are read in the file. */
const SHOWN = 200;

export function Differences({ comparison, columns, contest }: Props) {
  const speech = useSpeech();
  const { same, differing, silent, refused } = comparison;
  const nameOf = new Map(columns.map(({ key, words }) => [key, speech.text(words)]));
  const lines = differing.flatMap((station) => station.differences.map((each) => [station, each] as const));
  const tallies = [
    [W.differing, differing.length],
    [W.same, same],
    [W.silent, silent.length],
    [W.refused, refused.length],
  ] as const;
  const exported = () => {
    const head = [
      "TPS",
      "desa",
      speech.text(W.row),
      speech.text(W.figure),
      speech.text(W.own),
      speech.text(W.published),
      speech.text(W.difference),
    ];
    const rows = lines.map(([{ code, desa, line }, { key, own, published }]) =>
      csvLine([code, desa, line, nameOf.get(key) ?? key, own, published, published === null ? null : own - published]),
    );
    const others = [
      ...silent.map(({ code, line }) => csvLine([code, "", line, speech.text(W.silent), null, null, null])),
      ...refused.map(({ line, what }) => csvLine(["", "", line, speech.text(what), null, null, null])),
    ];
    const text = `\uFEFF${csvLine(head)}${rows.join("")}${others.join("")}`;
    save(new Blob([text], { type: "text/csv" }), "perbedaan-salinan.csv");
  };
  return (
    <section class="panel tool">
      <h2>{speech.text(W.result)}</h2>
      <p role="status" class="tallies">
        {tallies.map(([words, n], i) => (
          <span key={words.en} class={i === 0 ? "first" : ""}>
            {speech.text(words)}: {speech.number(n)}
          </span>
        ))}
      </p>
      {differing.length === 0 && refused.length === 0 && <p>{speech.text(W.noDifference)}</p>}
      {(lines.length > 0 || refused.length > 0 || silent.length > 0) && (
        <p class="actions">
          <button type="button" onClick={exported}>
            {speech.text(W.export)}
          </button>
        </p>
      )}
      {lines.length > SHOWN && (
        <p class="small">
          {speech.text(W.first)} {speech.number(SHOWN)} {speech.text(W.figure).toLowerCase()}.
        </p>
      )}
      {lines.length > 0 && (
        <table class="differences">
          <thead>
            <tr>
              <th scope="col">{speech.text(W.station)}</th>
              <th scope="col" class="number">
                {speech.text(W.own)}
              </th>
              <th scope="col" class="number">
                {speech.text(W.published)}
              </th>
              <th scope="col" class="number">
                {speech.text(W.difference)}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, SHOWN).map(([station, difference]) => (
              <Line
                key={station.code + difference.key}
                station={station}
                difference={difference}
                name={nameOf.get(difference.key) ?? difference.key}
                contest={contest}
              />
            ))}
          </tbody>
        </table>
      )}
      {refused.length > 0 && (
        <details>
          <summary>
            {speech.text(W.refused)}: {speech.number(refused.length)}
          </summary>
          <ul class="plain small">
            {refused.slice(0, SHOWN).map(({ line, what }) => (
              <li key={`${line} ${what.en}`}>
                {speech.text(W.row)} {speech.number(line)}: {speech.text(what)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface LineProps {
  readonly station: StationDiffers;
  readonly difference: Difference;
  readonly name: string;
  readonly contest: string;
}

function Line({ station: { code, desa, state }, difference: { own, published }, name, contest }: LineProps) {
  const speech = useSpeech();
  return (
    <tr>
      <th scope="row">
        <a class="target" href={routeTo(contest, code.slice(0, 10), code.slice(10))}>
          {desa}, TPS {code.slice(10)}
        </a>
        <span class="small muted">
          {name}
          {state === "held" && ` · ${speech.text(W.held)}`}
        </span>
      </th>
      <td class="number">{speech.number(own)}</td>
      <td class="number">
        {published === null ? <i class="small">{speech.text(W.notReported)}</i> : speech.number(published)}
      </td>
      <td class="number">
        {published === null ? "–" : `${own > published ? "+" : "−"}${speech.number(Math.abs(own - published))}`}
      </td>
    </tr>
  );
}
