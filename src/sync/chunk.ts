/**
 * A piece of a log that proves itself: some entries, the edge of the tree before them, and the hashes that lead from there to a
 * checkpoint which the log's writer has signed. Nothing else is needed to know that the writer's log has exactly these entries
 * at this place; so pieces may come in any order, twice, by wire or by hand, from anyone, and a piece that does not fit what
 * is here shows where two histories part.
 */
import { equalBytes } from "../ledger/bytes.ts";
import { CheckpointError, openCheckpoint, type ReadCheckpoint } from "../ledger/checkpoint.ts";
import { NoteError, type Verifier } from "../ledger/note.ts";
import { verifyConsistency } from "../ledger/proof.ts";
import { Frontier, FrontierError, leafHash } from "../ledger/tree.ts";
import type { LogName } from "../store/store.ts";
import type { SyncReason } from "./refusals.ts";
import type { TreeHashes } from "./tree-hashes.ts";

/** Entries in a chunk at most, and bytes of them. */
export const MAX_CHUNK_ENTRIES = 256;
export const MAX_CHUNK_BYTES = 2 ** 20;
/** Bytes of entries in a chunk that is made: three in a request get through a bad line before the centre's patience ends. */
const MADE_BYTES = 2 ** 16;

export interface Chunk {
  readonly log: LogName;
  /** Index of the first entry. */
  readonly from: number;
  /** The edge of the tree of the first `from` entries, as `Frontier.toBytes()` writes it. */
  readonly edge: Uint8Array;
  /** None, or some: without any a chunk only shows a checkpoint at its own size. */
  readonly entries: readonly Uint8Array[];
  /** A note of the log's writer. */
  readonly checkpoint: Uint8Array;
  /** Shows the tree after the entries to be the beginning of the checkpoint's. */
  readonly proof: readonly Uint8Array[];
}

/**
 * A chunk of a tree under a checkpoint of this size, with as many of the given entries as fit. `entries` begin at `from`, and the
 * tree has at least `size` leaves.
 */
export function makeChunk(
  { log, from, checkpoint, size }: Pick<Chunk, "log" | "from" | "checkpoint"> & { readonly size: number },
  tree: TreeHashes,
  entries: readonly Uint8Array[],
): Chunk {
  const count = fitting(entries.slice(0, size - from));
  const edge = tree.edge(from);
  return { log, from, edge, entries: entries.slice(0, count), checkpoint, proof: tree.consistency(from + count, size) };
}

/** How many of the entries go into one chunk: at least one. */
export function fitting(entries: readonly Uint8Array[]): number {
  let bytes = 0;
  let count = 0;
  for (const entry of entries.slice(0, MAX_CHUNK_ENTRIES)) {
    bytes += entry.length;
    if (count > 0 && bytes > MADE_BYTES) break;
    count++;
  }
  return count;
}

/** What a chunk proves: who signed, what, and the tree before its entries. */
export interface OpenedChunk {
  readonly checkpoint: ReadCheckpoint;
  readonly signer: Verifier;
  readonly before: Frontier;
}

/** Verifies all of a chunk but its statements. `writers`: the keys that may sign the log's checkpoints. */
export function openChunk(chunk: Chunk, writers: readonly Verifier[]): OpenedChunk | SyncReason {
  const signed = openedCheckpoint(chunk.checkpoint, writers);
  if (typeof signed === "string") return signed;
  const { checkpoint, signer } = signed;
  const before = frontierOf(chunk.edge);
  if (before?.size !== chunk.from) return "does-not-prove";
  const after = before.clone();
  for (const entry of chunk.entries) after.push(leafHash(entry));
  const holds = verifyConsistency(after.size, checkpoint.size, chunk.proof, after.root(), checkpoint.root);
  // An empty tree is the beginning of any other, so its edge has to be compared: there is only one.
  return holds ? { checkpoint, signer, before } : "does-not-prove";
}

/** A checkpoint that one of the writers has signed, and which; or why it is none. */
export function openedCheckpoint(note: Uint8Array, writers: readonly Verifier[]) {
  try {
    const checkpoint = openCheckpoint(note, writers);
    const [signer] = checkpoint.verified;
    return signer === undefined ? ("unknown-writer" as const) : { checkpoint, signer };
  } catch (error) {
    if (error instanceof CheckpointError) return "does-not-prove";
    if (error instanceof NoteError) return error.reason === "no-known-key" ? "unknown-writer" : "does-not-prove";
    throw error;
  }
}

function frontierOf(bytes: Uint8Array): Frontier | null {
  try {
    return Frontier.fromBytes(bytes);
  } catch (error) {
    if (error instanceof FrontierError) return null;
    throw error;
  }
}

/** Whether a chunk begins with the same entries before it as a tree has. The tree must reach as far. */
export function continues(chunk: Chunk, tree: TreeHashes): boolean {
  return equalBytes(chunk.edge, tree.edge(chunk.from));
}
