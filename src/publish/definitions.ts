/**
 * The definition's objects, kept in a folder by whoever made or amended the election: `definition/<hash>.json`. The
 * publisher needs the model that they make and, for the public, the objects themselves.
 */
import { join } from "node:path";
import type { RegionCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { readDefinition } from "../election/read-definition.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { readFileOrNull } from "../store/files.ts";

export interface Definitions {
  /** The model of a definition. @throws DefinitionMissing */
  model(root: Hash): Model;
  /** Every object of a definition. @throws DefinitionMissing */
  objects(root: Hash): Iterable<readonly [Hash, Uint8Array]>;
}

/** An object of a definition that the logs name is not here, or is damaged. */
export class DefinitionMissing extends Error {
  override readonly name = "DefinitionMissing";

  constructor(path: string) {
    super(`${path} is missing or damaged; copy it from the public folder or a mirror (object/…)`);
  }
}

/** The definitions whose objects lie in `folder`: all of them, or as much as concerns a region. */
export function definitionsIn(folder: string, region?: RegionCode): Definitions {
  const known = new Map<Hash, { readonly model: Model; readonly hashes: ReadonlySet<Hash> }>();
  const read = (hash: Hash): Uint8Array | undefined => {
    const path = join(folder, `${hash}.json`);
    const bytes = readFileOrNull(path);
    if (bytes && hashHex(bytes) === hash) return bytes;
    if (!bytes && region !== undefined) return undefined;
    throw new DefinitionMissing(path);
  };
  const load = (root: Hash) => {
    const there = known.get(root);
    if (there) return there;
    // Reading the model asks for every object of its tree, and so tells which they are.
    const hashes = new Set<Hash>();
    const get = (hash: Hash) => {
      const bytes = read(hash);
      if (bytes) hashes.add(hash);
      return bytes;
    };
    // They were read whole when they came into the folder.
    const model = readDefinition(root, get, { ballotsLater: true, region });
    const loaded = { model, hashes };
    known.set(root, loaded);
    return loaded;
  };
  return {
    model: (root) => load(root).model,
    objects: function* (root) {
      for (const hash of load(root).hashes) {
        const bytes = read(hash);
        if (bytes) yield [hash, bytes] as const;
      }
    },
  };
}
