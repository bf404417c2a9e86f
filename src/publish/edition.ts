/**
 * An edition: one signed statement that fixes everything the public reads. And the advance it names: which logs grew since
 * the edition before, to what size and root. Editions and advances are never pruned, since with the logs they rebuild
 * everything else, byte for byte.
 */
import type { ContestKind } from "../election/codes.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { canonical, type Json, type JsonObject } from "../ledger/canonical.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import type { Signer } from "../ledger/note.ts";
import { openBody, parseStatement, signStatement } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";

export const EDITION = "teguh/edition/v1";

/** Version of the fold: raised when the same prefixes would give other objects. */
export const FOLD_VERSION = 3;

export interface Edition {
  /** 1, 2, 3 …: one more than its index in the editions log. */
  readonly number: number;
  /** Milliseconds since 1970, never falling from one edition to the next. */
  readonly time: number;
  /** Id of the edition before; null for the first. */
  readonly previous: Hash | null;
  readonly definition: Hash;
  /** Versions of the catalogue of rules and of the fold. */
  readonly rules: number;
  readonly fold: number;
  readonly results: Partial<Record<ContestKind, Hash>>;
  readonly districts: Hash;
  readonly heads: Hash;
  readonly advance: Hash;
  /** Files made for an earlier edition, once they are ready. */
  readonly downloads: { readonly edition: number; readonly hash: Hash } | null;
}

/** An edition as it stands in the editions log. */
export interface SignedEdition {
  readonly edition: Edition;
  readonly id: Hash;
  /** The statement's bytes. */
  readonly note: Uint8Array;
}

/** The statement of an edition. `electionTag` is what every statement of the election carries as `election`. */
export function signEdition(edition: Edition, electionTag: string, signer: Signer): SignedEdition {
  const { results, downloads, ...rest } = edition;
  const body = { ...rest, downloads: downloads && { ...downloads }, election: electionTag, results: { ...results } };
  return readEdition(signStatement(EDITION, body as JsonObject & { by?: never }, [signer]));
}

/**
 * Reads an edition from a log that this publisher wrote; no signature is checked.
 * @throws StatementError if it is not a statement, TypeError if it is not an edition
 */
export function readEdition(note: Uint8Array): SignedEdition {
  const statement = parseStatement(note);
  if (statement.type !== EDITION) throw new TypeError(`expected a statement ${EDITION}, found ${statement.type}`);
  // What was signed is this type's body: it came out of signEdition.
  const { by, election, ...edition } = openBody(statement) as unknown as Edition & { by: Json; election: Json };
  return { edition, id: asHash(hashHex(statement.text)), note };
}

/** A log, its new size and its root in hex. */
export type Advanced = readonly [log: LogName, size: number, root: string];

const ADVANCE = "teguh/advance/v1";

/** The advance object's bytes; `logs` sorted by name. */
export function advanceBytes(logs: readonly Advanced[]): Uint8Array {
  return utf8(canonical({ format: ADVANCE, logs }));
}

/** @throws TypeError if the bytes are no advance */
export function readAdvance(bytes: Uint8Array): readonly Advanced[] {
  const object: unknown = JSON.parse(fromUtf8(bytes));
  if (typeof object !== "object" || object === null || !("format" in object) || !("logs" in object)) {
    throw new TypeError(`expected an object ${ADVANCE}`);
  }
  if (object.format !== ADVANCE || !Array.isArray(object.logs)) throw new TypeError(`expected an object ${ADVANCE}`);
  return object.logs as Advanced[];
}

/** Where every log stood in some edition: its size and root. */
export type Cut = Map<LogName, { readonly size: number; readonly root: string }>;

/** Moves a cut on by one advance. */
export function moveCut(cut: Cut, advance: readonly Advanced[]): void {
  for (const [log, size, root] of advance) cut.set(log, { size, root });
}
