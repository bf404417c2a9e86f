/**
 * Where a hall's copy is made: a folder on a stick or second disk, chosen once.
 *
 * The folder is made when it is chosen and never by itself: where a stick was pulled there may be an empty folder left, on the
 * laptop's own disk, and a copy in it would be none. So the place has a mark of its own, and without it nothing is written.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import type { RegionCode } from "../election/codes.ts";
import { DecodeError, fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull } from "../store/files.ts";
import type { CopyDisk } from "./copy-disk.ts";
import { CopyFailed } from "./copy-words.ts";

/** In the laptop's folder: where its copy is. In the copy's folder: the mark. */
const FILE = "copy.json";
const MOST_MARK = 4_096;

/** What the mark says. */
interface Mark {
  readonly format: "teguh/copy/v1";
  /** 16 bytes of the genesis id, in hex. */
  readonly election: string;
  readonly region: RegionCode;
  /** Of this place alone. */
  readonly id: string;
}

/** A place that was chosen. */
export interface CopyPlace {
  /** The folder of the copy, absolute. */
  readonly folder: string;
  /** The mark that must be found there. */
  readonly id: string;
}

/** The place that was chosen for a laptop's folder; null if none was. */
export function copyPlace(data: string): CopyPlace | null {
  const bytes = readFileOrNull(join(data, FILE));
  return bytes && (JSON.parse(fromUtf8(bytes)) as CopyPlace | null);
}

/**
 * Chooses the place of a laptop's copy: `teguh-<region>` in a folder that exists; one that was begun for the same hall is gone on
 * with. @throws CopyFailed, or the system's errors
 */
export function chooseCopyPlace(data: string, parent: string, hall: Pick<Mark, "election" | "region">): CopyPlace {
  const into = resolve(parent);
  if (!statSync(into, { throwIfNoEntry: false })?.isDirectory()) throw new CopyFailed("no-folder", into);
  const way = relative(resolve(data), into);
  if (!way.startsWith("..") && !isAbsolute(way)) throw new CopyFailed("inside", into);
  const folder = join(into, `teguh-${hall.region}`);
  const known = readMark(folder);
  if (known !== null && (known.election !== hall.election || known.region !== hall.region)) {
    throw new CopyFailed("other", folder);
  }
  const mark = known ?? { format: "teguh/copy/v1", ...hall, id: toHex(new Uint8Array(randomBytes(16))) };
  if (known === null) {
    mkdirSync(folder, { recursive: true });
    writeDurable(join(folder, FILE), utf8(`${JSON.stringify(mark)}\n`), 0o644);
  }
  const place = { folder, id: mark.id };
  writeDurable(join(data, FILE), utf8(`${JSON.stringify(place)}\n`));
  return place;
}

/** From now on no copy is made; what was copied stays where it is. */
export function forgetCopyPlace(data: string): void {
  writeDurable(join(data, FILE), utf8("null\n"));
}

/** @throws CopyFailed if the place is not there, or another one is where it was */
export async function assertInPlace(disk: CopyDisk, { folder, id }: CopyPlace): Promise<void> {
  if ((await disk.size(FILE)) === null) throw new CopyFailed("missing", folder);
  if (markIn(await disk.read(FILE, 0, MOST_MARK))?.id !== id) throw new CopyFailed("missing", folder);
}

/** Whether a copy lies on the same disk as what it is a copy of. */
export async function isOnSameDisk(data: string, { folder }: CopyPlace): Promise<boolean> {
  return (await stat(folder)).dev === (await stat(data)).dev;
}

function readMark(folder: string): Mark | null {
  const bytes = readFileOrNull(join(folder, FILE));
  return bytes && markIn(bytes);
}

/** A mark that was cut short says nothing. */
function markIn(bytes: Uint8Array): Mark | null {
  try {
    return JSON.parse(fromUtf8(bytes)) as Mark;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DecodeError) return null;
    throw error;
  }
}
