/**
 * The files of one log, from the store's entries: bundles, tiles and the signed checkpoint.
 *
 * A partial tile is a prefix of every later one. So a log's growing tile is one file, and each width that was published is
 * a name of it (`.p/3`, `.p/5`, …, at last the full name): a log of 200 entries published one by one costs 200 entries on
 * the disk and not 20,000. A reader takes the first W entries of `.p/W`. The editions log alone has a file of its own for
 * each width, so that any client of tiled logs can read it; those go when the tile is long full.
 *
 * Writing the same growth again gives the same bytes at the same offsets: that is what is done after a crash.
 */
import { concat } from "../ledger/bytes.ts";
import {
  growBundles,
  growTiles,
  parseBundle,
  type ReadTile,
  TILE_WIDTH,
  type Tile,
  type TileWrite,
  tilePath,
  tileWidth,
} from "../ledger/tiles.ts";
import { leafHash } from "../ledger/tree.ts";
import type { LogName, Store } from "../store/store.ts";
import type { PublicFolder } from "./folder.ts";
import { checkpointPath, logFolder } from "./layout.ts";

/** A tile that must be there is not: only a new mirror of the folder, or writing it from the beginning, can help. */
export class TileMissing extends Error {
  override readonly name = "TileMissing";

  constructor(path: string) {
    super(`${path} is missing from the public folder; remove the folder's checkpoint and status.json to write it anew`);
  }
}

/**
 * Entries of a log from its published bundles, as views of them; `size` is one that was published, and not below `to`.
 * @throws TileMissing
 */
export function* publishedEntries(
  folder: PublicFolder,
  log: LogName,
  from: number,
  to: number,
  size: number,
): Generator<Uint8Array> {
  for (let n = Math.floor(from / TILE_WIDTH); n * TILE_WIDTH < to; n++) {
    const path = logFolder(log) + tilePath("entries", n, tileWidth("entries", n, size));
    const bytes = folder.read(path);
    if (!bytes) throw new TileMissing(path);
    const first = n * TILE_WIDTH;
    yield* parseBundle(bytes, Math.min(to - first, TILE_WIDTH)).slice(Math.max(0, from - first));
  }
}

export class LogWriter {
  readonly #folder: PublicFolder;
  readonly #store: Store;
  /** Length of each log's last bundle at the size it was left with; read from its file when not known. */
  readonly #bundleBytes = new Map<LogName, { readonly size: number; readonly bytes: number }>();

  /** No file is longer than the size that it was published with: so after a start that has ended what a crash cut off. */
  isSettled = false;

  constructor(folder: PublicFolder, store: Store) {
    this.#folder = folder;
    this.#store = store;
  }

  /** Writes the tiles that a log's entries from `from` to before `to` make new or longer. */
  async grow(log: LogName, from: number, to: number): Promise<void> {
    const writes = await this.#writes(log, from, to);
    for (const write of writes) this.#extend(logFolder(log), write, from);
  }

  /** Prepares a log's checkpoint. */
  prepare(log: LogName, checkpoint: Uint8Array): void {
    this.#folder.prepare(checkpointPath(log), checkpoint);
  }

  /** Shows the checkpoint that was prepared; what it says must be on the disk by then. */
  show(log: LogName): void {
    this.#folder.show(checkpointPath(log));
  }

  /** Writes a log's new tiles, each width a file of its own, and no checkpoint. */
  async copy(log: LogName, from: number, to: number): Promise<void> {
    const prefix = logFolder(log);
    for (const { level, n, width, offset, bytes } of await this.#writes(log, from, to)) {
      const old = offset > 0 ? this.#at(from, prefix, level, n).subarray(0, offset) : bytes.subarray(0, 0);
      this.#folder.writeOnce(prefix + tilePath(level, n, width), concat(old, bytes));
    }
    // A reader with a checkpoint from before the tile was full may still be at work; half a tile later it is not.
    if (to % TILE_WIDTH === TILE_WIDTH / 2 && to > TILE_WIDTH)
      this.#dropPartials(prefix, Math.floor(to / TILE_WIDTH) - 1);
  }

  async #writes(log: LogName, from: number, to: number): Promise<TileWrite[]> {
    const entries = await this.#store.read(log, from, to);
    if (entries.length !== to - from) {
      throw new RangeError(`the store has ${entries.length} of the entries ${from} to ${to} of ${log}`);
    }
    const bundles = growBundles(from, this.#lastBundleBytes(log, from), entries);
    const last = bundles.at(-1);
    if (last) this.#bundleBytes.set(log, { size: to, bytes: last.offset + last.bytes.length });
    const prefix = logFolder(log);
    const readTile: ReadTile = (level, n) => this.#at(from, prefix, level, n);
    return [...bundles, ...growTiles(from, entries.map(leafHash), readTile)];
  }

  /** Length of the last bundle of the first `size` entries, of which its file is the beginning or all. */
  #lastBundleBytes(log: LogName, size: number): number {
    const known = this.#bundleBytes.get(log);
    if (known?.size === size) return known.bytes;
    const width = size % TILE_WIDTH;
    if (width === 0) return 0;
    const n = Math.floor(size / TILE_WIDTH);
    const length = this.isSettled ? this.#folder.size(logFolder(log) + tilePath("entries", n, width)) : null;
    if (length !== null) return length;
    const bundle = this.#at(size, logFolder(log), "entries", n);
    return parseBundle(bundle, width).reduce((sum, entry) => sum + 2 + entry.length, 0);
  }

  #extend(prefix: string, { level, n, width, offset, bytes }: TileWrite, from: number): void {
    const path = prefix + tilePath(level, n, width);
    const oldWidth = tileWidth(level, n, from);
    if (oldWidth === 0) {
      this.#folder.grow(path, 0, bytes);
      return;
    }
    const oldPath = prefix + tilePath(level, n, oldWidth);
    this.#folder.grow(oldPath, offset, bytes);
    this.#folder.link(oldPath, path);
  }

  /** A tile under the name that it had at `size`, at which it was settled; the file may be longer by now. */
  #at(size: number, prefix: string, level: Tile["level"], n: number): Uint8Array {
    const path = prefix + tilePath(level, n, tileWidth(level, n, size));
    const bytes = this.#folder.look(path);
    if (!bytes) throw new TileMissing(path);
    return bytes;
  }

  #dropPartials(prefix: string, n: number): void {
    for (const level of ["entries", 0] as const) this.#folder.remove(`${prefix}${tilePath(level, n, TILE_WIDTH)}.p`);
  }
}
