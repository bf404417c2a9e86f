/**
 * The default engine: one SQLite file through `node:sqlite`, no other program needed.
 *
 * One call of `append` is one transaction, hence one fsync (WAL, synchronous=FULL): the caller groups what arrives while the
 * previous call was being written. SQLite works synchronously, so a call is also one turn of the event loop and calls never
 * interleave. One process writes, others read through handles of their own (`readOnly`).
 *
 * What a crash leaves: a transaction is in the file whole or not at all. If it dies after the commit and before the
 * answer, the writer offers the same ids again and gets `duplicate`.
 */
import type { DatabaseSync } from "node:sqlite";
import { equalBytes } from "../ledger/bytes.ts";
import { Frontier, leafHash } from "../ledger/tree.ts";
import { headOf } from "./head.ts";
import { findHotId, hotIndices, NO_HOT_IDS, withHotId } from "./hot-ids.ts";
import { isUncertain, meaningOf, openFile, type SqliteOptions } from "./sqlite-file.ts";
import {
  bytesIn,
  GATHER,
  numberIn,
  numbersIn,
  prepareAll,
  type Statements,
  splitJoined,
  textIn,
} from "./sqlite-statements.ts";
import {
  assertEntries,
  assertRange,
  type Change,
  type LogHead,
  type LogName,
  type NewEntry,
  type Outcome,
  StaleEpoch,
  type Store,
  StoreUnusable,
} from "./store.ts";

/**
 * Opens the store in the file `path`, making the file if need be.
 * @throws StoreUnusable or StoreFull, saying why and what can be done.
 */
export function openSqliteStore(path: string, options: SqliteOptions = {}): Store {
  return new SqliteStore(openFile(path, options), path, options.readOnly ?? false);
}

/** A log as the writer keeps it in memory: appending reads nothing of it back. */
interface Log {
  readonly id: number;
  readonly name: LogName;
  readonly frontier: Frontier;
  /** It has no row yet. */
  isNew: boolean;
}

/** A chain while a batch is being appended; `head` is -1 while it is empty. */
interface ChainState {
  readonly log: Log;
  readonly name: string;
  /** It has no row yet. */
  readonly isNew: boolean;
  head: number;
  count: number;
  hot: Uint8Array;
}

/** What one call of append has touched; written once at its end, however many entries share a log or a chain. */
interface Batch {
  readonly chains: Map<string, ChainState>;
  readonly changedChains: Set<ChainState>;
  readonly changedLogs: Set<Log>;
}

class SqliteStore implements Store {
  readonly #db: DatabaseSync;
  readonly #sql: Statements;
  readonly #path: string;
  readonly #readOnly: boolean;
  /** Heads of all logs as this writer left them, or null when it cannot know: see #refresh. */
  #logs: Map<LogName, Log> | null = null;
  #nextLog = 1;
  #dataVersion = -1;
  /** Names by number, for `changes`; a name never changes, so this only grows. */
  readonly #names: string[] = [];
  #unusable: string | null = null;

  constructor(db: DatabaseSync, path: string, readOnly: boolean) {
    this.#db = db;
    this.#path = path;
    this.#readOnly = readOnly;
    this.#sql = prepareAll(db);
  }

