/**
 * From the objects of a definition to the model in memory. Every object is checked against its hash on the way, so that a
 * reader who trusts the root trusts all of it. A nation (83,731 desa, 823,000 stations, five contests) takes seconds.
 */
import { asHash, type Hash } from "../ledger/hash.ts";
import {
  CONTEST_KINDS,
  type ContestKind,
  choiceId,
  desaOf,
  districtCode,
  isStationCode,
  isWithin,
  levelOf,
  NATION,
  type RegionCode,
  regionCode,
  type StationCode,
  stationIn,
} from "./codes.ts";
import {
  type ContestObject,
  DefinitionError,
  type DesaEntry,
  type ElectionObject,
  type GetObject,
  openDistrictGround,
  openObject,
} from "./definition-objects.ts";
import { type Contest, type District, type Model, type Region, STATION_KINDS, slotOf } from "./model.ts";

type Open<T> = { -readonly [K in keyof T]: T[K] };
/** A region while it is built: its children are a list that still grows. */
type Growing = Omit<Open<Region>, "children"> & { children: Region[] };

const NO_STATIONS = new Uint16Array(0);
const NOT_KNOWN = -1;
const DEFAULT_KIND = STATION_KINDS.indexOf("tps");
const SPECIAL_KIND = STATION_KINDS.indexOf("special");
const SPECIAL_FROM = 900;

/** The stations of the nation as flat lists, in the order of codes. */
interface Stations {
  readonly numbers: number[];
  readonly kinds: number[];
  readonly registered: number[];
}

export interface ReadOptions {
  /**
   * A district's choices and parties are read when first asked for: a nation has 2,700 ballots, nearly all of its definition, and
   * a door that has just started needs a few. For objects that were read whole before; what does not fit in a ballot shows late.
   */
  readonly ballotsLater?: boolean;
  /**
   * Only as much as concerns this region: itself, those above it, and the districts that it votes in. Everything of the region is
   * then as in the whole; the regions beside it and their districts are not there, and their objects may be missing.
   */
  readonly region?: RegionCode | undefined;
}

/** Where objects come from, and how much is read. */
interface Source extends ReadOptions {
  readonly get: GetObject;
}

/** Whether a region is read: it has the wanted one in it, or is in it. */
function isWanted(code: string, { region }: Source): boolean {
  return region === undefined || isWithin(code as RegionCode, region) || isWithin(region, code as RegionCode);
}

type Ballot = Pick<District, "choices" | "parties" | "partyOf">;

/** Reads the whole definition under `root`. Throws {@link DefinitionError} if anything is missing or does not fit. */
export function readDefinition(root: Hash, get: GetObject, options: ReadOptions = {}): Model {
  const open = openObject("election", root, get(root));
  const stations: Stations = { numbers: [], kinds: [], registered: [] };
  const regions: Growing[] = [];
  const source: Source = { ...options, get };
  const nation = readRegion(asHash(open.regions), null, source, regions, stations);
  if (nation.code !== NATION) throw new DefinitionError("the tree of regions does not begin with the nation");
  const numbers = Uint16Array.from(stations.numbers);
  for (const region of regions) {
    if (region.level === "desa") region.stations = numbers.subarray(region.stationFrom, region.stationTo);
  }
  const byCode = new Map<string, Region>(regions.map((region) => [region.code, region]));
  const contests = open.contests
    .map(([kind, hash]) => readContest(kind, asHash(hash), source, regions, byCode))
    .sort((a, b) => a.index - b.index);
  return model({ root, open, nation, regions, byCode, stations, numbers, contests });
}

function grow(
  entry: Pick<DesaEntry, "code" | "name" | "noken" | "zone">,
  parent: Growing | null,
  regions: Growing[],
  stations: Stations,
): Growing {
  const code = regionCode(entry.code);
  if (
    parent !== null &&
    (!code.startsWith(parent.code) || code.length <= parent.code.length) &&
    parent.code !== NATION
  ) {
    throw new DefinitionError(`region ${code} stands under ${parent.code}`);
  }
  const region: Growing = {
    index: regions.length,
    end: regions.length + 1,
    code,
    name: entry.name,
    level: levelOf(code),
    parent,
    children: [],
    zone: entry.zone,
    noken: entry.noken,
    stations: NO_STATIONS,
    stationFrom: stations.numbers.length,
    stationTo: stations.numbers.length,
  };
  const before = parent?.children.at(-1);
  if (before !== undefined && before.code >= code)
    throw new DefinitionError(`region ${code} stands after ${before.code}`);
  regions.push(region);
  parent?.children.push(region);
  return region;
}

