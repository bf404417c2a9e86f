/**
 * The photos of a bundle: of every sheet that the bundle has, the list of its pages and each page, as they are published at the
 * centre. They are read and written one at a time, each judged by its own hash, and may be brought in any number of times.
 */
import { appendFileSync, closeSync, existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { paperHash, readPages } from "../election/page-list.ts";
import { decodeBody } from "../election/statements.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull } from "../store/files.ts";
import type { Bundle, BundledPhoto } from "./bundle.ts";
import { SyncRefused } from "./refusals.ts";

/** Where a data folder publishes a photo. */
const photoPath = (data: string, hash: Hash): string => join(data, "public", "photo", hash);

/** What a centre has published of the photos that sheets name, each once. `entries`: of a log of sheets. */
export function photosOf(data: string, entries: readonly Uint8Array[]): BundledPhoto[] {
  const found = new Map<Hash, number>();
  const take = (hash: Hash): Uint8Array | null => {
    const bytes = readFileOrNull(photoPath(data, hash));
    if (bytes !== null) found.set(hash, bytes.length);
    return bytes;
  };
  for (const entry of entries) {
    const list = papersOf(entry);
    const pages = list === null || found.has(list) ? null : readPages(take(list) ?? NOTHING);
    for (const page of pages ?? []) take(page);
  }
  return [...found].map(([hash, bytes]) => ({ hash, bytes }));
}

const NOTHING = new Uint8Array(0);

/** The list of pages that a sheet names; null if it names none, or is another statement. */
function papersOf(entry: Uint8Array): Hash | null {
  const { type, body } = parseStatement(entry);
  return type === "teguh/sheet/v1" ? paperHash(decodeBody("sheet", body).papers ?? "") : null;
}

/** Appends the photos to the file of a bundle. @throws SyncRefused if one is not what it was when it was listed */
export function appendPhotos(path: string, data: string, photos: readonly BundledPhoto[]): void {
  for (const { hash } of photos) {
    const bytes = readFileOrNull(photoPath(data, hash));
    if (bytes === null || hashHex(bytes) !== hash) throw new SyncRefused("altered", photoPath(data, hash));
    appendFileSync(path, bytes);
  }
}

/**
 * Takes the photos out of the file of a bundle into a laptop's folder, where the hall's public view has them; how many were new.
 * @param from where in the file they begin
 * @throws SyncRefused at the first that is not what the bundle says; those before it are kept
 */
export function receivePhotos(data: string, path: string, from: number, { photos }: Pick<Bundle, "photos">): number {
  const file = openSync(path, "r");
  try {
    let at = from;
    let taken = 0;
    for (const { hash, bytes: length } of photos) {
      if (!existsSync(photoPath(data, hash))) {
        const bytes = new Uint8Array(length);
        if (readSync(file, bytes, 0, length, at) < length) throw new SyncRefused("cut-short", path);
        if (hashHex(bytes) !== hash) throw new SyncRefused("altered", path);
        writeDurable(photoPath(data, hash), bytes, 0o644);
        taken++;
      }
      at += length;
    }
    return taken;
  } finally {
    closeSync(file);
  }
}
