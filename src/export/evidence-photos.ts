/**
 * The photographs that stand behind the statements of a file of evidence: those that sheets, readings and what follows them name
 * by their hashes, and that are published. Each is checked before it goes in. What is named and not published is named as absent.
 */
import { paperHash, readPages } from "../election/page-list.ts";
import { inspectPhoto, type PhotoType } from "../election/photo.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { openBody, parseStatement } from "../ledger/statement.ts";
import { ExportError, partOf, textOf } from "./source.ts";

/** Bytes of all photographs at most: the whole file is made in a browser's memory. */
export const MOST_PHOTO_BYTES = 256 * 2 ** 20;

const ENDINGS: Readonly<Record<PhotoType, string>> = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" };

/** Bytes of a published file; null if there is none. */
type Get = (path: string) => Promise<Uint8Array | null>;

interface Entries {
  readonly name: string;
  readonly entries: readonly Uint8Array[];
}

/** A statement that names a paper, and what became of the paper. */
export interface NamedPaper {
  readonly log: string;
  readonly index: number;
  readonly type: string;
  readonly station: string;
  readonly paper: Hash;
  /** Paths in the ZIP of those of its pages that are attached; as many as there are pages, null for one that is not. */
  readonly pages: readonly (string | null)[];
}

export interface EvidencePhotos {
  readonly named: readonly NamedPaper[];
  /** The path in the ZIP → bytes: the photographs, and the lists under their published names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Fetches what the statements of these logs name, of those that `concerns` picks. Throws {@link ExportError} for wrong bytes. */
export async function gatherPhotos(
  get: Get,
  logs: ReadonlyMap<string, Entries>,
  concerns: (body: JsonObject) => boolean,
): Promise<EvidencePhotos> {
  const files = new Map<string, Uint8Array>();
  const named: NamedPaper[] = [];
  let room = MOST_PHOTO_BYTES;

  async function attach(hash: Hash): Promise<readonly (string | null)[]> {
    const bytes = await fetched(get, hash);
    if (bytes === null) return [null];
    const pages = readPages(bytes);
    if (pages !== null) {
      files.set(`data/photo/${hash}`, bytes);
      const attached: (string | null)[] = [];
      for (const page of pages) attached.push(...(await attach(page)));
      return attached;
    }
    const photo = inspectPhoto(bytes);
    if (typeof photo === "string") return [null];
    const path = `foto/${hash}.${ENDINGS[photo.type]}`;
    if (files.has(path)) return [path];
    if (bytes.length > room) return [null];
    room -= bytes.length;
    files.set(path, bytes);
    return [path];
  }

  const naming = [...logs.values()].flatMap((log) => namesIn(log, concerns));
  for (const statement of naming) named.push({ ...statement, pages: await attach(statement.paper) });
  return { named, files };
}

async function fetched(get: Get, hash: Hash): Promise<Uint8Array | null> {
  const bytes = await get(`photo/${hash}`);
  if (bytes !== null && hashHex(bytes) !== hash) {
    throw new ExportError(
      `isi photo/${hash} bukan yang ditandatangani`,
      `the content of photo/${hash} is not what was signed`,
    );
  }
  return bytes;
}

/** The papers that a log's statements name. */
function namesIn({ name, entries }: Entries, concerns: (body: JsonObject) => boolean): Omit<NamedPaper, "pages">[] {
  return entries.flatMap((entry, index) => {
    const statement = parseStatement(entry);
    const body = openBody(statement) as JsonObject;
    if (!concerns(body)) return [];
    const act = partOf(body, "act");
    return [body.papers, body.evidence, act.papers, act.pages, act.photo].flatMap((value) => {
      const paper = typeof value === "string" ? paperHash(value) : null;
      return paper === null ? [] : [{ log: name, index, type: statement.type, station: textOf(body.station), paper }];
    });
  });
}
