/**
 * The ground that an election stands on: its regions, its stations and where its districts lie, read from the definition's objects.
 * All of a definition but the ballots, as plain data: a nation's objects are ten thousand files of 80 MB and take a second to
 * check and read, and a process that has just died must not need that second again. So what was read can be kept as it is,
 * and `read-definition.ts` makes the model of it either way.
 *
 * Every object is checked against its hash on the way, so that a reader who trusts the root trusts all of it.
 */
import { asHash, type Hash } from "../ledger/hash.ts";
import { type ContestKind, choiceId, isWithin, levelOf, NATION, type RegionCode, regionCode } from "./codes.ts";
import {
  type ContestObject,
  DefinitionError,
  type DesaEntry,
  type DistrictGround,
  type ElectionObject,
  type GetObject,
  openDistrictGround,
  openObject,
} from "./definition-objects.ts";
import { type PartyNumber, STATION_KINDS } from "./model.ts";

/** Registered voters of a station of which the definition does not say it. */
export const NOT_KNOWN = -1;
const DEFAULT_KIND = STATION_KINDS.indexOf("tps");
const SPECIAL_KIND = STATION_KINDS.indexOf("special");
const SPECIAL_FROM = 900;

/** Plain data, to be treated as constant. */
export interface Ground {
  readonly root: Hash;
  /** What alone was read with those above it and the districts that it votes in; null: everything was. */
  readonly region: RegionCode | null;
  readonly election: ElectionObject;
  readonly regions: GroundRegions;
  readonly stations: GroundStations;
  readonly contests: readonly GroundContest[];
}

/** The regions depth first by code, in columns: objects and texts of their own would take many times as long to bring back. */
export interface GroundRegions {
  readonly codes: readonly RegionCode[];
  /** All names, one after the other, and where each ends. */
  readonly names: string;
  readonly namesTo: Uint32Array;
  /** The few zones that there are, and which of them each has. */
  readonly zones: readonly string[];
  readonly zone: Uint16Array;
  /** 1 where it is usual. */
  readonly noken: Uint8Array;
  /** How many stations come before the end of a region's own: those of a desa begin where the region before it ends. */
  readonly stationsTo: Uint32Array;
}

/** The stations in the order of their desa. */
export interface GroundStations {
  /** The three digits within the desa. */
  readonly numbers: Uint16Array;
  /** Indices into `STATION_KINDS`. */
  readonly kinds: Uint8Array;
  /** Or {@link NOT_KNOWN}. */
  readonly registered: Int32Array;
}

export interface GroundContest extends Pick<ContestObject, "name" | "thresholds"> {
  readonly kind: ContestKind;
  readonly object: Hash;
  readonly districts: readonly GroundDistrict[];
}

export interface GroundDistrict extends Pick<DistrictGround, "regions" | "seats"> {
  readonly code: string;
  readonly name: string;
  readonly object: Hash;
  /** One and the same list for all districts where the same parties stand. */
  readonly parties: readonly PartyNumber[];
}

/** Reads all of a definition but its ballots, or as much as concerns a region. Throws {@link DefinitionError}. */
export function readGround(root: Hash, get: GetObject, region: RegionCode | null): Ground {
  const election = openObject("election", root, get(root));
  const reader = new GroundReader(get, region);
  const nation = reader.region(asHash(election.regions), null);
  if (nation !== NATION) throw new DefinitionError("the tree of regions does not begin with the nation");
  const contests = election.contests.map(([kind, hash]) => reader.contest(kind, asHash(hash)));
  return { root, region, election, contests, ...reader.regionsAndStations() };
}

/** Whether a region is read: it has the wanted one in it, or is in it. */
export function isWanted(code: string, region: RegionCode | null): boolean {
  return region === null || isWithin(code as RegionCode, region) || isWithin(region, code as RegionCode);
}

class GroundReader {
  readonly #get: GetObject;
  readonly #wanted: RegionCode | null;
  readonly #codes: RegionCode[] = [];
  readonly #names: string[] = [];
  readonly #zones: string[] = [];
  readonly #zone: number[] = [];
  readonly #noken: number[] = [];
  readonly #stationsTo: number[] = [];
  readonly #parties = new Map<string, readonly PartyNumber[]>();
  readonly #numbers: number[] = [];
  readonly #kinds: number[] = [];
  readonly #registered: number[] = [];

  constructor(get: GetObject, wanted: RegionCode | null) {
    this.#get = get;
    this.#wanted = wanted;
  }

