/**
 * The story in six taps, as the data tell it: the choice that votes were taken from most, the stations, what was corrected, what the
 * plenary read, and whether the kecamatan was halted. Nothing of it is written down anywhere; what the data do not say is null.
 */
import { type Districts, upAndDown } from "../changes/movement.ts";
import { type Choice, choicesOf } from "../choice.ts";
import { knownDistricts } from "../verify/candidates.ts";
import { readHeads } from "../verify/heads.ts";
import { newestChunks, type Posting, postingsSince } from "../verify/journal.ts";
import type { Names } from "../verify/names.ts";
import type { ResultObject, RowFigures } from "../verify/objects.ts";
import { type Entry, entryOf, readStatements, versionOf } from "../verify/statements.ts";
import { fetchBundle } from "../verify/tiles.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

/** A station of the story: where votes fell, and what the plenary then read. */
export interface FallenStation {
  readonly station: string;
  readonly before: number;
  readonly after: number;
  /** When the corrected sheet was signed, as its signer states it. */
  readonly corrected: number;
  readonly reading: { readonly time: number; readonly outcome: string | null; readonly votes: number } | null;
}

export interface Story {
  /** The region in the edition of the story. */
  readonly snapshot: Snapshot;
  readonly choice: Choice;
  readonly names: Names | undefined;
  readonly kecamatan: ResultObject;
  readonly desa: ResultObject;
  /** Votes of the choice that were corrected down in the desa. */
  readonly fallen: number;
  readonly stations: readonly FallenStation[];
  readonly halt: Entry | null;
  readonly resume: Entry | null;
}

const LARGEST = (figures: RowFigures): number =>
  Math.max(0, ...figures.lists.flatMap(({ removed }) => removed.map(([, n]) => n)));

/** The contest that tells it best: candidates without parties, whose rows carry them down to the desa. */
export const storyContest = (contests: readonly string[]): string => (contests.includes("dpd") ? "dpd" : "ppwp");

/** The greatest fall of a single choice in the count; null while there is none. Rejects with Fault. */
export async function findStory(reader: Reader, snapshot: Snapshot): Promise<Story | null> {
  let object = snapshot.path[0];
  while (object !== undefined && object.level !== "kecamatan") object = await deepest(reader, snapshot, object);
  if (object === undefined) return null;
  const state = await reader.stateIn(snapshot.edition, snapshot.contest, object.region);
  const districts = knownDistricts(object, state.names);
  const [names] = state.names.values();
  const [newest] = newestChunks(object, "count");
  if (newest === undefined) return null;
  const postings = await postingsSince(reader, newest, null);
  const choice = mostFallen(choicesOf(object, state.names), postings, districts);
  if (choice === null) return null;
  const falls = postings.filter((posting) => upAndDown([posting], districts, choice).down > 0);
  const byDesa = [...Map.groupBy(falls, ({ station }) => station.slice(0, 10))];
  const downOf = (list: readonly Posting[]) => upAndDown(list, districts, choice).down;
  const [code, own] = byDesa.sort(([, a], [, b]) => downOf(b) - downOf(a))[0] ?? [];
  const row = object.children.find((child) => child.code === code);
  if (own === undefined || !row?.hash) return null;
  const desa = await reader.result(row.hash, snapshot.contest, row.code);
  const stations = await Promise.all(own.map((posting) => stationOf(reader, snapshot, desa, posting, choice)));
  const [halt, resume] = await haltOf(reader, snapshot, object.region);
  return { snapshot, choice, names, kecamatan: object, desa, fallen: downOf(own), stations, halt, resume };
}

/** The child in which a single choice fell most; of those whose rows carry none, the one whose own object does. */
async function deepest(reader: Reader, snapshot: Snapshot, object: ResultObject): Promise<ResultObject | undefined> {
  const open = (code: string, hash: string) => reader.result(hash, snapshot.contest, code);
  const rows = object.children.filter(({ count }) => LARGEST(count) > 0);
  const [row] = rows.sort((a, b) => LARGEST(b.count) - LARGEST(a.count));
  if (row?.hash) return open(row.code, row.hash);
  // Above the districts rows carry no candidates: the objects below are looked at, as far as there is anything in them.
  const found = await Promise.all(
    object.children.flatMap(({ code, hash }) => (hash === null || object.level !== "nation" ? [] : [open(code, hash)])),
  );
  return found.filter(({ count }) => LARGEST(count) > 0).sort((a, b) => LARGEST(b.count) - LARGEST(a.count))[0];
}

function mostFallen(choices: readonly Choice[], postings: readonly Posting[], districts: Districts): Choice | null {
  const [most] = choices
    .map((choice) => ({ choice, down: upAndDown(postings, districts, choice).down }))
    .sort((a, b) => b.down - a.down);
  return most === undefined || most.down === 0 ? null : most.choice;
}

async function stationOf(
  reader: Reader,
  snapshot: Snapshot,
  desa: ResultObject,
  { station, log, index, changes }: Posting,
  { at }: Choice,
): Promise<FallenStation> {
  const column = "column" in at ? at.column : -1;
  const change = changes.find((each) => each.column === column);
  const heads = await readHeads(reader, snapshot.edition, station.slice(0, 6));
  const [sheet] = await readStatements(reader, heads.get(log), log, [index]);
  const last = desa.stations?.find(({ n }) => desa.region + n === station)?.recap?.at.at(-1);
  const [entry] = last ? await readStatements(reader, heads.get(last.log), last.log, [last.index]) : [];
  const reading = entry && versionOf(entry, snapshot.contest, station);
  return {
    station,
    before: change?.before ?? 0,
    after: change?.after ?? 0,
    corrected: sheet?.time ?? 0,
    reading: reading ? { time: reading.time, outcome: reading.outcome, votes: reading.votes?.[column] ?? 0 } : null,
  };
}

const BUNDLE = 256;

/** The last order that halted the kecamatan, and the one that lifted it, from the logs of the levels above. */
async function haltOf(reader: Reader, snapshot: Snapshot, kecamatan: string): Promise<[Entry | null, Entry | null]> {
  const heads = await readHeads(reader, snapshot.edition, kecamatan);
  for (const log of ["pleno/0", `pleno/${kecamatan.slice(0, 2)}`, `pleno/${kecamatan.slice(0, 4)}`]) {
    const head = heads.get(log);
    if (head === undefined) continue;
    const concerns = ({ body }: Entry) =>
      Array.isArray(body.regions) && body.regions.some((region) => kecamatan.startsWith(String(region)));
    const orders: Entry[] = [];
    for (let n = 0; n * BUNDLE < head.size; n++) {
      const entries = await fetchBundle(reader.fetch, head, n);
      orders.push(...entries.map((bytes, i) => entryOf(bytes, log, n * BUNDLE + i)).filter(concerns));
    }
    const at = orders.findLastIndex(({ type }) => type === "halt");
    if (at < 0) continue;
    const lifted = orders.slice(at).find(({ type }) => type === "resume");
    const wanted = [orders[at], lifted].filter((entry) => entry !== undefined);
    const [halt = null, resume = null] = await readStatements(
      reader,
      head,
      log,
      wanted.map(({ index }) => index),
    );
    return [halt, resume];
  }
  return [null, null];
}
