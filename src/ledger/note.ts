// Signed notes: C2SP signed-note 1.0.0 (text, empty line, "— name base64(key id ‖ signature)" lines) and
// cosignature/v1 of tlog-cosignature 1.0.1. Everything the ledger signs is a note. parseNote is on the hot path, once
// per statement, so it scans bytes once and decodes signatures in place; it neither trusts nor checks any signature.

import { publicKeyOf, sign, signingKey, verify } from "#ed25519";
import { concat, DecodeError, decodeBase64, equalBytes, fromBase64, fromUtf8, toBase64, toHex, utf8 } from "./bytes.ts";
import { isAcceptableKey, SIGNATURE_BYTES, type SigningKey } from "./ed25519-rules.ts";
import { sha256 } from "./hash.ts";
import { RecentTexts } from "./recent-texts.ts";

/** Signature types of the C2SP specifications. */
export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;
export type SignatureType = typeof ED25519 | typeof COSIGNATURE;

/** Far above the 16 that every reader must accept, low enough that a note cannot be made to cost much. */
export const MAX_SIGNATURES = 100;

export type NoteReason = "malformed" | "no-known-key" | "bad-signature";

/** A note that cannot be read or must not be believed. */
export class NoteError extends Error {
  override name = "NoteError";
  readonly reason: NoteReason;

