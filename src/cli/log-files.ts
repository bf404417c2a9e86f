/**
 * One log as it is published: tiles of hashes and bundles of entries below a folder.
 *
 * A partial tile is asked for under the width that the reader's checkpoint implies. By now the log may have it only in
 * full, and a partial tile is a file that grows: only its first hashes or entries are meant.
 */
import { consistencyProof, inclusionProof, tileHashReader } from "../ledger/proof.ts";
import { parseBundle, type ReadTile, TILE_WIDTH, tilePath, tileWidth } from "../ledger/tiles.ts";
import { HASH_BYTES } from "../ledger/tree.ts";
import type { PublicFiles } from "../store/public-files.ts";

/** A file that must be there is not, or is not what it must be. `where` is its path below the public folder. */
export class PublishedError extends Error {
  override readonly name = "PublishedError";
  readonly where: string;

  constructor(where: string, what: string) {
    super(`${where}: ${what}`);
    this.where = where;
  }
}

/** The file's bytes. Throws {@link PublishedError} if it is missing. */
export async function mustGet(files: PublicFiles, path: string): Promise<Uint8Array> {
  const bytes = await files.get(path);
  if (bytes === null) throw new PublishedError(path, "is missing");
  return bytes;
}

export class LogFiles {
  readonly folder: string;
  readonly #files: PublicFiles;

  /** `folder` ends with a slash, or is empty for the log of editions. */
  constructor(files: PublicFiles, folder: string) {
    this.#files = files;
    this.folder = folder;
  }

  /** Where tile or bundle `n` of a log of this size lies. */
  path(level: number | "entries", n: number, size: number): string {
    return this.folder + tilePath(level, n, tileWidth(level, n, size));
  }

  /** A tile or bundle with at least what a log of this size has in it. Throws {@link PublishedError} if it is missing. */
  async fetch(level: number | "entries", n: number, size: number): Promise<Uint8Array> {
    const path = this.path(level, n, size);
    const bytes = await this.#files.get(path);
    if (bytes !== null) return bytes;
    const full = this.folder + tilePath(level, n, TILE_WIDTH);
    const grown = full === path ? null : await this.#files.get(full);
    if (grown === null) throw new PublishedError(path, "is missing");
    return grown;
  }

  /** The entries of bundle `n` in a log of this size. Throws {@link PublishedError}. */
  async bundle(n: number, size: number): Promise<Uint8Array[]> {
    const bytes = await this.fetch("entries", n, size);
    try {
      return parseBundle(bytes, tileWidth("entries", n, size));
    } catch (error) {
      throw new PublishedError(this.path("entries", n, size), error instanceof Error ? error.message : String(error));
    }
  }

  /** The entries [from, to) of a log of this size, bundle by bundle. */
  async *entries(from: number, to: number, size: number): AsyncGenerator<{ index: number; entry: Uint8Array }> {
    for (let n = Math.floor(from / TILE_WIDTH); n * TILE_WIDTH < to; n++) {
      const bundle = await this.bundle(n, size);
      const last = Math.min(bundle.length, to - n * TILE_WIDTH);
      for (let i = Math.max(0, from - n * TILE_WIDTH); i < last; i++) {
        const entry = bundle[i];
        if (entry) yield { index: n * TILE_WIDTH + i, entry };
      }
    }
  }

  /** One entry. Throws {@link PublishedError}. */
  async entry(index: number, size: number): Promise<Uint8Array> {
    const n = Math.floor(index / TILE_WIDTH);
    const entry = (await this.bundle(n, size))[index - n * TILE_WIDTH];
    if (entry === undefined) throw new PublishedError(this.path("entries", n, size), `has no entry ${index}`);
    return entry;
  }

  /** The hashes that lead from an entry to the root of the log at this size. */
  proof(index: number, size: number): Promise<Uint8Array[]> {
    return this.#withTiles(size, (readTile) => inclusionProof(index, size, tileHashReader(readTile, size)));
  }

  /** The hashes that show the log of size `from` to be the beginning of the one of size `to`. */
  consistency(from: number, to: number): Promise<Uint8Array[]> {
    return this.#withTiles(to, (readTile) => consistencyProof(from, to, tileHashReader(readTile, to)));
  }

  /** Runs a computation that reads tiles as if they were at hand: each that is not yet is fetched, and it starts again. */
  async #withTiles<T>(size: number, compute: (readTile: ReadTile) => T): Promise<T> {
    const tiles = new Map<string, Uint8Array>();
    for (;;) {
      let wanted: { level: number; n: number } | null = null;
      const readTile: ReadTile = (level, n) => {
        const tile = tiles.get(`${level}/${n}`);
        if (tile) return tile;
        wanted ??= { level, n };
        return UNKNOWN_TILE;
      };
      const result = compute(readTile);
      if (wanted === null) return result;
      const { level, n }: { level: number; n: number } = wanted;
      const bytes = await this.fetch(level, n, size);
      if (bytes.length < tileWidth(level, n, size) * HASH_BYTES) {
        throw new PublishedError(this.path(level, n, size), "is cut short");
      }
      tiles.set(`${level}/${n}`, bytes);
    }
  }
}

/** Stands in for a tile that is still to be fetched; what is computed with it is thrown away. */
const UNKNOWN_TILE = new Uint8Array(TILE_WIDTH * HASH_BYTES);
