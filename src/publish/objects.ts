/**
 * Writes the objects of an edition while it is being built, so that neither all of them have to be in memory nor the disk waits
 * for the last of them.
 *
 * No edition names them yet, so what is left of one that was never committed must be found again: files get their names when the
 * index has learnt of them, durably, and `forgetUncommitted` removes them at the next start.
 */
import type { AboutObject, BuiltObject } from "../tally/output.ts";
import type { PublicFolder } from "./folder.ts";
import type { NewObject, PublishIndex } from "./index-db.ts";
import { objectPath } from "./layout.ts";

/** Objects that the index learns of at a time. */
const PORTION = 50_000;

export class ObjectWriter {
  readonly #index: PublishIndex;
  readonly #folder: PublicFolder;
  readonly #edition: number;
  readonly #all: AboutObject[] = [];
  #portion: AboutObject[] = [];

  constructor(index: PublishIndex, folder: PublicFolder, edition: number) {
    this.#index = index;
    this.#folder = folder;
    this.#edition = edition;
  }

  readonly take = ({ bytes, ...about }: BuiltObject): void => {
    this.#folder.fill(objectPath(about.hash), bytes);
    this.#portion.push(about);
    if (this.#portion.length === PORTION) this.#place();
  };

  /** Writes what is left, and returns what all the objects were about. */
  end(): readonly AboutObject[] {
    this.#place();
    return this.#all;
  }

  #place(): void {
    if (this.#portion.length === 0) return;
    this.#index.add(this.#edition, this.#portion.map(intervalOf));
    this.#index.sync();
    this.#folder.place();
    for (const about of this.#portion) this.#all.push(about);
    this.#portion = [];
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
