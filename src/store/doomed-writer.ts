/**
 * A program that the tests kill: it appends an endless stream to the store in the file that its first argument names, from the
 * number that its second argument gives, and writes a line for each batch once that is acknowledged.
 */
import { utf8 } from "../ledger/bytes.ts";
import { leafHash } from "../ledger/tree.ts";
import { openSqliteStore } from "./sqlite.ts";
import type { NewEntry } from "./store.ts";

/** Entries per batch; a whole number of batches must survive. */
export const BATCH = 7;

/** The n-th entry of an endless stream over three logs; every second one is hot. */
export function entryOf(n: number): NewEntry {
  const bytes = utf8(`entry ${n} `.repeat(60));
  return { log: `log/${n % 3}`, id: leafHash(bytes), chain: `chain ${n % 50}`, hot: n % 2 === 0, bytes };
}

export function entriesOf(from: number, count: number): NewEntry[] {
  return Array.from({ length: count }, (_, i) => entryOf(from + i));
}

if (import.meta.main) {
  const [path = "", from = ""] = process.argv.slice(2);
  const store = openSqliteStore(path);
  const epoch = await store.claim("core");
  for (let n = Number(from); ; n += BATCH) {
    await store.append(entriesOf(n, BATCH), epoch);
    process.stdout.write(`${n + BATCH}\n`);
  }
}
