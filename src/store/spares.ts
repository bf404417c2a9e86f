/**
 * Files that are made before they are needed, and filled before they have a name.
 *
 * To make a file takes the file system three to seven times as long as to fill an empty one and rename it (measured: 70 to
 * 240 µs against 32), above all where others were deleted a moment ago. So a publisher makes them in its pauses. And what is
 * filled can wait for its name until it may be known: what a crash leaves here is nobody's, and is filled anew.
 */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { equalBytes } from "../ledger/bytes.ts";
import { inFolderOf } from "./files.ts";

export class Spares {
  readonly #folder: string;
  readonly #free: string[];
  #filled: { readonly spare: string; readonly path: string }[] = [];
  #made = 0;

  /** `folder`: for the spare files alone, on the file system where they get their names. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#free = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
    this.#made = Math.max(0, ...this.#free.map((path) => Number(path.slice(folder.length + 1)) + 1));
  }

  /** Makes files until so many are at hand. */
  stock(count: number): void {
    while (this.#free.length < count) {
      const spare = this.#new();
      inFolderOf(spare, () => writeFileSync(spare, ""));
      this.#free.push(spare);
    }
  }

  /** Fills a file that is to be at `path` once everything filled is placed. */
  fill(path: string, bytes: Uint8Array): void {
    const spare = this.#free.pop() ?? this.#new();
    inFolderOf(spare, () => writeFileSync(spare, bytes));
    this.#filled.push({ spare, path });
  }

  /** Gives every filled file its name. A file that is there already stays if it has the same bytes; else `differs` is told. */
  place(differs: (path: string) => void): void {
    for (const { spare, path } of this.#filled) {
      if (existsSync(path)) {
        if (equalBytes(readFileSync(path), readFileSync(spare))) {
          this.#free.push(spare);
          continue;
        }
        differs(path);
      }
      inFolderOf(path, () => renameSync(spare, path));
    }
    this.#filled = [];
  }

  #new(): string {
    return join(this.#folder, String(this.#made++));
  }
}
