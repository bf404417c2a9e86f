/**
 * The data folder of a kecamatan's laptop, made from a bundle and opened by its key.
 *
 *   DIR/node.json     which election and region, and under which keys the logs began
 *   DIR/keys/master   the laptop's secret: the key to which the hall's log is handed is derived from it
 *   DIR/store.db      the logs      DIR/sync.db   held sheets, the centre's answers, checkpoints, evidence
 *   DIR/definition/   the objects of the definition that the kecamatan needs
 *
 * It is made in this order, `node.json` last; if it dies in between, the same bundle makes the rest. A newer bundle brings an
 * existing folder up to date, as any exchange would. A folder is one machine: it is not copied, and its key is its own.
 */
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { Sequencer } from "../core/sequence.ts";
import { plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { readDefinition } from "../election/read-definition.ts";
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import { leafHash, rootOf } from "../ledger/tree.ts";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull, syncFolder, writeAtomic, writeNew } from "../store/files.ts";
import { createNodeKeys, type Keys, loadKeys, logSeed } from "../store/keys.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Genesis } from "../tally/authority.ts";
import { scopeOf } from "../tally/scope.ts";
import { type Bundle, type BundledLog, lengthWithoutPhotos, MAX_BUNDLE, MOST_HEAD, readBundle } from "./bundle.ts";
import { checkEntries } from "./check-entries.ts";
import { SyncRefused } from "./refusals.ts";
import { Relay } from "./relay.ts";
import { Replica } from "./replica.ts";
import { homeOf } from "./sequencer-home.ts";

/** What `node.json` holds. */
export interface NodeSettings {
  readonly format: "teguh/node/v1";
  readonly election: string;
  /** Id of the genesis, and the keys that it names, in hex. */
  readonly genesis: { readonly id: Hash; readonly root: string; readonly editions: string; readonly centre: string };
  readonly region: RegionCode;
  /** The vkey under which each log began. */
  readonly vkeys: Readonly<Record<LogName, string>>;
  /** The newest list of endpoints, a note; null if none is known. */
  readonly endpoints: string | null;
  /** When the centre made the newest bundle, as it says; milliseconds since 1970. */
  readonly bundled: number;
}

/** A kecamatan's laptop at work. */
export interface OpenNode {
  readonly settings: NodeSettings;
  readonly keys: Keys;
  readonly store: Store;
  readonly sequencer: Sequencer;
  readonly replica: Replica;
  readonly relay: Relay;
  /** The vkey to which the kabupaten hands the hall's log. */
  readonly vkey: string;
  close(): Promise<void>;
}

const SETTINGS = "node.json";
/** The newest bundle as it came, so that a copy can begin another laptop. */
export const BUNDLE_FILE = "bundle";
/** Entries checked and appended together. */
const PAGE = 256;

/** The settings of a laptop's folder; null if it is none, or not made to its end. */
export function nodeSettings(dir: string): NodeSettings | null {
  const bytes = readFileOrNull(join(dir, SETTINGS));
  return bytes && (JSON.parse(fromUtf8(bytes)) as NodeSettings);
}

/** The vkey of a laptop's folder, to which the kabupaten hands the hall's log. @throws KeysError */
export function nodeVkey(dir: string, { election, region }: NodeSettings): string {
  const origin = `${election}/log/${plenoLog(region)}`;
  return vkeyOf(origin, publicKeyOf(logSeed(loadKeys(join(dir, "keys")).master, origin)));
}

/** Keeps a newer list of the centre's addresses, a note, in a laptop's folder. @throws SyncRefused if it is none */
export function keepEndpoints(dir: string, note: Uint8Array): void {
  const settings = nodeSettings(dir);
  if (settings === null) throw new SyncRefused("not-this-format", dir);
  writeDurable(join(dir, SETTINGS), utf8(`${JSON.stringify({ ...settings, endpoints: fromUtf8(note) })}\n`), 0o644);
}

/** A bundle in a file, and where in it its photos begin. */
export interface BundleFile extends Bundle {
  readonly photosAt: number;
}

