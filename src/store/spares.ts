/**
 * Files that are made before they are needed, and filled before they have a name.
 *
 * To make a file takes the file system three to seven times as long as to fill an empty one and rename it (measured: 70 to
 * 240 µs against 32), above all where others were deleted a moment ago. So a publisher makes them in its pauses. And what is
 * filled can wait for its name until it may be known: what a crash leaves here is nobody's, and is filled anew.
 *
 * A file that gets two names is linked to the first, and its name here, which nobody is shown, becomes the second: one change of
 * a folder fewer for each than with a hidden name beside the second one.
 */
import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { equalBytes } from "../ledger/bytes.ts";
import { hardLink, hasCode, inFolderOf, writeOver } from "./files.ts";

/** A name that a file is to get as soon as it may be seen, and one that it has. */
interface Hidden {
  readonly of: string;
  readonly also: string;
}

export class Spares {
  readonly #folder: string;
  readonly #free: string[];
  #filled: { readonly spare: string; readonly path: string; readonly also: string | null }[] = [];
  /** Placed files that wait for their second name: by their name here; or, where another file stays or went, by their first. */
  #spares: Hidden[] = [];
  #named: Hidden[] = [];
  #made = 0;

  /** `folder`: for the spare files alone, on the file system where they get their names. */
  constructor(folder: string) {
    this.#folder = folder;
    const there = existsSync(folder) ? readdirSync(folder) : [];
    this.#made = Math.max(0, ...there.map((name) => Number(name) + 1));
    this.#free = there.map((name) => join(folder, name)).filter(isFree);
  }

  /** Makes files until so many are at hand. */
  stock(count: number): void {
    while (this.#free.length < count) {
      const spare = this.#new();
      inFolderOf(spare, () => writeFileSync(spare, ""));
      this.#free.push(spare);
    }
  }

  /** Fills a file that is to be at `path` once everything filled is placed, and at `also` once that is revealed. */
  fill(path: string, bytes: Uint8Array, also: string | null): void {
    const spare = this.#free.pop() ?? this.#new();
    writeOver(spare, bytes);
    this.#filled.push({ spare, path, also });
  }

  /** Gives every filled file its name. A file that is there already stays if it has the same bytes; else `differs` is told. */
  place(differs: (path: string) => void): void {
    for (const { spare, path, also } of this.#filled) {
      if (also !== null && isLinked(spare, path)) {
        this.#spares.push({ of: spare, also });
        continue;
      }
      this.#placeAlone(spare, path, differs);
      if (also !== null) this.#named.push({ of: path, also });
    }
    this.#filled = [];
  }

  /** Gives every placed file its second name, in place of what that named before. */
  reveal(): void {
    for (const { of, also } of this.#spares) inFolderOf(also, () => renameSync(of, also));
    for (const { of, also } of this.#named) hardLink(of, also);
    this.#spares = [];
    this.#named = [];
  }

  #placeAlone(spare: string, path: string, differs: (path: string) => void): void {
    if (existsSync(path)) {
      if (equalBytes(readFileSync(path), readFileSync(spare))) {
        this.#free.push(spare);
        return;
      }
      differs(path);
    }
    inFolderOf(path, () => renameSync(spare, path));
  }

  #new(): string {
    return join(this.#folder, String(this.#made++));
  }
}

/** Whether a file that was left here is nobody else's: one that was placed must not be filled anew, and loses this name. */
function isFree(spare: string): boolean {
  if (statSync(spare).nlink === 1) return true;
  rmSync(spare);
  return false;
}

/** Links, unless there is a file already. */
function isLinked(from: string, to: string): boolean {
  try {
    inFolderOf(to, () => linkSync(from, to));
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    return false;
  }
}
