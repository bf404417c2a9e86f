/** What can be taken from a change: one picture to show, and a text for the supervisor. */
import { useEffect, useState } from "preact/hooks";
import { CONTEST_KINDS } from "../../../src/election/codes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { zoneOf } from "../figures/seal.tsx";
import { routeTo } from "../route.ts";
import type { Entry } from "../verify/statements.ts";
import { CONTEST_WORDS, WORDS } from "../words.ts";
import { drawCard } from "./card.ts";
import { movementsOf } from "./movement.ts";
import type { PostingProps } from "./props.ts";
import { type Change, reportText } from "./report.ts";
import { CHANGE_WORDS, kindWords, reasonOf } from "./words.ts";

type Props = PostingProps & { readonly entry: Entry; readonly place: string };

export function Papers(props: Props) {
  const speech = useSpeech();
  const [shown, setShown] = useState<"card" | "report" | null>(null);
  const change = useChange(props);
  const flip = (which: "card" | "report") => setShown(shown === which ? null : which);
  return (
    <div class="papers">
      <p class="buttons">
        <button type="button" aria-expanded={shown === "card"} onClick={() => flip("card")}>
          {speech.text(CHANGE_WORDS.card)}
        </button>
        <button type="button" aria-expanded={shown === "report"} onClick={() => flip("report")}>
          {speech.text(CHANGE_WORDS.report)}
        </button>
      </p>
      {shown === "card" && <Card change={change} />}
      {shown === "report" && <Report change={change} />}
    </div>
  );
}

function useChange({ posting, names, snapshot, book, place, entry, choice }: Props): Change {
  const speech = useSpeech();
  const contest = CONTEST_KINDS.find((kind) => kind === snapshot.contest);
  const above = snapshot.path.filter(
    ({ region, level }) => level !== "nation" && level !== "desa" && posting.station.startsWith(region),
  );
  const station = routeTo(snapshot.contest, posting.station.slice(0, 10), posting.station.slice(10));
  return {
    election: speech.text(snapshot.status.title),
    contest: contest === undefined ? snapshot.contest : speech.text(CONTEST_WORDS[contest].short),
    simulation: snapshot.status.simulation,
    place: [place, ...above.map(({ name }) => name).reverse()],
    station: posting.station,
    book: speech.text(WORDS[book]),
    kind: speech.text(kindWords(posting.kind, posting.log)),
    reason: speech.text(reasonOf(posting.reason) ?? CHANGE_WORDS.noReason),
    time: speech.time(entry.time, zoneOf(snapshot)),
    keys: entry.keys,
    log: posting.log,
    index: posting.index,
    edition: `${speech.text(WORDS.edition)}${speech.number(snapshot.edition.number)}`,
    movements: movementsOf(posting, names, choice),
    address: new URL(station, location.href.split("#")[0]).href,
  };
}

function Card({ change }: { change: Change }) {
  const speech = useSpeech();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let current = true;
    void drawCard(change, speech.language, speech.number).then((blob) => {
      made = URL.createObjectURL(blob);
      if (current) setUrl(made);
      else URL.revokeObjectURL(made);
    });
    return () => {
      current = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [change.log, change.index, speech.language]);
  if (url === null) return null;
  const name = `kartu-perubahan-${change.station}-${change.index}.png`;
  return (
    <figure class="card">
      <img src={url} width="1080" height="1350" alt={reportText(change, speech.language, speech.number)} />
      <figcaption>
        <a class="target" href={url} download={name}>
          {speech.text(CHANGE_WORDS.cardSave)}
        </a>
      </figcaption>
    </figure>
  );
}

function Report({ change }: { change: Change }) {
  const speech = useSpeech();
  const [copied, setCopied] = useState(false);
  const text = reportText(change, speech.language, speech.number);
  const copy = () => {
    // Without the clipboard (plain-http addresses) the text is there to be selected.
    void navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div class="report">
      <p class="small">{speech.text(CHANGE_WORDS.reportBody)}</p>
      <textarea readOnly rows={14} aria-label={speech.text(CHANGE_WORDS.reportTitle)} value={text} />
      <p class="buttons">
        <button type="button" onClick={copy}>
          {speech.text(copied ? CHANGE_WORDS.copied : CHANGE_WORDS.copy)}
        </button>
      </p>
    </div>
  );
}
