/**
 * Writes the objects of an edition while it is being built, so that neither all of them have to be in memory nor the disk waits
 * for the last of them.
 *
 * No edition names them yet, so what is left of one that was never committed must be found again: the index learns of a portion,
 * durably, before its files are made, and `forgetUncommitted` removes them at the next start.
 */
import type { AboutObject, BuiltObject } from "../tally/output.ts";
import type { PublicFolder } from "./folder.ts";
import type { NewObject, PublishIndex } from "./index-db.ts";
import { objectPath } from "./layout.ts";

/** Bytes of objects that the index learns of at a time. */
const PORTION_BYTES = 1 << 24;

/** One edition is written at a time. Made anew for each, the engine's collector would look through the whole heap for it. */
const memory = new Uint8Array(PORTION_BYTES);

export class ObjectWriter {
  readonly #index: PublishIndex;
  readonly #folder: PublicFolder;
  readonly #edition: number;
  readonly #all: AboutObject[] = [];
  #portion: AboutObject[] = [];
  /** The bytes of the portion's objects, one after the other; the last may make it longer. */
  #bytes = memory;
  #lengths: number[] = [];
  #used = 0;

  constructor(index: PublishIndex, folder: PublicFolder, edition: number) {
    this.#index = index;
    this.#folder = folder;
    this.#edition = edition;
  }

  readonly take = ({ bytes, ...about }: BuiltObject): void => {
    if (this.#used + bytes.length > this.#bytes.length) this.#flush();
    if (bytes.length > this.#bytes.length) this.#bytes = new Uint8Array(bytes.length);
    this.#bytes.set(bytes, this.#used);
    this.#used += bytes.length;
    this.#lengths.push(bytes.length);
    this.#portion.push(about);
  };

  /** Writes what is left, and returns what all the objects were about. */
  end(): readonly AboutObject[] {
    this.#flush();
    return this.#all;
  }

  #flush(): void {
    if (this.#portion.length === 0) return;
    this.#index.add(this.#edition, this.#portion.map(intervalOf));
    this.#index.sync();
    let at = 0;
    this.#portion.forEach(({ hash }, i) => {
      const length = this.#lengths[i] ?? 0;
      this.#folder.writeOnce(objectPath(hash), this.#bytes.subarray(at, at + length));
      at += length;
    });
    this.#all.push(...this.#portion);
    this.#portion = [];
    this.#lengths = [];
    this.#used = 0;
  }
}

/** Removes what was written for an edition after `committed`, which then never came to be. */
export function forgetUncommitted(index: PublishIndex, folder: PublicFolder, committed: number): void {
  if (index.newest() <= committed) return;
  const intervals = index.bornAfter(committed);
  for (const interval of intervals) if (index.uses(interval) === 1) folder.remove(objectPath(interval.hash));
  index.forgetAfter(committed, intervals);
}

/** Where an object stands, and whether it goes with the last whole edition: what lies below the kecamatan does. */
export function intervalOf({ hash, kind, contest, region, level, replaces }: AboutObject): NewObject {
  const fine = kind === "detail" || (kind === "result" && level === "desa");
  return { hash, place: `${contest ?? ""}/${region}/${kind}`, fine, replaces };
}
