// SHA-256 in the browser: synchronous, because a reader hashes thousands of small nodes and WebCrypto's promise costs
// more than the hash. It is also there where crypto.subtle is not: on plain-http addresses of a hall's network.

import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";

/** SHA-256 of `data`: 32 bytes in memory of their own. */
export function sha256(data: Uint8Array): Uint8Array {
  return nobleSha256(data);
}
