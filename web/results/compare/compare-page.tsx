/** Compares one's own copies with what is published: a file, or one station typed by hand. Nothing leaves the browser. */
import { useState } from "preact/hooks";
import type { ContestKind, RegionCode } from "../../../src/election/codes.ts";
import type { Book } from "../../../src/export/table.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page-props.ts";
import css from "../tools.css?inline";
import { wear } from "../wear.ts";
import { useComparer } from "./ask.ts";
import { Differences } from "./differences.tsx";
import { MatchingForm } from "./matching-form.tsx";
import type { Published } from "./messages.ts";
import { OneStation } from "./one-station.tsx";
import { State } from "./state.tsx";
import { COMPARE_WORDS as W } from "./words.ts";

wear(css);

const BOOKS: readonly Book[] = ["count", "recap"];

export function ComparePage(props: PageProps) {
  const { contest, region } = props.route;
  // A file is compared with one region in one contest: of another it is to be chosen again.
  return <Comparing key={`${contest}/${region}`} {...props} />;
}

function Comparing(props: PageProps) {
  const speech = useSpeech();
  const comparer = useComparer();
  const [book, choose] = useState<Book>("count");
  const { snapshot } = props;
  if (!snapshot.place?.reported) return null;
  const published = publishedOf(props, book);
  const { opened, compared } = comparer;
  return (
    <>
      <section class="panel tool">
        <h2>{speech.text(W.title)}</h2>
        <p class="small">{speech.text(W.body)}</p>
        <fieldset class="choices">
          <legend>{speech.text(W.book)}</legend>
          {BOOKS.map((each) => (
            <label key={each}>
              <input type="radio" name="buku" checked={book === each} onChange={() => choose(each)} />
              {speech.text(W[each])}
            </label>
          ))}
        </fieldset>
        <FileField onFile={(file) => comparer.ask({ what: "open", published, file })} />
        <p class="actions">
          <button
            type="button"
            onClick={() => comparer.ask({ what: "template", published, language: speech.language })}
          >
            {speech.text(W.template)}
          </button>
        </p>
        <State asking={comparer.asking} stop={comparer.stop} />
      </section>
      {opened !== null && (
        <MatchingForm
          key={opened.sample.join()}
          opened={opened}
          compare={(matching) => comparer.ask({ what: "compare", published, matching })}
        />
      )}
      {compared?.book === book && <Differences {...compared} contest={props.route.contest} />}
      <OneStation {...props} published={published} />
    </>
  );
}

function publishedOf({ snapshot, route }: PageProps, book: Book): Published {
  const { number, time, definition, results } = snapshot.edition;
  return {
    base: new URL("./", location.href).href,
    edition: { number, time, definition, results: Object.fromEntries(results) },
    subject: { contest: route.contest as ContestKind, region: route.region as RegionCode, book },
  };
}

function FileField({ onFile }: { onFile: (file: File) => void }) {
  const speech = useSpeech();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  };
  return (
    <label
      class={`drop${over ? " over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <b>{speech.text(W.choose)}</b>
      <span class="muted">{speech.text(W.drop)}</span>
      <input
        type="file"
        accept=".csv,.tsv,.txt,.xlsx"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // So that the same file, mended, can be chosen again.
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
