/**
 * What a page needs of a definition, under names that can be asked for together with the region's figures: the objects that name
 * its choices, one per line. A reader believes a line by its hash, which something verified names; so these files prove nothing,
 * and one that is missing or of another definition costs a round trip or three.
 *
 * A nation has nine thousand, and nearly all hold one district: these are second names of its object. They change with the
 * definition alone.
 */
import { isWithin, namesRegion } from "../election/codes.ts";
import type { Contest, District, Model, Region } from "../election/model.ts";
import { listsApart, partyNames } from "../election/party-names.ts";
import { concat, utf8 } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import type { PublicFolder } from "./folder.ts";
import { nowNamesPath, objectPath } from "./layout.ts";
import { TileMissing } from "./tiles.ts";

const NEWLINE = utf8("\n");

/** Writes these files, the nation's of the last contest last; the definition's objects are there. @throws TileMissing */
export function publishNames(folder: PublicFolder, model: Model): void {
  const read = (hash: Hash): Uint8Array => {
    const bytes = folder.read(objectPath(hash));
    if (!bytes) throw new TileMissing(objectPath(hash));
    return bytes;
  };
  const written = new Map<string, string>();
  for (const [path, hashes] of namesFiles(model)) {
    const [first, ...others] = hashes;
    const content = hashes.join();
    const same = first !== undefined && others.length === 0 ? objectPath(first) : written.get(content);
    if (same === undefined) {
      folder.replace(path, namesBytes(hashes, read));
      written.set(content, path);
    } else folder.link(same, path);
  }
}

/** Whether they have been written. Of another definition than the newest edition's they cannot be. */
export function hasNames(folder: PublicFolder, { contests, nation }: Model): boolean {
  const last = contests.at(-1);
  return last === undefined || folder.size(nowNamesPath(last.kind, nation.code)) !== null;
}

/** The content of such a file: the objects with these hashes. */
export function namesBytes(hashes: readonly Hash[], read: (hash: Hash) => Uint8Array): Uint8Array {
  return concat(...hashes.flatMap((hash, i) => (i === 0 ? [read(hash)] : [NEWLINE, read(hash)])));
}

/** The files of a definition: where each lies, and the hashes of the objects in it. */
export function* namesFiles(model: Model): Generator<readonly [path: string, hashes: readonly Hash[]]> {
  for (const contest of model.contests) {
    const reaching = districtsOf(contest);
    const parties = partyNames(contest);
    const apart = listsApart(contest);
    // Their numbers rise from the nation down, so that the nation comes last.
    for (const region of [...reaching.keys()].sort((a, b) => b.index - a.index)) {
      if (namesRegion(contest.kind, region.code) !== region.code) continue;
      const here = reaching.get(region) ?? [];
      // As in the region's object: candidates go no higher than the smallest region that holds their district.
      const carried = here.filter(({ container }) => isWithin(region.code, container.code));
      // Regions below that have no such file of their own.
      const below = region.children.some(({ code }) => namesRegion(contest.kind, code) === region.code) ? here : [];
      const objects = (districts: readonly District[]) => districts.map(({ object }) => object);
      const named = parties.get(region.code) ?? [];
      const hashes = [...(apart.has(region.code) ? [] : objects(carried)), ...named, ...objects(below)];
      yield [nowNamesPath(contest.kind, region.code), [...new Set(hashes)]];
    }
  }
}

/** Of each region from the kecamatan up, the districts that have a part of it, in the contest's order. */
function districtsOf({ districts }: Contest): Map<Region, District[]> {
  const found = new Map<Region, District[]>();
  for (const district of districts) {
    for (const { parent } of district.desa) {
      for (let region = parent; region !== null; region = region.parent) {
        const known = found.get(region);
        if (known === undefined) found.set(region, [district]);
        else if (known.at(-1) !== district) known.push(district);
      }
    }
  }
  return found;
}