/** Kecamatan objects are the leaves; above them a region lists the objects of its children. */
function readRegion(
  hash: Hash,
  parent: Growing | null,
  source: Source,
  regions: Growing[],
  stations: Stations,
): Growing {
  const { get } = source;
  const leaf = parent?.level === "kabupaten";
  let region: Growing;
  if (leaf) {
    const open = openObject("kecamatan", hash, get(hash));
    region = grow(open, parent, regions, stations);
    for (const entry of open.desa) readDesa(entry, grow(entry, region, regions, stations), stations);
  } else {
    const open = openObject("region", hash, get(hash));
    region = grow(open, parent, regions, stations);
    for (const [code, , child] of open.children) {
      if (!isWanted(code, source)) continue;
      const made = readRegion(asHash(child), region, source, regions, stations);
      if (made.code !== code) throw new DefinitionError(`the object of region ${code} is of region ${made.code}`);
    }
  }
  region.end = regions.length;
  region.stationTo = stations.numbers.length;
  return region;
}

function readDesa(entry: DesaEntry, desa: Growing, stations: Stations): void {
  const kinds = new Map(entry.kinds);
  let slot = 0;
  let last = 0;
  for (const [from, to] of entry.stations) {
    if (from <= last || to < from) throw new DefinitionError(`the stations of desa ${desa.code} are not ascending`);
    last = to;
    for (let number = from; number <= to; number++) {
      const kind = kinds.get(number);
      stations.numbers.push(number);
      stations.registered.push(entry.registered?.[slot++] ?? NOT_KNOWN);
      stations.kinds.push(kind ? STATION_KINDS.indexOf(kind) : number >= SPECIAL_FROM ? SPECIAL_KIND : DEFAULT_KIND);
    }
  }
  desa.stationTo = stations.numbers.length;
}

function readContest(
  kind: ContestKind,
  hash: Hash,
  source: Source,
  regions: readonly Region[],
  byCode: ReadonlyMap<string, Region>,
): Contest {
  const object: ContestObject = openObject("contest", hash, source.get(hash));
  if (object.kind !== kind) throw new DefinitionError(`the object of contest ${kind} is of ${object.kind}`);
  const districts: District[] = [];
  const districtAt = new Int16Array(regions.length).fill(-1);
  const byDistrict = new Map<string, District>();
  const contest: Contest = {
    kind,
    index: CONTEST_KINDS.indexOf(kind),
    name: object.name,
    districts,
    object: hash,
    thresholds: object.thresholds,
    districtOf: (desa) => districts[districtAt[desa.index] ?? -1] ?? null,
    district: (code) => byDistrict.get(code),
  };
  for (const entry of object.districts) {
    // The contest does not say where its districts are: of a part only those are there that it needs.
    if (source.region !== undefined && source.get(asHash(entry[2])) === undefined) continue;
    const district = readDistrict(contest, districts.length, entry, source, regions, byCode);
    if (district === null) continue;
    for (const { index, code: desa } of district.desa) {
      if (districtAt[index] !== -1) throw new DefinitionError(`desa ${desa} is in two districts of ${kind}`);
      districtAt[index] = district.index;
    }
    districts.push(district);
    byDistrict.set(district.code, district);
  }
  return contest;
}

function readDistrict(
  contest: Contest,
  index: number,
  [code, name, hash]: ContestObject["districts"][number],
  source: Source,
  regions: readonly Region[],
  byCode: ReadonlyMap<string, Region>,
): District | null {
  const { get, ballotsLater } = source;
  const object = asHash(hash);
  const ground = openDistrictGround(object, get(object));
  const parts = ground.regions
    .filter((part) => isWanted(part, source))
    .map((part) => {
      const region = byCode.get(part);
      if (region === undefined) throw new DefinitionError(`district ${code} names the unknown region ${part}`);
      return region;
    });
  const [first] = parts;
  if (first === undefined && ground.regions.length > 0) return null;
  let known: Ballot | null = null;
  const ballot = () => {
    known ??= readBallot(contest, code, name, object, get(object));
    return known;
  };
  if (!ballotsLater) ballot();
  return {
    index,
    code: districtCode(code),
    name,
    contest,
    object,
    seats: ground.seats,
    get choices() {
      return ballot().choices;
    },
    get parties() {
      return ballot().parties;
    },
    get partyOf() {
      return ballot().partyOf;
    },
    container: container(first, ground.regions, code),
    parts,
    desa: parts.flatMap((part) => regions.slice(part.index, part.end).filter(({ level }) => level === "desa")),
  };
}