  constructor(reason: NoteReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A key with its name, which signs the texts of notes. */
export interface Signer extends SigningKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

export interface Verifier {
  readonly name: string;
  readonly type: SignatureType;
  readonly keyId: Uint8Array;
  readonly publicKey: Uint8Array;
  /** Whether `signature` (64 bytes, or 72 with the time of a cosignature) is this key's on a note's text. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** One signature line: `keyId` 4 bytes, `signature` the bytes after it. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** `text` ends with a newline and is what was signed. Both fields are views of the parsed bytes where they can be. */
export interface Note {
  readonly text: Uint8Array;
  readonly signatures: readonly NoteSignature[];
}

// ---------------------------------------------------------------- names and keys

const NOT_IN_NAMES = /[+\p{White_Space}\p{Cc}]/u;

function checkName(name: string): void {
  if (name === "" || NOT_IN_NAMES.test(name)) {
    throw new NoteError("malformed", `a key name has no spaces and no "+", got "${name.slice(0, 80)}"`);
  }
}

/** First 4 bytes of SHA-256(name ‖ newline ‖ type ‖ public key). */
export function keyIdOf(name: string, type: SignatureType, publicKey: Uint8Array): Uint8Array {
  return sha256(concat(utf8(name), Uint8Array.of(NEWLINE, type), publicKey)).slice(0, 4);
}

/** The text form of a public key: `name+hex(key id)+base64(type ‖ public key)`. */
export function vkeyOf(name: string, publicKey: Uint8Array, type: SignatureType = ED25519): string {
  checkName(name);
  return `${name}+${toHex(keyIdOf(name, type, publicKey))}+${toBase64(concat(Uint8Array.of(type), publicKey))}`;
}

/** A verifier from a vkey of type Ed25519 or cosignature/v1. Throws NoteError (malformed) on anything else. */
export function parseVkey(vkey: string): Verifier {
  const parts = vkey.split("+");
  const [name = "", idText = ""] = parts;
  // Base64 may hold "+" itself.
  const key = decodeKey(parts.slice(2).join("+"));
  const type = key[0];
  if (type !== ED25519 && type !== COSIGNATURE) {
    throw new NoteError("malformed", `the key "${name}" is of a type this program does not know; update it or the key`);
  }
  const verifier = verifierOf(name, type, key.slice(1));
  if (toHex(verifier.keyId) !== idText) {
    throw new NoteError(
      "malformed",
      `the key id ${idText} does not belong to the key "${name}"; copy the whole key again`,
    );
  }
  return verifier;
}

function decodeKey(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    throw new NoteError("malformed", `a key reads name+id+base64; copy the whole key again (${cause.message})`);
  }
}

function verifierOf(name: string, type: SignatureType, publicKey: Uint8Array): Verifier {
  checkName(name);
  if (!isAcceptableKey(publicKey)) throw new NoteError("malformed", `the key "${name}" is not a valid Ed25519 key`);
  return {
    name,
    type,
    keyId: keyIdOf(name, type, publicKey),
    publicKey,
    verify: (message, signature) =>
      type === ED25519
        ? verify(publicKey, signature, message)
        : cosignatureTime(message, signature, publicKey) !== undefined,
  };
}

/** A verifier of plain Ed25519 signatures under `name`. Throws NoteError (malformed) on a bad name or key. */
export function ed25519Verifier(name: string, publicKey: Uint8Array): Verifier {
  return verifierOf(name, ED25519, publicKey);
}

/** A signer from a 32-byte seed. */
export function ed25519Signer(name: string, seed: Uint8Array): Signer {
  return signerOf(name, seed, publicKeyOf(seed));
}

/** As {@link ed25519Signer}, where the seed's public key is at hand. */
export function signerOf(name: string, seed: Uint8Array, publicKey: Uint8Array): Signer {
  checkName(name);
  return { name, publicKey, ...signingKey(seed) };
}

// ---------------------------------------------------------------- writing

/** A note of `text` with the Ed25519 signatures of `signers`, in their order. Throws NoteError on a malformed text. */
export function signNote(text: string | Uint8Array, signers: readonly Signer[]): Uint8Array {
  const bytes = typeof text === "string" ? utf8(text) : text;
  return formatNote({ text: bytes, signatures: signers.map((signer) => signatureOf(signer, signer.sign(bytes))) });
}

/** As {@link signNote}, with a signature made while this thread does other work. Rejects with NoteError. */
export async function signNoteAside(text: string, signer: Signer): Promise<Uint8Array> {
  const bytes = utf8(text);
  return formatNote({ text: bytes, signatures: [signatureOf(signer, await signer.signAside(bytes))] });
}

const signatureOf = ({ name, publicKey }: Signer, signature: Uint8Array): NoteSignature => ({
  name,
  keyId: keyIdOf(name, ED25519, publicKey),
  signature,
});

/** The bytes of a note. Throws NoteError if they would not parse back to the same. */
export function formatNote(note: Note): Uint8Array {
  checkText(note.text, note.text.length);
  if (note.signatures.length === 0 || note.signatures.length > MAX_SIGNATURES) {
    throw new NoteError("malformed", `a note has 1 to ${MAX_SIGNATURES} signatures, got ${note.signatures.length}`);
  }
  let lines = "\n";
  for (const { name, keyId, signature } of note.signatures) {
    checkName(name);
    lines += `— ${name} ${toBase64(concat(keyId, signature))}\n`;
  }
  return concat(note.text, utf8(lines));
}

// ---------------------------------------------------------------- reading

const NEWLINE = 0x0a;
const SPACE = 0x20;

/** The parts of a note, no signature checked. Throws NoteError (malformed). */
export function parseNote(bytes: Uint8Array): Note {
  const end = bytes.length;
  if (end === 0 || bytes[end - 1] !== NEWLINE) throw new NoteError("malformed", "a note ends with a newline");
  // The last empty line: the text before it may hold empty lines of its own, signature lines are never empty.
  let split = end - 2;
  while (split > 0 && !(bytes[split] === NEWLINE && bytes[split - 1] === NEWLINE)) split--;
  if (split <= 0) throw new NoteError("malformed", "a note has an empty line between its text and its signatures");
  checkText(bytes, split);
  const signatures: NoteSignature[] = [];
  for (let start = split + 1; start < end; ) {
    const stop = bytes.indexOf(NEWLINE, start);
    if (signatures.length === MAX_SIGNATURES) {
      throw new NoteError("malformed", `a note has at most ${MAX_SIGNATURES} signatures`);
    }
    signatures.push(parseSignatureLine(bytes, start, stop));
    start = stop + 1;
  }
  if (signatures.length === 0) throw new NoteError("malformed", "a note has at least one signature");
  return { text: bytes.subarray(0, split), signatures };
}

/** The text is UTF-8, ends with a newline and has no other control characters. Four bytes at a time: it is read for every statement. */
function checkText(bytes: Uint8Array, end: number): void {
  if (end === 0 || bytes[end - 1] !== NEWLINE) throw new NoteError("malformed", "a note's text ends with a newline");
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  let high = 0;
  let i = 0;
  for (; i + 4 <= end; i += 4) {
    const four = view.getInt32(i);
    high |= four;
    // Not zero where one of the four is below 0x20.
    if (((four - 0x20202020) & ~four & HIGH_BITS) !== 0) checkControls(bytes, i, i + 4);
  }
  for (let rest = i; rest < end; rest++) high |= bytes[rest] as number;
  checkControls(bytes, i, end);
  if ((high & HIGH_BITS) !== 0) decodeText(bytes.subarray(0, end));
}

const HIGH_BITS = 0x80808080 | 0;

function checkControls(bytes: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte >= SPACE || byte === NEWLINE) continue;
    throw new NoteError("malformed", `a note's text has no control characters, found one at byte ${i}`);
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new NoteError("malformed", "a note is UTF-8 throughout");
  }
}

