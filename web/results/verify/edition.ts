/**
 * From the three texts of `now/<contest>.json` to an edition that this browser believes: signed by the key of the
 * editions, included in the log of editions under a signed checkpoint, and a continuation of what this browser saw
 * before. Everything else on the page hangs on the hashes that stand in it.
 */
import { toHex, utf8 } from "../../../src/ledger/bytes.ts";
import { CheckpointError, openCheckpoint } from "../../../src/ledger/checkpoint.ts";
import { NoteError, parseVkey, type Verifier } from "../../../src/ledger/note.ts";
import { openProof, ProofError, parseProof } from "../../../src/ledger/proof.ts";
import { checkSignature, openBody, parseStatement, StatementError } from "../../../src/ledger/statement.ts";
import { Fault } from "./fault.ts";
import { fields, integer, optional, parseJson, ShapeError, text } from "./shape.ts";
import { settled } from "./signatures.ts";

/** A signed size and root of the log of editions; `note` is the signed text itself. */
export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

export interface Edition {
  /** Hex id of the statement. */
  readonly id: string;
  readonly number: number;
  /** Milliseconds since 1970, as the publisher claims. */
  readonly time: number;
  /** Contest → hash of the nation's object. */
  readonly results: ReadonlyMap<string, string>;
  readonly definition: string;
  readonly heads: string;
  /** Files that were prepared of an earlier edition: which, and the hash of their list. */
  readonly downloads: { readonly edition: number; readonly hash: string } | null;
  readonly districts: string;
}

export interface Now {
  readonly edition: Edition;
  readonly head: Head;
  /** Bytes of the nation's object, not yet checked. */
  readonly nation: Uint8Array;
}

const EDITION_TYPE = "teguh/edition/v1";

/** The verifier of a vkey text. Throws {@link Fault}. */
export function editionsKey(vkey: string, file: string): Verifier {
  try {
    return parseVkey(vkey);
  } catch (cause) {
    if (!(cause instanceof NoteError)) throw cause;
    throw new Fault("wrong-key", file, cause.message);
  }
}

/** Opens a checkpoint of the log of editions. Rejects with {@link Fault}. */
export function openHead(note: string, key: Verifier, file: string): Promise<Head> {
  return settled(() => faulted(file, () => headOf(note, key)));
}

function headOf(note: string, key: Verifier): Head {
  const checkpoint = openCheckpoint(utf8(note), [key]);
  return { size: checkpoint.size, root: checkpoint.root, note };
}

/** Checks `now/<contest>.json`. Rejects with {@link Fault}. */
export function openNow(bytes: Uint8Array, key: Verifier, file: string): Promise<Now> {
  return settled(() =>
    faulted(file, () => {
      const from = parseJson(bytes, "now");
      const note = utf8(text(from.edition, "edition"));
      const proof = text(from.proof, "proof");
      const head = headOf(parseProof(proof).checkpoint, key);
      openProof(proof, note, [key]);
      return { edition: editionOf(note, key, file), head, nation: utf8(text(from.nation, "nation")) };
    }),
  );
}

/** An edition's statement with a signature of the editions key. Rejects with {@link Fault}. */
export function openEdition(note: Uint8Array, key: Verifier, file: string): Promise<Edition> {
  return settled(() => faulted(file, () => editionOf(note, key, file)));
}

function editionOf(note: Uint8Array, key: Verifier, file: string): Edition {
  const statement = parseStatement(note);
  if (statement.type !== EDITION_TYPE) throw new ShapeError(`expected ${EDITION_TYPE}, found ${statement.type}`);
  const body = openBody(statement);
  const signed = statement.signatures.some((_, line) => checkSignature(statement, line, key.publicKey));
  if (!signed)
    throw new Fault("bad-signature", file, "the edition does not carry a valid signature of the editions key");
  const results = Object.entries(fields(body.results, "results"));
  return {
    id: toHex(statement.id),
    number: integer(body.number, "number"),
    time: integer(body.time, "time"),
    results: new Map(results.map(([contest, hash]) => [contest, text(hash, contest)])),
    definition: text(body.definition, "definition"),
    heads: text(body.heads, "heads"),
    downloads: optional(body.downloads, "downloads", (value, where) => {
      const from = fields(value, where);
      return { edition: integer(from.edition, where), hash: text(from.hash, where) };
    }),
    districts: text(body.districts, "districts"),
  };
}

/** Runs `read`, turning each library's error into a {@link Fault} that names the file. */
export function faulted<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof NoteError) {
      const code =
        cause.reason === "malformed" ? "malformed" : cause.reason === "no-known-key" ? "wrong-key" : "bad-signature";
      throw new Fault(code, file, cause.message);
    }
    if (cause instanceof ProofError) throw new Fault("not-in-log", file, cause.message);
    if (cause instanceof CheckpointError || cause instanceof StatementError || cause instanceof ShapeError) {
      throw new Fault("malformed", file, cause.message);
    }
    throw cause;
  }
}
