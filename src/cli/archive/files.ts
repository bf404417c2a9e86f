/**
 * Finds the records in whatever form somebody kept the archive: a file, a folder of any nesting, a ZIP; one record per
 * `.json` file named by its station's code, or JSON Lines whose records carry `kode`; gzip or not.
 *
 * Everything is read piece by piece, since the whole archive has 820,000 records, and nothing that cannot be read stops
 * the rest: it is given as a {@link Rejected} with its file and line.
 */
import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createGunzip, gunzipSync } from "node:zlib";
import { CONTEST_KINDS, type ContestKind, isStationCode, type StationCode } from "../../election/codes.ts";
import { DecodeError, fromUtf8 } from "../../ledger/bytes.ts";
import { isObject, JsonError, type JsonValue, parseStrictJson } from "./json.ts";
import { type ArchiveRecord, readRecord } from "./record.ts";
import { MAX_FILE, readZip, ZipError } from "./zip.ts";

/** Something that was not imported: `line` counts from 1, in a file of one record it is 1. */
export interface Rejected {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

export interface Found {
  readonly file: string;
  readonly line: number;
  readonly station: StationCode;
  readonly contest: ContestKind;
  readonly record: ArchiveRecord;
  /** Date of the file, `YYYY-MM-DD`. */
  readonly date: string;
}

/** The archive's names of the contests, and our own. */
const CONTEST_OF: Readonly<Record<string, ContestKind>> = {
  ...Object.fromEntries(CONTEST_KINDS.map((kind) => [kind, kind])),
  pdpr: "dpr",
  pdpd: "dpd",
  pdprdp: "dprdp",
  pdprdk: "dprdk",
};

/** The contest of a name, ours (`dpr`) or the archive's (`pdpr`); null if there is no such contest. */
export function contestOf(name: string): ContestKind | null {
  return CONTEST_OF[name] ?? null;
}

/**
 * All records below these paths. With `contest`, files that lie in the folder of another contest are passed over; without,
 * that folder says which contest it is.
 */
export async function* findRecords(
  paths: readonly string[],
  contest: ContestKind | null,
): AsyncGenerator<Found | Rejected> {
  for (const path of paths) for (const file of walk(path)) yield* readFile(file, contest);
}

/** Whether what was found could not be used. */
export function isRejected(item: Found | Rejected): item is Rejected {
  return "what" in item;
}

function* walk(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* walk(inner);
    else if (READABLE.test(entry.name)) yield inner;
  }
}

const READABLE = /\.(?:zip|(?:json|jsonl|ndjson)(?:\.gz)?)$/i;
const LINES = /\.(?:jsonl|ndjson)(?:\.gz)?$/i;
const ONE_RECORD = /(?:^|[/\\])(\d{13})\.json(?:\.gz)?$/i;
/** The archive keeps a region's own table beside its stations: 0.json, 51.json … 5103032001.json. */
const REGION_TABLE = /(?:^|[/\\])(?:0|\d{2}|\d{4}|\d{6}|\d{10})\.json(?:\.gz)?$/i;
const CONTEST_FOLDER = /(?:^|[/\\])hhcw[/\\]([a-z]+)[/\\]/;

async function* readFile(path: string, contest: ContestKind | null): AsyncGenerator<Found | Rejected> {
  const date = statSync(path).mtime.toISOString().slice(0, 10);
  const place = { path, date, contest: contestFor(path, contest) };
  if (place.contest === "another") return;
  if (/\.zip$/i.test(path)) yield* readArchive(path, contest);
  else if (ONE_RECORD.test(path)) yield readOne(place, () => unzipped(path, readFileSync(path)));
  else if (LINES.test(path) || !REGION_TABLE.test(path)) yield* readLines(place, streamLines(path));
}

interface Place {
  readonly path: string;
  readonly date: string;
  readonly contest: ContestKind | "another" | null;
}

function contestFor(path: string, wanted: ContestKind | null): ContestKind | "another" | null {
  const folder = CONTEST_FOLDER.exec(path)?.[1];
  const named = folder === undefined ? null : contestOf(folder);
  return named !== null && wanted !== null && named !== wanted ? "another" : (named ?? wanted);
}

