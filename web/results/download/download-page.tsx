/** Downloads of a region: made here from verified objects, or prepared by the publisher and named by an edition. */
import { useState } from "preact/hooks";
import type { Book } from "../../../src/export/table.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page-props.ts";
import css from "../tools.css?inline";
import { useLoaded } from "../use-loaded.ts";
import { wear } from "../wear.ts";
import { FAULT_WORDS } from "../words.ts";
import { EvidenceForm } from "./evidence-form.tsx";
import { useMaker } from "./make.ts";
import { TABLE_FORMATS, type TableFormat } from "./messages.ts";
import { commonOrder } from "./order.ts";
import { type PreparedFile, readPrepared, sizeWords } from "./prepared.ts";
import { Progress } from "./progress.tsx";
import { DOWNLOAD_WORDS as W } from "./words.ts";

wear(css);

const BOOKS: readonly Book[] = ["count", "recap"];

export function DownloadPage(props: PageProps) {
  const speech = useSpeech();
  const maker = useMaker();
  const [book, choose] = useState<Book>("count");
  const { snapshot } = props;
  const common = commonOrder(props, book, speech.language);
  const order = (format: TableFormat | "pdf") =>
    maker.order(
      speech.text(W[format]),
      format === "pdf" ? { ...common, what: "paper" } : { ...common, what: "table", format },
    );
  return (
    <>
      {snapshot.place?.reported && (
        <section class="panel tool">
          <h2>{speech.text(W.here)}</h2>
          <p class="small">{speech.text(W.hereBody)}</p>
          <fieldset class="choices">
            <legend>{speech.text(W.book)}</legend>
            {BOOKS.map((each) => (
              <label key={each}>
                <input type="radio" name="buku" checked={book === each} onChange={() => choose(each)} />
                {speech.text(W[each])}
              </label>
            ))}
          </fieldset>
          <p class="actions">
            {[...TABLE_FORMATS, "pdf" as const].map((format) => (
              <button key={format} type="button" onClick={() => order(format)}>
                {speech.text(W[format])}
              </button>
            ))}
          </p>
          <Progress maker={maker} />
        </section>
      )}
      <EvidenceForm {...props} />
      <Prepared {...props} />
      <Others region={props.route.region} />
    </>
  );
}

function Prepared({ reader, snapshot, route }: PageProps) {
  const speech = useSpeech();
  const named = snapshot.edition.downloads;
  const { value, fault } = useLoaded(
    "prepared",
    async () => (named === null ? [] : readPrepared(reader.fetch, named)),
    named?.hash,
  );
  const files = (value ?? []).filter((file) => fitsRoute(file, route.contest, route.region));
  return (
    <section class="panel tool">
      <h2>{speech.text(W.prepared)}</h2>
      <p class="small">{speech.text(W.preparedBody)}</p>
      {named === null && <p class="muted">{speech.text(W.preparedNone)}</p>}
      {fault !== null && <p role="status">{speech.text(FAULT_WORDS[fault.code])}</p>}
      {files.length > 0 && named !== null && (
        <ul class="plain files">
          {files.map((file) => (
            <li key={file.hash + file.region}>
              <a class="target" href={file.path} download={fileName(file, named.edition)}>
                {file.name}, {speech.text(W[file.book])}, {speech.text(W[file.votes])} (CSV.GZ)
              </a>
              <span class="small muted">
                {speech.number(file.rows)} {speech.text(W.stations)} · {sizeWords(file.bytes, speech.language)} ·{" "}
                {speech.text(W.preparedOf)}
                {speech.number(named.edition)}
              </span>
              <code class="small">SHA-256 {file.hash}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What needs no script: the feed of the nearest region that has one, and the plain pages. */
function Others({ region }: { region: string }) {
  const speech = useSpeech();
  const feed = `feed/${region === "0" ? "0" : region.slice(0, 4)}`;
  const links = [
    [`${feed}.atom`, W.atom],
    [`${feed}.json`, W.jsonFeed],
    ["plain/index.html", W.plain],
  ] as const;
  return (
    <section class="panel tool">
      <h2>{speech.text(W.others)}</h2>
      <p class="small">{speech.text(W.othersBody)}</p>
      <ul class="plain">
        {links.map(([address, words]) => (
          <li key={address}>
            <a class="target" href={address}>
              {speech.text(words)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The nation's files, and those of the province that is shown or lies around what is. */
const fitsRoute = (file: PreparedFile, contest: string, region: string): boolean =>
  file.contest === contest && (file.region === "0" || region === "0" || file.region === region.slice(0, 2));

const fileName = ({ contest, region, book, votes }: PreparedFile, edition: number): string =>
  `teguh-${contest}-${region === "0" ? "nasional" : region}-${book}-${votes}-data-${edition}.csv.gz`;
