// Ed25519 in the browser, synchronous and also where crypto.subtle is missing (plain-http addresses of a hall).
// Verification is written on noble's points instead of its verify(): noble uses the cofactored equation, OpenSSL and
// BoringSSL the cofactorless one, and they disagree on crafted signatures. Here the browser agrees with Node.

import { etc, getPublicKey, hashes, sign as nobleSign, Point } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { concat, equalBytes } from "./bytes.ts";
import { checkSeed, isAcceptableKey, SIGNATURE_BYTES, type SigningKey } from "./ed25519-rules.ts";

hashes.sha512 = (message) => sha512(message);

const ORDER = Point.CURVE().n;

/** The 32-byte public key of a 32-byte seed. Throws TypeError on another length. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  checkSeed(seed);
  return getPublicKey(seed);
}

/** The 64-byte signature of RFC 8032. Throws TypeError on a seed of another length. */
export function sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  checkSeed(seed);
  return nobleSign(message, seed);
}

/** A seed that signs often; a page has no other thread for it. Throws TypeError on a seed of another length. */
export function signingKey(seed: Uint8Array): SigningKey {
  checkSeed(seed);
  const own = seed.slice();
  return { sign: (message) => nobleSign(message, own), signAside: async (message) => nobleSign(message, own) };
}

/** Strict verification: S below the group order, no key of small order, one spelling of key and R. Never throws. */
export function verify(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES || !isAcceptableKey(publicKey)) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= ORDER) return false;
  const key = pointOf(publicKey);
  if (key === undefined) return false;
  const challenge = littleEndian(sha512(concat(r, publicKey, message))) % ORDER;
  const sum = Point.BASE.multiply(s, false).add(key.negate().multiply(challenge, false));
  return equalBytes(sum.toBytes(), r);
}

function pointOf(publicKey: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(publicKey, false);
  } catch {
    return undefined; // not on the curve
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${etc.bytesToHex(bytes.slice().reverse())}`);
}
