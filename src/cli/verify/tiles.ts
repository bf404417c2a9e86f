/**
 * Every tile of a log against the hashes computed from its entries. Where they differ, one of the two files is wrong; which
 * one follows from the signed root: if the entries give it, the tile is.
 */
import { equalBytes } from "../../ledger/bytes.ts";
import { completeRoot, TILE_WIDTH } from "../../ledger/tiles.ts";
import { HASH_BYTES } from "../../ledger/tree.ts";
import { type LogFiles, PublishedError } from "../log-files.ts";
import type { Faults } from "./faults.ts";

/** Checks the tiles of all levels. `hashes` are those of the entries; `entriesHold`: they give the signed root. */
export async function checkTiles(
  log: LogFiles,
  hashes: readonly Uint8Array[],
  size: number,
  entriesHold: boolean,
  faults: Faults,
): Promise<void> {
  await checkLevel(log, 0, hashes, size, faults, (index) => {
    const path = log.path("entries", Math.floor(index / TILE_WIDTH), size);
    if (!entriesHold) faults.add(path, `entry ${index} is not the one whose hash is in the tree`);
    return entriesHold;
  });
  await checkUpperTiles(log, fullRoots(hashes), size, faults);
}

/** Checks the tiles above level 0, given the roots of the full tiles of level 0. */
export async function checkUpperTiles(
  log: LogFiles,
  roots: readonly Uint8Array[],
  size: number,
  faults: Faults,
): Promise<void> {
  for (let level = 1, above = roots; above.length > 0; level++, above = fullRoots(above)) {
    await checkLevel(log, level, above, size, faults, () => true);
  }
}

/** The hashes of one level; `blame` is asked whether a differing hash is the tile's fault. */
async function checkLevel(
  log: LogFiles,
  level: number,
  hashes: readonly Uint8Array[],
  size: number,
  faults: Faults,
  blame: (index: number) => boolean,
): Promise<void> {
  for (let n = 0; n * TILE_WIDTH < hashes.length; n++) {
    const path = log.path(level, n, size);
    const expected = hashes.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH);
    try {
      const tile = await log.fetch(level, n, size);
      if (tile.length < expected.length * HASH_BYTES) throw new PublishedError(path, "is cut short");
      for (const [i, hash] of expected.entries()) {
        if (equalBytes(hash, tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))) continue;
        if (blame(n * TILE_WIDTH + i)) faults.add(path, `hash ${i} is not that of the entries`);
        break;
      }
    } catch (error) {
      faults.addError(error);
    }
  }
}

function fullRoots(hashes: readonly Uint8Array[]): Uint8Array[] {
  const roots: Uint8Array[] = [];
  for (let from = 0; from + TILE_WIDTH <= hashes.length; from += TILE_WIDTH) {
    const bytes = new Uint8Array(TILE_WIDTH * HASH_BYTES);
    for (let i = 0; i < TILE_WIDTH; i++) bytes.set(hashes[from + i] ?? new Uint8Array(HASH_BYTES), i * HASH_BYTES);
    roots.push(completeRoot(bytes));
  }
  return roots;
}
