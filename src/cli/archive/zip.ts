/**
 * Reads ZIP archives as others packed them: the archive of a commission comes as hundreds of thousands of small files.
 *
 * Follows APPNOTE 6.3.10 as far as such archives need it: the central directory (never the local headers' sizes, which a
 * streaming packer leaves at zero), stored and deflated entries, and ZIP64, since 820,161 files do not fit into the
 * 65,535 of the original format. Every length is checked before it is believed, so a truncated or hostile file is an
 * error that names the entry, and never costs more memory than {@link MAX_FILE}.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32, inflateRawSync } from "node:zlib";

/** The largest file that is unpacked, in bytes: a result record has about one thousand. */
export const MAX_FILE = 64 * 1024 * 1024;

/** The archive, or one entry of it, cannot be read. The message says which and why. */
export class ZipError extends Error {
  override readonly name = "ZipError";
}

export interface ZipEntry {
  readonly name: string;
  /** The packer's local date, as text `YYYY-MM-DD`. */
  readonly date: string;
  /** Unpacks the entry. Throws {@link ZipError}. Usable only while the archive is being iterated. */
  read(): Uint8Array;
}

const END = 0x06054b50;
const END_SIZE = 22;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_SIZE = 20;
const END64 = 0x06064b50;
const END64_SIZE = 56;
const CENTRAL = 0x02014b50;
const CENTRAL_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const FULL32 = 0xffffffff;
const MAX_COMMENT = 65_535;
const MAX_DIRECTORY = 512 * 1024 * 1024;
const ENCRYPTED = 1;
const EXTRA_ZIP64 = 1;

/** The files of an archive in the order of its directory; folders are left out. Throws {@link ZipError}. */
export function* readZip(path: string): Generator<ZipEntry> {
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    const directory = findDirectory(file, size);
    const bytes = readAt(file, directory.offset, directory.size, "its directory");
    let at = 0;
    for (let i = 0; i < directory.count; i++) {
      if (at + CENTRAL_SIZE > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) {
        throw new ZipError(`the directory is damaged at entry ${i + 1} of ${directory.count}`);
      }
      const header = readHeader(bytes, at);
      at = header.next;
      if (!header.name.endsWith("/")) {
        yield { name: header.name, date: dosDate(header.date), read: () => unpack(file, header) };
      }
    }
  } finally {
    closeSync(file);
  }
}

interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

function findDirectory(file: number, size: number): Directory {
  const tailSize = Math.min(size, END_SIZE + MAX_COMMENT);
  const tail = readAt(file, size - tailSize, tailSize, "its end");
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue;
    const found = {
      offset: tail.readUInt32LE(at + 16),
      size: tail.readUInt32LE(at + 12),
      count: tail.readUInt16LE(at + 10),
    };
    const directory = directory64(file, tail, at) ?? found;
    if (directory.size > MAX_DIRECTORY || directory.offset + directory.size > size) break;
    return directory;
  }
  throw new ZipError("not a ZIP archive, or cut off: its directory, which stands at the end, is missing");
}

/** The ZIP64 directory, if its locator stands before the end record. */
function directory64(file: number, tail: Buffer, end: number): Directory | null {
  const at = end - LOCATOR64_SIZE;
  if (at < 0 || tail.readUInt32LE(at) !== LOCATOR64) return null;
  const record = readAt(file, number64(tail, at + 8), END64_SIZE, "its ZIP64 directory");
  if (record.readUInt32LE(0) !== END64) throw new ZipError("the ZIP64 directory is damaged");
  return { offset: number64(record, 48), size: number64(record, 40), count: number64(record, 32) };
}

interface Header {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly date: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  readonly next: number;
}

function readHeader(bytes: Buffer, at: number): Header {
  const nameEnd = at + CENTRAL_SIZE + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const next = extraEnd + bytes.readUInt16LE(at + 32);
  if (next > bytes.length) throw new ZipError("the directory is cut off");
  const name = bytes.toString("utf8", at + CENTRAL_SIZE, nameEnd);
  const sizes = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
  const [size = 0, packed = 0, offset = 0] = widen(sizes, bytes.subarray(nameEnd, extraEnd), name);
  return {
    name,
    method: bytes.readUInt16LE(at + 10),
    encrypted: (bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
    date: bytes.readUInt16LE(at + 14),
    crc: bytes.readUInt32LE(at + 16),
    packed,
    size,
    offset,
    next,
  };
}

/** Replaces the sizes that did not fit into 32 bits by those of the ZIP64 extra field, which come in the same order. */
function widen(sizes: readonly number[], extra: Buffer, name: string): readonly number[] {
  if (!sizes.includes(FULL32)) return sizes;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== EXTRA_ZIP64) continue;
    let from = at + 4;
    return sizes.map((value) => {
      if (value !== FULL32) return value;
      from += 8;
      if (from > extra.length) throw new ZipError(`${name}: its ZIP64 sizes are cut off`);
      return number64(extra, from - 8);
    });
  }
  return sizes;
}

function unpack(file: number, entry: Header): Uint8Array {
  if (entry.encrypted) throw new ZipError(`${entry.name}: is encrypted`);
  if (entry.size > MAX_FILE || entry.packed > MAX_FILE) {
    throw new ZipError(`${entry.name}: has ${entry.size} bytes, at most ${MAX_FILE} are read`);
  }
  const local = readAt(file, entry.offset, LOCAL_SIZE, entry.name);
  if (local.readUInt32LE(0) !== LOCAL) throw new ZipError(`${entry.name}: its header is damaged`);
  const start = entry.offset + LOCAL_SIZE + local.readUInt16LE(26) + local.readUInt16LE(28);
  const bytes = inflate(readAt(file, start, entry.packed, entry.name), entry);
  if (bytes.length !== entry.size) throw new ZipError(`${entry.name}: unpacks to another size than it says`);
  if (crc32(bytes) !== entry.crc) throw new ZipError(`${entry.name}: its checksum does not match`);
  return bytes;
}

function inflate(packed: Buffer, entry: Header): Buffer {
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new ZipError(`${entry.name}: packed by method ${entry.method}; only deflate is read`);
  try {
    // One byte more than it says: a longer content is then told apart from one of exactly that size.
    return inflateRawSync(packed, { maxOutputLength: entry.size + 1 });
  } catch (cause) {
    throw new ZipError(`${entry.name}: cannot be unpacked, its content is damaged`, { cause });
  }
}

function readAt(file: number, offset: number, length: number, what: string): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, offset + done);
    if (count === 0) throw new ZipError(`${what}: the archive is cut off`);
    done += count;
  }
  return bytes;
}

function number64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ZipError("a size in the archive is not possible");
  return Number(value);
}

function dosDate(date: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
}
