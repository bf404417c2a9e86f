/** A search through a log for statements that the result tree does not name: objections, evidence, certificates. */
import type { NamedHead } from "./heads.ts";
import { type Entry, entryOf, readStatements } from "./statements.ts";
import { fetchBundle } from "./tiles.ts";
import type { Reader } from "./verify.ts";

const BUNDLE = 256;

/**
 * The statements of a log that fit, oldest first, each proved to be under its head. Read from the newest back, until what was
 * found is `enough`; else to the first. Rejects with Fault.
 */
export async function searchLog(
  reader: Reader,
  head: NamedHead,
  fits: (entry: Entry) => boolean,
  enough: (found: readonly Entry[]) => boolean = () => false,
): Promise<Entry[]> {
  let found: Entry[] = [];
  for (let n = Math.floor((head.size - 1) / BUNDLE); n >= 0 && !enough(found); n--) {
    const entries = await fetchBundle(reader.fetch, head, n);
    found = [...entries.map((bytes, i) => entryOf(bytes, head.log, n * BUNDLE + i)).filter(fits), ...found];
  }
  if (found.length === 0) return [];
  return readStatements(
    reader,
    head,
    head.log,
    found.map(({ index }) => index),
  );
}
