/**
 * Proofs made from published tiles. A proof asks for hashes one after the other; over a slow link each question would be
 * a round trip. So the proof is made twice: once to learn which tiles it needs, then, with all of them here, in earnest.
 */
import { concat } from "../../../src/ledger/bytes.ts";
import { type GetHash, inclusionProof, tileHashReader, verifyInclusion } from "../../../src/ledger/proof.ts";
import { parseBundle, TILE_WIDTH, TileError, tilePath, tileWidth } from "../../../src/ledger/tiles.ts";
import { HASH_BYTES, leafHash } from "../../../src/ledger/tree.ts";
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

/** A log as some signed state knows it. */
export interface LogHead {
  /** Where its files lie, below the site's address: "" or `log/tps/510303/`. */
  readonly prefix: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * The entries of a log at some indices, in their order, each proved to be under its head. Whole bundles are fetched, and the
 * lowest tiles are made from them rather than fetched as well. Rejects with {@link Fault}.
 */
export async function provedEntries(fetch: Fetch, head: LogHead, indices: readonly number[]): Promise<Uint8Array[]> {
  try {
    return await proveOnce(fetch, head, indices);
  } catch (cause) {
    if (!(cause instanceof Fault) || !cause.isAlarm) throw cause;
    return proveOnce(pastCaches(fetch), head, indices);
  }
}

/**
 * Tiles are named by their place and not by their content, so a cache may hold those of another election that was once at this
 * address (a demonstration begun anew). That is no lie of the server: before an alarm they are fetched again.
 */
export function pastCaches(fetch: Fetch): Fetch {
  return (path) => fetch(path, true);
}

async function proveOnce(fetch: Fetch, head: LogHead, indices: readonly number[]): Promise<Uint8Array[]> {
  const { prefix, size, root } = head;
  const beyond = indices.find((index) => index < 0 || index >= size);
  if (beyond !== undefined) throw new Fault("malformed", prefix, `a log of ${size} entries has none ${beyond}`);
  const bundles = new Map<number, Uint8Array[]>();
  const tiles = new Map<string, Uint8Array>();
  await Promise.all(
    [...new Set(indices.map((index) => Math.floor(index / TILE_WIDTH)))].map(async (n) => {
      const entries = await fetchBundle(fetch, head, n);
      bundles.set(n, entries);
      tiles.set(prefix + tilePath(0, n, entries.length), concat(...entries.map(leafHash)));
    }),
  );
  const inHand: Fetch = async (path) => tiles.get(path) ?? fetch(path);
  const proofs = await withTiles(inHand, prefix, size, (hash) =>
    indices.map((index) => inclusionProof(index, size, hash)),
  );
  return indices.map((index, i) => {
    const entry = bundles.get(Math.floor(index / TILE_WIDTH))?.[index % TILE_WIDTH];
    if (entry === undefined) throw new Fault("malformed", prefix, `the log has no entry ${index}`);
    if (!verifyInclusion(index, size, leafHash(entry), proofs[i] ?? [], root)) {
      throw new Fault("wrong-hash", `${prefix}tile/entries`, `entry ${index} is not under the head of the log`);
    }
    return entry;
  });
}

/** A bundle's entries as they come, not yet proved. Rejects with {@link Fault}. */
export async function fetchBundle(fetch: Fetch, { prefix, size }: LogHead, n: number): Promise<Uint8Array[]> {
  const width = tileWidth("entries", n, size);
  const bytes = await fetchTile(fetch, prefix, "entries", n, width);
  return readBundle(bytes, width, `${prefix}tile/entries/${n}`);
}

function readBundle(bytes: Uint8Array, width: number, file: string): Uint8Array[] {
  try {
    return parseBundle(bytes, width);
  } catch (cause) {
    if (!(cause instanceof TileError)) throw cause;
    throw new Fault("malformed", file, cause.message);
  }
}
