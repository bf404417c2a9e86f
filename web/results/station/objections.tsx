/** Objections and special incidents recorded about a station: searched in its kecamatan's plenary log when somebody asks. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Trouble } from "../trouble.tsx";
import { Fault } from "../verify/fault.ts";
import { readHeads } from "../verify/heads.ts";
import type { ResultObject } from "../verify/objects.ts";
import { searchLog } from "../verify/search-log.ts";
import type { Entry } from "../verify/statements.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

const OBJECTION_WORDS = {
  title: { id: "Keberatan dan kejadian khusus", en: "Objections and special incidents" },
  search: { id: "Cari dalam log pleno kecamatan", en: "Search the kecamatan's plenary log" },
  searching: { id: "Membaca log pleno…", en: "Reading the plenary's log…" },
  none: {
    id: "Tidak ada keberatan atau kejadian khusus tentang TPS ini yang tercatat dalam log pleno.",
    en: "The plenary's log records no objection or incident about this station.",
  },
  noLog: { id: "Pleno kecamatan ini belum mempunyai log.", en: "This kecamatan's plenary has no log yet." },
  objection: { id: "Keberatan", en: "Objection" },
  incident: { id: "Kejadian khusus", en: "Special incident" },
  filed: { id: "dicatat", en: "filed" },
  answered: { id: "dijawab", en: "answered" },
  accepted: { id: "diterima", en: "accepted" },
  refused: { id: "ditolak", en: "refused" },
} as const satisfies Readonly<Record<string, Text>>;

interface Props {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  readonly desa: ResultObject;
  readonly n: string;
}

type Found = readonly Entry[] | "no-log" | Fault;

export function Objections({ reader, snapshot, desa, n }: Props) {
  const speech = useSpeech();
  const [state, setState] = useState<Found | "searching" | null>(null);
  const search = () => {
    setState("searching");
    findObjections(reader, snapshot, desa.region + n).then(setState, (cause: unknown) => {
      if (!(cause instanceof Fault)) throw cause;
      setState(cause);
    });
  };
  return (
    <section class="panel">
      <h2>{speech.text(OBJECTION_WORDS.title)}</h2>
      {state === null && (
        <button type="button" onClick={search}>
          {speech.text(OBJECTION_WORDS.search)}
        </button>
      )}
      <div role="status">
        {state === "searching" && <p class="muted">{speech.text(OBJECTION_WORDS.searching)}</p>}
        {state === "no-log" && <p class="muted">{speech.text(OBJECTION_WORDS.noLog)}</p>}
        {state instanceof Fault && <Trouble fault={state} kept={false} again={search} />}
        {Array.isArray(state) && state.length === 0 && <p class="muted">{speech.text(OBJECTION_WORDS.none)}</p>}
      </div>
      {Array.isArray(state) && (
        <ol class="history">
          {state.map((entry: Entry) => (
            <Objection key={entry.index} entry={entry} zone={desa.zone} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Objection({ entry, zone }: { entry: Entry; zone: string }) {
  const speech = useSpeech();
  const { body } = entry;
  const words: Readonly<Record<string, Text>> = OBJECTION_WORDS;
  const kind = words[String(body.kind)] ?? OBJECTION_WORDS.objection;
  const status = words[String(body.status)];
  return (
    <li>
      <p>
        <strong>{speech.text(kind)}</strong>
        {status && `, ${speech.text(status)}`}
      </p>
      <p class="small muted">
        {speech.time(entry.time, zone)} · {entry.log} #{speech.number(entry.index)} ·{" "}
        <code>{entry.keys.map((name) => name.slice(0, 8)).join(", ")}</code>
      </p>
    </li>
  );
}

/** Those of the contest, or of none in particular, each proved to be in the log. Rejects with {@link Fault}. */
async function findObjections(reader: Reader, snapshot: Snapshot, station: string): Promise<Found> {
  const log = `pleno/${station.slice(0, 6)}`;
  const head = (await readHeads(reader, snapshot.edition, station.slice(0, 6))).get(log);
  if (head === undefined) return "no-log";
  return searchLog(reader, head, ({ type, body }) => {
    const isHere = body.station === station && (body.contest === null || body.contest === snapshot.contest);
    return type === "objection" && isHere;
  });
}
