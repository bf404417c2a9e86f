/** Beside the figures the papers that they come from: those that the sheets and readings of the station name by their hashes. */
import { type Speech, useSpeech } from "../../ui/language.tsx";
import { Soon } from "../figures/soon.tsx";
import { LaterEvidence } from "../papers/later-evidence.tsx";
import papersCss from "../papers/papers.css?inline";
import { loadPaper } from "../papers/soon-paper.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { wear } from "../wear.ts";
import type { StationVersion } from "./history.ts";
import { STATION_WORDS } from "./words.ts";

wear(papersCss);

interface Props {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  /** Null until it was read. */
  readonly history: readonly StationVersion[] | null;
  readonly zone: string;
}

export function Photos({ reader, snapshot, history, zone }: Props) {
  const speech = useSpeech();
  const named = (history ?? []).flatMap((version) =>
    version.papers === null ? [] : [{ version, hash: version.papers }],
  );
  return (
    <aside class={`panel photos ${named.length === 0 ? "none" : ""}`}>
      <h2>{speech.text(STATION_WORDS.photos)}</h2>
      {history !== null && named.length === 0 && <p class="small muted">{speech.text(STATION_WORDS.noPhotos)}</p>}
      <ul class="paper-groups">
        {named.map(({ version, hash }) => (
          <li key={version.id}>
            <Soon load={loadPaper} props={{ fetch: reader.fetch, hash, title: titleOf(version, zone, speech) }} />
          </li>
        ))}
      </ul>
      <LaterEvidence reader={reader} snapshot={snapshot} readings={history ?? []} zone={zone} />
    </aside>
  );
}

function titleOf({ type, time }: StationVersion, zone: string, speech: Speech): string {
  const words = type === "reading" ? STATION_WORDS.evidencePhoto : STATION_WORDS.sheetPhoto;
  return `${speech.text(words)}, ${speech.time(time, zone)}`;
}
