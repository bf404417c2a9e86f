/** What the keyring asks of passkeys, and when a browser can have any. */
import type { Passkey } from "../../../src/recap/wire/people.ts";

/** A credential, and what it made of the salt that it was given. */
export interface Credential {
  readonly id: string;
  readonly secret: Uint8Array;
}

export interface Authenticator {
  /** Makes a passkey for a key; none where one of the known ones is. Throws `KeyFault`. */
  create(
    holder: { readonly key: string; readonly name: string },
    salt: string,
    known: readonly Passkey[],
  ): Promise<Credential>;
  /** Asks whichever of these is at hand; they share a salt. Throws `KeyFault`. */
  open(passkeys: readonly Passkey[]): Promise<Credential>;
}

/** Where a page stands, as far as passkeys ask about it. */
export interface Standing {
  readonly isSecureContext: boolean;
  readonly location: { readonly hostname: string };
  readonly PublicKeyCredential?: unknown;
}

/** Passkeys belong to a domain and need a safe way to it: a hall's plain address has neither. `localhost` counts as both. */
export function canHavePasskeys({ isSecureContext, location, PublicKeyCredential }: Standing): boolean {
  const isAddress = /^[\d.]+$|:/.test(location.hostname);
  return isSecureContext && !isAddress && PublicKeyCredential !== undefined;
}
