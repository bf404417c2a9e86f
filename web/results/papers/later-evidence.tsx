/** Evidence that was recorded after a correction was read: searched in the plenary's log when somebody asks. */
import { useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { Soon } from "../figures/soon.tsx";
import { Trouble } from "../trouble.tsx";
import { Fault } from "../verify/fault.ts";
import { readHeads } from "../verify/heads.ts";
import { searchLog } from "../verify/search-log.ts";
import { actIn, type Entry } from "../verify/statements.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { loadPaper } from "./soon-paper.ts";
import { PAPER_WORDS } from "./words.ts";

interface Props {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  /** Of one station: evidence is wanted of those alone that are not simply as the sheet says. */
  readonly readings: readonly Entry[];
  readonly zone: string;
}

export function LaterEvidence({ reader, snapshot, readings, zone }: Props) {
  const speech = useSpeech();
  const [state, setState] = useState<readonly Entry[] | "searching" | Fault | null>(null);
  const corrected = readings.filter(({ type, body }) => type === "reading" && body.outcome !== "same");
  if (corrected.length === 0) return null;
  const search = () => {
    setState("searching");
    findEvidence(reader, snapshot, corrected).then(setState, (cause: unknown) => {
      if (!(cause instanceof Fault)) throw cause;
      setState(cause);
    });
  };
  return (
    <>
      {state === null && (
        <>
          <p class="small muted">{speech.text(PAPER_WORDS.laterBody)}</p>
          <button type="button" onClick={search}>
            {speech.text(PAPER_WORDS.later)}
          </button>
        </>
      )}
      <div role="status">
        {state === "searching" && <p class="small muted">{speech.text(PAPER_WORDS.searching)}</p>}
        {state instanceof Fault && <Trouble fault={state} kept={false} again={search} />}
        {Array.isArray(state) && state.length === 0 && <p class="small muted">{speech.text(PAPER_WORDS.noLater)}</p>}
      </div>
      {Array.isArray(state) &&
        state.map((entry: Entry) => (
          <Soon
            key={entry.id}
            load={loadPaper}
            props={{
              fetch: reader.fetch,
              hash: String(actIn(entry, "evidence")?.papers),
              title: `${speech.text(PAPER_WORDS.laterTitle)}, ${speech.time(entry.time, zone)}`,
            }}
          />
        ))}
    </>
  );
}

/** What the plenaries' logs record as evidence of these readings. Rejects with {@link Fault}. */
async function findEvidence(reader: Reader, snapshot: Snapshot, readings: readonly Entry[]): Promise<Entry[]> {
  const ids = new Set(readings.map(({ id }) => id));
  const logs = [...new Set(readings.map(({ log }) => log))];
  const found = await Promise.all(
    logs.map(async (log) => {
      const head = (await readHeads(reader, snapshot.edition, log.replace("pleno/", ""))).get(log);
      return head === undefined
        ? []
        : searchLog(reader, head, (entry) => ids.has(String(actIn(entry, "evidence")?.reading)));
    }),
  );
  return found.flat();
}
