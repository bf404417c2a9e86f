/**
 * Proofs made from published tiles. A proof asks for hashes one after the other; over a slow link each question would be
 * a round trip. So the proof is made twice: once to learn which tiles it needs, then, with all of them here, in earnest.
 */
import { type GetHash, tileHashReader } from "../../../src/ledger/proof.ts";
import { parseBundle, TILE_WIDTH, TileError, tilePath, tileWidth } from "../../../src/ledger/tiles.ts";
import { HASH_BYTES } from "../../../src/ledger/tree.ts";
import { Fault } from "./fault.ts";
import type { Fetch } from "./files.ts";

/** Runs `make` with the hashes of the log's tree of `size`, fetching the tiles it needs in one round trip. */
export async function withTiles<T>(fetch: Fetch, prefix: string, size: number, make: (hash: GetHash) => T): Promise<T> {
  const wanted = new Map<string, readonly [number, number, number]>();
  make(
    tileHashReader((level, n, width) => {
      wanted.set(tilePath(level, n, width), [level, n, width]);
      return new Uint8Array(width * HASH_BYTES);
    }, size),
  );
  const tiles = new Map<string, Uint8Array>();
  await Promise.all(
    [...wanted].map(async ([path, [level, n, width]]) =>
      tiles.set(path, await fetchTile(fetch, prefix, level, n, width)),
    ),
  );
  return make(
    tileHashReader(
      (level, n, width) => tiles.get(tilePath(level, n, width)) ?? new Uint8Array(width * HASH_BYTES),
      size,
    ),
  );
}

/** A tile of at least `width`: a partial one may be gone once its full tile is there. */
async function fetchTile(
  fetch: Fetch,
  prefix: string,
  level: number | "entries",
  n: number,
  width: number,
): Promise<Uint8Array> {
  const path = prefix + tilePath(level, n, width);
  const bytes =
    (await fetch(path)) ?? (width < TILE_WIDTH ? await fetch(prefix + tilePath(level, n, TILE_WIDTH)) : null);
  if (bytes === null) throw new Fault("unreachable", path, "the tile is not there");
  if (level !== "entries" && bytes.length < width * HASH_BYTES)
    throw new Fault("malformed", path, "the tile is too short");
  return bytes;
}

/** The entries of a log of `size` at the given indices, in their order; whole bundles are fetched. */
export async function fetchEntries(
  fetch: Fetch,
  prefix: string,
  size: number,
  indices: readonly number[],
): Promise<Uint8Array[]> {
  const bundles = new Map<number, Uint8Array[]>();
  await Promise.all(
    [...new Set(indices.map((index) => Math.floor(index / TILE_WIDTH)))].map(async (n) => {
      const width = tileWidth("entries", n, size);
      bundles.set(
        n,
        readBundle(await fetchTile(fetch, prefix, "entries", n, width), width, `${prefix}tile/entries/${n}`),
      );
    }),
  );
  return indices.map((index) => {
    const entry = bundles.get(Math.floor(index / TILE_WIDTH))?.[index % TILE_WIDTH];
    if (entry === undefined) throw new Fault("malformed", prefix, `the log has no entry ${index}`);
    return entry;
  });
}

function readBundle(bytes: Uint8Array, width: number, file: string): Uint8Array[] {
  try {
    return parseBundle(bytes, width);
  } catch (cause) {
    if (!(cause instanceof TileError)) throw cause;
    throw new Fault("malformed", file, cause.message);
  }
}