function readBallot(contest: Contest, code: string, name: string, hash: Hash, bytes: Uint8Array | undefined): Ballot {
  const object = openObject("district", hash, bytes);
  if (object.contest !== contest.kind) throw new DefinitionError(`district ${code} is of contest ${object.contest}`);
  if (object.code !== code || object.name !== name)
    throw new DefinitionError(`the object of district ${code} is of ${object.code}, ${object.name}`);
  const choices = object.choices.map((choice) => ({ ...choice, id: choiceId(choice.id) }));
  const parties = object.parties.map((party, place) => {
    const columns = choices.flatMap((choice, column) => (choice.party === place ? [column] : []));
    const own = choices[columns[0] ?? -1];
    if (own?.kind !== "party") throw new DefinitionError(`party ${party.id} of ${code} has no column of its own`);
    return { ...party, id: choiceId(party.id), colour: own.colour, columns };
  });
  return { choices, parties, partyOf: Int16Array.from(choices, ({ party }) => party) };
}

/** The smallest region that contains all the parts, of which the first is given; by their codes, since not all need be read. */
function container(first: Region | undefined, codes: readonly string[], district: string): Region {
  let region = first ?? null;
  const holds = (code: string) => region !== null && isWithin(code as RegionCode, region.code);
  while (region !== null && !codes.every(holds)) region = region.parent;
  if (region === null) throw new DefinitionError(`district ${district} has no regions`);
  return region;
}

function model(built: {
  readonly root: Hash;
  readonly open: ElectionObject;
  readonly nation: Region;
  readonly regions: readonly Region[];
  readonly byCode: ReadonlyMap<string, Region>;
  readonly stations: Stations;
  readonly numbers: Uint16Array;
  readonly contests: readonly Contest[];
}): Model {
  const { root, open, nation, regions, byCode, numbers, contests } = built;
  const kinds = Uint8Array.from(built.stations.kinds);
  const registered = Int32Array.from(built.stations.registered);
  const desa = regions.filter(({ level }) => level === "desa");
  const byNumber = new Map(desa.map((region) => [Number(region.code), region]));
  // A sheet asks for its desa several times, and a station's sheets come together.
  let lastNumber = -1;
  let lastDesa: Region | undefined;
  const byObject = new Map(
    contests.flatMap(({ districts }) => districts).map((district) => [district.object as string, district]),
  );
  const byIndex = CONTEST_KINDS.map((kind) => contests.find((contest) => contest.kind === kind));
  const station: Model["station"] = (code) => {
    // Number() would read " 01" and "1e1" as numbers too.
    const region = isStationCode(code) ? byNumber.get(Number(desaOf(code))) : undefined;
    if (region === undefined) return undefined;
    const slot = slotOf(region, Number(code.slice(10)));
    return slot < 0 ? undefined : { desa: region, slot, index: region.stationFrom + slot };
  };
  const placeOf = (code: string): number => station(code)?.index ?? NOT_KNOWN;
  const kindAt = (index: number) => STATION_KINDS[kinds[index] ?? DEFAULT_KIND] ?? "tps";
  const registeredAt = (index: number) => {
    const known = registered[index] ?? NOT_KNOWN;
    return known === NOT_KNOWN ? null : known;
  };
  return {
    root,
    origin: open.origin,
    title: open.title,
    simulation: open.simulation,
    archive: open.archive,
    votingDay: open.votingDay ?? null,
    nation,
    regions,
    stationCount: numbers.length,
    region: (code) => byCode.get(code),
    desa: (number) => {
      if (number !== lastNumber) {
        lastNumber = number;
        lastDesa = byNumber.get(number);
      }
      return lastDesa;
    },
    contests,
    contest: (kind) => contests.find((contest) => contest.kind === kind),
    contestAt: (index) => byIndex[index],
    districtByObject: (object) => byObject.get(object),
    station,
    stationAt: (index) => stationAt(desa, numbers, index),
    kind: (code) => kindAt(placeOf(code)),
    kindAt,
    registered: (code) => registeredAt(placeOf(code)),
    registeredAt,
    noken: (code) => byCode.get(code.length === 13 ? code.slice(0, 10) : code)?.noken ?? false,
  };
}

/** The desa are in the order of their stations: found by halving. */
function stationAt(desa: readonly Region[], numbers: Uint16Array, index: number): StationCode {
  let low = 0;
  let high = desa.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((desa[middle]?.stationTo ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  const home = desa[low];
  const number = numbers[index];
  if (home === undefined || number === undefined) throw new RangeError(`the election has no station at place ${index}`);
  return stationIn(home.code as RegionCode, number);
}
