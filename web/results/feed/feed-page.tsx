/** Perubahan terbaru: the corrections of a region, newest first; above the kecamatan the way to those that have any. */
import { useSpeech } from "../../ui/language.tsx";
import { type Choice, choicesOf } from "../choice.ts";
import controls from "../controls.css?inline";
import type { PageProps } from "../page-props.ts";
import { routeToPage } from "../route.ts";
import { BOOKS, type Book } from "../verify/objects.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import { Branches } from "./branches.tsx";
import { Postings } from "./postings.tsx";
import { FEED_WORDS } from "./words.ts";

wear(controls);

export function FeedPage(props: PageProps) {
  const { snapshot, route, reader, refresh } = props;
  const speech = useSpeech();
  const { path, names } = snapshot;
  const object = snapshot.place?.reported ? snapshot.place.object : null;
  if (object === null) return <p class="panel">{speech.text(FEED_WORDS.nothing)}</p>;
  const choices = choicesOf(object, names);
  const choice = choices.find(({ key }) => key === route.ask.pilihan) ?? null;
  const book = BOOKS.find((each) => each === route.ask.buku) ?? "count";
  const kecamatan = path.find(({ level }) => level === "kecamatan") ?? null;
  const shared = { reader, snapshot, book, choice, refresh };
  return (
    <>
      <p>{speech.text(FEED_WORDS.intro)}</p>
      <Filters {...props} choices={choices} choice={choice} book={book} />
      {kecamatan === null ? (
        <Branches {...shared} object={object} />
      ) : (
        <Postings {...shared} kecamatan={kecamatan} within={object.region + (route.station ?? "")} />
      )}
    </>
  );
}

interface FiltersProps extends PageProps {
  readonly choices: readonly Choice[];
  readonly choice: Choice | null;
  readonly book: Book;
}

function Filters({ route, choices, choice, book }: FiltersProps) {
  const speech = useSpeech();
  const go = (change: Readonly<Record<string, string | undefined>>) => {
    const ask = { ...route.ask, ...change };
    location.hash = routeToPage(route.contest, route.region, "perubahan", ask, route.station ?? undefined);
  };
  return (
    <form class="controls" onSubmit={(event) => event.preventDefault()}>
      <fieldset class="books-choice">
        <legend>{speech.text(FEED_WORDS.book)}</legend>
        {BOOKS.map((each) => (
          <button key={each} type="button" aria-pressed={each === book} onClick={() => go({ buku: each })}>
            {speech.text(WORDS[each])}
          </button>
        ))}
      </fieldset>
      <label>
        {speech.text(FEED_WORDS.choice)}
        <select
          value={choice?.key ?? ""}
          onChange={({ currentTarget }) => go({ pilihan: currentTarget.value || undefined })}
        >
          <option value="">{speech.text(FEED_WORDS.all)}</option>
          {choices.map(({ key, number, name }) => (
            <option key={key} value={key}>
              {number}. {name}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
