/**
 * From a checked election file to the objects of the definition. The same file always gives the same root, on any
 * machine: the objects are canonical JSON in an order that follows from the codes alone.
 */
import { utf8 } from "../ledger/bytes.ts";
import { canonical, type JsonObject } from "../ledger/canonical.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { NATION, parentOf, type RegionCode } from "./codes.ts";
import {
  ballotOrder,
  CONTEST_NAMES,
  type ContestEntry,
  type DistrictEntry,
  type ElectionFile,
  type RegionEntry,
  stationNumbers,
} from "./definition.ts";
import {
  type ContestObject,
  DefinitionError,
  type DesaEntry,
  type DistrictObject,
  type ElectionObject,
  type KecamatanObject,
  type RegionObject,
} from "./definition-objects.ts";
import { DesaIndex } from "./desa-index.ts";

export interface DefinitionObjects {
  readonly root: Hash;
  readonly objects: ReadonlyMap<Hash, Uint8Array>;
}

/** For choices that the file gives no colour. */
const GREY = "#6b7280";

/** The objects of an election. `file` must have come out of `checkElection`. */
export function definitionObjects(file: ElectionFile): DefinitionObjects {
  const objects = new Map<Hash, Uint8Array>();
  const put = (object: ElectionObject | ContestObject | DistrictObject | RegionObject | KecamatanObject): Hash => {
    const bytes = utf8(canonical(object as JsonObject));
    const hash = hashHex(bytes);
    objects.set(hash, bytes);
    return hash;
  };
  const index = new DesaIndex(file.regions.map(({ code }) => code as RegionCode));
  const root = put({
    archive: file.archive ?? false,
    contests: file.contests.map((contest) => [contest.kind, put(contestObject(contest, index, put))]),
    origin: file.origin,
    regions: putRegions(file.regions, index, put),
    simulation: file.simulation ?? false,
    title: file.title,
    ...(file.votingDay === undefined ? {} : { votingDay: file.votingDay }),
  });
  return { root, objects };
}

function contestObject(contest: ContestEntry, index: DesaIndex, put: (object: DistrictObject) => Hash): ContestObject {
  const { kind, thresholds = {} } = contest;
  const owner = index.owners(contest.districts.map(({ regions }) => regions));
  return {
    districts: contest.districts.map((district, i) => {
      const regions = index.marked(owner, i, common(district.regions as RegionCode[]));
      return [district.code, district.name.normalize("NFC"), put(districtObject(contest, district, regions))];
    }),
    kind,
    name: contest.name ?? CONTEST_NAMES[kind],
    thresholds: {
      majority: thresholds.majority ?? null,
      party: thresholds.party ?? null,
      spread: thresholds.spread ?? null,
    },
  };
}

/** The smallest region within which all of these lie. */
function common(codes: readonly RegionCode[]): RegionCode {
  let shared = codes[0] ?? NATION;
  const covers = (code: RegionCode) => shared === NATION || code.startsWith(shared);
  while (!codes.every(covers)) shared = parentOf(shared) ?? NATION;
  return shared;
}

type ChoiceObject = DistrictObject["choices"][number];

function districtObject(contest: ContestEntry, district: DistrictEntry, regions: readonly string[]): DistrictObject {
  const choices = new Map<string, ChoiceObject>();
  const add = (entry: { id: string; number: number; name: string; withdrawn?: boolean }, more: Partial<ChoiceObject>) =>
    choices.set(entry.id, {
      colour: GREY,
      id: entry.id,
      kind: "candidate",
      name: entry.name.normalize("NFC"),
      number: entry.number,
      party: -1,
      withdrawn: entry.withdrawn ?? false,
      ...more,
    });
  for (const entry of district.choices ?? []) {
    add(entry, { colour: entry.colour ?? GREY, kind: contest.kind === "ppwp" ? "pair" : "candidate" });
  }
  const columns = district.columns ?? ballotOrder(district);
  // Parties follow their own columns, so that whatever is appended moves neither a column nor a party.
  const parties = [...(district.parties ?? [])].sort((a, b) => columns.indexOf(a.id) - columns.indexOf(b.id));
  parties.forEach((entry, party) => {
    add(entry, { colour: entry.colour, kind: "party", party });
    for (const candidate of entry.candidates) add(candidate, { colour: entry.colour, party });
  });
  return {
    choices: columns.map((id) => {
      const choice = choices.get(id);
      if (choice === undefined) throw new DefinitionError(`district ${district.code} has no choice ${id}`);
      return choice;
    }),
    code: district.code,
    contest: contest.kind,
    name: district.name.normalize("NFC"),
    parties: parties.map(({ id, name, number, short, withdrawn }) => ({
      id,
      name: name.normalize("NFC"),
      number,
      short: short.normalize("NFC"),
      withdrawn: withdrawn ?? false,
    })),
    regions: [...regions],
    seats: district.seats,
  };
}

/** What a region hands down to all within it unless they say otherwise. */
interface Inherited {
  readonly zone: string;
  readonly noken: boolean;
}

function putRegions(
  entries: readonly RegionEntry[],
  index: DesaIndex,
  put: (object: RegionObject | KecamatanObject) => Hash,
): Hash {
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  const entryOf = (code: RegionCode): RegionEntry => {
    const entry = byCode.get(code);
    if (entry === undefined) throw new DefinitionError(`region ${code} is not in the checked file`);
    return entry;
  };
  const place = (code: RegionCode, above: Inherited): Hash => {
    const entry = entryOf(code);
    const { zone = above.zone, noken = above.noken } = entry;
    const own = { code, name: entry.name ?? "", noken, zone };
    const children = index.childrenOf(code);
    if (code.length === 6) return put({ ...own, desa: children.map((child) => desaEntry(entryOf(child), own)) });
    return put({
      ...own,
      children: children.map((child) => [child, entryOf(child).name ?? "", place(child, own)]),
    });
  };
  return place(NATION, { zone: "WIB", noken: false });
}

function desaEntry(entry: RegionEntry, above: Inherited): DesaEntry {
  const numbers = stationNumbers(entry.stations);
  return {
    code: entry.code,
    kinds: Object.entries(entry.kinds ?? {})
      .map(([number, kind]): DesaEntry["kinds"][number] => [Number(number), kind])
      .sort(([a], [b]) => a - b),
    name: entry.name ?? "",
    noken: entry.noken ?? above.noken,
    registered: entry.registered ?? null,
    stations: ranges(numbers),
    zone: entry.zone ?? above.zone,
  };
}

/** Ascending numbers as ranges: [1,2,3,901] is [[1,3],[901,901]]. */
function ranges(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found;
}
