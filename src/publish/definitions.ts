/**
 * The definition's objects, kept in a folder by whoever made or amended the election: `definition/<hash>.json`. The
 * publisher needs the model that they make and, for the public, the objects themselves.
 */
import { join } from "node:path";
import type { RegionCode } from "../election/codes.ts";
import { type Ground, readGround } from "../election/ground.ts";
import type { Model } from "../election/model.ts";
import { modelOn } from "../election/read-definition.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { readFileOrNull } from "../store/files.ts";
import { keepGround, keptGround } from "./kept-ground.ts";

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

export interface DefinitionsOptions {
  /** As much as concerns this region; absent: all. */
  readonly region?: RegionCode | undefined;
  /**
   * Keeps what was read of a definition, so that the next process begins with that. For the one process of a folder that writes
   * its logs; whoever only reads uses what is there.
   */
  readonly keep?: boolean;
}

/** The definitions whose objects lie in `folder`. */
export function definitionsIn(folder: string, { region, keep = false }: DefinitionsOptions = {}): Definitions {
  const known = new Map<Hash, Model>();
  const read = (hash: Hash): Uint8Array | undefined => {
    const path = join(folder, `${hash}.json`);
    const bytes = readFileOrNull(path);
    if (bytes && hashHex(bytes) === hash) return bytes;
    if (!bytes && region !== undefined) return undefined;
    throw new DefinitionMissing(path);
  };
  const groundOf = (root: Hash): Ground => {
    // A part is small, and what there is of it may grow.
    const kept = region === undefined ? keptGround(folder, root) : null;
    if (kept !== null) return kept;
    const ground = readGround(root, read, region ?? null);
    if (keep && region === undefined) keepGround(folder, ground);
    return ground;
  };
  return {
    model: (root) => {
      // Ballots were read whole when they came into the folder.
      const model = known.get(root) ?? modelOn(groundOf(root), read, { ballotsLater: true });
      known.set(root, model);
      return model;
    },
    objects: function* (root) {
      // Reading the ground asks for every object of the tree, and so tells which they are.
      const hashes = new Set<Hash>();
      const noted = (hash: Hash) => {
        const bytes = read(hash);
        if (bytes) hashes.add(hash);
        return bytes;
      };
      readGround(root, noted, region ?? null);
      for (const hash of hashes) {
        const bytes = read(hash);
        if (bytes) yield [hash, bytes] as const;
      }
    },
  };
}
