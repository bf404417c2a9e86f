/**
 * Reading a publication from wherever it is: the folder itself, a copy on a stick, a web server. Whoever verifies needs only
 * "the bytes under this path, or nothing", and must not depend on the good manners of a stranger's server: sizes are
 * bounded, time is bounded, and what went wrong is said with the address.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { concat } from "../ledger/bytes.ts";
import { readFileOrNull } from "./files.ts";

export interface PublicFiles {
  /**
   * The bytes under a path like `log/tps/510303/checkpoint`, or null if there is nothing.
   * @throws PublicFilesError if it cannot be told: no connection, no permission, too large, too slow.
   */
  get(path: string): Promise<Uint8Array | null>;
  /** Whether two paths are names of one file, so that what is known of one need not be read again; false where it cannot be told. */
  isSame(path: string, other: string): boolean;
  /** Where it reads, for messages. */
  describe(): string;
}

/** The place could not be read; trying again may help. "Nothing there" is not an error. */
export class PublicFilesError extends Error {
  override readonly name = "PublicFilesError";
}

/** Reads a folder. */
export function fromFolder(folder: string): PublicFiles {
  return {
    describe: () => folder,
    isSame(path, other) {
      for (const name of [path, other]) assertPath(name);
      const [one, two] = [path, other].map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
      return one !== undefined && two !== undefined && one.ino === two.ino && one.dev === two.dev;
    },
    async get(path) {
      assertPath(path);
      try {
        return readFileOrNull(join(folder, path));
      } catch (error) {
        throw new PublicFilesError(`${join(folder, path)} cannot be read: ${messageOf(error)}`, { cause: error });
      }
    },
  };
}

export interface UrlOptions {
  /** The largest file accepted, in bytes. */
  readonly maxBytes?: number;
  /** How long one file may take, in milliseconds. */
  readonly timeout?: number;
}

/** Reads a web server; `base` is the address of the publication's folder, with or without a slash at its end. */
export function fromUrl(base: string, { maxBytes = 64 * 2 ** 20, timeout = 30_000 }: UrlOptions = {}): PublicFiles {
  const folder = new URL(base.endsWith("/") ? base : `${base}/`);
  return {
    describe: () => folder.href,
    isSame: () => false,
    async get(path) {
      assertPath(path);
      const url = new URL(path.split("/").map(encodeURIComponent).join("/"), folder);
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
        if (response.status === 404 || response.status === 410) {
          await response.body?.cancel();
          return null;
        }
        if (response.status !== 200) throw new Error(`the server answered ${response.status}`);
        return await bounded(response, maxBytes);
      } catch (error) {
        throw new PublicFilesError(`${url.href} cannot be read: ${messageOf(error)}`, { cause: error });
      }
    },
  };
}

/** Reads the body, giving up as soon as it is larger than allowed, whatever the server announced. */
async function bounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
    parts.push(part);
  }
  return concat(...parts);
}

/** A path comes from data that others wrote: it must not lead out of the folder. */
function assertPath(path: string): void {
  const isSafe = path.split("/").every((part) => part !== "" && !part.startsWith("..") && part !== ".");
  if (!isSafe || path.includes("\\") || path.includes("\0"))
    throw new PublicFilesError(`"${path}" is not a public path`);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch says only "fetch failed"; the reason is in its cause.
  return error.cause instanceof Error ? error.cause.message : error.message;
}
