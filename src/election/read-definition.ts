/**
 * From a definition to the model in memory: from its objects, or from the ground that was read of them before (`ground.ts`).
 * A nation (83,731 desa, 823,000 stations, five contests) takes a second from its objects, a fraction of that from its ground.
 */
import type { Hash } from "../ledger/hash.ts";
import {
  CONTEST_KINDS,
  type ContestKind,
  choiceId,
  desaOf,
  districtCode,
  isStationCode,
  isWithin,
  NATION,
  type RegionCode,
  type StationCode,
  stationIn,
} from "./codes.ts";
import { DefinitionError, type GetObject, openObject } from "./definition-objects.ts";
import { type Ground, type GroundContest, type GroundDistrict, isWanted, NOT_KNOWN, readGround } from "./ground.ts";
import { type Contest, type District, type Model, type Region, STATION_KINDS, slotOf } from "./model.ts";
import { regionsOf } from "./region-tree.ts";

interface BallotOptions {
  /**
   * A district's choices and parties are read when first asked for: a nation has 2,700 ballots, nearly all of its definition, and
   * a door that has just started needs a few. For objects that were read whole before; what does not fit in a ballot shows late.
   */
  readonly ballotsLater?: boolean;
}

export interface ReadOptions extends BallotOptions {
  /**
   * Only as much as concerns this region: itself, those above it, and the districts that it votes in. Everything of the region is
   * then as in the whole; the regions beside it and their districts are not there, and their objects may be missing.
   */
  readonly region?: RegionCode | undefined;
}

type Ballot = Pick<District, "choices" | "parties" | "partyOf">;

/** Reads the whole definition under `root`. Throws {@link DefinitionError} if anything is missing or does not fit. */
export function readDefinition(root: Hash, get: GetObject, { region, ballotsLater }: ReadOptions = {}): Model {
  return modelOn(readGround(root, get, region ?? null), get, { ballotsLater: ballotsLater ?? false });
}

/** The model of a definition whose ground was read; `get` gives the objects of its ballots. Throws {@link DefinitionError}. */
export function modelOn(ground: Ground, get: GetObject, options: BallotOptions): Model {
  const regions = regionsOf(ground);
  const maker: Maker = { get, ballotsLater: options.ballotsLater ?? false, wanted: ground.region, regions };
  const contests = ground.contests.map((contest) => contestOf(contest, maker)).sort((a, b) => a.index - b.index);
  return model(ground, regions, contests);
}

/** What a contest's districts are made of. */
interface Maker {
  readonly get: GetObject;
  readonly ballotsLater: boolean;
  /** See {@link Ground.region}. */
  readonly wanted: RegionCode | null;
  readonly regions: readonly Region[];
}

function contestOf({ kind, object, name, thresholds, districts: grounds }: GroundContest, maker: Maker): Contest {
  const districts: District[] = [];
  const byDistrict = new Map<string, District>();
  let stretches: readonly Stretch[] = [];
  const contest: Contest = {
    kind,
    index: CONTEST_KINDS.indexOf(kind),
    name,
    districts,
    object,
    thresholds,
    districtOf: (desa) => districtAt(stretches, desa.index),
    district: (code) => byDistrict.get(code),
  };
  for (const ground of grounds) {
    const district = districtOf(contest, districts.length, ground, maker);
    if (district === null) continue;
    districts.push(district);
    byDistrict.set(district.code, district);
  }
  stretches = stretchesOf(kind, districts);
  return contest;
}

/** Regions that follow each other, all of one district. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly district: District;
}

/** Where the districts of a contest lie, rising. Throws {@link DefinitionError} where two have a region in common. */
function stretchesOf(kind: ContestKind, districts: readonly District[]): readonly Stretch[] {
  const stretches = districts
    .flatMap((district) => district.parts.map(({ index, end }) => ({ from: index, to: end, district })))
    .sort((a, b) => a.from - b.from);
  stretches.forEach(({ from, district }, i) => {
    const before = stretches[i - 1];
    if (before !== undefined && from < before.to) {
      throw new DefinitionError(`districts ${before.district.code} and ${district.code} of ${kind} overlap`);
    }
  });
  return stretches;
}

function districtAt(stretches: readonly Stretch[], region: number): District | null {
  const found = stretches[firstPlace(stretches.length, (i) => (stretches[i]?.to ?? 0) > region)];
  return found !== undefined && found.from <= region ? found.district : null;
}