function parseSignatureLine(bytes: Uint8Array, start: number, stop: number): NoteSignature {
  // U+2014 and a space.
  const opens =
    bytes[start] === 0xe2 && bytes[start + 1] === 0x80 && bytes[start + 2] === 0x94 && bytes[start + 3] === SPACE;
  const nameStart = start + 4;
  const nameEnd = opens ? bytes.indexOf(SPACE, nameStart) : -1;
  if (nameEnd < 0 || nameEnd >= stop) throw badLine();
  const name = names.known(bytes, nameStart, nameEnd) ?? parseName(bytes, nameStart, nameEnd);
  const length = decodeSignature(bytes, nameEnd + 1, stop);
  if (length < 5) throw badLine();
  // Two small arrays of their own are cheaper than views of one: up to 64 bytes need no memory outside of the heap.
  return { name, keyId: decoded.slice(0, 4), signature: decoded.slice(4, length) };
}

/** Names that were found to be such lately; a station's sheets come together. */
const names = new RecentTexts();

let decoded = new Uint8Array(128);

function badLine(): NoteError {
  return new NoteError("malformed", 'a signature line reads "— name base64"');
}

/** Decodes into `decoded`; the number of bytes. */
function decodeSignature(bytes: Uint8Array, start: number, stop: number): number {
  if (stop - start > decoded.length) decoded = new Uint8Array(stop - start);
  try {
    return decodeBase64(bytes, start, stop, decoded);
  } catch {
    throw badLine();
  }
}

function parseName(bytes: Uint8Array, from: number, to: number): string {
  const name = decodeText(bytes.subarray(from, to));
  checkName(name);
  return name.length === to - from ? names.text(bytes, from, to) : name;
}

/**
 * Reads a note and checks the signatures of the keys it knows. Unknown keys are ignored; a known key that fails rejects
 * the note, so does the absence of any known key. `verified` has each verifier once, in the order of the lines.
 * Throws NoteError.
 */
export function openNote(bytes: Uint8Array, verifiers: readonly Verifier[]): Note & { verified: Verifier[] } {
  const note = parseNote(bytes);
  const verified: Verifier[] = [];
  for (const line of note.signatures) {
    const verifier = verifiers.find((known) => known.name === line.name && equalBytes(known.keyId, line.keyId));
    if (verifier === undefined) continue;
    if (!verifier.verify(note.text, line.signature)) {
      throw new NoteError("bad-signature", `the signature of "${line.name}" does not fit this note`);
    }
    if (!verified.includes(verifier)) verified.push(verifier);
  }
  if (verified.length === 0) {
    const names = note.signatures.map((line) => line.name).join(", ");
    throw new NoteError("no-known-key", `no known key has signed this note; it is signed by ${names}`);
  }
  return { ...note, verified };
}

// ---------------------------------------------------------------- cosignature/v1

const TIME_BYTES = 8;

function cosignedMessage(text: Uint8Array, time: number): Uint8Array {
  return concat(utf8(`cosignature/v1\ntime ${time}\n`), text);
}

/** A cosigner's line for a checkpoint's text, at `time` in seconds since 1970. Throws TypeError on an impossible time. */
export function cosign(text: Uint8Array, name: string, seed: Uint8Array, time: number): NoteSignature {
  if (!Number.isSafeInteger(time) || time < 0) throw new TypeError(`a time is whole seconds since 1970, got ${time}`);
  const stamp = new Uint8Array(TIME_BYTES);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  return {
    name,
    keyId: keyIdOf(name, COSIGNATURE, publicKeyOf(seed)),
    signature: concat(stamp, sign(seed, cosignedMessage(text, time))),
  };
}

function cosignatureTime(text: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): number | undefined {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const time = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(time)) return undefined;
  return verify(publicKey, signature.subarray(TIME_BYTES), cosignedMessage(text, time)) ? time : undefined;
}

/**
 * When this cosigner saw the note: seconds since 1970, the latest if it signed more than once.
 * Throws NoteError if it did not sign, or if a line of its key does not verify.
 */
export function verifyCosignature(note: Note, cosigner: Verifier): number {
  let latest: number | undefined;
  for (const line of note.signatures) {
    if (line.name !== cosigner.name || !equalBytes(line.keyId, cosigner.keyId)) continue;
    const time = cosignatureTime(note.text, line.signature, cosigner.publicKey);
    if (time === undefined)
      throw new NoteError("bad-signature", `the cosignature of "${line.name}" does not fit this note`);
    latest = Math.max(time, latest ?? 0);
  }
  if (latest === undefined) throw new NoteError("no-known-key", `"${cosigner.name}" has not cosigned this note`);
  return latest;
}
