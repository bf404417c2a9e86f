/**
 * Ed25519 for the page: the browser's own, which costs no bytes; where it is missing (plain-http addresses of a hall, older
 * browsers) the library's, fetched then (measured: 5 KB of a first view of 32).
 *
 * The ledger asks synchronously and WebCrypto answers later. So a check is run as often as it has new questions: an
 * unanswered signature counts as false, its question is noted, and once all are answered the check runs again. What
 * returns at last was therefore decided by answers alone. BoringSSL and NSS use the cofactorless equation, as Node does.
 */
import { concat, toHex } from "../../../src/ledger/bytes.ts";
import { isAcceptableKey, SIGNATURE_BYTES } from "../../../src/ledger/ed25519-rules.ts";
import { sha256 } from "../../../src/ledger/hash.ts";

interface Question {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
}

const answers = new Map<string, boolean>();
const asked = new Map<string, Question>();

/** What is known of a signature; false, and noted for {@link settled}, as long as nothing is. Never throws. */
export function verify(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES || !isAcceptableKey(publicKey)) return false;
  const key = toHex(sha256(concat(publicKey, signature, message)));
  const known = answers.get(key);
  if (known !== undefined) return known;
  asked.set(key, { publicKey, signature, message });
  return false;
}

/** Runs a check until every signature in it has its answer; what it returns, or throws, the last time. */
export async function settled<T>(check: () => T): Promise<T> {
  for (;;) {
    asked.clear();
    let outcome: { readonly value: T } | { readonly cause: unknown };
    try {
      outcome = { value: check() };
    } catch (cause) {
      outcome = { cause };
    }
    if (asked.size === 0) {
      if ("cause" in outcome) throw outcome.cause;
      return outcome.value;
    }
    const questions = [...asked];
    for (const [key, answer] of await Promise.all(
      questions.map(async ([key, question]) => [key, await decide(question)] as const),
    )) {
      answers.set(key, answer);
    }
  }
}

async function decide({ publicKey, signature, message }: Question): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey.slice(), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature.slice(), message.slice());
  } catch {
    const library = await import("../../../src/ledger/ed25519-browser.ts");
    return library.verify(publicKey, signature, message);
  }
}

/** The ledger's signing half; a page for readers has no key. */
export function publicKeyOf(): never {
  throw new TypeError("the public page signs nothing");
}
export const sign = publicKeyOf;
export const signingKey = publicKeyOf;
