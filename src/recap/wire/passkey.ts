/**
 * A key sealed for a passkey, beside its copy for card and PIN.
 *
 * A passkey's `prf` extension (WebAuthn level 3) makes of a salt a secret of 32 bytes that the authenticator gives to this origin alone,
 * and only after its holder has been verified. A second copy of the key is sealed under it. The desk keeps that copy, the
 * credential's id and the salt; it never sees the secret. Signing in stays what it is, a challenge signed by the key itself, so
 * nothing that an authenticator signs is ever relied upon.
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { fromHex, toHex, utf8 } from "../../ledger/bytes.ts";
import { hasForm, hexOf, NONCE_BYTES, type Random, SEALED_BYTES } from "./card.ts";
import type { Passkey } from "./people.ts";

/** Passkeys of one key at most. */
export const MOST_PASSKEYS = 5;
export const PRF_SALT_BYTES = 32;

const FORM: Readonly<Record<keyof Passkey, RegExp>> = {
  id: /^[A-Za-z0-9_-]{1,1400}$/,
  salt: hexOf(PRF_SALT_BYTES),
  nonce: hexOf(NONCE_BYTES),
  box: hexOf(SEALED_BYTES),
  added: /^\d{4}-\d\d-\d\d$/,
};

/** Whether a value that came from elsewhere has the form of a passkey, and nothing besides. */
export const isPasskey = (value: unknown): value is Passkey => hasForm<Passkey>(FORM, value);

/** Seals a seed of 32 bytes under a passkey's secret. */
export function sealForPasskey(
  seed: Uint8Array,
  secret: Uint8Array,
  { id, salt, added }: Pick<Passkey, "id" | "salt" | "added">,
  random: Random,
): Passkey {
  const nonce = random(NONCE_BYTES);
  return { id, salt, added, nonce: toHex(nonce), box: toHex(cipherOf(secret, id, nonce).encrypt(seed)) };
}

/** The seed, or null: another passkey's secret, or damaged. */
export function openByPasskey({ id, nonce, box }: Passkey, secret: Uint8Array): Uint8Array | null {
  try {
    return cipherOf(secret, id, fromHex(nonce)).decrypt(fromHex(box));
  } catch {
    // The box was not sealed so; the cipher says no more.
    return null;
  }
}

function cipherOf(secret: Uint8Array, id: string, nonce: Uint8Array) {
  const key = hkdf(sha256, secret, undefined, utf8("teguh/passkey/v1"), 32);
  return xchacha20poly1305(key, nonce, utf8(`teguh/sealed/v1 passkey ${id}`));
}
