/**
 * The whole Merkle tree of one log in memory: every complete subtree's hash. A frontier answers for one size only; whoever
 * exchanges logs has to say what the tree was at any size, since the other side may be anywhere. A kecamatan's log of 5,000
 * entries takes 320 KB.
 */
import { consistencyProof } from "../ledger/proof.ts";
import { EMPTY_ROOT, Frontier, HASH_BYTES, leafHash, nodeHash } from "../ledger/tree.ts";
import type { LogName, Store } from "../store/store.ts";

export class TreeHashes {
  /** `#levels[k][i]`: the complete subtree of 2^k leaves that begins at leaf i × 2^k. */
  readonly #levels: Uint8Array[][] = [[]];

  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  /** Appends one leaf hash, which must not be changed afterwards. */
  push(leaf: Uint8Array): void {
    let hash = leaf;
    for (let level = 0; ; level++) {
      const row = this.#levels[level] ?? [];
      this.#levels[level] = row;
      row.push(hash);
      const left = row[row.length - 2];
      if (row.length % 2 === 1 || left === undefined) return;
      hash = nodeHash(left, hash);
    }
  }

  /** @throws RangeError if there is no such subtree */
  readonly hash = (level: number, index: number): Uint8Array => {
    const hash = this.#levels[level]?.[index];
    if (hash === undefined) throw new RangeError(`a tree of ${this.size} has no subtree ${index} at level ${level}`);
    return hash;
  };

  leaf(index: number): Uint8Array {
    return this.hash(0, index);
  }

  /** The edge of the tree at a size, as {@link Frontier} writes it. */
  edge(size: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let at = 0;
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      const leaves = 2 ** level;
      if (Math.floor(size / leaves) % 2 === 0) continue;
      parts.push(this.hash(level, at / leaves));
      at += leaves;
    }
    const edge = new Uint8Array(8 + parts.length * HASH_BYTES);
    new DataView(edge.buffer).setBigUint64(0, BigInt(size));
    parts.forEach((hash, i) => {
      edge.set(hash, 8 + i * HASH_BYTES);
    });
    return edge;
  }

  /** Root of the first `size` entries. */
  root(size = this.size): Uint8Array {
    if (size > this.size) throw new RangeError(`a tree of ${this.size} has no root of ${size}`);
    return size === 0 ? EMPTY_ROOT : Frontier.fromBytes(this.edge(size)).root();
  }

  /** Hashes that show the tree of size `from` to be the beginning of that of size `to`. */
  consistency(from: number, to: number): Uint8Array[] {
    return consistencyProof(from, to, this.hash);
  }
}

/** Entries read from a store at a time. */
const PAGE = 512;

/** Trees that are kept at most: some 80 MB. A centre has thousands of logs, and a laptop asks about five. */
const MOST_TREES = 256;

/** The trees of a store's logs, each read when it is asked for and then kept up with, until others are asked for more. */
export class LogTrees {
  readonly #store: Store;
  readonly #trees = new Map<LogName, TreeHashes>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The tree of a log as the store has it now. */
  async of(log: LogName): Promise<TreeHashes> {
    const tree = this.#trees.get(log) ?? new TreeHashes();
    this.#trees.delete(log);
    this.#trees.set(log, tree);
    const [longestUnasked] = this.#trees.keys();
    if (this.#trees.size > MOST_TREES && longestUnasked !== undefined) this.#trees.delete(longestUnasked);
    for (;;) {
      const from = tree.size;
      const entries = await this.#store.read(log, from, from + PAGE);
      // Another call may have come first while this one was reading.
      for (const entry of entries.slice(tree.size - from)) tree.push(leafHash(entry));
      if (entries.length < PAGE) return tree;
    }
  }
}
