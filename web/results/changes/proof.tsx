/** A signed statement, opened: when, by which keys, why, with which papers, where it lies, and its very text. */
import { useSpeech } from "../../ui/language.tsx";
import { Soon } from "../figures/soon.tsx";
import { LaterEvidence } from "../papers/later-evidence.tsx";
import { loadPaper } from "../papers/soon-paper.ts";
import type { Entry } from "../verify/statements.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { CHANGE_WORDS, reasonOf } from "./words.ts";

interface Props {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  readonly entry: Entry;
  readonly zone: string;
  readonly reason: string | null;
}

export function Proof({ reader, snapshot, entry, zone, reason }: Props) {
  const speech = useSpeech();
  const words = reasonOf(reason);
  const papers = entry.body.papers ?? entry.body.evidence;
  const rows = [
    [CHANGE_WORDS.when, speech.time(entry.time, zone)],
    [CHANGE_WORDS.reason, speech.text(words ?? CHANGE_WORDS.noReason)],
    [CHANGE_WORDS.papers, typeof papers === "string" ? papers : speech.text(CHANGE_WORDS.noPapers)],
  ] as const;
  return (
    <>
      <dl class="facts small">
        {rows.map(([word, value]) => (
          <div key={word.en}>
            <dt>{speech.text(word)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{speech.text(CHANGE_WORDS.who)}</dt>
          <dd>
            <code>{entry.keys.join(", ")}</code>
          </dd>
        </div>
        <div>
          <dt>{speech.text(CHANGE_WORDS.where)}</dt>
          <dd>
            <code>
              {entry.log} #{entry.index}
            </code>{" "}
            {speech.text(CHANGE_WORDS.proved)}
          </dd>
        </div>
      </dl>
      {typeof papers === "string" && (
        <Soon load={loadPaper} props={{ fetch: reader.fetch, hash: papers, title: speech.text(CHANGE_WORDS.papers) }} />
      )}
      <LaterEvidence reader={reader} snapshot={snapshot} readings={[entry]} zone={zone} />
      <details class="small">
        <summary>{speech.text(CHANGE_WORDS.statement)}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>{entry.note}</pre>
      </details>
    </>
  );
}
