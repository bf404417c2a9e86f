/** The postings of a kecamatan's journals, newest first, a chunk of each at a time: older ones are fetched when asked for. */
import { useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { movementsOf } from "../changes/movement.ts";
import { PostingItem } from "../changes/posting.tsx";
import { CHANGE_WORDS } from "../changes/words.ts";
import { districtsOf } from "../choice.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { type Chunk, readChunk } from "../verify/journal.ts";
import type { JournalHead, ResultObject } from "../verify/objects.ts";
import type { FeedProps } from "./props.ts";
import { FEED_WORDS } from "./words.ts";

interface Props extends FeedProps {
  readonly kecamatan: ResultObject;
  /** A region or station within it. */
  readonly within: string;
}

export function Postings(props: Props) {
  const { kecamatan, book } = props;
  const speech = useSpeech();
  const heads = kecamatan.journal[book];
  if (heads.length === 0) return <p class="panel muted">{speech.text(CHANGE_WORDS.none)}</p>;
  // Between two logs there is no order but what they write down, so each has a list of its own.
  return heads.map((head) => <Journal key={head.log} {...props} head={head} titled={heads.length > 1} />);
}

function Journal({ head, titled, ...props }: Props & { readonly head: JournalHead; readonly titled: boolean }) {
  const { reader, snapshot, book, choice, kecamatan, within, refresh } = props;
  const speech = useSpeech();
  const [depth, setDepth] = useState(1);
  const load = async () => {
    const read: Chunk[] = [];
    for (let at: string | null = head.hash; at !== null && read.length < depth; at = read.at(-1)?.previous ?? null) {
      read.push(await readChunk(reader, at));
    }
    return read;
  };
  const { value: chunks, fault } = useLoaded(head.log, load, `${head.hash}/${depth}`);
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
      {titled && <h2>{head.log}</h2>}
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
