/**
 * Trouble for the publisher under test: writes that fail, in both ways, and a power cut that takes what was not flushed.
 */
import { rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PublicFolder } from "./folder.ts";

/** How the write that is about to happen fails: it did not happen, or it did and we are told otherwise. */
export type Failing = "not-done" | "done";

/** Counts the writes of publisher and folder, and makes one of them fail. */
export class Trouble {
  writes = 0;
  #at: number;
  readonly #how: Failing;

  /** Without `at` nothing fails. */
  constructor(at = Number.POSITIVE_INFINITY, how: Failing = "not-done") {
    this.#at = at;
    this.#how = how;
  }

  /** From now on, the write after so many others fails. */
  failAfter(writes: number): void {
    this.#at = this.writes + writes;
  }

  /** Whether and how this write fails. */
  next(): Failing | null {
    return this.writes++ === this.#at ? this.#how : null;
  }
}

/** A write that trouble made fail. */
export class WriteFailed extends Error {}

export function troubledFolder(folder: PublicFolder, trouble: Trouble): PublicFolder {
  const guard = <A extends unknown[], R>(write: (...args: A) => R) => {
    return (...args: A): R => {
      const failing = trouble.next();
      if (failing === "not-done") throw new WriteFailed("a write failed");
      const result = write(...args);
      if (failing === "done") throw new WriteFailed("a write was done, and said to have failed");
      return result;
    };
  };
  return {
    read: (path) => folder.read(path),
    look: (path) => folder.look(path),
    list: (path) => folder.list(path),
    size: (path) => folder.size(path),
    writeOnce: guard((path, bytes) => folder.writeOnce(path, bytes)),
    fill: guard((path, bytes, also) => folder.fill(path, bytes, also)),
    place: guard(() => folder.place()),
    reveal: guard(() => folder.reveal()),
    stock: guard((files) => folder.stock(files)),
    replace: guard((path, bytes) => folder.replace(path, bytes)),
    prepare: guard((path, bytes) => folder.prepare(path, bytes)),
    show: guard((path) => folder.show(path)),
    grow: guard((path, offset, bytes) => folder.grow(path, offset, bytes)),
    link: guard((of, path) => folder.link(of, path)),
    remove: guard((path) => folder.remove(path)),
    settle: () => folder.settle(),
    startSync: () => folder.startSync(),
    sync: guard(() => folder.sync()),
    close: () => folder.close(),
  };
}

/** A folder that remembers how to undo what was not flushed. Flushing it writes nothing, since no power fails here. */
export class UnsyncedFolder implements PublicFolder {
  readonly #dir: string;
  #folder: PublicFolder;
  #written: { readonly undo: () => void; readonly tear?: () => void }[] = [];
  #filled: { readonly path: string; readonly length: number; readonly also: string | null }[] = [];
  #hidden: string[] = [];

  constructor(dir: string, folder: PublicFolder) {
    this.#dir = dir;
    this.#folder = folder;
  }

  /** Another process writes from now on: what the one before had not yet named is in nobody's memory. */
  begin(folder: PublicFolder): void {
    this.#folder = folder;
    this.#filled = [];
    this.#hidden = [];
  }

  /** Undoes the writes since the last flush but for the first `kept`, whose last one lost half of its bytes. */
  losePower(kept: number): void {
    for (const { undo } of this.#written.splice(kept).reverse()) undo();
    this.#written.at(-1)?.tear?.();
    this.#written = [];
  }

  read(path: string): Uint8Array | null {
    return this.#folder.read(path);
  }

  look(path: string): Uint8Array | null {
    return this.#folder.look(path);
  }

  list(path: string): string[] {
    return this.#folder.list(path);
  }

  size(path: string): number | null {
    return this.#folder.size(path);
  }

  writeOnce(path: string, bytes: Uint8Array): void {
    this.#isNew(path, bytes.length);
    this.#folder.writeOnce(path, bytes);
  }

  fill(path: string, bytes: Uint8Array, also: string | null): void {
    this.#filled.push({ path, length: bytes.length, also });
    this.#folder.fill(path, bytes, also);
  }

  place(): void {
    for (const { path, length, also } of this.#filled.splice(0)) {
      this.#isNew(path, length);
      if (also !== null) this.#hidden.push(also);
    }
    this.#folder.place();
  }

  reveal(): void {
    for (const path of this.#hidden.splice(0)) this.#remember(path);
    this.#folder.reveal();
  }

  stock(files: number): void {
    this.#folder.stock(files);
  }

  replace(path: string, bytes: Uint8Array): void {
    this.#remember(path);
    this.#folder.replace(path, bytes);
  }

  /** Hidden until it is shown, which is after a flush. */
  prepare(path: string, bytes: Uint8Array): void {
    this.#folder.prepare(path, bytes);
  }

  show(path: string): void {
    this.#remember(path);
    this.#folder.show(path);
  }

  grow(path: string, offset: number, bytes: Uint8Array): void {
    const file = join(this.#dir, path);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? null;
    // Cut in place: its other names are the same file, and lose the same bytes.
    this.#written.push({
      undo: () => (size === null ? rmSync(file) : truncateSync(file, size)),
      tear: () => truncateSync(file, Math.max(size ?? 0, offset + (bytes.length >> 1))),
    });
    this.#folder.grow(path, offset, bytes);
  }

  link(of: string, path: string): void {
    this.#remember(path);
    this.#folder.link(of, path);
  }

  /** Not undone: an object that comes back is only waste. */
  remove(path: string): void {
    this.#folder.remove(path);
  }

  settle(): Promise<void> {
    return this.#folder.settle();
  }

  /** Of what is only begun nothing is certain. */
  startSync(): void {}

  async sync(): Promise<void> {
    this.#written = [];
  }

  close(): Promise<void> {
    return this.#folder.close();
  }

  #isNew(path: string, length: number): void {
    const file = join(this.#dir, path);
    if (this.#folder.read(path) !== null) return;
    this.#written.push({ undo: () => rmSync(file), tear: () => truncateSync(file, length >> 1) });
  }

  #remember(path: string): void {
    const file = join(this.#dir, path);
    const before = this.#folder.read(path);
    const undo = () => {
      rmSync(file, { force: true });
      if (before) writeFileSync(file, before);
    };
    this.#written.push({ undo });
  }
}
