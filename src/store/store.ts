/**
 * Where logs live: the one contract that every engine keeps.
 *
 * The system above it needs exactly four things of a database: append to a log and know at once whether the entry is
 * new, known or in conflict; read a log back; follow everything in the order of its arrival; move one value from a known
 * state to the next. Nothing spans two logs, so the name of a log is also the key by which a larger engine may shard.
 * `conformance.ts` is this contract as tests; `memory.ts` is its model; `sqlite.ts` is the default engine.
 *
 * @example
 * const epoch = await store.claim("core");
 * const [outcome] = await store.append(
 *   [{ log: "tps/510303", id, chain: "5103032001004/ppwp", hot: true, expect: "none", bytes }], epoch);
 * if (outcome?.kind === "conflict") tellTheCaller(outcome.latest);
 */

/** A log's name inside one election: `tps/510303`, `pleno/51`, `editions`. */
export type LogName = string;

/**
 * Entries of one log that are about the same thing form a chain, and a writer may insist on knowing its head:
 * `5103032001004/ppwp` (a station's sheets in a contest), `seen/pleno/51`. `null`: the entry is in no chain.
 */
export type Chain = string | null;

/** The longest entry that an entry bundle of a tiled log can carry: its length is a uint16. */
export const MAX_ENTRY = 65_535;

export interface NewEntry {
  readonly log: LogName;
  /** 32 bytes that name the entry's content: offered again, the entry is a duplicate, whatever its other bytes. */
  readonly id: Uint8Array;
  readonly chain: Chain;
  /**
   * Duplicates of a hot entry are looked for in its chain only, those of any other entry in an index of the whole log.
   * An index over millions of random ids is what slows an append, hence the millions (sheets) are hot. A hot entry has
   * a chain, and an id always comes with the same chain and the same `hot`: both follow from the content.
   */
  readonly hot: boolean;
  /**
   * What must be true of the chain when this entry's turn comes. `index`: that is its head; `"none"`: it has no entry;
   * `fewerThan`: it has fewer entries than that. Absent: anything.
   */
  readonly expect?: { readonly index: number } | { readonly fewerThan: number } | "none";
  /**
   * The index that it must get, of an entry that has its place elsewhere already (a mirror). If the log has another size when its
   * turn comes, that is a conflict.
   */
  readonly at?: number;
  /** At most {@link MAX_ENTRY} bytes, kept as they are. */
  readonly bytes: Uint8Array;
}

export type Outcome =
  /** Durable, at this index. */
  | { readonly kind: "appended"; readonly index: number }
  /** Known since before, at this index; the bytes stored first stand. Asked before `expect` is. */
  | { readonly kind: "duplicate"; readonly index: number }
  /** Not stored: the chain, or the log, is not as expected; this is the chain's head. */
  | {
      readonly kind: "conflict";
      readonly latest: { readonly index: number } | null;
    };

export interface LogHead {
  /** Number of entries. */
  readonly size: number;
  /** The Merkle frontier, as `Frontier.toBytes()` of `src/ledger/tree.ts` writes it. */
  readonly frontier: Uint8Array;
  /** The RFC 6962 root of the log's entries. */
  root(): Uint8Array;
}

/** What `changes` gives: entries in their order of arrival, and where to go on. */
export interface Changes {
  readonly cursor: number;
  readonly entries: readonly Change[];
  /**
   * Gives the memory of the entries back at once, where nothing holds them any more; they are then empty. Whoever reads a
   * whole store calls it: left to the collector, their buffers would make it look through all of the heap every 64 MB.
   */
  release(): void;
}

/** An entry as `changes` gives it. */
export interface Change {
  readonly log: LogName;
  readonly index: number;
  readonly bytes: Uint8Array;
}

/**
 * All methods reject with {@link StoreUnusable} when the medium fails, and with a TypeError or RangeError when the caller
 * broke the contract (a hot entry without a chain, an id that is not 32 bytes): that is a bug of the caller, and nothing
 * of the call has been done. Byte arrays that a store returns are the caller's to read, not to change: several may be
 * views of one buffer.
 */
export interface Store {
  /**
   * Appends durably, in the order given, and says for each entry what became of it. Entries earlier in the same call
   * count: a second copy is a duplicate, a chain's head moves. When the promise resolves, the outcomes are durable; when
   * it rejects with {@link StaleEpoch} or {@link StoreFull}, nothing of the call was stored; with {@link StoreUnusable},
   * any of it may have been: offer it again later, the ids make that safe.
   */
  append(entries: readonly NewEntry[], epoch: number): Promise<Outcome[]>;

