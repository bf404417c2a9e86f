// The one hash of the ledger, as bytes for trees and as text for names of objects and statements.

import { sha256 } from "#sha256";
import { DecodeError, toHex } from "./bytes.ts";

export { sha256 };

/** SHA-256 as 64 lower-case hex digits. Made only by asHash and hashHex, so that no other text passes for one. */
export type Hash = string & { readonly __brand: "Hash" };

const HASH_FORM = /^[0-9a-f]{64}$/;

/** The text as a Hash. Throws DecodeError unless it is 64 lower-case hex digits. */
export function asHash(text: string): Hash {
  if (!HASH_FORM.test(text)) throw new DecodeError(`expected 64 lower-case hex digits, got "${text.slice(0, 70)}"`);
  return text as Hash;
}

/** SHA-256 of `data` as text. */
export function hashHex(data: Uint8Array): Hash {
  return toHex(sha256(data)) as Hash;
}
