/**
 * The files behind the public server, as answers ready to send: bytes, packed or not, their tag, how long they may be cached.
 *
 * Reading is synchronous: these are small files in the page cache, and a read through the thread pool costs ten times its CPU
 * (measured with 4 KB: 85 µs against 7 µs). What never changes is read once and kept, within a bound; what changes is
 * looked at (one fstat) each time.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { photoType } from "../election/photo.ts";
import { toHex } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { CodedBody } from "./codings.ts";

export interface CachedFile {
  readonly body: CodedBody;
  /** Entity tag. Weak: it names the content, whichever way it is packed. */
  readonly tag: string;
  readonly type: string;
  readonly cacheControl: string;
}

/** A file too large to be kept: to be streamed from this path. */
export interface LargeFile {
  readonly path: string;
  readonly size: number;
  readonly type: string;
  readonly cacheControl: string;
}

/** Bytes kept in memory at most, each file counted as if it were kept in every coding. */
const KEPT_BYTES = 128 * 2 ** 20;
/** Larger files (photos, downloads) are streamed. */
const LARGE = 2 ** 20;
const WORTH_COMPRESSING = 512;
/** Of an entry besides its bodies, about. */
const OVERHEAD = 256;

/** Letters, digits and - _ only, dots inside: no way up, no hidden file, nothing to decode. */
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const TILE = /(?:^|\/)tile\/(?:entries|\d+)\/(?:x\d{3}\/)*\d{3}(?:\.p\/([1-9]\d{0,2}))?$/;
const OBJECT = /^object\/([0-9a-f]{2})\/([0-9a-f]{62})\.json$/;
/** Named by the hash of their bytes, and by nothing that tells their type: see `src/recap/papers.ts`. */
const PHOTO = /^photo\/([0-9a-f]{64})$/;
const CHANGES = /^(?:(?:now|feed|plain|contact)\/.*|status\.json|index\.html(?:\.br)?)$|(?:^|\/)checkpoint$/;

/** A reader that sees an old checkpoint for seconds is right; one that sees none because we are down is not. */
const SHORTLY = "max-age=2, stale-while-revalidate=10, stale-if-error=86400";
const FOR_EVER = "max-age=31536000, immutable";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  atom: "application/atom+xml; charset=utf-8",
  gz: "application/gzip",
  csv: "text/csv; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  woff2: "font/woff2",
  pdf: "application/pdf",
};
const COMPRESSED = /^(?:image\/(?!svg)|font\/|application\/(?:pdf|gzip))/;

interface Kept {
  readonly file: CachedFile;
  readonly version: string;
  /** When it was last looked at. */
  lookedAt: number;
}

export class CachedFiles {
  readonly #folders: readonly string[];
  readonly #unlookedFor: number;
  readonly #kept = new Map<string, Kept>();
  #keptBytes = 0;
  /** One body at a time is packed better: readers come first. */
  #improving = false;

  /** Looks in the folders in this order; at what changes not again within so many milliseconds. */
  constructor(folders: readonly string[], unlookedFor = 0) {
    this.#folders = folders;
    this.#unlookedFor = unlookedFor;
  }

  /** The file under a path relative to the folders; null if there is none or the path is not one of ours. */
  get(path: string): CachedFile | LargeFile | null {
    if (!PATH.test(path)) return null;
    const changes = CHANGES.test(path);
    const kept = this.#kept.get(path);
    if (kept !== undefined && (!changes || performance.now() - kept.lookedAt < this.#unlookedFor)) {
      return this.#again(kept.file);
    }
    for (const folder of this.#folders) {
      const found = this.#read(join(folder, path), path, changes, kept);
      if (found !== null) return found;
    }
    return null;
  }

  #read(file: string, path: string, changes: boolean, kept: Kept | undefined): CachedFile | LargeFile | null {
    const handle = open(file);
    if (handle === null) return null;
    try {
      const stat = fstatSync(handle);
      if (!stat.isFile()) return null;
      const version = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
      if (kept?.version === version) {
        kept.lookedAt = performance.now();
        return this.#again(kept.file);
      }
      const type = PHOTO.test(path) ? typeIn(handle) : typeOf(path);
      const cacheControl = changes ? SHORTLY : FOR_EVER;
      if (stat.size > LARGE) return { path: file, size: stat.size, type, cacheControl };
      const body = settled(path, readAll(handle, stat.size));
      return body === null ? null : this.#keep(path, version, asFile(body, type, cacheControl));
    } finally {
      closeSync(handle);
    }
  }