/**
 * Reads a bundle from a file; see `readBundle`. What is no file, no bundle, or larger than any is not read further than its
 * beginning; photos are left where they are.
 * `isWithoutPhotos`: one whose photos were left out is taken as well.
 * @throws SyncRefused
 */
export function readBundleFile(
  path: string,
  expected: Parameters<typeof readBundle>[1],
  isWithoutPhotos = false,
): BundleFile {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new SyncRefused("not-this-format", path);
  const file = openSync(path, "r");
  try {
    const photosAt = lengthWithoutPhotos(firstOf(file, Math.min(found.size, MOST_HEAD)));
    if (photosAt > MAX_BUNDLE) throw new SyncRefused("too-long", path);
    const bundle = readBundle(firstOf(file, Math.min(found.size, photosAt)), expected);
    if (isWithoutPhotos && found.size === photosAt) return { ...bundle, photos: [], photosAt };
    const whole = bundle.photos.reduce((sum, { bytes }) => sum + bytes, photosAt);
    if (found.size !== whole) throw new SyncRefused(found.size < whole ? "cut-short" : "too-long", path);
    return { ...bundle, photosAt };
  } finally {
    closeSync(file);
  }
}

/** The bytes of a bundle's file up to its photos: a bundle by itself. */
export function bundleWithoutPhotos(path: string, { photosAt }: Pick<BundleFile, "photosAt">): Uint8Array {
  const file = openSync(path, "r");
  try {
    return firstOf(file, photosAt);
  } finally {
    closeSync(file);
  }
}

function firstOf(file: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
}

/**
 * Makes a laptop's folder from a bundle, or brings one up to date. `random` gives that many random bytes.
 * @throws SyncRefused if the folder is of another election or region, or if a statement in the bundle does not hold
 */
export async function receiveBundle(
  dir: string,
  bundle: Bundle,
  random: (count: number) => Uint8Array,
): Promise<NodeSettings> {
  const before = nodeSettings(dir);
  if (before !== null && before.genesis.id !== bundle.genesis.id) throw new SyncRefused("other-election", dir);
  if (before !== null && before.region !== bundle.region) throw new SyncRefused("other-region", dir);
  mkdirSync(dir, { recursive: true });
  if (!existsSync(join(dir, "keys", "master"))) createNodeKeys(join(dir, "keys"), random);
  for (const [hash, bytes] of bundle.objects) writeNew(join(dir, "definition", `${hash}.json`), bytes);
  await syncFolder(dir);
  const settings = settingsOf(bundle, before);
  const node = await open(dir, settings, Date.now);
  try {
    await bringIn(node.replica, bundle.logs);
  } finally {
    await node.close();
  }
  writeAtomic(join(dir, SETTINGS), utf8(`${JSON.stringify(settings)}\n`));
  await syncFolder(dir);
  return settings;
}

function settingsOf({ genesis, region, logs, endpoints, time }: Bundle, before: NodeSettings | null): NodeSettings {
  return {
    format: "teguh/node/v1",
    election: genesis.election,
    genesis: {
      id: genesis.id,
      root: toHex(genesis.root),
      editions: toHex(genesis.editions),
      centre: toHex(genesis.centre),
    },
    region,
    // A key under which a log began never changes.
    vkeys: { ...Object.fromEntries(logs.map(({ log, vkey }) => [log, vkey])), ...before?.vkeys },
    endpoints: endpoints === null ? (before?.endpoints ?? null) : fromUtf8(endpoints),
    bundled: Math.max(time, before?.bundled ?? 0),
  };
}

/**
 * Opens a laptop's folder for work. `onReplaced`: another process has opened it.
 * @throws SyncRefused if it is none; StoreUnusable, KeysError
 */
export async function openNode(dir: string, clock: () => number, onReplaced?: () => void): Promise<OpenNode> {
  const settings = nodeSettings(dir);
  if (settings === null) throw new SyncRefused("not-this-format", dir);
  return open(dir, settings, clock, onReplaced);
}