  async append(entries: readonly NewEntry[], epoch: number): Promise<Outcome[]> {
    assertEntries(entries);
    return this.#write(epoch, () => {
      const logs = this.#refresh();
      const batch: Batch = {
        chains: new Map(),
        changedChains: new Set(),
        changedLogs: new Set(),
      };
      const outcomes = entries.map((entry) => this.#appendOne(entry, this.#logFor(entry.log, logs), batch));
      for (const chain of batch.changedChains) this.#store(chain);
      for (const log of batch.changedLogs) this.#storeHead(log);
      return outcomes;
    });
  }

  async read(log: LogName, from: number, to: number): Promise<Uint8Array[]> {
    assertRange(from, to);
    return this.#read(() => {
      const entries: Uint8Array[] = [];
      for (let at = from; at < to; at += GATHER) {
        const rows = splitJoined(this.#sql.entries.get(log, at, Math.min(at + GATHER, to)) ?? {});
        for (const bytes of rows) entries.push(bytes);
        if (rows.length < GATHER) break;
      }
      return entries;
    });
  }

  async head(log: LogName): Promise<LogHead | null> {
    return this.#read(() => {
      const row = this.#sql.frontier.get(log);
      return row === undefined ? null : headOf(bytesIn(row, "frontier"));
    });
  }

  async heads(): Promise<Map<LogName, LogHead>> {
    return this.#read(() => {
      const rows = this.#sql.logs.all();
      return new Map(rows.map((row) => [textIn(row, "name"), headOf(bytesIn(row, "frontier"))]));
    });
  }

  async chain(log: LogName, chain: string): Promise<{ index: number; count: number } | null> {
    return this.#read(() => {
      const row = this.#sql.chainOf.get(log, chain);
      return row === undefined ? null : { index: numberIn(row, "head"), count: numberIn(row, "count") };
    });
  }

  async chainEntries(log: LogName, chain: string): Promise<number[]> {
    return this.#read(() => {
      const row = this.#sql.chainOf.get(log, chain);
      if (row === undefined) return [];
      const cold = this.#sql.coldOfChain.all(log, chain).map((found) => numberIn(found, "idx"));
      return [...hotIndices(bytesIn(row, "hot")), ...cold].sort((a, b) => a - b);
    });
  }

  async changes(cursor: number, limit: number): Promise<{ cursor: number; entries: Change[] }> {
    return this.#read(() => {
      const entries: Change[] = [];
      let at = cursor;
      while (entries.length < limit) {
        const row = this.#sql.changes.get(at, Math.min(GATHER, limit - entries.length)) ?? {};
        const seqs = numbersIn(row, "seqs");
        const last = seqs.at(-1);
        if (last === undefined) break;
        const logs = numbersIn(row, "logs");
        const indices = numbersIn(row, "indices");
        splitJoined(row).forEach((bytes, i) => {
          entries.push({
            log: this.#nameOf(logs[i] ?? -1),
            index: indices[i] ?? -1,
            bytes,
          });
        });
        at = last;
      }
      return { cursor: at, entries };
    });
  }

  async commit(key: string, previous: Uint8Array | null, next: Uint8Array, epoch: number): Promise<boolean> {
    return this.#write(epoch, () => {
      if (!sameValue(this.#valueOf(key), previous)) return false;
      this.#sql.putValue.run(key, next);
      return true;
    });
  }

  async value(key: string): Promise<Uint8Array | null> {
    return this.#read(() => this.#valueOf(key));
  }

  async claim(role: string): Promise<number> {
    return this.#write(null, () => {
      const epoch = numberIn(this.#sql.lastEpoch.get() ?? {}, "epoch") + 1;
      this.#sql.putEpoch.run(role, epoch);
      return epoch;
    });
  }

  async close(): Promise<void> {
    this.#unusable ??= "it was closed";
    if (this.#db.isOpen) this.#db.close();
  }

  #appendOne(entry: NewEntry, log: Log, batch: Batch): Outcome {
    const chain = entry.chain === null ? null : this.#chainFor(entry.chain, log, batch);
    const known = entry.hot && chain !== null ? findHotId(chain.hot, entry.id) : this.#findCold(log, entry.id);
    if (known !== null) return { kind: "duplicate", index: known };
    if (chain !== null && entry.expect !== undefined) {
      const expected = entry.expect === "none" ? -1 : entry.expect.index;
      if (chain.head !== expected) {
        return {
          kind: "conflict",
          latest: chain.head === -1 ? null : { index: chain.head },
        };
      }
    }
    const index = log.frontier.size;
    this.#sql.addEntry.run(log.id, index, entry.bytes);
    log.frontier.push(leafHash(entry.bytes));
    batch.changedLogs.add(log);
    if (!entry.hot) this.#sql.addCold.run(log.id, entry.id, index, entry.chain);
    if (chain !== null) {
      chain.head = index;
      chain.count += 1;
      if (entry.hot) chain.hot = withHotId(chain.hot, entry.id, index);
      batch.changedChains.add(chain);
    }
    return { kind: "appended", index };
  }

  #findCold(log: Log, id: Uint8Array): number | null {
    const row = this.#sql.cold.get(log.id, id);
    return row === undefined ? null : numberIn(row, "idx");
  }

  #chainFor(name: string, log: Log, batch: Batch): ChainState {
    const key = `${log.id} ${name}`;
    const cached = batch.chains.get(key);
    if (cached !== undefined) return cached;
    const row = this.#sql.chain.get(log.id, name);
    const chain: ChainState =
      row === undefined
        ? { log, name, isNew: true, head: -1, count: 0, hot: NO_HOT_IDS }
        : {
            log,
            name,
            isNew: false,
            head: numberIn(row, "head"),
            count: numberIn(row, "count"),
            hot: bytesIn(row, "hot"),
          };
    batch.chains.set(key, chain);
    return chain;
  }
  #store(chain: ChainState): void {
    const row = [chain.head, chain.count, chain.hot, chain.log.id, chain.name];
    if (chain.isNew) this.#sql.addChain.run(...row);
    else this.#sql.moveChain.run(...row);
  }

  #storeHead(log: Log): void {
    const frontier = log.frontier.toBytes();
    if (log.isNew) this.#sql.addLog.run(log.id, log.name, frontier);
    else this.#sql.moveLog.run(frontier, log.id);
    log.isNew = false;
  }

  /** The log of that name; a new one gets its number now, and its row when something is appended to it. */
  #logFor(name: LogName, logs: Map<LogName, Log>): Log {
    let log = logs.get(name);
    if (log === undefined) {
      log = { id: this.#nextLog++, name, frontier: new Frontier(), isNew: true };
      logs.set(name, log);
    }
    return log;
  }

  /** The heads in memory, read again if another handle wrote to the file or a transaction of ours was undone. */
  #refresh(): Map<LogName, Log> {
    const dataVersion = numberIn(this.#sql.dataVersion.get() ?? {}, "data_version");
    if (this.#logs !== null && dataVersion === this.#dataVersion) return this.#logs;
    const logs = this.#sql.logs.all().map((row) => ({
      id: numberIn(row, "id"),
      name: textIn(row, "name"),
      frontier: Frontier.fromBytes(bytesIn(row, "frontier")),
      isNew: false,
    }));
    this.#logs = new Map(logs.map((log) => [log.name, log]));
    this.#nextLog = logs.reduce((next, log) => Math.max(next, log.id + 1), 1);
    this.#dataVersion = dataVersion;
    return this.#logs;
  }

  #nameOf(id: number): LogName {
    if (this.#names[id] === undefined) {
      for (const row of this.#sql.logNames.all()) this.#names[numberIn(row, "id")] = textIn(row, "name");
    }
    const name = this.#names[id];
    if (name === undefined)
      throw new StoreUnusable(`${this.#path} is damaged: an entry is in log ${id}, which has no name`);
    return name;
  }

  #valueOf(key: string): Uint8Array | null {
    const row = this.#sql.value.get(key);
    return row === undefined ? null : bytesIn(row, "value");
  }

  #read<T>(work: () => T): T {
    this.#assertUsable();
    try {
      return work();
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** One transaction. The epoch is looked up inside it, so that no claim can slip in between. */
  #write<T>(epoch: number | null, work: () => T): T {
    this.#assertUsable();
    if (this.#readOnly) throw new StoreUnusable(`${this.#path} was opened for reading only`);
    try {
      this.#sql.begin.run();
      if (epoch !== null && this.#sql.isHeld.get(epoch) === undefined) throw new StaleEpoch(epoch);
      const result = work();
      this.#sql.end.run();
      return result;
    } catch (error) {
      // The frontiers in memory may be ahead of the file now.
      this.#logs = null;
      throw this.#failed(error);
    }
  }

  #failed(error: unknown): unknown {
    if (isUncertain(error)) this.#unusable = "its medium failed, what it holds is uncertain; open it again";
    try {
      if (this.#db.isTransaction) this.#sql.undo.run();
    } catch {
      this.#unusable = "a transaction could not be undone; open it again";
    }
    return meaningOf(error, this.#path);
  }

  #assertUsable(): void {
    if (this.#unusable !== null) throw new StoreUnusable(`${this.#path} cannot be used: ${this.#unusable}`);
  }
}

function sameValue(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equalBytes(a, b);
}
