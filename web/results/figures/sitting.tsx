/**
 * Since when a plenary rests or is halted, and by whose order: searched in the logs, newest entries first, because the region's
 * object names the decrees alone.
 */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { type NamedHead, readHeads } from "../verify/heads.ts";
import type { ResultObject } from "../verify/objects.ts";
import { actIn, type Entry, entryOf, readStatements } from "../verify/statements.ts";
import { fetchBundle } from "../verify/tiles.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { LEVEL_WORDS, plenaryWords, WORDS } from "../words.ts";

const SITTING_WORDS = {
  when: { id: "Sejak kapan dan atas perintah siapa", en: "Since when, and by whose order" },
  orderNumber: { id: "Perintah nomor", en: "Order number" },
  haltedBody: { id: "Angka yang sudah dibacakan tetap berlaku.", en: "What has been read already stands." },
  since: { id: "Sejak", en: "Since" },
  by: { id: "oleh pleno", en: "by the plenary of" },
  order: { id: "perintah nomor", en: "order number" },
  log: { id: "tercatat dalam", en: "recorded in" },
  unknown: {
    id: "Waktunya tidak ditemukan dalam bagian log yang dibaca.",
    en: "The time was not found in the part of the log that was read.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** How many bundles of a log are searched: 256 statements each. */
const DEPTH = 4;
const BUNDLE = 256;

interface Props {
  readonly object: ResultObject;
  readonly snapshot: Snapshot;
  readonly reader: Reader;
}

/** That the region's plenary rests or is halted, with the decree; opened, since when. */
export function Halted(props: Props) {
  const { object } = props;
  const speech = useSpeech();
  const [open, setOpen] = useState(false);
  const words = plenaryWords(object);
  if (words === undefined) return null;
  return (
    <section class="notice held" aria-labelledby="sitting">
      <h2 id="sitting">{speech.text(words)}</h2>
      <p>
        {object.orders.length > 0 && `${speech.text(SITTING_WORDS.orderNumber)} ${object.orders.join(", ")}. `}
        {speech.text(SITTING_WORDS.haltedBody)}
      </p>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{speech.text(SITTING_WORDS.when)}</summary>
        {open && <Sitting {...props} />}
      </details>
    </section>
  );
}

function Sitting({ object, snapshot, reader }: Props) {
  const speech = useSpeech();
  const key = `${snapshot.edition.id}/${object.region}/${object.status}`;
  const { value, fault } = useLoaded(key, async () => ({ found: await findCause(reader, snapshot, object) }));
  if (fault) return <Trouble fault={fault} kept={false} again={() => location.reload()} />;
  if (value === null) return <p class="small muted">{speech.text(WORDS.waiting)}</p>;
  if (value.found === null) return <p class="small">{speech.text(SITTING_WORDS.unknown)}</p>;
  const { time, log, index, body } = value.found;
  const region = log.replace("pleno/", "");
  const by = snapshot.path.find((each) => each.region === region);
  const level = LEVEL_WORDS[by?.level ?? ""];
  return (
    <p class="small">
      {speech.text(SITTING_WORDS.since)} <strong>{speech.time(time, object.zone)}</strong>,{" "}
      {speech.text(SITTING_WORDS.by)} {level && speech.text(level).toLowerCase()} {by?.name}
      {typeof body.order === "string" && (
        <>
          , {speech.text(SITTING_WORDS.order)} {body.order}
        </>
      )}
      ; {speech.text(SITTING_WORDS.log)}{" "}
      <code>
        {log} #{index}
      </code>
      .
    </p>
  );
}

async function findCause(reader: Reader, snapshot: Snapshot, object: ResultObject): Promise<Entry | null> {
  const heads = await readHeads(reader, snapshot.edition, object.region);
  const isCause = (entry: Entry) =>
    object.status === "paused"
      ? entry.type === "pause"
      : (entry.type === "halt" && object.orders.includes(String(entry.body.order))) ||
        isPaperHalt(entry, object.orders);
  // Orders come from above, rests are the hall's own.
  const regions = object.status === "paused" ? [object.region] : snapshot.path.map(({ region }) => region);
  for (const region of regions) {
    const head = heads.get(`pleno/${region}`);
    const found = head && (await findLast(reader, head, isCause));
    if (found) return found;
  }
  return null;
}

function isPaperHalt(entry: Entry, orders: readonly string[]): boolean {
  const act = actIn(entry, "paper-order");
  return act !== null && orders.includes(String(act.order));
}

/** The newest entry that fits, proved to be in the log. */
async function findLast(reader: Reader, head: NamedHead, fits: (entry: Entry) => boolean): Promise<Entry | null> {
  const last = Math.floor((head.size - 1) / BUNDLE);
  for (let n = last; n >= 0 && n > last - DEPTH; n--) {
    const entries = await fetchBundle(reader.fetch, head, n);
    const at = entries.findLastIndex((bytes, i) => fits(entryOf(bytes, head.log, n * BUNDLE + i)));
    if (at < 0) continue;
    const [entry] = await readStatements(reader, head, head.log, [n * BUNDLE + at]);
    return entry ?? null;
  }
  return null;
}
