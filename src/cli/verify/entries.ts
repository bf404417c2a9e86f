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
  readonly bytes: Uint8Array;
}

type Give = (job: BundleJob) => Promise<void>;

export class Entries {
  readonly #files: PublicFiles;
  /** Entries of each log in the newest edition. */
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #logs = new Map<string, LogFiles>();
  /** Least recently used first. */
  readonly #bundles = new Map<string, Bundle>();
  readonly #given = new Set<string>();
  #give: Give | null = null;
  #bytes = 0;

  constructor(files: PublicFiles, sizes: ReadonlyMap<string, number>) {
    this.#files = files;
    this.#sizes = sizes;
  }

  /** From here on each bundle that is read is given to `give`, once. */
  giveTo(give: Give): void {
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
    const bundle = this.#bundles.get(key) ?? (await this.#load(log, n));
    // The most recently used comes last.
    if (!this.#bundles.delete(key)) this.#bytes += bundle.bytes.length;
    this.#bundles.set(key, bundle);
    for (const [oldest, { bytes }] of this.#bundles) {
      if (this.#bytes <= MOST_BYTES || oldest === key) break;
      this.#bundles.delete(oldest);
      this.#bytes -= bytes.length;
    }
    if (this.#give !== null && !this.#given.has(key)) {
      this.#given.add(key);
      await this.#give(this.#jobOf(log, n, bundle));
    }
    return bundle;
  }

  async #load(log: string, n: number): Promise<Bundle> {
    const size = this.sizeOf(log);
    const files = this.log(log);
    const bytes = await files.fetch("entries", n, size);
    return { entries: parsed(bytes, tileWidth("entries", n, size), files.path("entries", n, size)), bytes };
  }

  #jobOf(log: string, n: number, { entries, bytes }: Bundle): BundleJob {
    const size = this.sizeOf(log);
    const files = this.log(log);
    const tile = { tilePath: files.path(0, n, size), fullTilePath: files.folder + tilePath(0, n, TILE_WIDTH) };
    return { kind: "bundle", log, n, count: entries.length, bytes, ...tile };
  }
}

function parsed(bytes: Uint8Array, count: number, path: string): Uint8Array[] {
  try {
    return parseBundle(bytes, count);
  } catch (error) {
    throw new PublishedError(path, error instanceof Error ? error.message : String(error));
  }
}
