/**
 * The public folder as the publisher writes it. A short list of verbs, because each has its own promise to readers and caches:
 * an immutable file never changes, a growing one only gets longer, a replaced one is old or new and never half.
 *
 * Calls are synchronous: an edition writes thousands of small files, and handing each to the thread pool and back costs more
 * than the file (measured). Nothing here is flushed to the disk until `sync`.
 */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { growAt, hardLink, ImmutableFileError, readFileOrNull, writeAtomic, writeNew } from "../store/files.ts";
import { Spares } from "../store/spares.ts";
import { Turns } from "../store/turns.ts";
import { flusher } from "./flush.ts";

/** Where files lie that have no name yet; web servers do not serve names with a leading dot. */
const SPARES = ".spare";

/** Paths are relative to the public folder, with `/`. */
export interface PublicFolder {
  read(path: string): Uint8Array | null;
  /** As `read`, but of what was written since the last `settle` or `sync` it may know nothing or a part: it waits for no write. */
  look(path: string): Uint8Array | null;
  /** Names in a folder; none if there is no such folder. */
  list(path: string): string[];
  /** Bytes of a file, null if there is none; of what was written since the last `settle` or `sync` it may know nothing. */
  size(path: string): number | null;
  /** Writes a file that never changes. What a crash left of it is put right. */
  writeOnce(path: string, bytes: Uint8Array): void;
  /** As `writeOnce`, but under no name yet: `place` gives all their names, and `reveal` those that also have another. */
  fill(path: string, bytes: Uint8Array, also: string | null): void;
  place(): void;
  /** Gives the files placed since it was last called their second names, in place of what these named before. */
  reveal(): void;
  /** Makes so many files ahead, which `fill` then need not make. For pauses. */
  stock(files: number): void;
  /** Replaces a file whole. */
  replace(path: string, bytes: Uint8Array): void;
  /** Writes the next content of a small file that changes all the time; `show` replaces it, after a `sync`. */
  prepare(path: string, bytes: Uint8Array): void;
  /** Replaces a file by what was prepared, once for each time. */
  show(path: string): void;
  /** Writes bytes at an offset of a file that only grows; at 0 the file is made if need be. */
  grow(path: string, offset: number, bytes: Uint8Array): void;
  /** Makes `path` a second name of the file `of`, in place of what it named before. */
  link(of: string, path: string): void;
  remove(path: string): void;
  /** Every write so far is done, for whoever reads the folder, when the promise resolves. */
  settle(): Promise<void>;
  /** Begins to bring to the disk what is written so far, while more is written: so `sync` has less to wait for. */
  startSync(): void;
  /** Everything written so far is on the disk when the promise resolves. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The public folder on this machine's disk. `log` is told of files that held other bytes than their name promises, as a
 * loss of power can leave them; what belongs there follows from the store, so they are written anew. `spares`: whoever else
 * fills files in the same folder has others.
 */
export function diskFolder(dir: string, log: (line: string) => void, spares = SPARES): PublicFolder {
  const differs = (path: string) => log(`${path} held other bytes than belong there; written anew`);
  const turns = new Turns();
  let filled: Spares | null = null;
  const fill = () => {
    filled ??= new Spares(join(dir, spares));
    return filled;
  };
  const writeOnce = (path: string, bytes: Uint8Array) => {
    try {
      writeNew(join(dir, path), bytes);
    } catch (error) {
      if (!(error instanceof ImmutableFileError)) throw error;
      differs(path);
      writeAtomic(join(dir, path), bytes);
    }
  };
  let flushing: (() => Promise<void>) | null = null;
  const flush = () => {
    flushing ??= flusher(dir);
    return flushing();
  };
  const started: Promise<void>[] = [];
  return {
    read: (path) => readFileOrNull(join(dir, path)),
    look: (path) => readFileOrNull(join(dir, path)),
    list: (path) => namesIn(join(dir, path)),
    size: (path) => statSync(join(dir, path), { throwIfNoEntry: false })?.size ?? null,
    writeOnce,
    fill: (path, bytes, also) => fill().fill(join(dir, path), bytes, also === null ? null : join(dir, also)),
    place: () => filled?.place((path) => differs(relative(dir, path))),
    reveal: () => filled?.reveal(),
    stock: (files) => fill().stock(files),
    replace: (path, bytes) => writeAtomic(join(dir, path), bytes),
    prepare: (path, bytes) => turns.prepare(join(dir, path), bytes),
    show: (path) => turns.show(join(dir, path)),
    grow: (path, offset, bytes) => growAt(join(dir, path), offset, bytes),
    link: (of, path) => hardLink(join(dir, of), join(dir, path)),
    remove: (path) => rmSync(join(dir, path), { recursive: true, force: true }),
    settle: async () => undefined,
    startSync() {
      const flushed = flush();
      started.push(flushed);
      // That it failed is for the next `sync` to say.
      flushed.catch(() => undefined);
    },
    async sync() {
      await Promise.all([...started.splice(0), flush()]);
    },
    close: async () => undefined,
  };
}

function namesIn(path: string): string[] {
  return existsSync(path) ? readdirSync(path) : [];
}
