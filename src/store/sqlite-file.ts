/**
 * The file under the SQLite engine: its pragmas, its tables, and what an error of SQLite means to the caller.
 *
 * Names of logs are stored once and are numbers everywhere else. `entry` is in order of arrival (its rowid), so that
 * following the store is a scan of the table; `entry_place` finds an entry by log and index. A chain's row holds the ids
 * of its hot entries: no index on hashes grows with them. Everything else has its id in `cold`. `log` holds every head with
 * its Merkle frontier, so that a start reads no entries.
 */
import { DatabaseSync } from "node:sqlite";
import { isFullDatabase, primaryCode, sqliteCode } from "./room.ts";
import { StaleEpoch, StoreFull, StoreUnusable } from "./store.ts";

const VERSION = 1;

const SCHEMA = `
  CREATE TABLE log(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, frontier BLOB NOT NULL);
  CREATE TABLE entry(seq INTEGER PRIMARY KEY, log INTEGER NOT NULL, idx INTEGER NOT NULL, bytes BLOB NOT NULL);
  CREATE UNIQUE INDEX entry_place ON entry(log, idx);
  CREATE TABLE chain(log INTEGER NOT NULL, name TEXT NOT NULL, head INTEGER NOT NULL, count INTEGER NOT NULL,
    hot BLOB NOT NULL, PRIMARY KEY(log, name)) WITHOUT ROWID;
  CREATE TABLE cold(log INTEGER NOT NULL, id BLOB NOT NULL, idx INTEGER NOT NULL, chain TEXT,
    PRIMARY KEY(log, id)) WITHOUT ROWID;
  CREATE INDEX cold_chain ON cold(log, chain, idx) WHERE chain IS NOT NULL;
  CREATE TABLE value(key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE epoch(role TEXT PRIMARY KEY, epoch INTEGER NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;

export interface SqliteOptions {
  /** Only read: for a process beside the one that writes. The file must exist. */
  readonly readOnly?: boolean;
  /** The largest size of the file, in pages of 4,096 bytes; beyond it an append is refused with StoreFull. */
  readonly maxPages?: number;
}

/**
 * Opens the file, making it (but not its folder) if it is new and not `readOnly`.
 * @throws StoreUnusable, saying why and what can be done.
 */
export function openFile(path: string, { readOnly = false, maxPages }: SqliteOptions): DatabaseSync {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, {
      readOnly,
      timeout: 5_000,
      enableForeignKeyConstraints: false,
    });
    // The cache holds the tail page of every log's index; checkpoints are rare because each writes random pages.
    // fullfsync matters on macOS only, where fsync alone does not reach the disk.
    db.exec(
      "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA fullfsync = ON; PRAGMA trusted_schema = OFF",
    );
    if (!readOnly) {
      db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 30000");
      if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
      makeTables(db);
    }
    const version = versionOf(db);
    if (version !== VERSION) {
      throw new StoreUnusable(`${path} is a store of version ${version}, this program reads version ${VERSION}`);
    }
    return db;
  } catch (error) {
    db?.close();
    throw meaningOf(error, path);
  }
}

function makeTables(db: DatabaseSync): void {
  // The lock is taken before the question is asked: two processes may open a new file at once.
  db.exec("BEGIN IMMEDIATE");
  try {
    const objects = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.n;
    if (versionOf(db) === 0 && objects === 0) db.exec(SCHEMA);
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.user_version);
}

const SQLITE_BUSY = 5;

/** Errors that leave it open what the file holds; after one, only opening the file anew tells. */
const UNCERTAIN = new Set([10 /* IOERR */, 11 /* CORRUPT */, 26 /* NOTADB */]);

/**
 * What an error of SQLite means in the words of the contract. Errors that are not SQLite's are returned as they are: they are
 * ours already, or a bug.
 */
export function meaningOf(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === null || error instanceof StaleEpoch) return error;
  if (isFullDatabase(code)) return new StoreFull(path, { cause: error });
  const text = error instanceof Error ? error.message : String(error);
  if (primaryCode(code) === SQLITE_BUSY) {
    return new StoreUnusable(`${path} is held by another writer (${text}); try again`, { cause: error });
  }
  return new StoreUnusable(`${path} cannot be used (SQLite error ${code}: ${text})`, { cause: error });
}

/** Whether the handle must not be used again after this error of SQLite. */
export function isUncertain(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && !isFullDatabase(code) && UNCERTAIN.has(primaryCode(code));
}
