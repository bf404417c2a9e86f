/**
 * A shelf in the browser's own database, which survives a reload, a crash and a flat battery. A page that uses it asks the browser
 * to keep it (`navigator.storage.persist()`): without that a phone that is short of room may drop it.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { JsonObject } from "../ledger/canonical.ts";
import type { Shelf } from "./shelf.ts";

interface Schema extends DBSchema {
  records: { key: string; value: JsonObject };
  bytes: { key: string; value: Uint8Array };
}

/** Each put is on the disk when it resolves, where the browser knows how (`durability`). */
const KEPT = { durability: "strict" } as const;

/** The shelf of this name, made if it is not there. */
export async function openBrowserShelf(name: string): Promise<{ readonly shelf: Shelf; close(): void }> {
  const db = await openDB<Schema>(name, 1, {
    upgrade(made) {
      made.createObjectStore("records");
      made.createObjectStore("bytes");
    },
  });
  return { shelf: shelfIn(db), close: () => db.close() };
}

function shelfIn(db: IDBPDatabase<Schema>): Shelf {
  const write = async (store: "records" | "bytes", change: (all: Writable) => Promise<unknown>) => {
    const transaction = db.transaction(store, "readwrite", KEPT);
    await change(transaction.objectStore(store) as unknown as Writable);
    await transaction.done;
  };
  return {
    async records() {
      const transaction = db.transaction("records");
      const [names, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
      return new Map(names.map((name, i) => [name, values[i] ?? {}]));
    },
    put: (name, record) => write("records", (all) => all.put(record, name)),
    remove: (name) => write("records", (all) => all.delete(name)),
    putBytes: (name, bytes) => write("bytes", (all) => all.put(bytes, name)),
    bytes: async (name) => (await db.get("bytes", name)) ?? null,
    removeBytes: (name) => write("bytes", (all) => all.delete(name)),
  };
}

/** What is written to, of either kind. */
interface Writable {
  put(value: JsonObject | Uint8Array, name: string): Promise<unknown>;
  delete(name: string): Promise<unknown>;
}
