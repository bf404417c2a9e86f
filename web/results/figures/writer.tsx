/**
 * Who writes the log of a kecamatan's plenary, where that is not the centre: a laptop in the hall, since when, by whose hand, and
 * when it was last heard of. The hand-over is a statement in the log of the level above, proved like every other; the last
 * contact is the centre's own word, which nobody can prove, and is said to be that.
 */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { Fault } from "../verify/fault.ts";
import { readHeads } from "../verify/heads.ts";
import type { ResultObject } from "../verify/objects.ts";
import { searchLog } from "../verify/search-log.ts";
import { fields, integer, items, parseJson, ShapeError, text } from "../verify/shape.ts";
import type { Entry } from "../verify/statements.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { WORDS } from "../words.ts";

const WRITER_WORDS = {
  who: { id: "Siapa yang menulis catatan rapat ini", en: "Who writes this plenary's log" },
  centre: {
    id: "Catatan rapat ini ditulis di pusat sejak awal.",
    en: "This plenary's log has been written at the centre throughout.",
  },
  laptop: {
    id: "Catatan rapat ini ditulis oleh laptop kecamatan sejak",
    en: "This plenary's log is written by the kecamatan's laptop since",
  },
  back: {
    id: "Catatan rapat ini ditulis di pusat lagi sejak",
    en: "This plenary's log is written at the centre again since",
  },
  times: { id: "Berpindah tangan", en: "Changed hands" },
  time: { id: "kali", en: "times" },
  inLog: { id: "tercatat dalam", en: "recorded in" },
  contact: { id: "Menurut pusat, laptop itu terakhir terhubung", en: "By the centre's word the laptop was last heard" },
  waits: {
    id: "Yang ditulisnya sesudah itu tampil di sini begitu sampai.",
    en: "What it has written after that is shown here as soon as it arrives.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** The name of a hall's own log of editions, as its vkey begins. */
const OF_HALL = /^[^+]*\/node\/\d{6}\+/;

interface Props {
  readonly object: ResultObject;
  readonly snapshot: Snapshot;
  readonly reader: Reader;
}

interface Found {
  readonly handed: Entry;
  readonly epoch: number;
  readonly isBack: boolean;
  /** Milliseconds since 1970; null where the centre says nothing. */
  readonly contact: number | null;
}

/** Asked for by opening it: it takes requests of its own, and nearly every log is written where it began. */
export function Writer(props: Props) {
  const speech = useSpeech();
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="panel" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary class="target">{speech.text(WRITER_WORDS.who)}</summary>
      {isOpen && <Written {...props} />}
    </details>
  );
}

function Written({ object, snapshot, reader }: Props) {
  const speech = useSpeech();
  const { region } = object;
  const { value, fault } = useLoaded(
    region,
    async () => ({ found: await find(reader, snapshot, region) }),
    snapshot.edition.id,
  );
  if (fault) return <Trouble fault={fault} kept={false} again={() => location.reload()} />;
  if (value === null) return <p class="muted">{speech.text(WORDS.waiting)}</p>;
  const { found } = value;
  if (found === null) return <p>{speech.text(WRITER_WORDS.centre)}</p>;
  const { handed, epoch, isBack, contact } = found;
  return (
    <>
      <p>
        {speech.text(isBack ? WRITER_WORDS.back : WRITER_WORDS.laptop)}{" "}
        <strong>{speech.time(handed.time, object.zone)}</strong>.
      </p>
      {contact !== null && !isBack && (
        <p>
          {speech.text(WRITER_WORDS.contact)} <strong>{speech.time(contact, object.zone)}</strong>.{" "}
          {speech.text(WRITER_WORDS.waits)}
        </p>
      )}
      <p class="small muted">
        {speech.text(WRITER_WORDS.times)} {speech.number(epoch)} {speech.text(WRITER_WORDS.time)};{" "}
        {speech.text(WRITER_WORDS.inLog)}{" "}
        <code>
          {handed.log} #{handed.index}
        </code>
        .
      </p>
    </>
  );
}

async function find(reader: Reader, snapshot: Snapshot, region: string): Promise<Found | null> {
  const heads = await readHeads(reader, snapshot.edition, region);
  const own = heads.get(`pleno/${region}`);
  const above = heads.get(`pleno/${region.slice(0, 4)}`);
  if (own === undefined || above === undefined || own.epoch === 0) return null;
  const isHandOver = ({ type, body }: Entry) => type === "custody" && body.log === own.log;
  const handed = (await searchLog(reader, above, isHandOver, (found) => found.length > 0)).at(-1);
  if (handed === undefined) return null;
  // A hall's own site signs its log with the very key that the hand-over names.
  const isBack = handed.body.vkey === own.vkey && !OF_HALL.test(snapshot.status.editionsVkey);
  return { handed, epoch: own.epoch, isBack, contact: isBack ? null : await lastContact(reader, region) };
}

/** What the centre says of its halls; nothing where it says nothing that can be read. */
async function lastContact(reader: Reader, region: string): Promise<number | null> {
  const file = `contact/${region.slice(0, 4)}.json`;
  try {
    const bytes = await reader.fetch(file);
    if (bytes === null) return null;
    const contacts = items(parseJson(bytes, file).contacts, "contacts", fields);
    const found = contacts.find((each) => text(each.region, "region") === region);
    return found === undefined ? null : integer(found.at, "at");
  } catch (error) {
    if (error instanceof Fault || error instanceof ShapeError) return null;
    throw error;
  }
}
