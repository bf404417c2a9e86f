/** Every engine against the one contract. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conformance, type Place } from "./conformance.ts";
import { MemoryMedium, openMemoryStore } from "./memory.ts";
import { openSqliteStore } from "./sqlite.ts";

async function memoryPlace(): Promise<Place> {
  const medium = new MemoryMedium();
  const open = async () => openMemoryStore(medium);
  return { open, openReader: open, remove: async () => {} };
}

async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "teguh-store-"));
  const path = join(folder, "store.db");
  return {
    open: async () => openSqliteStore(path),
    openReader: async () => openSqliteStore(path, { readOnly: true }),
    remove: () => rm(folder, { recursive: true }),
  };
}

conformance("memory", memoryPlace);
conformance("SQLite", sqlitePlace);
