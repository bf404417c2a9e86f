// Which Ed25519 public keys this ledger accepts at all. RFC 8032 leaves room: libraries differ on keys of small order
// (one signature fits every message) and on second spellings of a key. Node and the browser must never disagree on a
// statement, so both refuse these keys here and then apply the same cofactorless equation to the rest.

import { fromHex, toHex } from "./bytes.ts";

export const SEED_BYTES = 32;
export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

// The y of the eight points of small order, little-endian, sign bit cleared: 0, 1, -1 and the two of order 8.
// Source: RFC 8032 section 5.1 curve; the same list as libsodium's blocklist, canonical spellings only.
const SMALL_ORDER_Y = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);

const PRIME = fromHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

/** 32 bytes whose y is below 2^255 - 19 and not of small order. Whether they lie on the curve, verification decides. */
export function isAcceptableKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES) return false;
  const y = publicKey.slice();
  y[31] = (y[31] as number) & 0x7f;
  return isBelowPrime(y) && !SMALL_ORDER_Y.has(toHex(y));
}

function isBelowPrime(y: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = (y[i] as number) - (PRIME[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** A seed is 32 bytes; anything else is a mistake of the caller. Throws TypeError. */
export function checkSeed(seed: Uint8Array): void {
  if (seed.length !== SEED_BYTES) throw new TypeError(`an Ed25519 seed has ${SEED_BYTES} bytes, got ${seed.length}`);
}

/** What signs with one key. The signatures are the 64 bytes of RFC 8032. */
export interface SigningKey {
  sign(message: Uint8Array): Uint8Array;
  /** The same signature, made on another thread where there is one, while this one does other work. */
  signAside(message: Uint8Array): Promise<Uint8Array>;
}
