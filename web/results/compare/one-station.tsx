/** One station typed by hand: for whoever has one copy and no spreadsheet. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page-props.ts";
import { BOOKS } from "../verify/objects.ts";
import { useComparer } from "./ask.ts";
import { Differences } from "./differences.tsx";
import { digits } from "./match-columns.ts";
import type { Published } from "./messages.ts";
import { wholeNumber } from "./sheet.ts";
import { State } from "./state.tsx";
import { COMPARE_WORDS as W } from "./words.ts";

interface Field {
  readonly key: string;
  readonly words: Text;
}

const TOTALS: readonly Field[] = [
  { key: "valid", words: { id: "Suara sah", en: "Valid votes" } },
  { key: "invalid", words: { id: "Suara tidak sah", en: "Invalid votes" } },
];

export function OneStation(props: PageProps & { published: Published }) {
  const speech = useSpeech();
  const comparer = useComparer();
  const { route, published } = props;
  const [code, setCode] = useState(route.region.length === 10 ? `${route.region}${route.station ?? ""}` : "");
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState<Text | null>(null);
  const fields = [...choicesIn(props), ...TOTALS];
  const submit = (event: Event) => {
    event.preventDefault();
    const figures: Record<string, number> = {};
    const none: Text[] = [];
    for (const { key, words } of fields) {
      const text = typed[key]?.trim() ?? "";
      const value = wholeNumber(text);
      if (value !== null) figures[key] = value;
      else if (text !== "") none.push(words);
    }
    const plain = digits(code);
    const wrong = troubleWith(plain, none, Object.keys(figures).length);
    setTrouble(wrong);
    if (wrong === null) comparer.ask({ what: "one", published, row: { line: 1, code: plain, figures } });
  };
  const compared = comparer.compared?.book === published.subject.book ? comparer.compared : null;
  const agrees = compared?.comparison.same === 1;
  const isSilent = compared?.comparison.silent.length === 1;
  return (
    <section class="panel tool">
      <h2>{speech.text(W.one)}</h2>
      <p class="small">{speech.text(W.oneBody)}</p>
      <form onSubmit={submit} noValidate>
        <label class="field">
          {speech.text(W.oneCode)}
          <input
            inputMode="numeric"
            value={code}
            aria-invalid={trouble === W.oneBad}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <div class="fields">
          {fields.map(({ key, words }) => (
            <label key={key} class="field">
              {speech.text(words)}
              <input
                inputMode="numeric"
                value={typed[key] ?? ""}
                onInput={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
              />
            </label>
          ))}
        </div>
        {trouble !== null && (
          <p role="alert" class="notice held">
            {speech.text(trouble)}
          </p>
        )}
        <p class="actions">
          <button type="submit">{speech.text(W.compare)}</button>
        </p>
      </form>
      <State asking={comparer.asking} stop={comparer.stop} />
      {agrees && <p role="status">{speech.text(W.oneSame)}</p>}
      {isSilent && <p role="status">{speech.text(W.oneSilent)}</p>}
      {compared !== null && !agrees && !isSilent && <Differences {...compared} contest={route.contest} />}
    </section>
  );
}

/** Why what was typed cannot be compared; null if it can. `none`: the fields that hold no number. */
function troubleWith(code: string, none: readonly Text[], figures: number): Text | null {
  if (!/^[1-9]\d{12}$/.test(code)) return W.oneBad;
  if (none.length > 0) {
    const list = (language: keyof Text) => none.map((words) => words[language]).join("; ");
    return { id: `${W.oneNone.id} ${list("id")}.`, en: `${W.oneNone.en} ${list("en")}.` };
  }
  return figures === 0 ? W.oneEmpty : null;
}

/** The columns that a table of this region has: choices where one district holds it, else parties. */
function choicesIn({ snapshot }: PageProps): Field[] {
  const { place, names } = snapshot;
  if (!place?.reported) return [];
  const hashes = new Set(BOOKS.flatMap((book) => place.object[book].lists.flatMap(({ names: hash }) => hash ?? [])));
  const [only, ...others] = [...hashes].flatMap((hash) => names.get(hash) ?? []);
  if (only !== undefined && others.length === 0) {
    return only.choices.map(({ id, number, name, party }) => {
      const short = only.parties[party]?.short;
      const words = `${short === undefined ? "" : `${short} `}${number}. ${name}`;
      return { key: id, words: { id: words, en: words } };
    });
  }
  const parties = new Map([...names.values()].flatMap((each) => each.parties).map((party) => [party.id, party]));
  return place.object.parties.map((id) => {
    const party = parties.get(id);
    const words = party === undefined ? id : `${party.number}. ${party.short}`;
    return { key: id, words: { id: words, en: words } };
  });
}
