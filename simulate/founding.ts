/** The election that is simulated: small, founded once, and copied for every run; and the keys of all who take part. */

import { placeOf } from "../src/core/submission.ts";
import { plenoLog, type RegionCode, tpsLog } from "../src/election/codes.ts";
import { toHex, utf8 } from "../src/ledger/bytes.ts";
import { asHash, sha256 } from "../src/ledger/hash.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../src/ledger/note.ts";
import { parseStatement } from "../src/ledger/statement.ts";
import { MemoryMedium, openMemoryStore } from "../src/store/memory.ts";
import type { LogName } from "../src/store/store.ts";
import type { Genesis } from "../src/tally/authority.ts";
import { ORIGIN, World } from "../src/tally/testing.ts";

export { ORIGIN };
export const world = new World();
world.grantAll();

/** Halls of the simulation, with the stations of each: few, so that their sheets meet. */
export const HALLS = ["510101", "510102", "520101"] as RegionCode[];
export const hallLog = (hall: RegionCode): LogName => plenoLog(hall);
export const sheetLog = (hall: RegionCode): LogName => tpsLog(hall);
export const parentOfHall = (hall: RegionCode): RegionCode => hall.slice(0, 4) as RegionCode;
export const stationsOf = (hall: RegionCode): string[] => world.stationsOf(hall).slice(0, 3);

const signers = new Map<string, Signer>();

/** The key of a name, as the founding granted it. */
export function signer(name: string): Signer {
  const known = signers.get(name) ?? world.signer(name);
  signers.set(name, known);
  return known;
}

const seedOfName = (name: string) => sha256(utf8(`teguh test key ${name}`));
const originKeys = new Map<string, Signer>();

/** The key of a name under the origin of a log: signs its checkpoints. */
export function originKey(name: string, log: LogName): Signer {
  const at = `${name} ${log}`;
  const known = originKeys.get(at) ?? ed25519Signer(`${ORIGIN}/log/${log}`, seedOfName(name));
  originKeys.set(at, known);
  return known;
}

export const centreLogKey = (log: LogName) => originKey(`log ${log}`, log);
export const logSeed = (origin: string) => seedOfName(`log ${origin.slice(`${ORIGIN}/log/`.length)}`);
export const vkeyOfKey = ({ name, publicKey }: Signer) => vkeyOf(name, publicKey);

const [genesisEntry = new Uint8Array(0)] = world.logs.get("pleno/0") ?? [];
const id = asHash(toHex(parseStatement(genesisEntry).id));
export const genesis: Genesis = {
  id,
  election: ORIGIN,
  electionTag: id.slice(0, 32),
  root: signer("root").publicKey,
  editions: signer("editions").publicKey,
  centre: signer("centre").publicKey,
};

/** The centre's disk after the founding. */
export const founded: MemoryMedium = await (async () => {
  const medium = new MemoryMedium();
  const store = openMemoryStore(medium);
  const epoch = await store.claim("founding");
  const entries = world.order.map(({ log, bytes }) => {
    const statement = parseStatement(bytes);
    return { log, id: statement.id, bytes, ...placeOf(statement) };
  });
  await store.append(entries, epoch);
  return medium;
})();
