// A log's tile files in memory, for tests: applies writes as a publisher does (bytes at an offset of one growing file)
// and polices their rules: no byte once written may change, no gap may appear.

import { concat } from "./bytes.ts";
import { growTiles, type TileWrite, tilePath } from "./tiles.ts";
import { HASH_BYTES } from "./tree.ts";

export class MemoryTiles {
  size = 0;
  readonly #files = new Map<string, Uint8Array>();

  /** Appends leaf hashes and applies what that writes. */
  grow(leafHashes: readonly Uint8Array[]): void {
    for (const write of growTiles(this.size, leafHashes, this.read)) this.apply(write);
    this.size += leafHashes.length;
  }

  apply(write: TileWrite): void {
    const path = tilePath(write.level, write.n, 256);
    const old = this.#files.get(path) ?? new Uint8Array(0);
    if (write.offset !== old.length)
      throw new Error(`${path} has ${old.length} bytes, the write begins at ${write.offset}`);
    this.#files.set(path, concat(old, write.bytes));
  }

  /** The first `width` hashes; throws if the tile does not have them. */
  readonly read = (level: number, n: number, width: number): Uint8Array => {
    const path = tilePath(level, n, 256);
    const bytes = this.#files.get(path);
    if (bytes === undefined || bytes.length < width * HASH_BYTES) throw new Error(`${path} has no ${width} hashes`);
    return bytes.slice(0, width * HASH_BYTES);
  };

  /** The bytes at a full or partial path. */
  file(path: string): Uint8Array {
    const [whole = "", width] = path.split(".p/");
    const bytes = this.#files.get(whole);
    if (bytes === undefined) throw new Error(`no tile ${path}`);
    return width === undefined ? bytes : bytes.slice(0, Number(width) * HASH_BYTES);
  }
}
