// Tiles: C2SP tlog-tiles 0.1.0. The tree is cut into files of up to 256 hashes and its entries into bundles of up to
// 256. A narrower version of a tile is a byte prefix of every wider one, so a tile is one file that only grows:
// what changed is always "these bytes at that offset", never a rewritten file.

import { concat } from "./bytes.ts";
import { HASH_BYTES, nodeHash } from "./tree.ts";

/** Hashes in a full tile, and entries in a full bundle: 2^TILE_HEIGHT. */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;

/** Longest entry that a bundle's two length bytes can announce. */
export const MAX_ENTRY = 65_535;

/** `level` 0 holds leaf hashes, level L the roots of full tiles of level L - 1; `n` counts tiles; `width` 1 to 256. */
export interface Tile {
  readonly level: number | "entries";
  readonly n: number;
  readonly width: number;
}

/** New bytes of a tile: to be written at `offset` of its file. */
export interface TileWrite extends Tile {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A tile or bundle whose bytes are not what its width says. */
export class TileError extends Error {
  override name = "TileError";
}

/** Path below the log's prefix: `tile/0/x001/x234/067`, with `.p/W` when narrower than 256. Throws RangeError. */
export function tilePath(level: number | "entries", n: number, width: number): string {
  const levelFits = level === "entries" || (Number.isSafeInteger(level) && level >= 0 && level < TILE_HEIGHT);
  if (
    !levelFits ||
    !Number.isSafeInteger(n) ||
    n < 0 ||
    !Number.isSafeInteger(width) ||
    width < 1 ||
    width > TILE_WIDTH
  ) {
    throw new RangeError(`no tile has level ${level}, number ${n}, width ${width}`);
  }
  let path = group(n % 1000);
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${group(rest % 1000)}/${path}`;
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ""}`;
}

function group(value: number): string {
  return String(value).padStart(3, "0");
}

/** How many hashes (or entries) tile `n` of a level has in a tree of `size`: 0 to 256. */
export function tileWidth(level: number | "entries", n: number, size: number): number {
  const whole = hashesAt(level, size);
  return Math.max(0, Math.min(TILE_WIDTH, whole - n * TILE_WIDTH));
}

/** Hashes stored at a level in a tree of `size`: only complete subtrees count. */
function hashesAt(level: number | "entries", size: number): number {
  return level === "entries" ? size : Math.floor(size / TILE_WIDTH ** level);
}

/** Every bundle and tile of a tree of `size`, bundles first, then level by level. */
export function tilesForSize(size: number): Generator<Tile> {
  return newTiles(0, size);
}

/** The bundles and tiles that differ between two sizes, at their width in the new one. */
export function* newTiles(oldSize: number, newSize: number): Generator<Tile> {
  yield* newTilesAt("entries", oldSize, newSize);
  for (let level = 0; hashesAt(level, newSize) > 0; level++) yield* newTilesAt(level, oldSize, newSize);
}

function* newTilesAt(level: number | "entries", oldSize: number, newSize: number): Generator<Tile> {
  const before = hashesAt(level, oldSize);
  const after = hashesAt(level, newSize);
  for (let n = Math.floor(before / TILE_WIDTH); n * TILE_WIDTH < after; n++) {
    const width = tileWidth(level, n, newSize);
    if (width > tileWidth(level, n, oldSize)) yield { level, n, width };
  }
}

/** Reads the first `width` hashes of a tile (more may be returned, fewer is an error). */
export type ReadTile = (level: number, n: number, width: number) => Uint8Array;

/** As many hashes as asked for, or more. Throws TileError if the tile is shorter. */
export function readHashes(readTile: ReadTile, level: number, n: number, width: number): Uint8Array {
  const bytes = readTile(level, n, width);
  if (bytes.length < width * HASH_BYTES) {
    throw new TileError(`${tilePath(level, n, width)} has ${bytes.length} bytes, needed are ${width * HASH_BYTES}`);
  }
  return bytes;
}

/** Root over 2^k concatenated hashes. */
export function completeRoot(hashes: Uint8Array): Uint8Array {
  let row: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += HASH_BYTES) row.push(hashes.slice(at, at + HASH_BYTES));
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) above.push(nodeHash(row[i] as Uint8Array, row[i + 1] as Uint8Array));
    row = above;
  }
  return row[0] as Uint8Array;
}