async function* readArchive(path: string, contest: ContestKind | null): AsyncGenerator<Found | Rejected> {
  try {
    for (const entry of readZip(path)) {
      const place = { path: `${path}/${entry.name}`, date: entry.date, contest: contestFor(entry.name, contest) };
      if (place.contest === "another" || !READABLE.test(entry.name)) continue;
      const bytes = () => unzipped(entry.name, entry.read());
      if (ONE_RECORD.test(entry.name)) yield readOne(place, bytes);
      else if (LINES.test(entry.name) || !REGION_TABLE.test(entry.name)) yield* readLines(place, linesOf(bytes));
    }
  } catch (error) {
    yield { file: path, line: 1, what: misfortune(error) };
  }
}

function unzipped(name: string, bytes: Uint8Array): Uint8Array {
  return /\.gz$/i.test(name) ? gunzipSync(bytes, { maxOutputLength: MAX_FILE }) : bytes;
}

/** What to tell about a file that cannot be read; anything that is not the file's doing is thrown on. */
function misfortune(error: unknown): string {
  if (error instanceof ZipError || error instanceof JsonError || error instanceof LineError) return error.message;
  if (error instanceof DecodeError) return "is not UTF-8 text";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR") return "is cut off in the middle of its gzip data";
  if (code.startsWith("Z_")) return "its gzip data is damaged";
  if (code === "ERR_BUFFER_TOO_LARGE") return `unpacks to more than ${MAX_FILE} bytes`;
  if (/^E[A-Z]+$/.test(code)) return `cannot be read (${code})`;
  throw error;
}

// ---------------------------------------------------------------- one record a file

function readOne(place: Place, bytes: () => Uint8Array): Found | Rejected {
  try {
    const code = ONE_RECORD.exec(place.path)?.[1] ?? "";
    return toFound(place, 1, code, parseStrictJson(fromUtf8(bytes())));
  } catch (error) {
    return { file: place.path, line: 1, what: misfortune(error) };
  }
}

function toFound(place: Place, line: number, code: string, json: JsonValue): Found | Rejected {
  const { path: file, contest, date } = place;
  if (!isStationCode(code)) return { file, line, what: `${code} is not the code of a station` };
  if (contest === null || contest === "another") {
    return { file, line, what: "which contest is it? Name it with --contest" };
  }
  const record = readRecord(json, contest);
  if ("faults" in record) return { file, line, what: record.faults.join("; ") };
  return { file, line, station: code, contest, record, date };
}

// ---------------------------------------------------------------- a record a line

/** A line that is no text, or longer than any record. */
class LineError extends Error {}

const MAX_LINE = 4 * 1024 * 1024;
const NEWLINE = 10;

async function* readLines(place: Place, lines: AsyncIterable<Uint8Array>): AsyncGenerator<Found | Rejected> {
  let line = 0;
  try {
    for await (const bytes of lines) {
      line++;
      const item = readLine(place, line, bytes);
      if (item === null) continue;
      if (line === 1 && isRejected(item) && !LINES.test(place.path)) {
        yield { ...item, what: 'is neither named by a station\'s 13 digits nor JSON Lines of records with "kode"' };
        return;
      }
      yield item;
    }
  } catch (error) {
    yield { file: place.path, line: line + 1, what: misfortune(error) };
  }
}

function readLine(place: Place, line: number, bytes: Uint8Array): Found | Rejected | null {
  try {
    const text = fromUtf8(bytes);
    if (text.trim() === "") return null;
    const json = parseStrictJson(text);
    const code = isObject(json) ? json.kode : undefined;
    if (typeof code === "string") return toFound(place, line, code, json);
    return { file: place.path, line, what: 'has no "kode": which station is it?' };
  } catch (error) {
    return { file: place.path, line, what: misfortune(error) };
  }
}

async function* streamLines(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!/\.gz$/i.test(path)) {
    yield* splitLines(file);
    return;
  }
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  file.on("error", (error) => unpacked.destroy(error));
  yield* splitLines(file.pipe(unpacked));
}

async function* linesOf(bytes: () => Uint8Array): AsyncGenerator<Uint8Array> {
  yield* splitLines([bytes()]);
}

async function* splitLines(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      yield bytes.subarray(from, end);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > MAX_LINE) throw new LineError(`has a line of more than ${MAX_LINE} bytes: not JSON Lines`);
  }
  if (rest.length > 0) yield rest;
}
