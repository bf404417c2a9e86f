/** One change: where, whose votes, before and after, why; opened, the signed statement behind it, a picture and a report. */
import { useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { routeTo } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { readHeads } from "../verify/heads.ts";
import { readStatements } from "../verify/statements.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import css from "./changes.css?inline";
import { type Movement, movementsOf } from "./movement.ts";
import { Papers } from "./papers.tsx";
import { Proof } from "./proof.tsx";
import type { PostingProps } from "./props.ts";
import { CHANGE_WORDS, kindWords, reasonOf, signed } from "./words.ts";

wear(css);

export function PostingItem(props: PostingProps) {
  const { posting, names, choice, desa, snapshot } = props;
  const speech = useSpeech();
  const [open, setOpen] = useState(false);
  const { station } = posting;
  const place = `${speech.text(WORDS.station)} ${station.slice(10)}${desa === undefined ? "" : ` ${desa}`}`;
  const reason = reasonOf(posting.reason);
  return (
    <li class="posting">
      <p class="posting-where">
        <a class="target" href={routeTo(snapshot.contest, station.slice(0, 10), station.slice(10))}>
          {place}
        </a>
        <span class="small muted">
          {speech.text(kindWords(posting.kind, posting.log))}
          {reason !== null && ` · ${speech.text(CHANGE_WORDS.reason)}: ${speech.text(reason)}`}
        </span>
      </p>
      <Movements movements={movementsOf(posting, names, choice)} />
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary class="small">{speech.text(CHANGE_WORDS.open)}</summary>
        {open && <Opened {...props} place={place} />}
      </details>
    </li>
  );
}

function Movements({ movements }: { movements: readonly Movement[] }) {
  const speech = useSpeech();
  return (
    <ul class="movements">
      {movements.map(({ label, before, after }) => (
        <li key={label}>
          <span>{label}</span>
          <span class="number">
            {speech.number(before)} <span aria-hidden="true">→</span>
            <span class="unseen">{speech.text(CHANGE_WORDS.after)}</span> {speech.number(after)}
            <b class={after < before ? "fell" : "rose"}> {signed(after - before, speech)}</b>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Opened(props: PostingProps & { place: string }) {
  const { reader, snapshot, posting, names } = props;
  const { log, index, station } = posting;
  const speech = useSpeech();
  const load = async () => {
    const heads = await readHeads(reader, snapshot.edition, station.slice(0, 6));
    const [found] = await readStatements(reader, heads.get(log), log, [index]);
    return found ?? null;
  };
  const { value: entry, fault } = useLoaded(`${log}/${index}`, load, snapshot.edition.id);
  if (fault) return <Trouble fault={fault} kept={false} again={() => location.reload()} />;
  if (entry === null) return <p class="muted">{speech.text(CHANGE_WORDS.waiting)}</p>;
  return (
    <div class="opened">
      <Proof
        reader={reader}
        snapshot={snapshot}
        entry={entry}
        zone={snapshot.path.at(-1)?.zone ?? "WIB"}
        reason={posting.reason}
      />
      <Papers {...props} entry={entry} names={names} />
    </div>
  );
}
