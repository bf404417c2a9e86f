/**
 * Prepared downloads: whole provinces and the nation as compressed CSV, made beside the editions and named, with their
 * SHA-256, by a later one. Their columns are those of `teguh export`.
 *
 * A file is two gzip members, the line of names and the rows; the nation is its line of names and the rows of all provinces as
 * they were compressed already. Nothing is held but one desa, and a province in which nothing moved is not made again.
 */
import { createHash } from "node:crypto";
import { closeSync, createReadStream, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import { CONTEST_KINDS, type ContestKind, hasParties, type RegionCode } from "../election/codes.ts";
import { csvHead, csvLine } from "../export/csv.ts";
import type { EditionRoots } from "../export/places.ts";
import { ExportError, hashIn, numberOf, type ObjectSource, partOf, rowsOf, textOf } from "../export/source.ts";
import { BOOKS, type Book, openTable, type Table } from "../export/table.ts";
import { utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { hashHex } from "../ledger/hash.ts";
import { writeAtomic } from "../store/files.ts";

const DOWNLOADS_FORMAT = "teguh/downloads/v1";

/** A file as the list of downloads names it. */
export interface DownloadFile {
  readonly book: Book;
  readonly bytes: number;
  readonly contest: ContestKind;
  /** SHA-256 of the file as it lies there, compressed. */
  readonly hash: string;
  readonly name: string;
  readonly path: string;
  readonly region: string;
  readonly rows: number;
  readonly votes: "choices" | "parties";
}

/** A file with what is needed to use it again. */
interface Made extends DownloadFile {
  /** The province's object and the definition that it was made from. */
  readonly of: string;
  /** Bytes of the first member. */
  readonly head: number;
}

/** Files of a set, by what they are of: a province that has not moved is taken over. */
export type MadeFiles = ReadonlyMap<string, Made>;

export interface DownloadSet {
  /** SHA-256 of the list, which is `download/<hash>.json`. */
  readonly hash: string;
  readonly files: MadeFiles;
}

const FOLDER = "download";

/**
 * Makes the downloads of an edition in the public folder, using what of the set before is still right. Throws what the source
 * throws; files that were finished stay and are found again.
 */
export async function makeDownloads(
  publicDir: string,
  source: ObjectSource,
  edition: EditionRoots,
  before: MadeFiles = new Map(),
): Promise<DownloadSet> {
  mkdirSync(join(publicDir, FOLDER), { recursive: true });
  const files = new Map<string, Made>();
  for (const contest of CONTEST_KINDS) {
    const root = edition.results[contest];
    if (root === undefined) continue;
    const top = await source.object(root);
    const provinces = rowsOf(top.children).filter(({ hash }) => hashIn(hash) !== null);
    for (const book of BOOKS) {
      if (numberOf(partOf(top, book)[book === "count" ? "in" : "read"]) === 0) continue;
      const parts: Made[] = [];
      for (const { code, hash } of provinces) {
        const of = `${textOf(hash)} ${edition.definition}`;
        for (const parties of hasParties(contest) ? [true, false] : [false]) {
          const key = `${contest}/${book}/${textOf(code)}/${parties}`;
          const subject = { contest, region: textOf(code) as RegionCode, book };
          const kept = before.get(key);
          const made = kept?.of === of ? kept : await province(publicDir, source, edition, subject, parties, of);
          if (made === null) continue;
          files.set(key, made);
          if (parties || !hasParties(contest)) parts.push(made);
        }
      }
      // DPD has candidates of its own in each province, so their rows cannot stand in one table.
      if (contest !== "dpd" && parts.length > 0) {
        files.set(`${contest}/${book}/0`, await nation(publicDir, source, edition, { contest, book }, parts));
      }
    }
  }
  const list = [...files.values()].map(({ of: _, head: __, ...file }) => file).sort(byPath);
  const bytes = utf8(
    canonical({ edition: edition.number, files: list.map((file) => ({ ...file })), format: DOWNLOADS_FORMAT }),
  );
  const hash = hashHex(bytes);
  writeAtomic(join(publicDir, FOLDER, `${hash}.json`), bytes);
  return { hash, files };
}

const order = ({ contest, book, region, votes }: DownloadFile) => `${contest} ${book} ${region} ${votes}`;
const byPath = (a: DownloadFile, b: DownloadFile): number => (order(a) < order(b) ? -1 : 1);

interface ProvinceSubject {
  readonly contest: ContestKind;
  readonly region: RegionCode;
  readonly book: Book;
}

/** One province; null where its rows are of parties whether asked or not, or it does not vote. */
async function province(
  publicDir: string,
  source: ObjectSource,
  edition: EditionRoots,
  subject: ProvinceSubject,
  parties: boolean,
  of: string,
): Promise<Made | null> {
  let table: Table;
  try {
    table = await openTable(source, edition, subject, { parties });
  } catch (error) {
    if (error instanceof ExportError) return null;
    throw error;
  }
  if (hasParties(subject.contest) && (table.votes === "parties") !== parties) return null;
  const file = new HashedFile(publicDir);
  const head = gzipSync(csvHead(table));
  file.write(head);
  let rows = 0;
  async function* lines() {
    for await (const desa of table.rows()) {
      rows += desa.length;
      yield desa.map(csvLine).join("");
    }
  }
  await pipeline(Readable.from(lines()), createGzip(), async (pieces: AsyncIterable<Uint8Array>) => {
    for await (const piece of pieces) file.write(piece);
  });
  return { ...named(table, rows), ...file.finish(), of, head: head.length };
}

/** The nation, from the rows of its provinces as they lie there. */
async function nation(
  publicDir: string,
  source: ObjectSource,
  edition: EditionRoots,
  { contest, book }: { contest: ContestKind; book: Book },
  parts: readonly Made[],
): Promise<Made> {
  const subject = { contest, region: "0" as RegionCode, book };
  const table = await openTable(source, edition, subject, { parties: hasParties(contest) });
  const file = new HashedFile(publicDir);
  const head = gzipSync(csvHead(table));
  file.write(head);
  for (const part of parts) {
    for await (const piece of createReadStream(join(publicDir, part.path), { start: part.head })) file.write(piece);
  }
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  return { ...named(table, rows), ...file.finish(), of: "", head: head.length };
}

const named = ({ contest, region, book, name, votes }: Table, rows: number) => ({
  book,
  contest,
  name,
  region,
  rows,
  votes,
});

/** A file whose name is the hash of its bytes, known when it is whole. */
class HashedFile {
  readonly #publicDir: string;
  readonly #temporary: string;
  readonly #handle: number;
  readonly #hash = createHash("sha256");

  constructor(publicDir: string) {
    this.#publicDir = publicDir;
    this.#temporary = join(publicDir, FOLDER, ".making");
    this.#handle = openSync(this.#temporary, "w");
  }

  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#handle, bytes, at);
  }

  finish(): { readonly hash: string; readonly path: string; readonly bytes: number } {
    closeSync(this.#handle);
    const hash = this.#hash.digest("hex");
    const path = `${FOLDER}/${hash}.csv.gz`;
    const bytes = statSync(this.#temporary).size;
    renameSync(this.#temporary, join(this.#publicDir, path));
    return { hash, path, bytes };
  }
}

/** Removes the files that none of these sets has, lists included. */
export function removeOthers(publicDir: string, present: Iterable<string>, kept: readonly DownloadSet[]): void {
  const wanted = new Set(
    kept.flatMap(({ hash, files }) => [
      `${hash}.json`,
      ...[...files.values()].map(({ path }) => path.slice(FOLDER.length + 1)),
    ]),
  );
  for (const name of present) if (!wanted.has(name)) rmSync(join(publicDir, FOLDER, name), { force: true });
}
