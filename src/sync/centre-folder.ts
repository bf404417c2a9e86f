/** The centre's data folder, opened for the exchange of logs: `sync.db` beside `store.db`, and every log's first key. */
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { Sequencer } from "../core/sequence.ts";
import type { Model } from "../election/model.ts";
import { decodeBody } from "../election/statements.ts";
import type { Hash } from "../ledger/hash.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../ledger/note.ts";
import { keyName, parseStatement } from "../ledger/statement.ts";
import { type Keys, logSeed } from "../store/keys.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Home } from "./home.ts";
import { SyncRefused } from "./refusals.ts";
import { Replica } from "./replica.ts";
import { homeOf, type SequencerHomeOptions } from "./sequencer-home.ts";

/** In the centre's folder: the newest list of its addresses, a note. */
export const ENDPOINTS_FILE = "endpoints.note";

/** The keys by which the centre writes logs and signs their checkpoints. */
export interface CentreKeys {
  /** Under the log's origin. */
  readonly checkpointKey: (log: LogName) => Signer;
  /** The same key as a custody names it that hands a log back: under its name as a key. */
  readonly logKey: (log: LogName) => Signer;
  /** The key of the genesis, by which the centre writes what was never handed over. */
  readonly centre: Signer;
  readonly firstVkey: (log: LogName) => string;
}

/** The keys of an election's centre, from its secrets. */
export function centreKeys(election: string, { master, centre }: Pick<Keys, "master" | "centre">): CentreKeys {
  const known = new Map<LogName, Signer>();
  const checkpointKey = (log: LogName): Signer => {
    const name = `${election}/log/${log}`;
    const key = known.get(log) ?? ed25519Signer(name, logSeed(master, name));
    known.set(log, key);
    return key;
  };
  return {
    checkpointKey,
    logKey: (log) => ({ ...checkpointKey(log), name: keyName(election, checkpointKey(log).publicKey) }),
    centre: ed25519Signer(keyName(election, publicKeyOf(centre)), centre),
    firstVkey: (log) => vkeyOf(checkpointKey(log).name, checkpointKey(log).publicKey),
  };
}

/** The name of the election whose genesis begins a store. @throws SyncRefused if it has none */
export async function electionOf(store: Store, dir: string): Promise<string> {
  const [genesis] = await store.read("pleno/0", 0, 1);
  if (genesis === undefined) throw new SyncRefused("not-here", dir);
  return decodeBody("genesis", parseStatement(genesis).body).name;
}

export interface OpenCentre {
  readonly store: Store;
  readonly sequencer: Sequencer;
  readonly replica: Replica;
  close(): Promise<void>;
}

/** The exchange of a centre whose sequencer is open already, here or in another process. `own`: the store beside its logs. */
export async function centreReplica(
  { sequencer, store, own }: Pick<SequencerHomeOptions, "sequencer" | "store"> & { readonly own: Store },
  { firstVkey, checkpointKey }: CentreKeys,
): Promise<Replica> {
  const { genesis } = sequencer.standings;
  if (genesis === null) throw new RangeError("without a genesis there is nothing to exchange");
  const home: Home = homeOf({ sequencer, store, genesis, firstVkey, isCentre: true, checkpointKey });
  return Replica.open(home, own);
}

/** Opens a centre's folder, taking over from whoever wrote there. @throws SyncRefused, StoreUnusable */
export async function openCentre(
  dir: string,
  keys: Pick<Keys, "master" | "centre">,
  definition: (root: Hash) => Model,
  clock: () => number,
): Promise<OpenCentre> {
  const store = openSqliteStore(join(dir, "store.db"));
  const own = openSqliteStore(join(dir, "sync.db"));
  const centre = centreKeys(await electionOf(store, dir), keys);
  const sequencer = await Sequencer.open({ store, definition, centre: centre.centre, logKey: centre.logKey, clock });
  const replica = await centreReplica({ sequencer, store, own }, centre);
  return {
    store,
    sequencer,
    replica,
    async close() {
      await sequencer.close();
      await own.close();
      await store.close();
    },
  };
}