  /** The entries with `from` ≤ index < `to`, as many of them as there are. */
  read(log: LogName, from: number, to: number): Promise<Uint8Array[]>;

  /** The head of a log, or null if nothing was ever appended to it. */
  head(log: LogName): Promise<LogHead | null>;

  /** The heads of all logs, in one consistent state. */
  heads(): Promise<Map<LogName, LogHead>>;

  /** The index of the chain's latest entry and how many entries it has; null if it has none. */
  chain(log: LogName, chain: string): Promise<{ index: number; count: number } | null>;

  /** The indices of the chain's entries, rising. */
  chainEntries(log: LogName, chain: string): Promise<number[]>;

  /**
   * Up to `limit` entries of all logs, in the order of their arrival, after `cursor`; begin with 0, go on with the cursor
   * returned. No entry ever appears before a cursor that was handed out. At the end: no entries, and the same cursor.
   */
  changes(cursor: number, limit: number): Promise<Changes>;

  /**
   * The cursor after the newest entry: the same as before exactly if nothing was appended since. It costs one look-up however
   * many logs there are, so that who follows many of them can ask a few times a second.
   */
  end(): Promise<number>;

  /**
   * Compare and set: the value of `key` becomes `next` durably if it is `previous` now (`null`: it has none), else nothing
   * happens and the answer is false. Fails as {@link Store.append} does.
   */
  commit(key: string, previous: Uint8Array | null, next: Uint8Array, epoch: number): Promise<boolean>;

  /** The value of `key`, or null. */
  value(key: string): Promise<Uint8Array | null>;

  /**
   * Takes a role (`core`, `publish`) and returns its new fencing epoch. From then on, whoever held the role before is
   * refused with {@link StaleEpoch}. An epoch is never given twice, to no role.
   */
  claim(role: string): Promise<number>;

  /** Releases the store; any later call rejects with {@link StoreUnusable}. Closing twice is harmless. */
  close(): Promise<void>;
}

/** Another process has taken the role since this epoch was claimed. Nothing was stored; this writer must stop. */
export class StaleEpoch extends Error {
  override readonly name = "StaleEpoch";
  readonly epoch: number;

  constructor(epoch: number) {
    super(`epoch ${epoch} is no longer held: another process has taken over this role; stop this one`);
    this.epoch = epoch;
  }
}

/** There is no room. Nothing was stored, nothing stored before is touched, and the same call works once there is room. */
export class StoreFull extends Error {
  override readonly name = "StoreFull";

  constructor(where: string, options?: ErrorOptions) {
    super(`${where}: no room left to store anything; free some space, then try again`, options);
  }
}

/** The store cannot be used (any longer): missing, damaged, of another version, closed, or its medium fails. */
export class StoreUnusable extends Error {
  override readonly name = "StoreUnusable";
}

/**
 * Asserts that entries keep the contract; every engine calls it before it stores anything.
 * @throws TypeError or RangeError, naming the entry's position and what is wrong.
 */
export function assertEntries(entries: readonly NewEntry[]): void {
  entries.forEach((entry, i) => {
    if (entry.log === "") throw new TypeError(`entry ${i}: its log has no name`);
    if (entry.id.length !== 32) throw new RangeError(`entry ${i}: an id has 32 bytes, this one ${entry.id.length}`);
    if (entry.bytes.length > MAX_ENTRY) {
      throw new RangeError(`entry ${i}: at most ${MAX_ENTRY} bytes, these are ${entry.bytes.length}`);
    }
    if (entry.chain === "") throw new TypeError(`entry ${i}: its chain has no name`);
    if (entry.chain !== null) return;
    if (entry.hot) throw new TypeError(`entry ${i}: a hot entry must be in a chain`);
    if (entry.expect !== undefined) throw new TypeError(`entry ${i}: without a chain there is nothing to expect of it`);
  });
}

/** Whether a chain with this head (null: it has no entry) and so many entries is what the entry expects. */
export function isAsExpected({ expect }: NewEntry, head: number | null, count: number): boolean {
  if (expect === undefined) return true;
  if (expect === "none") return head === null;
  return "index" in expect ? head === expect.index : count < expect.fewerThan;
}

/** Whether a log of this size gives the entry the index that it must get. */
export function isAtItsPlace({ at }: NewEntry, size: number): boolean {
  return at === undefined || at === size;
}

/** Asserts that `from` and `to` are an interval of indices. @throws RangeError */
export function assertRange(from: number, to: number): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from) {
    throw new RangeError(`entries ${from} to ${to}: expected whole numbers, 0 <= from <= to`);
  }
}
