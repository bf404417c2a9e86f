/** One paper that a statement names, or the pages of its list, each checked before it is shown and fetched when it comes near. */
import { useEffect, useState } from "preact/hooks";
import { type Speech, useSpeech } from "../../ui/language.tsx";
import { Soon } from "../figures/soon.tsx";
import { useLoaded } from "../use-loaded.ts";
import type { Fetch } from "../verify/files.ts";
import { wear } from "../wear.ts";
import css from "./papers.css?inline";
import { type Paper, paperPath, readPaper } from "./read-paper.ts";
import { PAPER_WORDS } from "./words.ts";

wear(css);

export interface PaperProps {
  readonly fetch: Fetch;
  /** By which the statement names it. */
  readonly hash: string;
  /** What the paper is, in a few words. */
  readonly title: string;
}

export function PaperView(props: PaperProps) {
  const speech = useSpeech();
  const [tries, setTries] = useState(0);
  const { value, fault } = useLoaded(props.hash, () => readPaper(props.fetch, props.hash), `${tries}`);
  if (value !== null) return <Checked {...props} paper={value} />;
  if (fault === null) return <p class="small muted waiting">{speech.text(PAPER_WORDS.fetching)}</p>;
  return (
    <div class="paper-note">
      <p class="small">{speech.text(PAPER_WORDS.unreachable)}</p>
      <button type="button" onClick={() => setTries(tries + 1)}>
        {speech.text(PAPER_WORDS.again)}
      </button>
    </div>
  );
}

const loadPage = async () => PaperView;

function Checked(props: PaperProps & { paper: Paper }) {
  const { paper, hash, title, fetch } = props;
  const speech = useSpeech();
  switch (paper.state) {
    case "photo":
      return <Photo {...props} photo={paper} />;
    case "list":
      return (
        <ol class="paper-pages">
          {paper.pages.map((page, i) => (
            <li key={`${i}/${page}`}>
              <Soon
                load={loadPage}
                props={{
                  fetch,
                  hash: page,
                  title: title + pageOf(i + 1, paper.pages.length, speech),
                }}
              >
                <p class="paper-place small muted">{speech.text(PAPER_WORDS.fetching)}</p>
              </Soon>
            </li>
          ))}
        </ol>
      );
    case "wrong":
      return (
        <section class="notice alarm" role="alert">
          <h3>{speech.text(PAPER_WORDS.wrong)}</h3>
          <p class="small">
            {speech.text(PAPER_WORDS.file)}: <code>{paperPath(hash)}</code>
          </p>
          <p class="small">{speech.text(PAPER_WORDS.wrongDo)}</p>
        </section>
      );
    case "absent":
    case "unreadable":
      return (
        <div class="paper-note small muted">
          <p>
            {title}. {speech.text(PAPER_WORDS[paper.state])}
          </p>
          <p>
            {speech.text(PAPER_WORDS.file)}: <code>{paperPath(hash)}</code>
          </p>
        </div>
      );
  }
}

/** ", page 1 of 3"; of a single page nothing. */
function pageOf(page: number, pages: number, speech: Speech): string {
  if (pages === 1) return "";
  return `, ${speech.text(PAPER_WORDS.page).toLowerCase()} ${page} ${speech.text(PAPER_WORDS.of)} ${pages}`;
}

function Photo({ photo, hash, title }: PaperProps & { photo: Paper & { state: "photo" } }) {
  const speech = useSpeech();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(photo.bytes)], { type: photo.type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  if (url === null) return null;
  const { width, height } = photo;
  return (
    <figure class="photo">
      <a href={url} target="_blank" rel="noopener">
        <img src={url} width={width} height={height} alt={`${speech.text(PAPER_WORDS.alt)}: ${title}`} />
      </a>
      <figcaption class="small">
        <span>{title}</span>
        <span class="photo-fits">
          ✓ {speech.text(PAPER_WORDS.fits)} <code>{hash.slice(0, 16)}…</code>
        </span>
        <a class="target" href={url} target="_blank" rel="noopener">
          {speech.text(PAPER_WORDS.whole)}
        </a>
      </figcaption>
    </figure>
  );
}
