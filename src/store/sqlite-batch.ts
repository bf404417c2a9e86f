/**
 * One call of append inside its transaction: which entry gets which index, and what that changes.
 *
 * Heads and chains are changed in memory while the batch runs and stored once at its end, however many entries share them.
 * Between batches the writer keeps the heads of all logs (a few hundred bytes each): appending reads none of them back.
 */
import { Frontier, leafHash } from "../ledger/tree.ts";
import { findHotId, NO_HOT_IDS, withHotId } from "./hot-ids.ts";
import { bytesIn, numberIn, type Statements, textIn } from "./sqlite-statements.ts";
import { isAsExpected, isAtItsPlace, type LogName, type NewEntry, type Outcome } from "./store.ts";

interface Log {
  readonly id: number;
  readonly name: LogName;
  readonly frontier: Frontier;
  /** It has no row yet. */
  isNew: boolean;
}

interface ChainState {
  readonly log: Log;
  readonly name: string;
  /** It has no row yet. */
  readonly isNew: boolean;
  /** Null while the chain is empty. */
  head: number | null;
  count: number;
  hot: Uint8Array;
}

/** The logs as a writer knows them. */
export class WriterLogs {
  readonly #sql: Statements;
  #byName: Map<LogName, Log> | null = null;
  #nextId = 1;
  #dataVersion = -1;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Reads the heads if this writer cannot know them: at its start, or when another handle has written to the file. */
  refresh(): void {
    const dataVersion = numberIn(this.#sql.dataVersion.get() ?? {}, "data_version");
    if (this.#byName !== null && dataVersion === this.#dataVersion) return;
    const logs = this.#sql.logs.all().map((row) => ({
      id: numberIn(row, "id"),
      name: textIn(row, "name"),
      frontier: Frontier.fromBytes(bytesIn(row, "frontier")),
      isNew: false,
    }));
    this.#byName = new Map(logs.map((log) => [log.name, log]));
    this.#nextId = logs.reduce((next, log) => Math.max(next, log.id + 1), 1);
    this.#dataVersion = dataVersion;
  }

  /** To be called when a transaction was undone: what is in memory may be ahead of the file. */
  forget(): void {
    this.#byName = null;
  }

  /** The log of that name; a new one gets its number now, and its row when something is appended to it. */
  of(name: LogName): Log {
    const known = this.#byName?.get(name);
    if (known !== undefined) return known;
    const log = { id: this.#nextId++, name, frontier: new Frontier(), isNew: true };
    this.#byName?.set(name, log);
    return log;
  }
}

export class Batch {
  readonly #sql: Statements;
  readonly #logs: WriterLogs;
  readonly #chains = new Map<string, ChainState>();
  readonly #changedChains = new Set<ChainState>();
  readonly #changedLogs = new Set<Log>();

  constructor(sql: Statements, logs: WriterLogs) {
    this.#sql = sql;
    this.#logs = logs;
  }

  append(entry: NewEntry): Outcome {
    const log = this.#logs.of(entry.log);
    const chain = entry.chain === null ? null : this.#chainOf(log, entry.chain);
    const known = entry.hot && chain !== null ? findHotId(chain.hot, entry.id) : this.#findCold(log, entry.id);
    if (known !== null) return { kind: "duplicate", index: known };
    const index = log.frontier.size;
    const fits = isAtItsPlace(entry, index) && (chain === null || isAsExpected(entry, chain.head, chain.count));
    if (!fits) {
      const head = chain?.head ?? null;
      return { kind: "conflict", latest: head === null ? null : { index: head } };
    }
    this.#sql.addEntry.run(log.id, index, entry.bytes);
    log.frontier.push(leafHash(entry.bytes));
    this.#changedLogs.add(log);
    if (!entry.hot) this.#sql.addCold.run(log.id, entry.id, index, entry.chain);
    if (chain !== null) {
      chain.head = index;
      chain.count += 1;
      if (entry.hot) chain.hot = withHotId(chain.hot, entry.id, index);
      this.#changedChains.add(chain);
    }
    return { kind: "appended", index };
  }

  /** Stores the heads and chains that the batch has changed. */
  finish(): void {
    for (const { head, count, hot, log, name, isNew } of this.#changedChains) {
      const statement = isNew ? this.#sql.addChain : this.#sql.moveChain;
      statement.run(head, count, hot, log.id, name);
    }
    for (const log of this.#changedLogs) {
      if (log.isNew) this.#sql.addLog.run(log.id, log.name, log.frontier.toBytes());
      else this.#sql.moveLog.run(log.frontier.toBytes(), log.id);
      log.isNew = false;
    }
  }

  #findCold(log: Log, id: Uint8Array): number | null {
    const row = this.#sql.cold.get(log.id, id);
    return row === undefined ? null : numberIn(row, "idx");
  }

  #chainOf(log: Log, name: string): ChainState {
    const key = `${log.id} ${name}`;
    const cached = this.#chains.get(key);
    if (cached !== undefined) return cached;
    const row = this.#sql.chain.get(log.id, name);
    const chain: ChainState = { log, name, isNew: row === undefined, head: null, count: 0, hot: NO_HOT_IDS };
    if (row !== undefined) {
      chain.head = numberIn(row, "head");
      chain.count = numberIn(row, "count");
      chain.hot = bytesIn(row, "hot");
    }
    this.#chains.set(key, chain);
    return chain;
  }
}
