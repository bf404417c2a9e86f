/**
 * The engine for tests: the contract in its plainest form, and its police.
 *
 * It is the model that other engines are compared with, so it favours being obviously right over being fast. It complains
 * about what a real engine could not notice: bytes changed after they were read, one id offered with two chains, an epoch
 * that was never given. And it fails on demand, each write in both ways: "it did not happen", and "it happened, but we were
 * told that it failed".
 */
import { equalBytes, toHex } from "../ledger/bytes.ts";
import { Frontier, leafHash } from "../ledger/tree.ts";
import { headOf } from "./head.ts";
import {
  assertEntries,
  assertRange,
  type Changes,
  isAsExpected,
  isAtItsPlace,
  type LogHead,
  type LogName,
  type NewEntry,
  type Outcome,
  StaleEpoch,
  type Store,
  StoreFull,
  StoreUnusable,
} from "./store.ts";

/** How a write fails: refused for want of room, failed before it was stored, or stored but reported as failed. */
export type Fault = "full" | "not-stored" | "stored";

interface Entry {
  readonly log: LogName;
  readonly index: number;
  readonly bytes: Uint8Array;
  /** What readers were given: one array, so that a reader who changes it is found out. */
  readonly shared: Uint8Array;
}

interface MemoryLog {
  readonly entries: Entry[];
  readonly frontier: Frontier;
  /** Hex id → its index, and the chain and heat it came with. */
  readonly ids: Map<string, { index: number; chain: string | null; hot: boolean }>;
  readonly chains: Map<string, number[]>;
}

/** What outlives a store that is closed and opened again: the disk, so to speak. */
export class MemoryMedium {
  readonly logs = new Map<LogName, MemoryLog>();
  readonly arrivals: Entry[] = [];
  readonly values = new Map<string, Uint8Array>();
  readonly epochs = new Map<string, number>();
  lastEpoch = 0;
}

export interface MemoryOptions {
  /** Asked before each append and commit; an answer makes it fail that way. */
  readonly fault?: (write: "append" | "commit") => Fault | null;
}

/** Opens a store on the medium; several may be open on one, as processes are on one file. */
export function openMemoryStore(medium: MemoryMedium = new MemoryMedium(), options: MemoryOptions = {}): Store {
  return new MemoryStore(medium, options);
}

class MemoryStore implements Store {
  readonly #medium: MemoryMedium;
  readonly #fault: (write: "append" | "commit") => Fault | null;
  #closed = false;

  constructor(medium: MemoryMedium, options: MemoryOptions) {
    this.#medium = medium;
    this.#fault = options.fault ?? (() => null);
  }

