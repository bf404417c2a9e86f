/**
 * Files that are kept beside the logs one by one: names of people, sealed keys, papers and photos. Each is on the disk before
 * anyone is told that it is kept.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes a file so that it is there whole and durable, or as it was before. A full disk throws the system's ENOSPC. */
export function writeDurable(path: string, bytes: Uint8Array, mode: 0o600 | 0o644 = 0o600): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 });
  const next = join(folder, `.${basename(path)}.new`);
  try {
    writeFileSync(next, bytes, { mode, flush: true });
    renameSync(next, path);
  } catch (error) {
    // What is left of it would take the room that was missing.
    rmSync(next, { force: true });
    throw error;
  }
  syncDirectory(folder);
}

/** A name is durable when its folder is. */
function syncDirectory(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
