// Checkpoints: C2SP tlog-checkpoint 1.0.0, a signed note that fixes a log's size and root. It carries no time, and this
// program adds no extension lines; it keeps those of others, which are signed as well.

import { DecodeError, fromBase64, fromUtf8, parseDecimal, toBase64 } from "./bytes.ts";
import { NoteError, openNote, type Signer, signNote, signNoteAside, type Verifier } from "./note.ts";
import { HASH_BYTES } from "./tree.ts";

/** `origin` names the log and is its key's name; `size` counts entries; `root` has 32 bytes. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A checkpoint as read: with whatever lines its log added. */
export interface ReadCheckpoint extends Checkpoint {
  readonly extensions: readonly string[];
}

/** A text that is not a checkpoint. */
export class CheckpointError extends Error {
  override name = "CheckpointError";
}

/** The text to be signed: origin, size and root, each on a line. Throws CheckpointError on values no log has. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (origin === "" || origin.includes("\n")) throw new CheckpointError("a log's origin is one line that is not empty");
  if (!Number.isSafeInteger(size) || size < 0) throw new CheckpointError(`a log's size is a whole number, got ${size}`);
  if (root.length !== HASH_BYTES) throw new CheckpointError(`a root has ${HASH_BYTES} bytes, got ${root.length}`);
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** The checkpoint that a note's text says. Throws CheckpointError. */
export function parseCheckpoint(text: string | Uint8Array): ReadCheckpoint {
  try {
    const lines = (typeof text === "string" ? text : fromUtf8(text)).split("\n");
    const [origin = "", size = "", root = "", ...rest] = lines;
    if (origin === "" || rest.pop() !== "" || rest.includes("")) {
      throw new DecodeError("expected the lines origin, size, root, none of them empty");
    }
    const checkpoint = {
      origin,
      size: parseDecimal(size),
      root: fromBase64(root),
      extensions: rest,
    };
    if (checkpoint.root.length !== HASH_BYTES) throw new DecodeError(`the root has ${checkpoint.root.length} bytes`);
    return checkpoint;
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    throw new CheckpointError(`not a checkpoint: ${cause.message}`);
  }
}

/** The signed note of a checkpoint. */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[]): Uint8Array {
  return signNote(formatCheckpoint(checkpoint), signers);
}

/** As {@link signCheckpoint} by a log's own signer, made while this thread does other work. */
export async function signCheckpointAside(checkpoint: Checkpoint, signer: Signer): Promise<Uint8Array> {
  return signNoteAside(formatCheckpoint(checkpoint), signer);
}

/**
 * A checkpoint that its own log has signed: among the verified keys one must be named like the origin, so that neither
 * another log's key nor a cosigner alone can speak for it. Throws NoteError or CheckpointError.
 */
export function openCheckpoint(
  bytes: Uint8Array,
  verifiers: readonly Verifier[],
): ReadCheckpoint & { verified: Verifier[] } {
  const { text, verified } = openNote(bytes, verifiers);
  const checkpoint = parseCheckpoint(text);
  if (!verified.some((verifier) => verifier.name === checkpoint.origin)) {
    throw new NoteError(
      "no-known-key",
      `the checkpoint is of "${checkpoint.origin}" but no known key of that log signed it`,
    );
  }
  return { ...checkpoint, verified };
}
