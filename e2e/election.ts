/**
 * An election founded on disk as `teguh init` founds one, with a chair in every region and a phone's key granted for every
 * station: what the tests of whole programs start from. Keys and sheets are those of the fold's own test world.
 */
import { DataFolder } from "../src/cli/data-folder.ts";
import { checkElection } from "../src/election/check-election.ts";
import { type ContestKind, NATION, parentOf, plenoLog, type RegionCode } from "../src/election/codes.ts";
import type { ElectionFile } from "../src/election/definition.ts";
import { toHex, utf8 } from "../src/ledger/bytes.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { type Hash, sha256 } from "../src/ledger/hash.ts";
import { ed25519Signer, type Signer } from "../src/ledger/note.ts";
import { keyName, parseStatement, signStatement } from "../src/ledger/statement.ts";
import { openSqliteStore } from "../src/store/sqlite.ts";
import { smallElection, World } from "../src/tally/testing.ts";

export interface Election {
  /** The data folder. */
  readonly data: string;
  /** Every station, each with a key of its own. */
  readonly stations: readonly string[];
  /** The contests in which a station votes. */
  contestsOf(station: string): readonly ContestKind[];
  /** How many votes a sheet of the station has. */
  columnsOf(station: string, contest: ContestKind): number;
  /** The key whose grant is for the station alone. */
  phoneOf(station: string): Signer;
  /** A sheet of the station whose figures fit its votes, signed by its phone; `change` replaces fields of it. */
  sheet(
    station: string,
    contest: ContestKind,
    votes: readonly number[],
    change?: JsonObject,
    phone?: Signer,
  ): Uint8Array;
  /** What a phone sends to get its pass. */
  signChallenge(challenge: string, station: string, phone?: Signer): Uint8Array;
}

export interface FoundOptions {
  /** Stations of every desa; absent: the two to four of the small election. */
  readonly stationsPerDesa?: number;
  /** Another election than the small one. */
  readonly file?: ElectionFile;
}

/** Founds the election in `data`, grants everyone's key and publishes the first editions. */
export async function foundElection(
  data: string,
  { stationsPerDesa, ...options }: FoundOptions = {},
): Promise<Election> {
  const file = electionFile(options.file ?? smallElection(), stationsPerDesa);
  const checked = checkElection(file);
  if ("faults" in checked) throw new TypeError("the small election has faults");
  const world = new World(file);
  const folder = await DataFolder.found(data, checked.ok, "1/UJI");
  try {
    await grantAll(folder, world);
    await folder.publish(() => undefined);
    const election = folder.sequencer.standings.genesis?.electionTag ?? "";
    return electionIn(data, world, election);
  } finally {
    await folder.close();
  }
}

function electionFile(file: ElectionFile, stationsPerDesa: number | undefined): ElectionFile {
  if (stationsPerDesa === undefined) return file;
  const stations: [number, number][] = [[1, stationsPerDesa]];
  const regions = file.regions.map((region) => (region.stations === undefined ? region : { ...region, stations }));
  return { ...file, regions };
}

/** The chain of authority, from the root down to each station's phone. */
async function grantAll({ sequencer, keys }: DataFolder, world: World): Promise<void> {
  if (keys.root === null) throw new TypeError("a new folder has its root key");
  const root = ed25519Signer(keyName(world.file.origin, ed25519Signer("root", keys.root).publicKey), keys.root);
  const chairOf = (region: RegionCode) => (region === NATION ? root : world.signer(`chair ${region}`));
  const grant = (by: RegionCode, list: readonly JsonObject[]) =>
    sequencer.write(plenoLog(by), "grant", { list }, [chairOf(by)]);
  const granted = (name: string, role: string, region: string): JsonObject => {
    const person = toHex(sha256(utf8(name)).subarray(0, 16));
    return { key: toHex(world.signer(name).publicKey), person, region, role };
  };
  for (const length of [2, 4, 6]) {
    for (const { code } of world.model.regions.filter((region) => region.code.length === length)) {
      await grant(parentOf(code) ?? NATION, [granted(`chair ${code}`, "chair", code)]);
    }
  }
  for (const { code } of world.model.regions.filter((region) => region.code.length === 6)) {
    const stations = world.stationsOf(code);
    await grant(
      code,
      stations.map((station) => granted(phoneName(station), "station", station)),
    );
  }
}

function phoneName(station: string): string {
  return `station ${station}`;
}

function electionIn(data: string, world: World, election: string): Election {
  const stations = world.stationsOf(NATION);
  const phoneOf = (station: string) => world.signer(phoneName(station));
  return {
    data,
    stations,
    phoneOf,
    contestsOf(station) {
      const desa = world.model.region(station.slice(0, 10));
      return world.model.contests.filter((contest) => desa && contest.districtOf(desa)).map(({ kind }) => kind);
    },
    columnsOf: (station, contest) => world.districtOf(station, contest).choices.length,
    sheet(station, contest, votes, change = {}, phone = phoneOf(station)) {
      const body = { ...world.form(station, contest, votes), election, papers: null, previous: null, time: Date.now() };
      return signStatement("teguh/sheet/v1", { ...body, ...change } as JsonObject & { by?: never }, [phone]);
    },
    signChallenge(challenge, station, phone = phoneOf(station)) {
      return signStatement("teguh/pass/v1", { challenge, election, region: station, time: Date.now() }, [phone]);
    },
  };
}

/** The id by which a statement is named everywhere. */
export function idOf(note: Uint8Array): Hash {
  return toHex(parseStatement(note).id) as Hash;
}

/** How many entries each log of the data folder's store has. */
export async function storedSizes(data: string): Promise<Record<string, number>> {
  const store = openSqliteStore(`${data}/store.db`, { readOnly: true });
  try {
    return Object.fromEntries([...(await store.heads())].map(([log, { size }]) => [log, size]));
  } finally {
    await store.close();
  }
}
