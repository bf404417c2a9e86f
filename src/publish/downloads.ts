/**
 * Prepared downloads: whole provinces and the nation as compressed CSV, made beside the editions and named, with their
 * SHA-256, by a later one. Their columns are those of `teguh export`.
 *
 * A nation takes minutes to read, and an edition is kept whole for a quarter of an hour. So a file is gzip members one behind the
 * other, the line of names and then a member for each kecamatan: of a kecamatan that has not moved the member of an earlier file is
 * copied, and what was made of an edition that is let go meanwhile is not made again. The nation is its own line of names
 * and the members of all provinces. Nothing is held but the rows of one kecamatan.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CONTEST_KINDS, type ContestKind, hasParties, type RegionCode } from "../election/codes.ts";
import { csvHead, csvLine } from "../export/csv.ts";
import type { DesaRef, EditionRoots } from "../export/places.ts";
import { ExportError, hashIn, numberOf, type ObjectSource, partOf, rowsOf, textOf } from "../export/source.ts";
import { BOOKS, type Book, openTable, type Subject, type Table } from "../export/table.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { hashHex } from "../ledger/hash.ts";
import { readFileOrNull, writeAtomic } from "../store/files.ts";
import { HashedFile, readPart } from "./hashed-file.ts";

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

/** Where the rows of a kecamatan lie, compressed. */
interface Member {
  readonly path: string;
  readonly start: number;
  readonly bytes: number;
  readonly rows: number;
}

/** Members by what they were made from; of the last set and of sets that were not finished since. */
export type Members = Map<string, Member>;

export interface DownloadSet {
  /** SHA-256 of the list, which is `download/<hash>.json`. */
  readonly hash: string;
  /** The paths of its files. */
  readonly paths: readonly string[];
}

const FOLDER = "download";
const ENDING = ".csv.gz";

/** Makes the downloads of an edition in the public folder, and notes their members. Throws what the source throws. */
export async function makeDownloads(
  publicDir: string,
  source: ObjectSource,
  edition: EditionRoots,
  members: Members = new Map(),
): Promise<DownloadSet> {
  mkdirSync(join(publicDir, FOLDER), { recursive: true });
  const maker = new Maker(publicDir, source, edition, members);
  const files: DownloadFile[] = [];
  for (const contest of CONTEST_KINDS) {
    const root = edition.results[contest];
    if (root === undefined) continue;
    const top = await source.object(root);
    const provinces = rowsOf(top.children).flatMap(({ code, hash }) =>
      hashIn(hash) === null ? [] : [textOf(code) as RegionCode],
    );
    for (const book of BOOKS) {
      if (numberOf(partOf(top, book)[book === "count" ? "in" : "read"]) === 0) continue;
      files.push(...(await maker.contest(contest, book, provinces)));
    }
  }
  maker.keepOwn();
  const list = files.sort((a, b) => (order(a) < order(b) ? -1 : 1)).map((file) => ({ ...file }));
  const bytes = utf8(canonical({ edition: edition.number, files: list, format: DOWNLOADS_FORMAT }));
  const hash = hashHex(bytes);
  writeAtomic(join(publicDir, FOLDER, `${hash}.json`), bytes);
  return { hash, paths: files.map(({ path }) => path) };
}

const order = ({ contest, book, region, votes }: DownloadFile) => `${contest} ${book} ${region} ${votes}`;

/** Makes the files of one edition. */
class Maker {
  readonly #publicDir: string;
  readonly #source: ObjectSource;
  readonly #edition: EditionRoots;
  readonly #members: Members;
  /** Of this edition. */
  readonly #own: Members = new Map();

  constructor(publicDir: string, source: ObjectSource, edition: EditionRoots, members: Members) {
    this.#publicDir = publicDir;
    this.#source = source;
    this.#edition = edition;
    this.#members = members;
  }

