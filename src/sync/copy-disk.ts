/**
 * The stick or second disk of a hall's copy, by the few calls that the copy makes; a test makes each of them fail.
 *
 * Plain files, written at their place and flushed. No database: a stick is pulled at any moment, and one that maps a file into
 * memory, as SQLite does beside its write-ahead log, would take the whole program with it. Every call is asynchronous, so that a
 * stick that hangs holds up the copy and nothing else.
 */
import { execFile } from "node:child_process";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { hasCode } from "../store/files.ts";

/** Paths are relative to the copy's folder, with `/`. All calls reject with the system's errors. */
export interface CopyDisk {
  /** Length of a file in bytes; null if there is none. */
  size(path: string): Promise<number | null>;
  /** Up to so many bytes from an offset: as many as there are. */
  read(path: string, from: number, length: number): Promise<Uint8Array>;
  /** Writes a file from an offset to its end. Resolves when it is on the medium. */
  write(path: string, at: number, bytes: Uint8Array): Promise<void>;
  /** Writes a whole file: afterwards there is the old one or the new one. Resolves when it is on the medium. */
  replace(path: string, bytes: Uint8Array): Promise<void>;
  /** Gives a file a name under which it is kept and never written again; the new name. */
  setAside(path: string): Promise<string>;
  remove(path: string): Promise<void>;
  /** Has the system forget what it remembers of a file, so that the next reading is of the medium. */
  forget(path: string): Promise<void>;
}

export function copyDisk(folder: string): CopyDisk {
  const at = (path: string) => join(folder, path);
  return {
    async size(path) {
      try {
        return (await stat(at(path))).size;
      } catch (error) {
        if (hasCode(error, "ENOENT")) return null;
        throw error;
      }
    },

    async read(path, from, length) {
      const file = await open(at(path), "r");
      try {
        const bytes = new Uint8Array(length);
        let read = 0;
        for (let got = 1; got > 0 && read < length; read += got) {
          got = (await file.read(bytes, read, length - read, from + read)).bytesRead;
        }
        return bytes.subarray(0, read);
      } finally {
        await file.close();
      }
    },

    async write(path, offset, bytes) {
      const isNew = (await this.size(path)) === null;
      const file = await open(at(path), isNew ? "w" : "r+");
      try {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
        await file.truncate(offset + bytes.length);
        await file.sync();
      } finally {
        await file.close();
      }
      if (isNew) await syncFolderOf(at(path));
    },

    async replace(path, bytes) {
      const next = join(dirname(at(path)), `.${basename(path)}.new`);
      await mkdir(dirname(next), { recursive: true });
      const file = await open(next, "w");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(next, at(path));
      await syncFolderOf(next);
    },

    async setAside(path) {
      const names = new Set(await readdir(dirname(at(path))));
      for (let n = 1; ; n++) {
        const kept = path.replace(/(\.[^./]*)?$/, `.${n}$1`);
        if (names.has(kept.slice(kept.lastIndexOf("/") + 1))) continue;
        await rename(at(path), at(kept));
        return kept;
      }
    },

    async remove(path) {
      await rm(at(path), { force: true });
    },

    async forget(path) {
      // Node has no posix_fadvise. Where GNU's dd is not there, the reading is of what the system remembers: weaker, not wrong.
      if (process.platform !== "linux") return;
      const args = [`of=${at(path)}`, "oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none"];
      await promisify(execFile)("dd", args).catch(() => undefined);
    },
  };
}

/** A new name is durable when its folder is; Windows knows no such thing. */
async function syncFolderOf(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