async function open(
  dir: string,
  settings: NodeSettings,
  clock: () => number,
  onReplaced?: () => void,
): Promise<OpenNode> {
  const { election, region } = settings;
  const keys = loadKeys(join(dir, "keys"));
  const log = plenoLog(region);
  const origin = `${election}/log/${log}`;
  const seed = logSeed(keys.master, origin);
  const named = (name: string): Signer => ed25519Signer(name, seed);
  const writing = named(keyName(election, publicKeyOf(seed)));
  const store = openSqliteStore(join(dir, "store.db"));
  const own = openSqliteStore(join(dir, "sync.db"));
  const scope = scopeOf(region);
  const only = (signer: Signer) => (asked: LogName) => (asked === log ? signer : null);
  const definition = definitionReader(dir, region);
  const writer = { centre: writing, logKey: only(writing) };
  const sequencer = await Sequencer.open({ store, definition, ...writer, scope, clock, onReplaced });
  const firstVkey = (asked: LogName) => settings.vkeys[asked] ?? "";
  const home = homeOf({
    sequencer,
    store,
    genesis: genesisOf(settings),
    scope,
    firstVkey,
    isCentre: false,
    checkpointKey: only(named(origin)),
  });
  const replica = await Replica.open(home, own);
  const relay = await Relay.open({ replica, own, log: tpsLog(region), signer: named(origin), clock });
  return {
    settings,
    keys,
    store,
    sequencer,
    replica,
    relay,
    vkey: vkeyOf(origin, publicKeyOf(seed)),
    async close() {
      await sequencer.close();
      await own.close();
      await store.close();
    },
  };
}

/** The genesis as a laptop's folder has it. */
export function genesisOf({ election, genesis }: NodeSettings): Genesis {
  const { id, root, editions, centre } = genesis;
  const keys = { root: fromHex(root), editions: fromHex(editions), centre: fromHex(centre) };
  return { id, election, electionTag: id.slice(0, 32), ...keys };
}

function definitionReader(dir: string, region: RegionCode): (root: Hash) => Model {
  const known = new Map<Hash, Model>();
  return (root) => {
    const get = (hash: Hash) => {
      const bytes = readFileOrNull(join(dir, "definition", `${asHash(hash)}.json`));
      return bytes && hashHex(bytes) === hash ? bytes : undefined;
    };
    const model = known.get(root) ?? readDefinition(root, get, { region });
    known.set(root, model);
    return model;
  };
}

/** Appends what a bundle has more of, each entry after all that it names. */
async function bringIn(replica: Replica, logs: readonly BundledLog[]): Promise<void> {
  for (const { log, entries } of logs) await checkSame(replica, log, entries);
  for (let moved = true; moved; ) {
    moved = false;
    for (const { log, entries } of logs) moved = (await bringSome(replica, log, entries)) || moved;
  }
  for (const { log, entries, checkpoint } of logs) {
    if ((await replica.trees.of(log)).size < entries.length) throw new SyncRefused("altered", log);
    if (checkpoint !== null) await replica.vouch(log, checkpoint);
  }
}

/** What is here and what the bundle has must be one history. */
async function checkSame(replica: Replica, log: LogName, entries: readonly Uint8Array[]): Promise<void> {
  const tree = await replica.trees.of(log);
  const shared = Math.min(tree.size, entries.length);
  const theirs = rootOf(entries.slice(0, shared).map(leafHash));
  if (!equalBytes(tree.root(shared), theirs)) throw new SyncRefused("fork", log);
}

async function bringSome(replica: Replica, log: LogName, entries: readonly Uint8Array[]): Promise<boolean> {
  const { home, trees } = replica;
  await home.load(log);
  const { size } = await trees.of(log);
  const { fine, stop } = await checkEntries(home, trees, log, size, entries.slice(size, size + PAGE));
  if (typeof stop === "string") throw new SyncRefused(stop, `${log} ${size + fine}`);
  if (fine === 0) return false;
  const outcome = await home.mirror(log, size, entries.slice(size, size + fine));
  if (outcome === "repeated") throw new SyncRefused("repeated", log);
  return true;
}
