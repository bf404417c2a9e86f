/** What the data folder says without asking any process: how old the public edition is, how much room the disk has. */
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { STATUS } from "../../publish/layout.ts";
import { readFileOrNull } from "../../store/files.ts";

export interface PlaceFigures {
  /** Null while nothing is published. `time`: milliseconds since 1970. */
  readonly edition: { readonly number: number; readonly time: number } | null;
  /** Bytes. */
  readonly disk: { readonly free: number; readonly total: number };
}

/** Throws what the disk throws. */
export async function placeFigures(data: string): Promise<PlaceFigures> {
  const { bavail, blocks, bsize } = await statfs(data);
  return { edition: editionIn(data), disk: { free: bavail * bsize, total: blocks * bsize } };
}

function editionIn(data: string): PlaceFigures["edition"] {
  const bytes = readFileOrNull(join(data, "public", STATUS));
  if (bytes === null) return null;
  const { edition, time }: { edition?: unknown; time?: unknown } = JSON.parse(new TextDecoder().decode(bytes));
  return typeof edition === "number" && typeof time === "number" ? { number: edition, time } : null;
}
