/**
 * Since when a plenary rests or is halted, and by whose order: searched in the logs, newest entries first, because the region's
 * object names the decrees alone.
 */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { routeTo } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { type NamedHead, readHeads } from "../verify/heads.ts";
import type { ChildRow, ResultObject } from "../verify/objects.ts";
import { actIn, type Entry, entryOf, readStatements } from "../verify/statements.ts";
import { fetchBundle } from "../verify/tiles.ts";
import { prefixes, type Reader, type Snapshot } from "../verify/verify.ts";
import { LEVEL_WORDS, plenaryWords, WORDS } from "../words.ts";

const SITTING_WORDS = {
  when: { id: "Sejak kapan dan atas perintah siapa", en: "Since when, and by whose order" },
  orderNumber: { id: "Perintah nomor", en: "Order number" },
  haltedBody: { id: "Angka yang sudah dibacakan tetap berlaku.", en: "What has been read already stands." },
  since: { id: "Sejak", en: "Since" },
  by: { id: "oleh pleno", en: "by the plenary of" },
  log: { id: "tercatat dalam", en: "recorded in" },
  below: { id: "Di dalam wilayah ini:", en: "Within this region:" },
  halted: { id: "rapat pleno dihentikan sementara", en: "plenaries halted" },
  paused: { id: "rapat pleno diskors", en: "plenaries paused" },
  where: { id: "Di mana, sejak kapan, atas perintah siapa", en: "Where, since when, and by whose order" },
  more: {
    id: "Ini yang pertama; selebihnya ada di wilayah di bawah.",
    en: "These are the first; the rest is in the regions below.",
  },
  unknown: {
    id: "Waktunya tidak ditemukan dalam bagian log yang dibaca.",
    en: "The time was not found in the part of the log that was read.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Levels of regions by the length of their codes. */
const LEVELS: Readonly<Record<number, string>> = { 1: "nation", 2: "provinsi", 4: "kabupaten", 6: "kecamatan" };

/** How many bundles of a log are searched: 256 statements each. */
const DEPTH = 4;
const BUNDLE = 256;

interface Props {
  readonly object: ResultObject;
  readonly snapshot: Snapshot;
  readonly reader: Reader;
}

const rests = ({ status }: ResultObject): boolean => status === "halted" || status === "paused";

/** Which plenaries rest or are halted, the region's own and those within it; opened, by whose order and since when. */
export function Halted(props: Props) {
  const { object } = props;
  return (
    <>
      {rests(object) && <Own {...props} />}
      {object.children.some(isResting) && <Below key={object.region} {...props} />}
    </>
  );
}

function Own(props: Props) {
  const { object } = props;
  const speech = useSpeech();
  const [open, setOpen] = useState(false);
  const words = plenaryWords(object);
  if (words === undefined) return null;
  return (
    <section class="notice held halt" aria-labelledby="sitting">
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

const isResting = ({ sittings }: ChildRow): boolean => "halted" in sittings || "paused" in sittings;

/** How many within the region; opened, each of the first ones by itself. */
function Below(props: Props) {
  const { object, snapshot, reader } = props;
  const speech = useSpeech();
  const [open, setOpen] = useState(false);
  const { value: found, fault } = useLoaded(
    `${object.contest}/${object.region}`,
    () => (open ? findResting(reader, object) : Promise.resolve(null)),
    open ? snapshot.edition.id : "",
  );
  const count = (sitting: "halted" | "paused") =>
    object.children.reduce((sum, { sittings }) => sum + (sittings[sitting] ?? 0), 0);
  const [halted, paused] = [count("halted"), count("paused")];
  const words = [
    ...(halted > 0 ? [`${speech.number(halted)} ${speech.text(SITTING_WORDS.halted)}`] : []),
    ...(paused > 0 ? [`${speech.number(paused)} ${speech.text(SITTING_WORDS.paused)}`] : []),
  ];
  return (
    <section class="notice held halt" aria-labelledby="sittings">
      <h2 id="sittings">
        {speech.text(SITTING_WORDS.below)} {words.join(", ")}
      </h2>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{speech.text(SITTING_WORDS.where)}</summary>
        {fault && <Trouble fault={fault} kept={false} again={() => location.reload()} />}
        {open && found === null && fault === null && <p class="small muted">{speech.text(WORDS.waiting)}</p>}
        <ul class="plain">
          {found?.map(({ object: each, within }) => {
            const status = plenaryWords(each);
            return (
              <li key={each.region}>
                <a class="target" href={routeTo(each.contest, each.region)}>
                  {[each.name, ...within].join(", ")}
                </a>
                <p class="small">
                  <b>{status && speech.text(status)}</b>
                  {each.orders.length > 0 &&
                    `, ${speech.text(SITTING_WORDS.orderNumber).toLowerCase()} ${each.orders.join(", ")}`}
                </p>
                <Sitting {...props} object={each} />
              </li>
            );
          })}
        </ul>
        {halted + paused > MOST_FOUND && <p class="small">{speech.text(SITTING_WORDS.more)}</p>}
      </details>
    </section>
  );
}

interface Resting {
  readonly object: ResultObject;
  /** Names of the regions between it and the one on the page, the smallest first. */
  readonly within: readonly string[];
}

/** How many plenaries are told one by one; of more a reader opens the parts. */
const MOST_FOUND = 12;

/** The first plenaries below a region that rest or are halted. Rejects with Fault. */
async function findResting(reader: Reader, above: ResultObject, within: readonly string[] = []): Promise<Resting[]> {
  const found: Resting[] = [];
  for (const child of above.children) {
    if (found.length >= MOST_FOUND) break;
    if (child.hash === null || !isResting(child)) continue;
    const object = await reader.result(child.hash, above.contest, child.code);
    if (rests(object)) found.push({ object, within });
    found.push(...(await findResting(reader, object, [object.name, ...within])));
  }
  return found.slice(0, MOST_FOUND);
}

function Sitting({ object, snapshot, reader }: Props) {
  const speech = useSpeech();
  const { value, fault } = useLoaded(
    `${object.region}/${object.status}`,
    async () => ({ found: await findCause(reader, snapshot, object) }),
    snapshot.edition.id,
  );
  if (fault) return <Trouble fault={fault} kept={false} again={() => location.reload()} />;
  if (value === null) return <p class="small muted">{speech.text(WORDS.waiting)}</p>;
  if (value.found === null) return <p class="small">{speech.text(SITTING_WORDS.unknown)}</p>;
  const { time, log, index } = value.found;
  const region = log.replace("pleno/", "");
  const by = [object, ...snapshot.path].find((each) => each.region === region);
  const level = LEVEL_WORDS[LEVELS[region.length] ?? ""];
  return (
    <p class="small">
      {speech.text(SITTING_WORDS.since)} <strong>{speech.time(time, object.zone)}</strong>,{" "}
      {speech.text(SITTING_WORDS.by)} {level && speech.text(level).toLowerCase()} {by?.name ?? region};{" "}
      {speech.text(SITTING_WORDS.log)}{" "}
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
  const regions = object.status === "paused" ? [object.region] : ["0", ...prefixes(object.region)];
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
