/**
 * Writes the objects of an edition while it is being built, so that neither all of them have to be in memory nor the disk waits
 * for the last of them.
 *
 * No edition names them yet, so what is left of one that was never committed must be found again: files get their names when the
 * index has learnt of them, durably, and `forgetUncommitted` removes them at the next start. The names under `now/` come last,
 * when the edition is public.
 */
import type { RegionCode } from "../election/codes.ts";
import type { AboutObject, BuiltObject } from "../tally/output.ts";
import type { PublicFolder } from "./folder.ts";
import type { NewObject, PublishIndex } from "./index-db.ts";
import { nowRegionPath, objectPath } from "./layout.ts";

/** Objects that the index learns of at a time. */
const PORTION = 50_000;

export class ObjectWriter {
  readonly #index: PublishIndex;
  readonly #folder: PublicFolder;
  readonly #edition: number;
  #placed = 0;
  #portion: AboutObject[] = [];

  constructor(index: PublishIndex, folder: PublicFolder, edition: number) {
    this.#index = index;
    this.#folder = folder;
    this.#edition = edition;
  }

  readonly take = ({ bytes, ...about }: BuiltObject): void => {
    this.#folder.fill(objectPath(about.hash), bytes, shownAs(about));
    this.#portion.push(about);
    if (this.#portion.length === PORTION) this.#place();
  };

  /** Gives what is left its names, and returns how many objects there were. Those of regions are then still to be revealed. */
  end(): number {
    this.#place();
    return this.#placed;
  }

  #place(): void {
    if (this.#portion.length === 0) return;
    this.#index.add(this.#edition, this.#portion.map(intervalOf));
    this.#index.sync();
    this.#folder.place();
    this.#placed += this.#portion.length;
    this.#portion = [];
  }
}

/** The name under which readers of a region begin, if the object is a region's own. */
function shownAs({ kind, contest, region }: AboutObject): string | null {
  return kind === "result" && contest ? nowRegionPath(contest, region as RegionCode) : null;
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
