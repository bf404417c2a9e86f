// Inclusion and consistency proofs of RFC 6962, made from stored subtree hashes and verified from nothing but the
// roots. Making follows the recursive definition (section 2.1), checking the iteration of RFC 9162 (section 2.1.3.2 and
// 2.1.4.2): two different derivations that the property tests hold against each other.
// Last comes the text that carries one, C2SP tlog-proof (a draft, pinned as @v1).

import { DecodeError, equalBytes, fromBase64, parseDecimal, toBase64, utf8 } from "./bytes.ts";
import { openCheckpoint, type ReadCheckpoint } from "./checkpoint.ts";
import type { Verifier } from "./note.ts";
import { completeRoot, type ReadTile, readHashes, TILE_HEIGHT, TILE_WIDTH, tileWidth } from "./tiles.ts";
import { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash } from "./tree.ts";

/** The hash of the complete subtree of 2^level leaves that begins at leaf index × 2^level. */
export type GetHash = (level: number, index: number) => Uint8Array;

/** Hashes from leaf to root that, with entry `index`, give the root of the tree of `size`. Throws RangeError. */
export function inclusionProof(index: number, size: number, getHash: GetHash): Uint8Array[] {
  checkRange(isSize(size) && isSize(index) && index < size, `no entry ${index} in a tree of ${size}`);
  const proof: Uint8Array[] = [];
  let low = 0;
  let high = size;
  while (high - low > 1) {
    const middle = low + largestPowerBelow(high - low);
    if (index < middle) {
      proof.push(rangeHash(middle, high, getHash));
      high = middle;
    } else {
      proof.push(rangeHash(low, middle, getHash));
      low = middle;
    }
  }
  return proof.reverse();
}

/** Hashes that show the tree of size `m` to be a prefix of the tree of size `n`, 0 ≤ m ≤ n. Throws RangeError. */
export function consistencyProof(m: number, n: number, getHash: GetHash): Uint8Array[] {
  checkRange(isSize(m) && isSize(n) && m <= n, `a tree of ${m} is no prefix of a tree of ${n}`);
  if (m === 0) return [];
  const proof: Uint8Array[] = [];
  let low = 0;
  let high = n;
  while (high !== m) {
    const middle = low + largestPowerBelow(high - low);
    if (m <= middle) {
      proof.push(rangeHash(middle, high, getHash));
      high = middle;
    } else {
      proof.push(rangeHash(low, middle, getHash));
      low = middle;
    }
  }
  // With low at 0 the last subtree is the old tree itself, whose root the verifier has.
  if (low > 0) proof.push(rangeHash(low, high, getHash));
  return proof.reverse();
}

/** The root that the tree had when it was of `size`. Throws RangeError. */
export function prefixRoot(size: number, getHash: GetHash): Uint8Array {
  checkRange(isSize(size), `no tree is of size ${size}`);
  return size === 0 ? EMPTY_ROOT : rangeHash(0, size, getHash);
}

/** Root of the leaves from `low` to before `high`, where `low` is a multiple of the largest power of two in between. */
function rangeHash(low: number, high: number, getHash: GetHash): Uint8Array {
  const count = high - low;
  const half = largestPowerBelow(count);
  if (count === 1 || half * 2 === count) return getHash(Math.round(Math.log2(count)), low / count);
  return nodeHash(rangeHash(low, low + half, getHash), rangeHash(low + half, high, getHash));
}

/** The largest power of two smaller than `count`; 1 for a count of 1. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function checkRange(holds: boolean, message: string): void {
  if (!holds) throw new RangeError(message);
}

/**
 * Answers a proof's questions from the tiles of a tree of `size`, asking for each tile at its width in that tree, which
 * is a width that was published. Throws TileError on a tile that is too short.
 */
export function tileHashReader(readTile: ReadTile, size: number): GetHash {
  return (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const count = 2 ** (level % TILE_HEIGHT);
    const n = Math.floor((index * count) / TILE_WIDTH);
    const start = (index * count) % TILE_WIDTH;
    const width = tileWidth(tileLevel, n, size);
    if (width < start + count) throw new RangeError(`a tree of ${size} has no subtree ${index} at level ${level}`);
    const bytes = readHashes(readTile, tileLevel, n, width);
    return completeRoot(bytes.subarray(start * HASH_BYTES, (start + count) * HASH_BYTES));
  };
}

// ---------------------------------------------------------------- verifying

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

/** Whether `leaf` (a leaf hash) is entry `index` of the tree of `size` with this root. Exact proof length required. */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !isHash(leaf) || !proof.every(isHash)) return false;
  const walk = new Walk(index, size - 1);
  let hash = leaf;
  for (const sibling of proof) {
    if (walk.ended) return false;
    hash = walk.siblingIsLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    walk.up();
  }
  return walk.ended && equalBytes(hash, root);
}

/**
 * Whether the tree of size `m` with `rootM` is a prefix of the tree of size `n` with `rootN`. The empty tree is a prefix
 * of every tree; equal sizes need equal roots; both come with an empty proof.
 */
