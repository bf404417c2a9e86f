// Statements: the only thing a log holds. A signed note of two lines, a type and a canonical JSON object, so that one
// format carries every fact and its id does not change with the signatures. This file knows the envelope, not what any
// type means. parseStatement leaves the JSON alone: the types that come by the million have parsers of their own.

import { verify } from "#ed25519";
import { equalBytes, fromUtf8, toHex } from "./bytes.ts";
import { CanonicalError, canonical, type JsonObject, parseCanonical } from "./canonical.ts";
import { sha256 } from "./hash.ts";
import {
  ED25519,
  keyIdOf,
  type Note,
  NoteError,
  type NoteSignature,
  parseNote,
  type Signer,
  signNote,
} from "./note.ts";
import { RecentTexts } from "./recent-texts.ts";

/** Longest statement in bytes, signatures included: what an entry bundle can announce. */
export const MAX_STATEMENT = 65_535;

/** A text that is not a statement; the message says what is wrong with it. */
export class StatementError extends Error {
  override name = "StatementError";
}

/** The byte fields are views of the parsed bytes; `id` is SHA-256 of `text`, `body` the second line without newline. */
export interface Statement {
  readonly type: string;
  readonly id: Uint8Array;
  readonly text: Uint8Array;
  readonly body: Uint8Array;
  readonly signatures: readonly NoteSignature[];
}

const NEWLINE = 0x0a;
const TYPE_FORM = /^[a-z0-9][a-z0-9/.-]{0,63}$/;

/** The parts of a statement, neither its JSON read nor a signature checked. Throws StatementError. */
export function parseStatement(bytes: Uint8Array): Statement {
  const { type, text, body, signatures } = parseParts(bytes);
  return { type, id: statementId(text), text, body, signatures };
}

/** As parseStatement, for whoever needs no id: to hash the text costs as much as to read all of it. */
export function parseParts(bytes: Uint8Array): Omit<Statement, "id"> {
  if (bytes.length > MAX_STATEMENT) {
    throw new StatementError(`a statement has at most ${MAX_STATEMENT} bytes, got ${bytes.length}`);
  }
  const { text, signatures } = readNote(bytes);
  const typeEnd = text.indexOf(NEWLINE);
  const bodyEnd = text.indexOf(NEWLINE, typeEnd + 1);
  if (bodyEnd !== text.length - 1) throw new StatementError("a statement's text is two lines: its type and its body");
  const type = types.known(text, 0, typeEnd) ?? parseType(text, typeEnd);
  return { type, text, body: text.subarray(typeEnd + 1, bodyEnd), signatures };
}

/** Types that were found to be such: there are only a few. */
const types = new RecentTexts();

function parseType(text: Uint8Array, end: number): string {
  checkType(fromUtf8(text.subarray(0, end)));
  return types.text(text, 0, end);
}

function checkType(type: string): void {
  if (TYPE_FORM.test(type)) return;
  throw new StatementError(`a statement's type reads like "teguh/sheet/v1", got "${type.slice(0, 64)}"`);
}

function readNote(bytes: Uint8Array): Note {
  try {
    return parseNote(bytes);
  } catch (cause) {
    if (!(cause instanceof NoteError)) throw cause;
    throw new StatementError(`not a signed note: ${cause.message}`);
  }
}

/** The name of a statement everywhere: SHA-256 of its signed text, both lines with their newlines. */
export function statementId(text: Uint8Array): Uint8Array {
  return sha256(text);
}

/**
 * The body as canonical JSON, with `by` checked to be exactly the signature lines in order: no signature can be taken
 * away or added afterwards. Throws StatementError.
 */
export function openBody(statement: Statement): JsonObject {
  const body = readBody(statement.body);
  const by = body.by;
  const names = statement.signatures.map((line) => line.name);
  if (!Array.isArray(by) || by.length !== names.length || by.some((name, i) => name !== names[i])) {
    throw new StatementError(`"by" must list the signing keys in order: ${names.join(", ")}`);
  }
  return body;
}

function readBody(bytes: Uint8Array): JsonObject {
  try {
    const body = parseCanonical(bytes);
    if (isObject(body)) return body;
  } catch (cause) {
    if (!(cause instanceof CanonicalError)) throw cause;
    throw new StatementError(`a statement's body is canonical JSON: ${cause.message}`);
  }
  throw new StatementError("a statement's body is a JSON object");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The bytes of a statement: `body` with `by` added, signed by each signer in order.
 * Throws StatementError if it is too long or of an impossible type, CanonicalError on values canonical JSON lacks.
 */
export function signStatement(
  type: string,
  body: JsonObject & { readonly by?: never },
  signers: readonly Signer[],
): Uint8Array {
  checkType(type);
  const by = signers.map((signer) => signer.name);
  const bytes = signNote(`${type}\n${canonical({ ...body, by })}\n`, signers);
  if (bytes.length > MAX_STATEMENT) {
    throw new StatementError(`a statement has at most ${MAX_STATEMENT} bytes, this one would have ${bytes.length}`);
  }
  return bytes;
}

// ---------------------------------------------------------------- keys

const SHORT_KEY_DIGITS = 16;
const KEY_MARK = "/k/";

/** The name of a person's or device's key: `<election>/k/<16 hex of SHA-256(public key)>`. */
export function keyName(election: string, publicKey: Uint8Array): string {
  return election + KEY_MARK + fingerprint(publicKey);
}

function fingerprint(publicKey: Uint8Array): string {
  return toHex(sha256(publicKey).subarray(0, SHORT_KEY_DIGITS / 2));
}

const SHORT_KEY = /\/k\/([0-9a-f]{16})$/;

/** The 16 hex digits of a key name. Throws StatementError if it is not one. */
export function shortKey(name: string): string {
  const digits = SHORT_KEY.exec(name)?.[1];
  if (digits === undefined) throw new StatementError(`a key name reads "<election>/k/<16 hex digits>", got "${name}"`);
  return digits;
}

/**
 * Whether signature line `i` is by this public key: its name ends with the key's fingerprint, its key id fits both, and
 * the signature verifies. That the name begins with the right election is for the caller to check.
 */
export function checkSignature(statement: Statement, i: number, publicKey: Uint8Array): boolean {
  const line = statement.signatures[i];
  if (line === undefined) return false;
  return isNamedAfter(line, publicKey) && verify(publicKey, line.signature, statement.text);
}

/** The last line found to be named after its key. A station's sheets come together, and two hashes each are a tenth of a check. */
let lastNamed: { readonly line: NoteSignature; readonly publicKey: Uint8Array } | null = null;

/** Whether a line has the name and the key id of this key. */
function isNamedAfter(line: NoteSignature, publicKey: Uint8Array): boolean {
  const last = lastNamed;
  if (last !== null && line.name === last.line.name && equalBytes(publicKey, last.publicKey))
    return equalBytes(line.keyId, last.line.keyId);
  if (!line.name.endsWith(KEY_MARK + fingerprint(publicKey))) return false;
  if (!equalBytes(line.keyId, keyIdOf(line.name, ED25519, publicKey))) return false;
  lastNamed = { line: { ...line, keyId: line.keyId.slice() }, publicKey: publicKey.slice() };
  return true;
}
