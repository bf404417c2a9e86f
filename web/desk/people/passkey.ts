/**
 * The browser's side of passkeys: making one, and asking it for the secret under which the key's copy is sealed (`wire/passkey.ts`).
 *
 * The `prf` extension is what counts; an authenticator without it can hold a passkey and yet open nothing here. What the
 * authenticator signs is thrown away, so its challenge may come from this page.
 */
import {
  type AuthenticationExtensionsClientInputs,
  type AuthenticationExtensionsClientOutputs,
  bufferToBase64URLString,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { fromHex, utf8 } from "../../../src/ledger/bytes.ts";
import type { Passkey } from "../../../src/recap/wire/people.ts";
import type { Authenticator, Credential } from "./authenticator.ts";
import { KeyFault } from "./key-fault.ts";

/** Any bytes do, see above. */
const challenge = () => bufferToBase64URLString(crypto.getRandomValues(new Uint8Array(32)).buffer);

const asking = (salt: string): AuthenticationExtensionsClientInputs => ({
  prf: { eval: { first: fromHex(salt).slice().buffer } },
});

/** What the authenticator made of the salt; null if it was not asked for it, or makes none. */
function secretIn({ prf }: AuthenticationExtensionsClientOutputs): Uint8Array | null {
  const first = prf?.results?.first;
  if (first === undefined) return null;
  return ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
}

/** The browser's own authenticators. */
export const browserAuthenticator: Authenticator = {
  async create({ key, name }, salt, known) {
    const made = await done(() =>
      startRegistration({
        optionsJSON: {
          challenge: challenge(),
          rp: { name: "Teguh", id: location.hostname },
          user: { id: bufferToBase64URLString(utf8(key).slice().buffer), name, displayName: name },
          pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: "public-key", alg })),
          excludeCredentials: known.map(({ id }) => ({ id, type: "public-key" })),
          authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
          // At a laptop that many share, one's own phone or security key is what is meant.
          hints: ["security-key", "hybrid"],
          extensions: asking(salt),
        },
      }),
    );
    const secret = secretIn(made.clientExtensionResults);
    if (secret !== null) return { id: made.id, secret };
    if (made.clientExtensionResults.prf?.enabled !== true) throw new KeyFault("no-prf");
    // Many authenticators say at first only that they could.
    return secretOf(salt, [made.id]);
  },

  open: (passkeys: readonly Passkey[]) =>
    secretOf(
      passkeys[0]?.salt ?? "",
      passkeys.map(({ id }) => id),
    ),
};

async function secretOf(salt: string, ids: readonly string[]): Promise<Credential> {
  const found = await done(() =>
    startAuthentication({
      optionsJSON: {
        challenge: challenge(),
        rpId: location.hostname,
        allowCredentials: ids.map((id) => ({ id, type: "public-key" })),
        userVerification: "required",
        extensions: asking(salt),
      },
    }),
  );
  const secret = secretIn(found.clientExtensionResults);
  if (secret === null) throw new KeyFault("no-prf");
  return { id: found.id, secret };
}

/** What the authenticator and its holder did; in words where they did not. */
async function done<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") {
      throw new KeyFault("passkey-known");
    }
    if (error instanceof WebAuthnError || error instanceof DOMException) throw new KeyFault("passkey-left");
    throw error;
  }
}
