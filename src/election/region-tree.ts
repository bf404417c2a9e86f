/**
 * The regions of a definition as a tree, from its ground. They come depth first, so each stands under the nearest one before it that
 * has it within. A nation has 91,000 and a process that has just started needs a few, so all else that is said of one is looked up
 * when it is asked for.
 */
import { isWithin, type Level, levelOf, type RegionCode } from "./codes.ts";
import type { Ground } from "./ground.ts";
import type { Region } from "./model.ts";

const NO_STATIONS = new Uint16Array(0);
const NO_CHILDREN: readonly Region[] = [];

/** The tree in the order of the ground, the nation first. */
export function regionsOf(ground: Ground): Region[] {
  const { codes, stationsTo } = ground.regions;
  const above: Place[] = [];
  let stationFrom = 0;
  const close = (end: number) => above.pop()?.close(end, stationFrom);
  const places = codes.map((code, index) => {
    let parent = above.at(-1);
    for (; parent && !isWithin(code, parent.code); parent = above.at(-1)) close(index);
    const place = new Place(ground, index, parent ?? null, stationFrom);
    parent?.adopt(place);
    if (place.level !== "desa") above.push(place);
    stationFrom = stationsTo[index] ?? 0;
    return place;
  });
  while (above.length > 0) close(codes.length);
  return places;
}

class Place implements Region {
  readonly #ground: Ground;
  readonly index: number;
  end: number;
  readonly code: RegionCode;
  readonly level: Level;
  readonly parent: Region | null;
  readonly stationFrom: number;
  stationTo: number;
  #children: Region[] | null = null;
  #stations: Uint16Array | null = null;

  constructor(ground: Ground, index: number, parent: Region | null, stationFrom: number) {
    this.#ground = ground;
    this.index = index;
    this.end = index + 1;
    this.code = ground.regions.codes[index] as RegionCode;
    this.level = levelOf(this.code);
    this.parent = parent;
    this.stationFrom = stationFrom;
    this.stationTo = ground.regions.stationsTo[index] ?? 0;
  }

  get name(): string {
    const { names, namesTo } = this.#ground.regions;
    return names.slice(namesTo[this.index - 1] ?? 0, namesTo[this.index]);
  }

  get zone(): string {
    const { zones, zone } = this.#ground.regions;
    return zones[zone[this.index] ?? -1] ?? "";
  }

  get noken(): boolean {
    return this.#ground.regions.noken[this.index] === 1;
  }

  get children(): readonly Region[] {
    return this.#children ?? NO_CHILDREN;
  }

  get stations(): Uint16Array {
    if (this.level !== "desa") return NO_STATIONS;
    this.#stations ??= this.#ground.stations.numbers.subarray(this.stationFrom, this.stationTo);
    return this.#stations;
  }

  adopt(child: Region): void {
    this.#children ??= [];
    this.#children.push(child);
  }

  /** All below it is known: it ends before the region `end` and the station `stationTo`. */
  close(end: number, stationTo: number): void {
    this.end = end;
    this.stationTo = stationTo;
  }
}
