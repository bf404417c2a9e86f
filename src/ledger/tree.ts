// The Merkle tree of RFC 6962 (as in C2SP tlog-tiles): leaves hashed with a 00 byte before them, nodes with 01, so that
// no entry can pass for a node. A Frontier is all a writer needs to keep: one hash per complete subtree on the right
// edge. Sizes go up to 2^53 - 1, hence division instead of shifts, which are 32-bit in JavaScript.

import { fromHex } from "./bytes.ts";
import { sha256 } from "./hash.ts";

export const HASH_BYTES = 32;

/** SHA-256 of nothing: the root of a log without entries. Treat as constant. */
export const EMPTY_ROOT: Uint8Array = fromHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

// Reused, since a fresh input for each hash costs as much as the hash. Nothing here is re-entrant or asynchronous.
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES);
nodeInput[0] = 1;
const leafInput = new Uint8Array(1 + 65_535);

/** Hash of an entry: SHA-256(00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = entry.length < leafInput.length ? leafInput : new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input.subarray(0, 1 + entry.length));
}

/** Hash of two neighbouring subtrees: SHA-256(01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/** The root hash of a tree with these leaf hashes. */
export function rootOf(leaves: Iterable<Uint8Array>): Uint8Array {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.push(leaf);
  return frontier.root();
}

/** Serialised: the size, 8 bytes big-endian, then the hashes of the complete subtrees, the largest first. */
const SIZE_BYTES = 8;

/** A frontier read from bytes that cannot be one. */
export class FrontierError extends Error {
  override name = "FrontierError";
}

/** The right edge of a growing tree. */
export class Frontier {
  #size = 0;
  /** Roots of the complete subtrees, largest first: one for each bit set in the size. */
  #subtrees: Uint8Array[] = [];

  get size(): number {
    return this.#size;
  }

  /** Appends one leaf hash, which must not be changed afterwards. */
  push(leaf: Uint8Array): void {
    if (leaf.length !== HASH_BYTES) throw new TypeError(`a leaf hash has ${HASH_BYTES} bytes, got ${leaf.length}`);
    let hash = leaf;
    // Like adding one in binary: each trailing 1 bit of the size is a subtree that the new one completes.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      hash = nodeHash(this.#subtrees.pop() as Uint8Array, hash);
    }
    this.#subtrees.push(hash);
    this.#size++;
  }

  /** The root hash at this size. */
  root(): Uint8Array {
    let hash: Uint8Array | undefined;
    for (let i = this.#subtrees.length - 1; i >= 0; i--) {
      const subtree = this.#subtrees[i] as Uint8Array;
      hash = hash === undefined ? subtree : nodeHash(subtree, hash);
    }
    return (hash ?? EMPTY_ROOT).slice();
  }

  toBytes(): Uint8Array {
    const bytes = new Uint8Array(SIZE_BYTES + this.#subtrees.length * HASH_BYTES);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(this.#size));
    this.#subtrees.forEach((hash, i) => {
      bytes.set(hash, SIZE_BYTES + i * HASH_BYTES);
    });
    return bytes;
  }

  /** Throws FrontierError unless the bytes have exactly the length that their size implies. */
  static fromBytes(bytes: Uint8Array): Frontier {
    if (bytes.length < SIZE_BYTES) throw new FrontierError(`a frontier has at least ${SIZE_BYTES} bytes`);
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    if (!Number.isSafeInteger(size)) throw new FrontierError("a frontier's size is at most 2^53 - 1");
    const expected = SIZE_BYTES + countOnes(size) * HASH_BYTES;
    if (bytes.length !== expected) {
      throw new FrontierError(`a frontier of size ${size} has ${expected} bytes, got ${bytes.length}`);
    }
    const frontier = new Frontier();
    frontier.#size = size;
    for (let at = SIZE_BYTES; at < bytes.length; at += HASH_BYTES) {
      frontier.#subtrees.push(bytes.slice(at, at + HASH_BYTES));
    }
    return frontier;
  }

  clone(): Frontier {
    const copy = new Frontier();
    copy.#size = this.#size;
    copy.#subtrees = this.#subtrees.slice();
    return copy;
  }
}

function countOnes(value: number): number {
  let ones = 0;
  for (let rest = value; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