export function verifyConsistency(
  m: number,
  n: number,
  proof: readonly Uint8Array[],
  rootM: Uint8Array,
  rootN: Uint8Array,
): boolean {
  if (!isSize(m) || !isSize(n) || m > n || !isHash(rootM) || !isHash(rootN) || !proof.every(isHash)) return false;
  if (m === 0 && !equalBytes(rootM, EMPTY_ROOT)) return false;
  if (m === n) return proof.length === 0 && equalBytes(rootM, rootN);
  if (m === 0) return proof.length === 0;

  const walk = new Walk(m - 1, n - 1);
  walk.skipCompleted();
  // At position 0 the old tree is one complete subtree: its root is the starting point and not in the proof.
  const hashes = walk.position === 0 ? [rootM, ...proof] : proof;
  const [start, ...rest] = hashes;
  if (start === undefined) return false;
  let old = start;
  let current = start;
  for (const sibling of rest) {
    if (walk.ended) return false;
    if (walk.siblingIsLeft) {
      old = nodeHash(sibling, old);
      current = nodeHash(sibling, current);
    } else {
      current = nodeHash(current, sibling);
    }
    walk.up();
  }
  return walk.ended && equalBytes(old, rootM) && equalBytes(current, rootN);
}

/** A climb from a node to the root: `position` among the nodes of its level, `last` the last position there. */
class Walk {
  position: number;
  last: number;

  constructor(position: number, last: number) {
    this.position = position;
    this.last = last;
  }

  get ended(): boolean {
    return this.last === 0;
  }

  /** On the ragged right edge a node whose sibling is missing is lifted, and meets its left neighbour higher up. */
  get siblingIsLeft(): boolean {
    return this.position % 2 === 1 || this.position === this.last;
  }

  up(): void {
    const onEdge = this.position === this.last;
    if (onEdge) while (this.position % 2 === 0 && this.position > 0) this.#shift();
    this.#shift();
  }

  /** From the last leaf of the old tree up to the root of the complete subtree that it ends. */
  skipCompleted(): void {
    while (this.position % 2 === 1) this.#shift();
  }

  #shift(): void {
    this.position = Math.floor(this.position / 2);
    this.last = Math.floor(this.last / 2);
  }
}

// ---------------------------------------------------------------- the text of an offline proof

const HEADER = "c2sp.org/tlog-proof@v1";
/** A tree of 2^63 leaves, the most the format foresees, needs no more. */
const MAX_HASHES = 63;

/** `checkpoint` is the signed note, verbatim. `extra` is not authenticated by anything. */
export interface Proof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
  readonly extra?: Uint8Array;
}

/** A text that is not a proof, or a proof that does not prove. */
export class ProofError extends Error {
  override name = "ProofError";
}

export function formatProof({ index, hashes, checkpoint, extra }: Proof): string {
  const lines = [HEADER];
  if (extra !== undefined) lines.push(`extra ${toBase64(extra)}`);
  lines.push(`index ${index}`, ...hashes.map(toBase64), "", checkpoint);
  return lines.join("\n");
}

/** The parts of a proof, nothing verified. Throws ProofError. */
export function parseProof(text: string): Proof {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, Math.max(end, 0)).split("\n");
  if (lines.shift() !== HEADER) throw new ProofError(`a proof begins with the line "${HEADER}" and has an empty line`);
  try {
    const extra = lines[0]?.startsWith("extra ") ? fromBase64((lines.shift() ?? "").slice("extra ".length)) : undefined;
    const indexLine = lines.shift() ?? "";
    if (!indexLine.startsWith("index ")) throw new DecodeError('expected a line "index N"');
    const index = parseDecimal(indexLine.slice("index ".length));
    if (lines.length > MAX_HASHES) throw new DecodeError(`expected at most ${MAX_HASHES} hashes, got ${lines.length}`);
    const proof = {
      index,
      hashes: lines.map(parseHash),
      checkpoint: text.slice(end + 2),
    };
    return extra === undefined ? proof : { ...proof, extra };
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    throw new ProofError(`not a proof: ${cause.message}`);
  }
}

function parseHash(line: string): Uint8Array {
  const hash = fromBase64(line);
  if (hash.length !== HASH_BYTES) throw new DecodeError(`a hash has ${HASH_BYTES} bytes, got ${hash.length}`);
  return hash;
}

/**
 * Checks that `entry` is in the log that one of the verifiers signs, and says where.
 * Throws ProofError, NoteError or CheckpointError.
 */
export function openProof(
  text: string,
  entry: Uint8Array,
  verifiers: readonly Verifier[],
): { index: number; checkpoint: ReadCheckpoint } {
  const proof = parseProof(text);
  const checkpoint = openCheckpoint(utf8(proof.checkpoint), verifiers);
  if (!verifyInclusion(proof.index, checkpoint.size, leafHash(entry), proof.hashes, checkpoint.root)) {
    throw new ProofError(`the proof does not lead from entry ${proof.index} to the root of "${checkpoint.origin}"`);
  }
  return { index: proof.index, checkpoint };
}
