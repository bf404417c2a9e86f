/** The two books of a region, side by side and never mixed: the count in outline, the recapitulation solid. */
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import type { Names } from "../verify/names.ts";
import { type Book, type ResultObject, ROW_FIGURES } from "../verify/objects.ts";
import { plenaryWords, WORDS } from "../words.ts";
import { Votes } from "./choices.tsx";

interface Props {
  readonly object: ResultObject;
  readonly names: ReadonlyMap<string, Names>;
}

export function Books(props: Props) {
  return (
    <div class="books">
      <BookCard book="count" {...props} />
      <BookCard book="recap" {...props} />
    </div>
  );
}

function BookCard({ book, object, names }: Props & { book: Book }) {
  const speech = useSpeech();
  const { stations } = object[book];
  const any = (book === "count" ? stations.in : stations.read) ?? 0;
  return (
    <section class={`book ${book}`} aria-labelledby={`book-${book}`}>
      <header>
        <h2 id={`book-${book}`}>{speech.text(WORDS[book])}</h2>
        <p class="small">{speech.text(book === "count" ? WORDS.countVoice : WORDS.recapVoice)}</p>
      </header>
      <Progress book={book} object={object} />
      {any === 0 ? (
        <p class="muted">{speech.text(book === "count" ? WORDS.noneYet : WORDS.noneRead)}</p>
      ) : (
        <>
          <Votes book={book} object={object} names={names} />
          <Totals book={book} object={object} />
        </>
      )}
    </section>
  );
}

function Progress({ book, object }: { book: Book; object: ResultObject }) {
  const speech = useSpeech();
  const { stations } = object[book];
  const expected = stations.expected ?? 0;
  const arrived = (book === "count" ? stations.in : stations.read) ?? 0;
  const held = stations.held ?? 0;
  const others = (stations.in ?? 0) - (stations.posted ?? 0) - held;
  const parts = [
    `${speech.number(stations.posted ?? 0)} ${speech.text(WORDS.posted)}`,
    ...(held > 0 ? [`${speech.number(held)} ${speech.text(WORDS.held)}`] : []),
    ...(others > 0 ? [`${speech.number(others)} ${speech.text(WORDS.notYet)}`] : []),
  ];
  const status = plenaryWords(object);
  return (
    <div class="progress">
      <p>
        <span class="large">
          <Changing value={arrived} />
        </span>{" "}
        {speech.text(WORDS.of)} {speech.number(expected)}{" "}
        {speech.text(book === "count" ? WORDS.stationsIn : WORDS.stationsRead)}
        <span class="muted"> · {speech.share(arrived, expected)}</span>
      </p>
      <span class="bar" style={{ "--share": `${expected === 0 ? 0 : (arrived / expected) * 100}%` }}>
        <span />
      </span>
      <p class="small muted">{book === "count" ? parts.join(" · ") : status && speech.text(status)}</p>
    </div>
  );
}

function Totals({ book, object }: { book: Book; object: ResultObject }) {
  const speech = useSpeech();
  return (
    <dl class="totals">
      {ROW_FIGURES.map((key) => (
        <div key={key}>
          <dt>{speech.text(WORDS[key])}</dt>
          <dd class="figure">
            <Changing value={object[book][key]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