  regionsAndStations(): Pick<Ground, "regions" | "stations"> {
    return {
      regions: {
        codes: this.#codes,
        names: this.#names.join(""),
        namesTo: endsOf(this.#names),
        zones: this.#zones,
        zone: Uint16Array.from(this.#zone),
        noken: Uint8Array.from(this.#noken),
        stationsTo: Uint32Array.from(this.#stationsTo),
      },
      stations: {
        numbers: Uint16Array.from(this.#numbers),
        kinds: Uint8Array.from(this.#kinds),
        registered: Int32Array.from(this.#registered),
      },
    };
  }

  /** Reads a region and all below it; its code. Kecamatan objects are the leaves; above them a region lists its children's. */
  region(hash: Hash, parent: RegionCode | null): RegionCode {
    if (parent !== null && levelOf(parent) === "kabupaten") return this.#kecamatan(hash, parent);
    const object = openObject("region", hash, this.#get(hash));
    const code = this.#enter(object, parent);
    let before = "";
    for (const [child, , childHash] of object.children) {
      before = ascending(child, before);
      if (!isWanted(child, this.#wanted)) continue;
      const read = this.region(asHash(childHash), code);
      if (read !== child) throw new DefinitionError(`the object of region ${child} is of region ${read}`);
    }
    return code;
  }

  #kecamatan(hash: Hash, parent: RegionCode): RegionCode {
    const object = openObject("kecamatan", hash, this.#get(hash));
    const code = this.#enter(object, parent);
    let before = "";
    for (const entry of object.desa) {
      before = ascending(entry.code, before);
      this.#enter(entry, code);
      this.#enterStations(entry);
      this.#stationsTo[this.#codes.length - 1] = this.#numbers.length;
    }
    return code;
  }

  #enter(entry: Pick<DesaEntry, "code" | "name" | "noken" | "zone">, parent: RegionCode | null): RegionCode {
    const code = regionCode(entry.code);
    const isBelow = parent === null || parent === NATION || (code.length > parent.length && isWithin(code, parent));
    if (!isBelow) throw new DefinitionError(`region ${code} stands under ${parent}`);
    this.#codes.push(code);
    this.#names.push(entry.name);
    if (!this.#zones.includes(entry.zone)) this.#zones.push(entry.zone);
    this.#zone.push(this.#zones.indexOf(entry.zone));
    this.#noken.push(entry.noken ? 1 : 0);
    this.#stationsTo.push(this.#numbers.length);
    return code;
  }

  #enterStations({ code, kinds, registered, stations }: DesaEntry): void {
    const named = new Map(kinds);
    let slot = 0;
    let last = 0;
    for (const [from, to] of stations) {
      if (from <= last || to < from) throw new DefinitionError(`the stations of desa ${code} are not ascending`);
      last = to;
      for (let number = from; number <= to; number++) {
        const kind = named.get(number);
        this.#numbers.push(number);
        this.#registered.push(registered?.[slot++] ?? NOT_KNOWN);
        this.#kinds.push(kind ? STATION_KINDS.indexOf(kind) : number >= SPECIAL_FROM ? SPECIAL_KIND : DEFAULT_KIND);
      }
    }
  }

  contest(kind: ContestKind, object: Hash): GroundContest {
    const { kind: said, name, thresholds, districts } = openObject("contest", object, this.#get(object));
    if (said !== kind) throw new DefinitionError(`the object of contest ${kind} is of ${said}`);
    return { kind, object, name, thresholds, districts: districts.flatMap((entry) => this.#district(entry)) };
  }

  #district([code, name, hash]: ContestObject["districts"][number]): GroundDistrict[] {
    const object = asHash(hash);
    const bytes = this.#get(object);
    // The contest does not say where its districts are: of a part only those are there that it needs.
    if (bytes === undefined && this.#wanted !== null) return [];
    const { parties, regions, seats } = openDistrictGround(object, bytes);
    return [{ code, name, object, parties: this.#partiesAs(parties), regions, seats }];
  }

  #partiesAs(parties: DistrictGround["parties"]): readonly PartyNumber[] {
    const list = parties.map(({ id, number }) => ({ id: choiceId(id), number }));
    const key = JSON.stringify(list);
    const same = this.#parties.get(key) ?? list;
    this.#parties.set(key, same);
    return same;
  }
}

function ascending(code: string, before: string): string {
  if (code <= before) throw new DefinitionError(`region ${code} stands after ${before}`);
  return code;
}

/** Where each text ends when they stand one after the other. */
function endsOf(texts: readonly string[]): Uint32Array {
  let end = 0;
  return Uint32Array.from(texts, ({ length }) => {
    end += length;
    return end;
  });
}
