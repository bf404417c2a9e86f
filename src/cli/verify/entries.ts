/**
 * The entries of all logs for the fold, and every bundle once for the threads. Editions take a few entries of each log at
 * a time, in an order of their own; bundles are kept in memory while they are used, up to {@link MOST_BYTES}.
 */
import { parseBundle, TILE_WIDTH, tilePath, tileWidth } from "../../ledger/tiles.ts";
import { logFolder } from "../../publish/layout.ts";
import type { PublicFiles } from "../../store/public-files.ts";
import { LogFiles, PublishedError } from "../log-files.ts";
import type { BundleJob } from "./jobs.ts";

const MOST_BYTES = 256 * 2 ** 20;

interface Bundle {
  readonly entries: readonly Uint8Array[];
  readonly bytes: number;
}

export class Entries {
  readonly #files: PublicFiles;
  /** Entries of each log in the newest edition. */
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #give: (job: BundleJob) => Promise<void>;
  readonly #logs = new Map<string, LogFiles>();
  /** Least recently used first. */
  readonly #bundles = new Map<string, Bundle>();
  readonly #given = new Set<string>();
  #bytes = 0;

  /** `give` gets each bundle that is read, once. */
  constructor(files: PublicFiles, sizes: ReadonlyMap<string, number>, give: (job: BundleJob) => Promise<void>) {
    this.#files = files;
    this.#sizes = sizes;
    this.#give = give;
  }

  /** The files of a log. */
  log(name: string): LogFiles {
    const log = this.#logs.get(name) ?? new LogFiles(this.#files, logFolder(name));
    this.#logs.set(name, log);
    return log;
  }

  sizeOf(log: string): number {
    return this.#sizes.get(log) ?? 0;
  }

  /** The entries [from, to) of a log, bundle by bundle. Throws {@link PublishedError}. */
  async *read(log: string, from: number, to: number): AsyncGenerator<readonly Uint8Array[]> {
    for (let n = Math.floor(from / TILE_WIDTH); n * TILE_WIDTH < to; n++) {
      const first = n * TILE_WIDTH;
      const { entries } = await this.#bundle(log, n);
      yield entries.slice(Math.max(0, from - first), to - first);
    }
  }

  async #bundle(log: string, n: number): Promise<Bundle> {
    const key = `${log} ${n}`;
    const known = this.#bundles.get(key);
    if (known) {
      this.#bundles.delete(key);
      this.#bundles.set(key, known);
      return known;
    }
    const bundle = await this.#load(log, n);
    this.#bundles.set(key, bundle);
    this.#bytes += bundle.bytes;
    for (const [oldest, { bytes }] of this.#bundles) {
      if (this.#bytes <= MOST_BYTES || oldest === key) break;
      this.#bundles.delete(oldest);
      this.#bytes -= bytes;
    }
    return bundle;
  }

  async #load(log: string, n: number): Promise<Bundle> {
    const size = this.sizeOf(log);
    const files = this.log(log);
    const count = tileWidth("entries", n, size);
    const read = await files.fetch("entries", n, size);
    // Memory that all threads share: the bundle is read once, folded here and checked there.
    const bytes = new Uint8Array(new SharedArrayBuffer(read.length));
    bytes.set(read);
    const entries = parsed(read, count, files.path("entries", n, size));
    if (!this.#given.has(`${log} ${n}`)) {
      this.#given.add(`${log} ${n}`);
      const fullTilePath = files.folder + tilePath(0, n, TILE_WIDTH);
      await this.#give({ kind: "bundle", log, n, count, bytes, tilePath: files.path(0, n, size), fullTilePath });
    }
    return { entries, bytes: read.length };
  }
}

function parsed(bytes: Uint8Array, count: number, path: string): Uint8Array[] {
  try {
    return parseBundle(bytes, count);
  } catch (error) {
    throw new PublishedError(path, error instanceof Error ? error.message : String(error));
  }
}
