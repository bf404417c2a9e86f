/** The postings of a kecamatan's journals, newest first: the two newest chunks of each, then one more whenever asked for. */
import { useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { movementsOf } from "../changes/movement.ts";
import { PostingItem } from "../changes/posting.tsx";
import { CHANGE_WORDS } from "../changes/words.ts";
import { districtsOf } from "../choice.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { type Chunk, newestChunks, readChunk } from "../verify/journal.ts";
import type { ResultObject } from "../verify/objects.ts";
import type { FeedProps } from "./props.ts";
import { FEED_WORDS } from "./words.ts";

interface Props extends FeedProps {
  readonly kecamatan: ResultObject;
  /** A region or station within it. */
  readonly within: string;
}

export function Postings(props: Props) {
  const { snapshot, kecamatan, book, refresh } = props;
  const speech = useSpeech();
  const { value: newest, fault } = useLoaded(
    `${kecamatan.contest}/${kecamatan.region}/${book}`,
    async () => newestChunks(kecamatan, book),
    snapshot.edition.id,
  );
  if (fault) return <Trouble fault={fault} kept={false} again={refresh} />;
  if (newest === null) return <p class="panel muted">{speech.text(CHANGE_WORDS.waiting)}</p>;
  if (newest.length === 0) return <p class="panel muted">{speech.text(CHANGE_WORDS.none)}</p>;
  // Between two logs there is no order but what they write down, so each has a list of its own.
  return newest.map((chunk) => <Journal key={chunk.log} {...props} newest={chunk} titled={newest.length > 1} />);
}

/** The newest chunk alone may have a single posting. */
const FIRST_CHUNKS = 2;

function Journal({ newest, titled, ...props }: Props & { readonly newest: Chunk; readonly titled: boolean }) {
  const { reader, snapshot, book, choice, kecamatan, within, refresh } = props;
  const speech = useSpeech();
  const [depth, setDepth] = useState(FIRST_CHUNKS);
  const load = async () => {
    const read = [newest];
    for (let at = newest.previous; at !== null && read.length < depth; at = read.at(-1)?.previous ?? null) {
      read.push(await readChunk(reader, at));
    }
    return read;
  };
  const subject = `${kecamatan.contest}/${newest.log}/${book}`;
  const { value: chunks, fault } = useLoaded(subject, load, `${snapshot.edition.id}/${depth}`);
  const districts = districtsOf(snapshot);
  const desa = new Map(kecamatan.children.map(({ code, name }) => [code, name]));
  const postings = (chunks ?? [])
    .flatMap((chunk) => chunk.postings.toReversed())
    .filter(
      (posting) =>
        posting.station.startsWith(within) && movementsOf(posting, districts.get(posting.district), choice).length > 0,
    );
  return (
    <section class="panel">
      {titled && <h2>{newest.log}</h2>}
      {fault && <Trouble fault={fault} kept={chunks !== null} again={refresh} />}
      {chunks === null && fault === null && <p class="muted">{speech.text(CHANGE_WORDS.waiting)}</p>}
      {chunks !== null && postings.length === 0 && <p class="muted">{speech.text(CHANGE_WORDS.none)}</p>}
      <ol class="postings">
        {postings.map((posting) => (
          <PostingItem
            key={posting.index}
            reader={reader}
            snapshot={snapshot}
            book={book}
            posting={posting}
            names={districts.get(posting.district)}
            choice={choice}
            desa={desa.get(posting.station.slice(0, 10))}
          />
        ))}
      </ol>
      {chunks?.at(-1)?.previous != null && (
        <button type="button" onClick={() => setDepth(depth + 1)}>
          {speech.text(FEED_WORDS.older)}
        </button>
      )}
    </section>
  );
}
