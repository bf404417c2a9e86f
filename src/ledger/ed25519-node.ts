// Ed25519 in Node, by OpenSSL: cofactorless, S below the order, R compared as bytes. It would accept keys of small
// order and second spellings of a key; ed25519-rules.ts refuses those first, so that Node and browser always agree.

import {
  createPrivateKey,
  createPublicKey,
  sign as cryptoSign,
  verify as cryptoVerify,
  type KeyObject,
} from "node:crypto";
import { concat, fromHex, toBase64, toHex } from "./bytes.ts";
import { checkSeed, isAcceptableKey, PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey } from "./ed25519-rules.ts";

// RFC 8410: everything before the 32 raw bytes is constant.
const PKCS8_PREFIX = fromHex("302e020100300506032b657004220420");
const SPKI_PREFIX = fromHex("302a300506032b6570032100");

/** Keeps the most recently made values under a bound: an endless stream of keys must not grow the memory. */
class Recent<Value> {
  readonly #values = new Map<string, Value>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.#values.size >= this.#limit) {
      const oldest = this.#values.keys().next();
      if (!oldest.done) this.#values.delete(oldest.value);
    }
    this.#values.set(key, made);
    return made;
  }
}

// A station's key signs its five sheets within minutes of each other.
const publicKeys = new Recent<KeyObject | "refused">(16_384);
// Making a private key derives the public one and costs more than a signature. A publisher has one for each of 14,600 logs.
const privateKeys = new Recent<KeyObject>(32_768);

function privateKeyOf(seed: Uint8Array): KeyObject {
  checkSeed(seed);
  return privateKeys.get(toHex(seed), () =>
    createPrivateKey({
      key: asBuffer(concat(PKCS8_PREFIX, seed)),
      format: "der",
      type: "pkcs8",
    }),
  );
}

function importPublicKey(publicKey: Uint8Array): KeyObject | "refused" {
  if (!isAcceptableKey(publicKey)) return "refused";
  // As PEM, though that is decoded again: given bytes in an object, Node first asks by a caught exception whether the
  // object is a key already (measured: 8 µs as PEM, 20 to 24 µs as JWK, raw or DER).
  return createPublicKey(
    `-----BEGIN PUBLIC KEY-----\n${toBase64(concat(SPKI_PREFIX, publicKey))}\n-----END PUBLIC KEY-----\n`,
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The 32-byte public key of a 32-byte seed. Throws TypeError on another length. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  const spki = createPublicKey(privateKeyOf(seed)).export({
    format: "der",
    type: "spki",
  });
  return new Uint8Array(spki.subarray(SPKI_PREFIX.length));
}

/** The 64-byte signature of RFC 8032. Throws TypeError on a seed of another length. */
export function sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(cryptoSign(null, message, privateKeyOf(seed)));
}

/** A seed that signs often: its key is found once and not for every signature. Throws TypeError on a seed of another length. */
export function signingKey(seed: Uint8Array): SigningKey {
  const key = privateKeyOf(seed);
  return {
    sign: (message) => new Uint8Array(cryptoSign(null, message, key)),
    signAside: (message) =>
      new Promise((resolve, reject) => {
        cryptoSign(null, message, key, (error, signature) => {
          if (error) reject(error);
          else resolve(new Uint8Array(signature));
        });
      }),
  };
}

/** Strict verification: S below the group order, no key of small order, one spelling of key and R. Never throws. */
export function verify(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES || publicKey.length !== PUBLIC_KEY_BYTES) return false;
  const key = publicKeys.get(asBuffer(publicKey).toString("hex"), () => importPublicKey(publicKey));
  return key !== "refused" && cryptoVerify(null, message, key, signature);
}
