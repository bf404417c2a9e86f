/**
 * The papers that a signed statement names by their hash: a photograph, or a list of pages. Nothing is shown that was not
 * checked first: the bytes are fetched, hashed here and only then given to the browser as a picture. A picture that does not
 * fit is named and not shown, since whoever could exchange it could make anybody believe anything about the numbers beside it.
 */
import { readPages } from "../../../src/election/page-list.ts";
import { inspectPhoto, type PhotoType } from "../../../src/election/photo.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import type { Fetch } from "../verify/files.ts";

/** What became of a paper; only a `photo` is ever shown. */
export type Paper =
  | {
      readonly state: "photo";
      readonly bytes: Uint8Array;
      readonly type: PhotoType;
      /** In pixels. */
      readonly width: number;
      readonly height: number;
    }
  /** Hashes of the pages, in their order. */
  | { readonly state: "list"; readonly pages: readonly string[] }
  /** Named, and not published at this address. */
  | { readonly state: "absent" }
  /** The bytes that came have another hash, also when fetched past all caches. */
  | { readonly state: "wrong" }
  /** The right bytes, but no whole picture and no list. */
  | { readonly state: "unreadable" };

const HASH = /^[0-9a-f]{64}$/;

/** Where a paper lies below the site's address. */
export const paperPath = (hash: string): string => `photo/${hash}`;

/** The paper of this name, checked. Rejects with Fault ("unreachable") when nobody answers. */
export async function readPaper(fetch: Fetch, hash: string): Promise<Paper> {
  if (!HASH.test(hash)) return { state: "unreadable" };
  const bytes = await fetchPaper(fetch, hash);
  return bytes === null || bytes === "wrong" ? { state: bytes ?? "absent" } : asPaper(bytes);
}

/** A damaged copy in some cache is no lie of the server, so before an alarm it is fetched once more. */
async function fetchPaper(fetch: Fetch, hash: string): Promise<Uint8Array | "wrong" | null> {
  const path = paperPath(hash);
  const first = await fetch(path);
  if (first === null || hashHex(first) === hash) return first;
  const second = await fetch(path, true);
  return second === null || hashHex(second) === hash ? second : "wrong";
}

function asPaper(bytes: Uint8Array): Paper {
  const photo = inspectPhoto(bytes);
  if (typeof photo !== "string") return { state: "photo", bytes, ...photo };
  const pages = readPages(bytes);
  return pages === null ? { state: "unreadable" } : { state: "list", pages };
}
