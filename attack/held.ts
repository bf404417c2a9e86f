/** Promises against what is kept: every receipt names a place in a log, and there the sheet must be, once. */
import { toHex } from "../src/ledger/bytes.ts";
import { parseStatement } from "../src/ledger/statement.ts";
import { openSqliteStore } from "../src/store/sqlite.ts";
import type { Kept } from "./phones-process.ts";

export interface Held {
  /** Receipts whose sheet is not where they say. */
  readonly lost: number;
  /** Statements that a log holds more than once. */
  readonly doubled: number;
}

/** Holds receipts against the logs in the file of a store. */
export async function heldAgainst(path: string, kept: readonly Kept[]): Promise<Held> {
  const store = openSqliteStore(path, { readOnly: true });
  let lost = 0;
  let doubled = 0;
  try {
    const byLog = Map.groupBy(kept, ({ log }) => log);
    for (const [log, { size }] of await store.heads()) {
      const ids = (await store.read(log, 0, size)).map((bytes) => toHex(parseStatement(bytes).id));
      doubled += ids.length - new Set(ids).size;
      lost += (byLog.get(log) ?? []).filter(({ id, index }) => ids[index] !== id).length;
      byLog.delete(log);
    }
    for (const promises of byLog.values()) lost += promises.length;
  } finally {
    await store.close();
  }
  return { lost, doubled };
}
