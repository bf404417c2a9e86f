/** What the centre puts into a bundle: as little as a kecamatan can begin with, as it stands at one moment. */
import type { Standings } from "../core/standings.ts";
import { parentOf, plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { readDefinition } from "../election/read-definition.ts";
import { signCheckpoint } from "../ledger/checkpoint.ts";
import type { Hash } from "../ledger/hash.ts";
import { type Signer, vkeyOf } from "../ledger/note.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Genesis } from "../tally/authority.ts";
import { type BundledLog, type BundledPhoto, writeBundle } from "./bundle.ts";

export interface MakeBundleOptions {
  readonly store: Store;
  readonly standings: Standings;
  readonly genesis: Genesis;
  readonly region: RegionCode;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** An object of a definition; undefined if it is not there. */
  readonly object: (hash: Hash) => Uint8Array | undefined;
  /** The whole definition with this root. */
  readonly model: (root: Hash) => Model;
  /** The key under which a log began, under its origin. */
  readonly logKey: (log: LogName) => Signer;
  /** Signs for the centre, under its name as a key. */
  readonly centre: Signer;
  readonly endpoints: Uint8Array | null;
  /** See `Bundle`. */
  readonly people: Uint8Array | null;
  /** The photos that are to follow. */
  readonly photos: readonly BundledPhoto[];
}

/** The bytes of a bundle for a kecamatan, up to its photos. */
export async function makeBundle(options: MakeBundleOptions): Promise<Uint8Array> {
  const { store, standings, genesis, region, time, endpoints, people, photos, centre } = options;
  // One moment for all logs: whatever one of them names of another was there by then.
  const heads = await store.heads();
  await standings.load("pleno/0");
  const logs: BundledLog[] = [];
  // Also one that has not begun: its key is to be known when it does.
  for (const log of logsOf(region)) logs.push(await bundled(options, log, heads.get(log)?.size ?? 0));
  const objects = new Map<Hash, Uint8Array>();
  for (const root of standings.definitionRoots())
    for (const [hash, bytes] of neededObjects(options, root)) objects.set(hash, bytes);
  return writeBundle({ genesis, region, time, endpoints, objects, logs, people, photos }, centre);
}

/** The plenaries of a kecamatan and of those above it, and its sheets. */
function logsOf(region: RegionCode): LogName[] {
  const names = [tpsLog(region)];
  for (let at: RegionCode | null = region; at !== null; at = parentOf(at)) names.push(plenoLog(at));
  return names.sort();
}

async function bundled(
  { store, standings, logKey }: MakeBundleOptions,
  log: LogName,
  size: number,
): Promise<BundledLog> {
  await standings.load(log);
  const key = logKey(log);
  const head = await store.head(log);
  // What another machine has written since its custody is that machine's to sign.
  const isOurs = head !== null && standings.epochOf(log) === 0 && head.size === size;
  const checkpoint = isOurs ? signCheckpoint({ origin: key.name, size, root: head.root() }, [key]) : null;
  return { log, vkey: vkeyOf(key.name, key.publicKey), checkpoint, entries: await store.read(log, 0, size) };
}

/** The objects of a definition that are needed to read it as far as it concerns the region. */
function neededObjects({ object, model, region }: MakeBundleOptions, root: Hash): Map<Hash, Uint8Array> {
  const asked = new Map<Hash, Uint8Array>();
  const part = readDefinition(
    root,
    (hash) => {
      const bytes = object(hash);
      if (bytes !== undefined) asked.set(hash, bytes);
      return bytes;
    },
    { region },
  );
  const whole = model(root);
  for (const hash of asked.keys()) {
    const isElsewhere = whole.districtByObject(hash) !== undefined && part.districtByObject(hash) === undefined;
    if (isElsewhere) asked.delete(hash);
  }
  return asked;
}
