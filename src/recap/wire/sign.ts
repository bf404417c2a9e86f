/**
 * What the browser signs: statements of a hall, the answer to a sign-in's challenge, a key's wish to be sealed anew or for a
 * passkey.
 *
 * A statement is held against the schema of its type before it is signed, so that a page with a mistake in it learns so from
 * itself. Texts that are no statements begin with words of their own: no signature on one of them can pass for another.
 */
import { publicKeyOf, sign, verify } from "#ed25519";
import type { RegionCode } from "../../election/codes.ts";
import { BodyError, type BodyOf, bodyFaults, type StatementType, typeLine } from "../../election/statements.ts";
import { fromBase64, toBase64, toHex, utf8 } from "../../ledger/bytes.ts";
import { canonical, type JsonObject } from "../../ledger/canonical.ts";
import { ed25519Signer, type Signer } from "../../ledger/note.ts";
import { keyName, shortKey, signStatement } from "../../ledger/statement.ts";
import type { Passkey, SealedSeed } from "./people.ts";
import type { SignIn } from "./routes.ts";

/** The types of statements that are stated in a hall. All else is written by a log's writer, a phone, or the commission's own tools. */
export const HALL_TYPES = [
  "grant",
  "revoke",
  "reading",
  "pause",
  "unpause",
  "halt",
  "resume",
  "reopen",
  "order",
  "custody",
  "objection",
  "certificate",
  "minutes",
] as const satisfies readonly StatementType[];
export type HallType = (typeof HALL_TYPES)[number];

/** What an act says; `by`, `election` and `time` are put in when it is signed. */
export type Said<T extends HallType> = Omit<BodyOf<T>, "by" | "election" | "time">;

export interface Signing<T extends HallType> {
  /** 32 hex: `election.tag` of a HallView. */
  readonly election: string;
  /** In order; an act that takes two persons has two of them. */
  readonly signers: readonly Signer[];
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly type: T;
  readonly body: Said<T>;
}

/** A person's signer, from the opened seed. `origin`: that of the election. */
export function signerOf(origin: string, seed: Uint8Array): Signer {
  return ed25519Signer(keyName(origin, publicKeyOf(seed)), seed);
}

/**
 * The note of an act, ready to be stated.
 * @throws BodyError naming every field that does not fit; StatementError if it is too long
 */
export function signAct<T extends HallType>({ election, signers, time, type, body }: Signing<T>): Uint8Array {
  const said = { ...body, election, time } as unknown as JsonObject;
  const faults = bodyFaults(type, { ...said, by: signers.map(({ name }) => name) });
  if (faults.length > 0) throw new BodyError(type, faults);
  return signStatement(typeLine(type), said, signers);
}

const signInText = (origin: string, region: RegionCode, challenge: string): Uint8Array =>
  utf8(`teguh-desk-sign-in\n${origin}\n${region}\n${challenge}`);

/** The answer to a challenge of `POST /api/challenge`. */
export function signIn(origin: string, region: RegionCode, challenge: string, seed: Uint8Array): SignIn {
  const signature = toBase64(sign(seed, signInText(origin, region, challenge)));
  return { region, publicKey: toHex(publicKeyOf(seed)), challenge, signature };
}

/** Whether it is this key's answer. Never throws. */
export function isSignIn(origin: string, { region, challenge, signature }: SignIn, publicKey: Uint8Array): boolean {
  return isSigned(publicKey, signature, signInText(origin, region, challenge));
}

const sealText = (origin: string, key: string, sealed: SealedSeed): Uint8Array =>
  utf8(`teguh-desk-seal\n${origin}\n${key}\n${canonical({ ...sealed })}`);

/** The body of `PUT /api/people/KEY/sealed`: only the key itself may seal itself anew. */
export interface SealAnew {
  readonly sealed: SealedSeed;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** The wish of a key to be sealed anew. */
export function sealAnew(origin: string, sealed: SealedSeed, seed: Uint8Array): SealAnew {
  const key = shortKey(keyName(origin, publicKeyOf(seed)));
  return { sealed, signature: toBase64(sign(seed, sealText(origin, key, sealed))) };
}

/** Whether the key (its public half) has wished so. Never throws. */
export function isSealAnew(origin: string, { sealed, signature }: SealAnew, publicKey: Uint8Array): boolean {
  return isSigned(publicKey, signature, sealText(origin, shortKey(keyName(origin, publicKey)), sealed));
}

const passkeyText = (origin: string, key: string, challenge: string, passkey: Passkey): Uint8Array =>
  utf8(`teguh-desk-passkey\n${origin}\n${key}\n${challenge}\n${canonical({ ...passkey })}`);

/** The body of `POST /api/people/KEY/passkeys`: only the key itself may open a second way to itself. */
export interface PasskeyWish {
  readonly passkey: Passkey;
  /** Of `POST /api/challenge`, so that a passkey that was removed does not come back by an old request. */
  readonly challenge: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** The wish of a key to be kept for a passkey too. */
export function wishPasskey(origin: string, passkey: Passkey, challenge: string, seed: Uint8Array): PasskeyWish {
  const key = shortKey(keyName(origin, publicKeyOf(seed)));
  return { passkey, challenge, signature: toBase64(sign(seed, passkeyText(origin, key, challenge, passkey))) };
}

/** Whether the key (its public half) has wished so. Never throws. */
export function isPasskeyWish(
  origin: string,
  { passkey, challenge, signature }: PasskeyWish,
  publicKey: Uint8Array,
): boolean {
  const text = passkeyText(origin, shortKey(keyName(origin, publicKey)), challenge, passkey);
  return isSigned(publicKey, signature, text);
}

function isSigned(publicKey: Uint8Array, signature: string, text: Uint8Array): boolean {
  try {
    return verify(publicKey, fromBase64(signature), text);
  } catch {
    // Not base64: nobody's signature.
    return false;
  }
}