  async append(entries: readonly NewEntry[], epoch: number): Promise<Outcome[]> {
    this.#assertOpen();
    assertEntries(entries);
    return this.#write("append", epoch, () => {
      for (const entry of entries) assertSameChain(entry, this.#medium.logs.get(entry.log));
      return entries.map((entry) => appendOne(this.#medium, entry));
    });
  }

  async read(log: LogName, from: number, to: number): Promise<Uint8Array[]> {
    this.#assertOpen();
    assertRange(from, to);
    const entries = this.#medium.logs.get(log)?.entries ?? [];
    return entries.slice(from, to).map(shared);
  }

  async head(log: LogName): Promise<LogHead | null> {
    this.#assertOpen();
    const found = this.#medium.logs.get(log);
    return found === undefined ? null : headOf(found.frontier.toBytes());
  }

  async heads(): Promise<Map<LogName, LogHead>> {
    this.#assertOpen();
    return new Map([...this.#medium.logs].map(([name, log]) => [name, headOf(log.frontier.toBytes())]));
  }

  async chain(log: LogName, chain: string): Promise<{ index: number; count: number } | null> {
    const indices = await this.chainEntries(log, chain);
    const index = indices.at(-1);
    return index === undefined ? null : { index, count: indices.length };
  }

  async chainEntries(log: LogName, chain: string): Promise<number[]> {
    this.#assertOpen();
    return [...(this.#medium.logs.get(log)?.chains.get(chain) ?? [])];
  }

  async changes(cursor: number, limit: number): Promise<Changes> {
    this.#assertOpen();
    const found = this.#medium.arrivals.slice(cursor, cursor + limit);
    const entries = found.map((entry) => ({ log: entry.log, index: entry.index, bytes: shared(entry) }));
    return { cursor: cursor + found.length, entries, release: () => {} };
  }

  async end(): Promise<number> {
    this.#assertOpen();
    return this.#medium.arrivals.length;
  }

  async commit(key: string, previous: Uint8Array | null, next: Uint8Array, epoch: number): Promise<boolean> {
    this.#assertOpen();
    return this.#write("commit", epoch, () => {
      const now = this.#medium.values.get(key) ?? null;
      const isExpected = now === null || previous === null ? now === previous : equalBytes(now, previous);
      if (isExpected) this.#medium.values.set(key, new Uint8Array(next));
      return isExpected;
    });
  }

  async value(key: string): Promise<Uint8Array | null> {
    this.#assertOpen();
    return this.#medium.values.get(key)?.slice() ?? null;
  }

  async claim(role: string): Promise<number> {
    this.#assertOpen();
    this.#medium.lastEpoch += 1;
    this.#medium.epochs.set(role, this.#medium.lastEpoch);
    return this.#medium.lastEpoch;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const entry of this.#medium.arrivals) shared(entry);
  }

  #write<T>(what: "append" | "commit", epoch: number, work: () => T): T {
    if (epoch > this.#medium.lastEpoch) throw new RangeError(`epoch ${epoch} was never given to anybody`);
    if (![...this.#medium.epochs.values()].includes(epoch)) throw new StaleEpoch(epoch);
    const fault = this.#fault(what);
    if (fault === "full") throw new StoreFull("memory");
    if (fault === "not-stored")
      throw new StoreUnusable(`${what} failed, as it was told to, before anything was stored`);
    const result = work();
    if (fault === "stored") throw new StoreUnusable(`${what} failed, as it was told to, after all was stored`);
    return result;
  }

  #assertOpen(): void {
    if (this.#closed) throw new StoreUnusable("memory cannot be used: it was closed");
  }
}

function appendOne(medium: MemoryMedium, entry: NewEntry): Outcome {
  const log = medium.logs.get(entry.log) ?? newLog();
  const known = log.ids.get(toHex(entry.id));
  if (known !== undefined) return { kind: "duplicate", index: known.index };
  const chain = entry.chain === null ? [] : (log.chains.get(entry.chain) ?? []);
  const head = chain.at(-1) ?? null;
  if (!isAsExpected(entry, head, chain.length) || !isAtItsPlace(entry, log.entries.length)) {
    return { kind: "conflict", latest: head === null ? null : { index: head } };
  }
  const index = log.entries.length;
  // Copies by the constructor: slice() of a Buffer would be a view of the caller's bytes.
  const stored = { log: entry.log, index, bytes: new Uint8Array(entry.bytes), shared: new Uint8Array(entry.bytes) };
  medium.logs.set(entry.log, log);
  medium.arrivals.push(stored);
  log.entries.push(stored);
  log.frontier.push(leafHash(stored.bytes));
  log.ids.set(toHex(entry.id), { index, chain: entry.chain, hot: entry.hot });
  if (entry.chain !== null) log.chains.set(entry.chain, [...chain, index]);
  return { kind: "appended", index };
}

function newLog(): MemoryLog {
  return { entries: [], frontier: new Frontier(), ids: new Map(), chains: new Map() };
}

/** An engine finds a duplicate only where the id came before; another chain or heat would store it twice. */
function assertSameChain(entry: NewEntry, log: MemoryLog | undefined): void {
  const known = log?.ids.get(toHex(entry.id));
  if (known !== undefined && (known.chain !== entry.chain || known.hot !== entry.hot)) {
    throw new TypeError(
      `id ${toHex(entry.id)} was in chain ${known.chain} (hot: ${known.hot}), now in ${entry.chain} (hot: ${entry.hot})`,
    );
  }
}

/** The array that readers share, once more proved unchanged. */
function shared(entry: Entry): Uint8Array {
  if (!equalBytes(entry.bytes, entry.shared)) {
    throw new Error(`entry ${entry.index} of ${entry.log} was changed by somebody who had read it`);
  }
  return entry.shared;
}