/**
 * What appending these leaf hashes to a tree of `oldSize` writes, level by level. `readTile` is asked only for the old
 * hashes of tiles that become full, since only a full tile is hashed upward.
 */
export function growTiles(oldSize: number, leafHashes: readonly Uint8Array[], readTile: ReadTile): TileWrite[] {
  const writes: TileWrite[] = [];
  let before = oldSize;
  let added = leafHashes;
  for (let level = 0; added.length > 0; level++) {
    const above: Uint8Array[] = [];
    for (let from = 0; from < added.length; ) {
      const at = before + from;
      const n = Math.floor(at / TILE_WIDTH);
      const oldWidth = at % TILE_WIDTH;
      const taken = added.slice(from, from + TILE_WIDTH - oldWidth);
      const bytes = concat(...taken);
      const width = oldWidth + taken.length;
      writes.push({ level, n, width, offset: oldWidth * HASH_BYTES, bytes });
      if (width === TILE_WIDTH) {
        const old =
          oldWidth > 0
            ? readHashes(readTile, level, n, oldWidth).subarray(0, oldWidth * HASH_BYTES)
            : bytes.subarray(0, 0);
        above.push(completeRoot(concat(old, bytes)));
      }
      from += taken.length;
    }
    before = Math.floor(before / TILE_WIDTH);
    added = above;
  }
  return writes;
}

/** An entry as a bundle holds it: its length in two bytes, big-endian, then itself. Throws RangeError when too long. */
export function encodeEntry(entry: Uint8Array): Uint8Array {
  if (entry.length > MAX_ENTRY) throw new RangeError(`an entry has at most ${MAX_ENTRY} bytes, got ${entry.length}`);
  const bytes = new Uint8Array(2 + entry.length);
  bytes[0] = entry.length >> 8;
  bytes[1] = entry.length & 255;
  bytes.set(entry, 2);
  return bytes;
}

/**
 * What appending these entries writes to the bundles of a log of `oldSize` entries, whose last bundle is now
 * `oldBytes` long (0 if it does not exist yet).
 */
export function growBundles(oldSize: number, oldBytes: number, entries: readonly Uint8Array[]): TileWrite[] {
  const writes: TileWrite[] = [];
  for (let from = 0; from < entries.length; ) {
    const oldWidth = (oldSize + from) % TILE_WIDTH;
    const taken = entries.slice(from, from + TILE_WIDTH - oldWidth);
    writes.push({
      level: "entries",
      n: Math.floor((oldSize + from) / TILE_WIDTH),
      width: oldWidth + taken.length,
      offset: oldWidth > 0 ? oldBytes : 0,
      bytes: concat(...taken.map(encodeEntry)),
    });
    from += taken.length;
  }
  return writes;
}

/**
 * The entries of a bundle, as views of it. With `count`, the first `count` of a bundle that may have grown since; without,
 * all of it. Throws TileError on a bundle that is cut short or has none or too many entries.
 */
export function parseBundle(bytes: Uint8Array, count?: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (count === undefined ? at < bytes.length : entries.length < count) {
    const start = at + 2;
    const end = start + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    if (start > bytes.length || end > bytes.length) {
      throw new TileError(`the bundle ends inside its entry ${entries.length}; fetch it again`);
    }
    entries.push(bytes.subarray(start, end));
    at = end;
  }
  if (entries.length > TILE_WIDTH)
    throw new TileError(`a bundle has at most ${TILE_WIDTH} entries, got ${entries.length}`);
  return entries;
}
