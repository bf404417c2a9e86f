/** Which column of the file is which: proposed, and confirmed or mended by whoever knows the file. */
import { useState } from "preact/hooks";
import type { Column } from "../../../src/export/columns.ts";
import { useSpeech } from "../../ui/language.tsx";
import { columnName } from "./compare.ts";
import type { Matching } from "./match-columns.ts";
import type { Opened } from "./messages.ts";
import { COMPARE_WORDS as W } from "./words.ts";

interface Props {
  readonly opened: Opened;
  readonly compare: (matching: Matching) => void;
}

export function MatchingForm({ opened, compare }: Props) {
  const speech = useSpeech();
  const [matching, setMatching] = useState(opened.matching);
  const heads = opened.sample[0] ?? [];
  const matched = opened.columns.filter(({ key }) => opened.matching.figures[key] !== undefined);
  const others = opened.columns.filter(({ key }) => opened.matching.figures[key] === undefined);
  const setFigure = (key: string, place: number | null) => {
    const { [key]: _, ...rest } = matching.figures;
    setMatching({ ...matching, figures: place === null ? rest : { ...rest, [key]: place } });
  };
  const field = ({ key, words }: Column) => (
    <Place
      key={key}
      label={speech.text(words)}
      heads={heads}
      place={matching.figures[key] ?? null}
      choose={(place) => setFigure(key, place)}
    />
  );
  return (
    <section class="panel tool">
      <h2>{speech.text(W.columns)}</h2>
      <p class="small">
        {speech.number(opened.rows)} {speech.text(W.rowsRead)}. {speech.text(W.columnsBody)}
      </p>
      {opened.notes.map((note) => (
        <p key={note.en} class="notice held">
          {speech.text(note)}
        </p>
      ))}
      <div class="fields">
        <Place
          label={speech.text(W.code)}
          heads={heads}
          place={matching.code}
          choose={(code) => setMatching({ ...matching, code })}
        />
        <Place
          label={speech.text(W.number)}
          heads={heads}
          place={matching.number}
          choose={(number) => setMatching({ ...matching, number })}
        />
        {matched.map(field)}
      </div>
      {others.length > 0 && (
        <details>
          <summary>{speech.text(W.unmatched)}</summary>
          <div class="fields">{others.map(field)}</div>
        </details>
      )}
      <details>
        <summary>{speech.text(W.sample)}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section class="scroll" tabIndex={0} aria-label={speech.text(W.sample)}>
          <table class="small">
            <thead>
              <tr>
                {heads.map((head, place) => (
                  <th key={columnName(place)} scope="col">
                    {head === "" ? columnName(place) : head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {opened.sample.slice(1).map((row) => (
                <tr key={row.join()}>
                  {row.map((text, place) => (
                    <td key={columnName(place)}>{text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
      <p class="actions">
        <button type="button" onClick={() => compare(matching)}>
          {speech.text(W.compare)}
        </button>
      </p>
    </section>
  );
}

interface PlaceProps {
  readonly label: string;
  readonly heads: readonly string[];
  readonly place: number | null;
  readonly choose: (place: number | null) => void;
}

function Place({ label, heads, place, choose }: PlaceProps) {
  const speech = useSpeech();
  return (
    <label class="field">
      {label}
      <select
        value={place === null ? "" : String(place)}
        onChange={({ currentTarget: { value } }) => choose(value === "" ? null : Number(value))}
      >
        <option value="">{speech.text(W.none)}</option>
        {heads.map((head, i) => (
          <option key={columnName(i)} value={String(i)}>
            {columnName(i)}: {head}
          </option>
        ))}
      </select>
    </label>
  );
}
