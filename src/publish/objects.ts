/**
 * Writes the objects of an edition while it is being built, so that neither all of them have to be in memory nor the disk waits
 * for the last of them.
 *
 * They get their names in portions, each when the index has learnt of it, so that after a death `forgetUncommitted` finds those of
 * an edition that never came to be. (A power cut may take what the index has learnt. Then some of these objects stay, named by
 * nothing, or are taken up by the next edition.) The names under `now/` come last, when the edition is public.
 *
 * And the disk is asked to take them while more are built. Asked only at the end it has to be waited for (measured: 0.13 s of
 * 0.75 s in an edition of 3,300 objects), and the logs' files with it.
 */
import type { RegionCode } from "../election/codes.ts";
import type { AboutObject, BuiltObject } from "../tally/output.ts";
import type { PublicFolder } from "./folder.ts";
import type { NewObject, PublishIndex } from "./index-db.ts";
import { nowRegionPath, objectPath } from "./layout.ts";

/** As many objects wait for their names. */
const PORTION = 500;
/** The disk is asked after the first of so many portions … */
const FLUSHED = 2;
/** … as long as there are not more of them than editions have in the midst of a count: a nation's first would overrun it. */
const MOST_PORTIONS = 80;

export class ObjectWriter {
  readonly #index: PublishIndex;
  readonly #folder: PublicFolder;
  readonly #edition: number;
  readonly #most: number;
  #placed = 0;
  #portions = 0;
  #portion: AboutObject[] = [];

  constructor(index: PublishIndex, folder: PublicFolder, edition: number, most = PORTION) {
    this.#index = index;
    this.#folder = folder;
    this.#edition = edition;
    this.#most = most;
  }

  readonly take = ({ bytes, ...about }: BuiltObject): void => {
    this.#folder.fill(objectPath(about.hash), bytes, shownAs(about));
    this.#portion.push(about);
    if (this.#portion.length < this.#most) return;
    this.#record();
    this.#folder.place();
    if (this.#portions < MOST_PORTIONS && this.#portions % FLUSHED === 0) this.#folder.startSync();
    this.#portions++;
  };

  /**
   * The edition exists: gives the rest of its objects their names, and returns how many there are in all. What the index is told is
   * on the disk with the next `sync` of it.
   */
  place(): number {
    // Objects are nearly all that an edition writes. The disk takes them, and the folder's own thread names them, while the index
    // and then the logs are written.
    this.#folder.startSync();
    this.#folder.place();
    this.#record();
    return this.#placed;
  }

  #record(): void {
    this.#index.add(this.#edition, this.#portion.map(intervalOf));
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
  index.sort(committed);
  for (const object of index.unsorted()) if (index.uses(object) === 0) folder.remove(objectPath(object.hash));
  index.forgetAfter(committed);
}

/** Where an object stands, and whether it goes with the last whole edition: what lies below the kecamatan does. */
export function intervalOf({ hash, kind, contest, region, level, replaces }: AboutObject): NewObject {
  const fine = kind === "detail" || (kind === "result" && level === "desa");
  return { hash, place: `${contest ?? ""}/${region}/${kind}`, fine, replaces };
}