/** The first of so many places that is `reached`, as are all after it; `count` if none is. */
function firstPlace(count: number, reached: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function districtOf(
  contest: Contest,
  index: number,
  { code, name, object, parties: partyNumbers, regions: said, seats }: GroundDistrict,
  { get, ballotsLater, wanted, regions }: Maker,
): District | null {
  const parts = said
    .filter((part) => isWanted(part, wanted))
    .map((part) => {
      const region = regionAt(regions, part);
      if (region === undefined) throw new DefinitionError(`district ${code} names the unknown region ${part}`);
      return region;
    });
  const [first] = parts;
  if (first === undefined && said.length > 0) return null;
  let desa: readonly Region[] | null = null;
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
    seats,
    partyNumbers,
    get choices() {
      return ballot().choices;
    },
    get parties() {
      return ballot().parties;
    },
    get partyOf() {
      return ballot().partyOf;
    },
    container: container(first, said, code),
    parts,
    get desa() {
      desa ??= parts.flatMap((part) => regions.slice(part.index, part.end).filter(({ level }) => level === "desa"));
      return desa;
    },
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

function model(
  { root, election, stations: { numbers, kinds, registered } }: Ground,
  regions: readonly Region[],
  contests: readonly Contest[],
): Model {
  const [nation] = regions;
  if (nation?.code !== NATION) throw new DefinitionError("the regions do not begin with the nation");
  const desa = regions.filter(({ level }) => level === "desa");
  // Sorted, as they are: a map of 83,731 would be most of what a start has to make.
  const desaNumbers = Float64Array.from(desa, ({ code }) => Number(code));
  const byNumber = (number: number): Region | undefined => {
    const place = firstPlace(desaNumbers.length, (i) => (desaNumbers[i] ?? 0) >= number);
    return desaNumbers[place] === number ? desa[place] : undefined;
  };
  // A sheet asks for its desa several times, and a station's sheets come together.
  let lastNumber = -1;
  let lastDesa: Region | undefined;
  const byObject = new Map(
    contests.flatMap(({ districts }) => districts).map((district) => [district.object as string, district]),
  );
  const byIndex = CONTEST_KINDS.map((kind) => contests.find((contest) => contest.kind === kind));
  const station: Model["station"] = (code) => {
    // Number() would read " 01" and "1e1" as numbers too.
    const region = isStationCode(code) ? byNumber(Number(desaOf(code))) : undefined;
    if (region === undefined) return undefined;
    const slot = slotOf(region, Number(code.slice(10)));
    return slot < 0 ? undefined : { desa: region, slot, index: region.stationFrom + slot };
  };
  const placeOf = (code: string): number => station(code)?.index ?? NOT_KNOWN;
  const kindAt = (index: number) => STATION_KINDS[kinds[index] ?? -1] ?? "tps";
  const registeredAt = (index: number) => {
    const known = registered[index] ?? NOT_KNOWN;
    return known === NOT_KNOWN ? null : known;
  };
  return {
    root,
    origin: election.origin,
    title: election.title,
    simulation: election.simulation,
    archive: election.archive,
    votingDay: election.votingDay ?? null,
    nation,
    regions,
    stationCount: numbers.length,
    region: (code) => regionAt(regions, code),
    desa: (number) => {
      if (number !== lastNumber) {
        lastNumber = number;
        lastDesa = byNumber(number);
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
    noken: (code) => regionAt(regions, code.length === 13 ? code.slice(0, 10) : code)?.noken ?? false,
  };
}

/** A region by its code: depth first is the order of codes. */
function regionAt(regions: readonly Region[], code: string): Region | undefined {
  const found = regions[firstPlace(regions.length, (i) => (regions[i]?.code ?? "") >= code)];
  return found?.code === code ? found : undefined;
}

/** The desa are in the order of their stations. */
function stationAt(desa: readonly Region[], numbers: Uint16Array, index: number): StationCode {
  const home = desa[firstPlace(desa.length, (i) => (desa[i]?.stationTo ?? 0) > index)];
  const number = numbers[index];
  if (home === undefined || number === undefined) throw new RangeError(`the election has no station at place ${index}`);
  return stationIn(home.code as RegionCode, number);
}
