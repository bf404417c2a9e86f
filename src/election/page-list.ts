/**
 * The list of a paper's photographed pages: what a statement names as its `papers`. A JSON list of the SHA-256 of each page, in the
 * order of the form, in its one canonical spelling; its own SHA-256 is its name. So one hash in a statement binds every page.
 */
import { DecodeError, fromUtf8, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { asHash, type Hash } from "../ledger/hash.ts";

/** A certificate of a large kecamatan has some dozens. */
export const MOST_PAGES = 100;
/** No list has more bytes. */
export const MOST_LIST_BYTES = 2 + 67 * MOST_PAGES;

const LIST_FORM = /^\["[0-9a-f]{64}"(?:,"[0-9a-f]{64}")*\]$/;

/** The bytes of a list. `pages`: 1 to {@link MOST_PAGES}. */
export function writePages(pages: readonly Hash[]): Uint8Array {
  return utf8(canonical([...pages]));
}

/** The pages that a list names; null if the bytes are no list. Never throws. */
export function readPages(bytes: Uint8Array): readonly Hash[] | null {
  if (bytes.length > MOST_LIST_BYTES) return null;
  const text = textOf(bytes);
  if (text === null || !LIST_FORM.test(text)) return null;
  return (JSON.parse(text) as string[]).map(asHash);
}

/** The text as the name of a paper, or null. */
export function paperHash(text: string): Hash | null {
  return /^[0-9a-f]{64}$/.test(text) ? asHash(text) : null;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