  #keep(path: string, version: string, file: CachedFile): CachedFile {
    const old = this.#kept.get(path);
    if (old !== undefined) this.#drop(path, old.file);
    this.#kept.set(path, { file, version, lookedAt: performance.now() });
    this.#keptBytes += sizeOf(file);
    for (const [oldest, { file: first }] of this.#kept) {
      if (this.#keptBytes <= KEPT_BYTES) break;
      this.#drop(oldest, first);
    }
    return file;
  }

  /** A kept file that is asked for again: it is worth packing well. */
  #again(file: CachedFile): CachedFile {
    if (!this.#improving && file.body.isImprovable) {
      this.#improving = true;
      file.body.improve(() => {
        this.#improving = false;
      });
    }
    return file;
  }

  #drop(path: string, file: CachedFile): void {
    this.#kept.delete(path);
    this.#keptBytes -= sizeOf(file);
  }
}

const sizeOf = ({ body }: CachedFile): number => body.mostBytes + OVERHEAD;

function open(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch {
    return null; // not there, or not for us: the same to a stranger
  }
}

function readAll(handle: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (let got = 1; at < size && got > 0; at += got) got = readSync(handle, bytes, at, size - at, at);
  return bytes.subarray(0, at);
}

function asFile(body: Uint8Array, type: string, cacheControl: string): CachedFile {
  const compressible = body.length >= WORTH_COMPRESSING && !COMPRESSED.test(type);
  const tag = `W/"${toHex(sha256(body).subarray(0, 12))}"`;
  return { body: new CodedBody(body, compressible), tag, type, cacheControl };
}

/** Bytes by which a picture is known. */
const MAGIC = 16;

/** The type of a photo, or of a list of photos, by how it begins. */
function typeIn(handle: number): string {
  const head = new Uint8Array(MAGIC);
  readSync(handle, head, 0, MAGIC, 0);
  return photoType(head) ?? (head[0] === OPENING_BRACKET ? "application/json" : "application/octet-stream");
}
const OPENING_BRACKET = 0x5b;

function typeOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "checkpoint") return "text/plain; charset=utf-8";
  return TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
}

const HASH_BYTES = 32;
const FULL_TILE = 256;

/**
 * What may be answered under an immutable path, or null while it is not all there: a cache would keep half of it for ever.
 * Names of a partial tile share one file that grows; who asks for `.p/W` gets its first W entries, never more.
 */
function settled(path: string, bytes: Uint8Array): Uint8Array | null {
  const photo = PHOTO.exec(path);
  if (photo !== null) return toHex(sha256(bytes)) === photo[1] ? bytes : null;
  const object = OBJECT.exec(path);
  if (object !== null) return toHex(sha256(bytes)) === `${object[1]}${object[2]}` ? bytes : null;
  const tile = TILE.exec(path);
  if (tile === null) return bytes;
  const width = Number(tile[1] ?? FULL_TILE);
  const end = path.includes("tile/entries/") ? endOfEntries(bytes, width) : width * HASH_BYTES;
  return end === null || end > bytes.length ? null : bytes.subarray(0, end);
}

function endOfEntries(bytes: Uint8Array, count: number): number | null {
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 2 > bytes.length) return null;
    at += 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  }
  return at;
}
