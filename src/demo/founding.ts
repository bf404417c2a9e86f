/**
 * Founds the demonstration in a data folder, as a commission would: secrets, genesis, definition, and the grants from the root
 * down to the key of every phone. All of it can be repeated: what is there already is left alone, so that a founding which was
 * cut short is finished by the next start.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { DataFolder, electionIn } from "../cli/data-folder.ts";
import type { Sequencer } from "../core/sequence.ts";
import { NATION, plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import type { Model, Region } from "../election/model.ts";
import type { Grant } from "../election/statements.ts";
import { fromHex, utf8 } from "../ledger/bytes.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import { originOf } from "../publish/layout.ts";
import { People } from "../recap/people.ts";
import { readFileOrNull, writeAtomic } from "../store/files.ts";
import { regionNames } from "../store/geography.ts";
import { logSeed } from "../store/keys.ts";
import { shortOf } from "../tally/authority.ts";
import { type DemoElection, demoElection, ORIGIN } from "./election.ts";
import { DemoKeys, SEATS } from "./keys.ts";
import { hasSecondPhone } from "./mistakes.ts";
import { kecamatanIn, stationsOf } from "./places.ts";
import { nameOf, VISITOR_SEATS, visitorPlenaries } from "./visitor.ts";

/** Grants in one statement: a statement has at most 65,535 bytes. */
const MOST_IN_GRANT = 350;

/** What the phones and committees must know of the election. */
export interface Founded extends DemoElection {
  /** What statements carry as `election`: 32 hex. */
  readonly tag: string;
  /** The vkey of each log of sheets, by the log's name: what a phone is told with its grant. */
  readonly vkeys: Readonly<Record<string, string>>;
}

/** The folder holds another election; the message says what to do. */
export class OtherElection extends Error {
  override readonly name = "OtherElection";
}

/**
 * Opens the demonstration's folder for its founding, or founds it. `wanted` applies to a new folder only: an election that has
 * begun goes on as it is. `log` is told what a person should know.
 * @throws OtherElection
 */
export async function foundDemo(data: string, wanted: DemoElection, log: (line: string) => void): Promise<Founded> {
  const settings = join(data, "demo", "election.json");
  const known = readFileOrNull(settings);
  const file = electionIn(data);
  if (file !== null && (known === null || file.origin !== ORIGIN)) {
    throw new OtherElection(`${data} holds the election ${file.origin}, not a demonstration; choose another folder`);
  }
  const election = known === null ? wanted : (JSON.parse(new TextDecoder().decode(known)) as DemoElection);
  mkdirSync(join(data, "demo"), { recursive: true });
  writeAtomic(settings, utf8(`${JSON.stringify(election)}\n`));
  const folder =
    file === null
      ? await DataFolder.found(
          data,
          { ...demoElection(regionNames(), election), votingDay: today() },
          "1/SIMULASI/2029",
        )
      : await DataFolder.open(data, ORIGIN);
  try {
    const { root } = folder.keys;
    // Whoever has taken the root's key away has a demonstration that was granted before.
    if (root !== null) await grantAll(folder, new DemoKeys(election.seed), election.seed, signerOf(root));
    nameVisitors(data, folder.model, election.seed);
    // The first edition is that of the definition, large and without results: made before anyone waits for the next.
    if (file === null) await folder.publish(log);
    return { ...election, tag: folder.sequencer.standings.genesis?.electionTag ?? "", vkeys: vkeysOf(folder) };
  } finally {
    await folder.close();
  }
}

/** Its boxes are opened as it is founded: the plenaries' deadlines count from this day in Bali, `YYYY-MM-DD`. */
function today(): string {
  return new Date(Date.now() + WITA_AHEAD).toISOString().slice(0, "YYYY-MM-DD".length);
}
const WITA_AHEAD = 8 * 3_600_000;

/** The desk knows its people by name. Their keys it need not keep: in a simulation they are handed out. */
function nameVisitors(data: string, model: Model, seed: string): void {
  const keys = new DemoKeys(seed);
  const list = visitorPlenaries(model).flatMap((region) =>
    VISITOR_SEATS.map(({ seat, role }) => {
      const { key: publicKey, person } = keys.visitorGrant(region, seat, role);
      return { person, name: nameOf(seed, region, seat), role, region, publicKey, sealed: null };
    }),
  );
  People.open(data, ORIGIN).add(list);
}

function vkeysOf({ model, keys }: DataFolder): Record<string, string> {
  const vkey = (log: string) => {
    const origin = originOf(ORIGIN, log);
    return vkeyOf(origin, publicKeyOf(logSeed(keys.master, origin)));
  };
  return Object.fromEntries(kecamatanIn(model).map((code) => [tpsLog(code), vkey(tpsLog(code))]));
}

function signerOf(seed: Uint8Array): Signer {
  return ed25519Signer(keyName(ORIGIN, publicKeyOf(seed)), seed);
}

/** Every plenary grants the seats of those below it, level by level; a kecamatan grants its stations' phones. */
async function grantAll({ sequencer, model }: DataFolder, keys: DemoKeys, seed: string, root: Signer): Promise<void> {
  const visited = visitorPlenaries(model);
  const seats = ({ code }: Pick<Region, "code">) => [
    ...SEATS.map((seat) => keys.seatGrant(code, seat)),
    ...(visited.includes(code) ? VISITOR_SEATS.map(({ seat, role }) => keys.visitorGrant(code, seat, role)) : []),
  ];
  await grant(sequencer, NATION, seats(model.nation), root);
  let level: readonly Region[] = [model.nation];
  while (level[0] !== undefined && level[0].level !== "kecamatan") {
    await Promise.all(
      level.map(({ code, children }) =>
        grant(sequencer, code, children.flatMap(seats), code === NATION ? root : keys.official(code, "chair")),
      ),
    );
    level = level.flatMap(({ children }) => children);
  }
  // All at once, so that they share a few commits.
  await Promise.all(level.map(({ code }) => grantPhones(sequencer, model, keys, seed, code)));
}

async function grantPhones(
  sequencer: Sequencer,
  model: Model,
  keys: DemoKeys,
  seed: string,
  kecamatan: RegionCode,
): Promise<void> {
  const list = stationsOf(model, kecamatan).flatMap((station) => {
    const first = keys.phoneGrant(station, "first");
    return hasSecondPhone(seed, station) ? [first, keys.phoneGrant(station, "second")] : [first];
  });
  await grant(sequencer, kecamatan, list, keys.official(kecamatan, "chair"));
}

/** Appends to a region's plenary the grants that are not there yet, in as many statements as they need. */
async function grant(sequencer: Sequencer, region: RegionCode, list: readonly Grant[], by: Signer): Promise<void> {
  const log = plenoLog(region);
  await sequencer.standings.load(log);
  // What was revoked stays so.
  const missing = list.filter(({ key }) => !sequencer.standings.isKnown(log, shortOf(fromHex(key))));
  for (let from = 0; from < missing.length; from += MOST_IN_GRANT) {
    const part = missing.slice(from, from + MOST_IN_GRANT);
    await sequencer.write(log, "grant", { list: part.map((one) => ({ ...one })) }, [by]);
  }
}
