/**
 * A file whose name is the SHA-256 of its bytes: written under a hidden name, since what it will be called is known only when it
 * is whole.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

export class HashedFile {
  readonly #folder: string;
  readonly #handle: number;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  /** One at a time in a folder: an unfinished one is overwritten by the next. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#handle = openSync(join(folder, MAKING), "w");
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#handle, bytes, at);
  }

  /** Gives the file its name, `<hash><ending>`; the hash. */
  finish(ending: string): string {
    closeSync(this.#handle);
    const hash = this.#hash.digest("hex");
    renameSync(join(this.#folder, MAKING), join(this.#folder, `${hash}${ending}`));
    return hash;
  }

  /** Lets go of a file that will not be finished. */
  abandon(): void {
    closeSync(this.#handle);
  }
}

const MAKING = ".making";

/** Some bytes of a file; null if it is not there any more. */
export function readPart(path: string, start: number, length: number): Uint8Array | null {
  let handle: number;
  try {
    handle = openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return null;
  }
  try {
    const bytes = new Uint8Array(length);
    let read = 0;
    for (let more = -1; read < length && more !== 0; read += more) {
      more = readSync(handle, bytes, read, length - read, start + read);
    }
    return read === length ? bytes : null;
  } finally {
    closeSync(handle);
  }
}
