/**
 * The ground of a definition as it was once read, kept beside its objects: `definition/<root>.ground`. Only a cache, so that a
 * process that is started again does not read ten thousand files: lost, damaged or of another program, it is left aside and the
 * objects are read. It is believed as they were when it was made; whoever can write here could as well write the keys.
 */
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import type { Ground } from "../election/ground.ts";
import type { Hash } from "../ledger/hash.ts";
import { readFileOrNull, writeAtomic } from "../store/files.ts";

/** Raised whenever the shape of a ground changes, or what is checked when one is read. */
const FORMAT = 1;
const SUM_BYTES = 4;

interface Kept {
  readonly format: number;
  readonly ground: Ground;
}

/** The ground that is kept in `folder` for a definition; null if none is, or none that can be used. */
export function keptGround(folder: string, root: Hash): Ground | null {
  const bytes = readFileOrNull(pathOf(folder, root));
  if (bytes === null || bytes.length < SUM_BYTES) return null;
  const body = bytes.subarray(SUM_BYTES);
  if (crc32(body) !== new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)) return null;
  const kept = valueIn(body);
  return kept?.format === FORMAT && kept.ground.root === root ? kept.ground : null;
}

/** What was written whole; null if a newer Node wrote it, in a form that this one cannot read. */
function valueIn(body: Uint8Array): Kept | null {
  try {
    return deserialize(body);
  } catch {
    return null;
  }
}

/** Keeps a ground if it can be written. For one process alone: two at once would write into the same file. */
export function keepGround(folder: string, ground: Ground): void {
  const body = serialize({ format: FORMAT, ground } satisfies Kept);
  const bytes = new Uint8Array(SUM_BYTES + body.length);
  new DataView(bytes.buffer).setUint32(0, crc32(body));
  bytes.set(body, SUM_BYTES);
  try {
    writeAtomic(pathOf(folder, ground.root), bytes);
  } catch (error) {
    // A full disk, a folder that is not ours: the next process reads the objects again.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

const pathOf = (folder: string, root: Hash): string => join(folder, `${root}.ground`);
