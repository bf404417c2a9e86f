/** Why a key was not opened: one typed fault for cards, PINs and passkeys, whose words say what to do. */
import { PEOPLE_WORDS } from "./words.ts";

export class KeyFault extends Error {
  override readonly name = "KeyFault";
  readonly code:
    | "wrong"
    | "too-many"
    | "no-key"
    | "revoked"
    | "no-prf"
    | "passkey-left"
    | "passkey-known"
    | "passkey-wrong";

  constructor(code: KeyFault["code"]) {
    super(code);
    this.code = code;
  }

  get words() {
    return PEOPLE_WORDS[this.code];
  }
}