  /** The files of a contest in a book: each province, with parties and choices where both can be, and the nation. */
  async contest(contest: ContestKind, book: Book, provinces: readonly RegionCode[]): Promise<DownloadFile[]> {
    const files: DownloadFile[] = [];
    const parts: Member[] = [];
    for (const region of provinces) {
      for (const parties of hasParties(contest) ? [true, false] : [false]) {
        const table = await this.#table({ contest, region, book }, parties);
        if (table === null) continue;
        const { file, members } = await this.#province(table);
        files.push(file);
        if (parties || !hasParties(contest)) parts.push(...members);
      }
    }
    // DPD has candidates of its own in each province, so their rows cannot stand in one table.
    if (contest === "dpd" || parts.length === 0) return files;
    const table = await this.#table({ contest, region: "0" as RegionCode, book }, hasParties(contest));
    return table === null ? files : [...files, this.#nation(table, parts)];
  }

  /** From now on the members of this edition alone are known: all that is needed of earlier ones is among them. */
  keepOwn(): void {
    this.#members.clear();
    for (const [key, member] of this.#own) this.#members.set(key, member);
  }

  /** Null where its rows are of parties whether asked or not, or it does not vote. */
  async #table(subject: Subject, parties: boolean): Promise<Table | null> {
    try {
      const table = await openTable(this.#source, this.#edition, subject, { parties });
      return hasParties(subject.contest) && (table.votes === "parties") !== parties ? null : table;
    } catch (error) {
      if (error instanceof ExportError) return null;
      throw error;
    }
  }

  async #province(table: Table): Promise<{ file: DownloadFile; members: Member[] }> {
    const file = this.#begin(table);
    const made: [key: string, Omit<Member, "path">][] = [];
    try {
      for (const desa of byKecamatan(await table.desa())) {
        const key = this.#keyOf(table, desa);
        const start = file.bytes;
        const kept = this.#kept(key) ?? (await packed(table, desa));
        file.write(kept.bytes);
        made.push([key, { start, bytes: kept.bytes.length, rows: kept.rows }]);
      }
    } catch (error) {
      file.abandon();
      throw error;
    }
    const finished = this.#finish(
      table,
      file,
      made.map(([, member]) => member),
    );
    const members = made.map(([key, member]) => {
      const whole = { ...member, path: finished.path };
      this.#members.set(key, whole);
      this.#own.set(key, whole);
      return whole;
    });
    return { file: finished, members };
  }

  #nation(table: Table, members: readonly Member[]): DownloadFile {
    const file = this.#begin(table);
    for (const { path, start, bytes } of members) {
      const part = readPart(join(this.#publicDir, path), start, bytes);
      if (part === null) throw new Error(`${path} was written a moment ago and is not whole any more`);
      file.write(part);
    }
    return this.#finish(table, file, members);
  }

  #begin(table: Table): HashedFile {
    const file = new HashedFile(join(this.#publicDir, FOLDER));
    file.write(gzipSync(csvHead(table)));
    return file;
  }

  #finish(
    { contest, region, book, name, votes }: Table,
    file: HashedFile,
    members: readonly Pick<Member, "rows">[],
  ): DownloadFile {
    const { bytes } = file;
    const hash = file.finish(ENDING);
    const rows = members.reduce((sum, member) => sum + member.rows, 0);
    return { book, bytes, contest, hash, name, path: `${FOLDER}/${hash}${ENDING}`, region, rows, votes };
  }

  /** What the rows of some desa are made from; the objects of the desa are of a contest, and name their district. */
  #keyOf({ book, region, votes }: Table, desa: readonly DesaRef[]): string {
    const from = desa.map((ref) => ref.hash ?? [ref.code, ref.name, ref.stations]);
    return hashHex(utf8(JSON.stringify([this.#edition.definition, book, region, votes, from])));
  }

  #kept(key: string): { bytes: Uint8Array; rows: number } | null {
    const member = this.#members.get(key);
    if (member === undefined) return null;
    const bytes = readPart(join(this.#publicDir, member.path), member.start, member.bytes);
    return bytes && { bytes, rows: member.rows };
  }
}

/** Desa in order, those of each kecamatan together. */
function byKecamatan(desa: readonly DesaRef[]): DesaRef[][] {
  const groups = new Map<string, DesaRef[]>();
  for (const ref of desa) {
    const kecamatan = ref.code.slice(0, 6);
    const group = groups.get(kecamatan);
    if (group) group.push(ref);
    else groups.set(kecamatan, [ref]);
  }
  return [...groups.values()];
}

async function packed(table: Table, desa: readonly DesaRef[]): Promise<{ bytes: Uint8Array; rows: number }> {
  const lines: string[] = [];
  for await (const rows of table.rows(desa)) for (const row of rows) lines.push(csvLine(row));
  return { bytes: gzipSync(lines.join("")), rows: lines.length };
}

/** A set that was made before, by the hash of its list; null if that is not there any more, or not whole after a power cut. */
export function readSet(publicDir: string, hash: string): DownloadSet | null {
  const bytes = readFileOrNull(join(publicDir, FOLDER, `${hash}.json`));
  if (bytes === null || hashHex(bytes) !== hash) return null;
  const { files }: { files: readonly DownloadFile[] } = JSON.parse(fromUtf8(bytes));
  return { hash, paths: files.map(({ path }) => path) };
}

/** Removes the files that none of these sets has, lists included. What is hidden is not of any set. */
export function removeOthers(publicDir: string, present: Iterable<string>, kept: readonly DownloadSet[]): void {
  const wanted = new Set(
    kept.flatMap(({ hash, paths }) => [`${hash}.json`, ...paths.map((path) => path.slice(FOLDER.length + 1))]),
  );
  for (const name of present)
    if (!name.startsWith(".") && !wanted.has(name)) rmSync(join(publicDir, FOLDER, name), { force: true });
}
