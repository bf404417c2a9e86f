/**
 * Where a command reads from: a data folder, a public folder, or a web address. What is there is a stranger's until it is
 * verified, so this file only fetches.
 */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fromFolder, fromUrl, type PublicFiles } from "../store/public-files.ts";
import { CommandError } from "./command.ts";

export interface Source {
  readonly files: PublicFiles;
  /** The public folder, if it is a folder here: only then can its files be listed. */
  readonly folder: string | null;
}

/** Opens `DIR` (a data folder with `public/` in it, or such a public folder) or a URL. Throws {@link CommandError}. */
export function openSource(where: string): Source {
  if (/^https?:\/\//.test(where)) return { files: fromUrl(where.replace(/\/*$/, "/")), folder: null };
  if (!existsSync(where) || !statSync(where).isDirectory()) {
    throw new CommandError(`${where} is no folder here and no http(s) address`);
  }
  const folder = ["public", "."].map((name) => join(where, name)).find((path) => existsSync(join(path, "checkpoint")));
  if (folder === undefined) {
    throw new CommandError(`${where} has no published election: neither checkpoint nor public/checkpoint is in it`);
  }
  return { files: fromFolder(folder), folder };
}
