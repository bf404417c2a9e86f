/**
 * HMAC-SHA-256 of RFC 2104 from one-shot hashes. Every request carries a pass, and Node's `createHmac` makes a stream for each
 * (measured in the server: 13 µs; the two hashes: 2 µs). The tests hold it against Node's.
 */
import { concat, utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";

/** SHA-256 works on blocks of 64 bytes; a key of that length or less stands in the first block as it is. */
const BLOCK = 64;

/** Makes the MAC (32 bytes) of a text under `key`, which has at most 64 bytes. Throws TypeError on a longer key. */
export function hmacSha256(key: Uint8Array): (text: string) => Uint8Array {
  if (key.length > BLOCK) throw new TypeError(`a key of this MAC has at most ${BLOCK} bytes, got ${key.length}`);
  const inner = padded(key, 0x36);
  const outer = padded(key, 0x5c);
  return (text) => sha256(concat(outer, sha256(concat(inner, utf8(text)))));
}

function padded(key: Uint8Array, pad: number): Uint8Array {
  return Uint8Array.from({ length: BLOCK }, (_, i) => (key[i] ?? 0) ^ pad);
}
