/**
 * Who sits at the desk. Names never enter a log: a grant names a random person, and the hall keeps beside it what that person is
 * called, in a file that can be deleted.
 *
 * A person signs with an Ed25519 key that exists in the clear only in the browser's memory, while it is used. The desk keeps it
 * sealed: first under the secret of a printed card alone, from the first use on under the card and a PIN together. So a stolen
 * laptop opens nothing without the cards, and a card nothing without the PIN; and a desk that is broken into can withhold a
 * statement, never invent one.
 */
import type { RegionCode } from "../../election/codes.ts";
import type { Role } from "../../election/statements.ts";

/** A seed sealed as `card.ts` says; all hex. */
export interface SealedSeed {
  /** `card`: opened by the card alone, before its first use. `card+pin`: by both. */
  readonly by: "card" | "card+pin";
  readonly salt: string;
  readonly nonce: string;
  readonly box: string;
}

/** A key's copy for one passkey. */
export interface Passkey {
  /** The credential's id, base64url. */
  readonly id: string;
  /** 64 hex: what the authenticator makes the secret of. All passkeys of a key share it, as browsers then need ask only once. */
  readonly salt: string;
  /** The sealed seed, hex. */
  readonly nonce: string;
  readonly box: string;
  /** `YYYY-MM-DD`, so that its holder knows which one it is. */
  readonly added: string;
}

/** Somebody who holds, or held, a role in this hall. */
export interface PersonView {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  /** The region of the grant: the hall's own, or one that contains it. */
  readonly region: RegionCode;
  /** 64 hex. */
  readonly publicKey: string;
  /** Short name of the key, 16 hex. */
  readonly key: string;
  /** Null where this desk does not keep the key. */
  readonly sealed: SealedSeed | null;
  /** Copies of the key for passkeys; none of a key that has been revoked. */
  readonly passkeys: readonly Passkey[];
  readonly standing: "granted" | "not-granted" | "revoked";
}

/** Who is signed in on this device, and where. */
export interface SessionView {
  readonly region: RegionCode;
  readonly people: readonly Pick<PersonView, "person" | "name" | "role" | "key">[];
  /** Milliseconds since 1970 at which it ends if nothing is done. */
  readonly until: number;
}

/** What a page must know before anyone has signed in. */
export interface WelcomeView {
  readonly origin: string;
  readonly title: { readonly id: string; readonly en: string };
  readonly simulation: boolean;
  /** Plenaries of this desk: their regions, with the names of those above. */
  readonly halls: readonly {
    readonly code: RegionCode;
    readonly name: string;
    readonly level: string;
    readonly above: readonly string[];
    /** In a simulation: the roles that anyone may try there. */
    readonly tryRoles: readonly Role[];
  }[];
  /** No one can sign yet: the secret that the console shows makes the first chair. */
  readonly needsSetup: boolean;
  /** Whether roles may be tried in any of the halls. */
  readonly tryRoles: boolean;
}
