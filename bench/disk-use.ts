/**
 * The public folder with a count of what is written to it. Counted and not asked of the file system, since others write there
 * as well; a file takes whole blocks, a hard link nothing, and neither does one that is prepared: it was there the time before.
 */
import type { PublicFolder } from "../src/publish/folder.ts";

const BLOCK = 4096;

const onDisk = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK;

export interface DiskUse {
  /** Files made, those that replace another included. */
  files: number;
  /** Bytes of the disk that they take, and that grown files take more than before. */
  bytes: number;
  /** Of these, what tiles and bundles take. */
  tileBytes: number;
}

export const noDiskUse = (): DiskUse => ({ files: 0, bytes: 0, tileBytes: 0 });

/** `folder`, adding to `use` what is written. */
export function counted(folder: PublicFolder, use: DiskUse): PublicFolder {
  const add = (path: string, files: number, bytes: number) => {
    use.files += files;
    use.bytes += bytes;
    if (/(^|\/)tile\//.test(path)) use.tileBytes += bytes;
  };
  return {
    ...folder,
    writeOnce(path, bytes) {
      folder.writeOnce(path, bytes);
      add(path, 1, onDisk(bytes.length));
    },
    fill(path, bytes, also) {
      folder.fill(path, bytes, also);
      add(path, 1, onDisk(bytes.length));
    },
    replace(path, bytes) {
      folder.replace(path, bytes);
      add(path, 1, onDisk(bytes.length));
    },
    grow(path, offset, bytes) {
      folder.grow(path, offset, bytes);
      add(path, offset === 0 ? 1 : 0, onDisk(offset + bytes.length) - onDisk(offset));
    },
  };
}
