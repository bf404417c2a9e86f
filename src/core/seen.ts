/**
 * What a log of sheets must write down before its next entry: `seen {log, size, root}` for every plenary above it that has
 * moved, so that the grants by which the sheet is judged are known from there on.
 */
import { parentOf, parseLogName, plenoLog } from "../election/codes.ts";
import { decodeBody, typeLine } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";
import { parseStatement, signStatement } from "../ledger/statement.ts";
import type { LogName, NewEntry, Store } from "../store/store.ts";
import { readStatement } from "./chain.ts";
import type { Standings } from "./standings.ts";
import { seenChain } from "./submission.ts";
import { type Writers, WrittenElsewhere } from "./writers.ts";

/** What a log's own `seen` statements say. */
export interface SeenState {
  /** Size of each plenary. */
  readonly sizes: ReadonlyMap<LogName, number>;
  /** Version of the standings at which there was nothing more to be seen. */
  readonly version: number;
}

export class SeenWriter {
  readonly #store: Store;
  readonly #standings: Standings;
  readonly #writers: Writers;
  readonly #clock: () => number;
  readonly #written = new Map<LogName, SeenState>();

  constructor(store: Store, standings: Standings, writers: Writers, clock: () => number) {
    this.#store = store;
    this.#standings = standings;
    this.#writers = writers;
    this.#clock = clock;
  }

  /** The statements that a loaded log needs before its next entry, and what it says once they are stored. */
  async before(log: LogName): Promise<{ statements: NewEntry[]; written: SeenState }> {
    const known = this.#written.get(log);
    if (known?.version === this.#standings.version) return { statements: [], written: known };
    const before = known?.sizes ?? (await this.#read(log));
    const { version } = this.#standings;
    const sizes = new Map(before);
    const statements: NewEntry[] = [];
    for (const plenary of this.#inOrder(log, before)) {
      if ((before.get(plenary.log) ?? 0) >= plenary.size) continue;
      sizes.set(plenary.log, plenary.size);
      statements.push(this.#entry(log, { ...plenary, root: this.#standings.rootOf(plenary.log) }));
    }
    return { statements, written: { sizes, version } };
  }

  /** The statement by which `log` says that it knows `other` as it stands; if its last one says so, the index of that. */
  async of(log: LogName, other: LogName): Promise<NewEntry | number> {
    const head = await this.#store.head(other);
    if (head === null) throw new RangeError(`${other} has no entries that ${log} could have seen`);
    const last = await this.#store.chain(log, seenChain(other));
    if (last !== null && (await this.#sizeAt(log, last.index)) === head.size) return last.index;
    return this.#entry(log, { log: other, size: head.size, root: head.root() });
  }

  /** To be called once the statements are stored. */
  keep(log: LogName, written: SeenState): void {
    this.#written.set(log, written);
  }

  #entry(log: LogName, other: { readonly log: LogName; readonly size: number; readonly root: Uint8Array }): NewEntry {
    const election = this.#standings.genesis?.electionTag ?? "";
    const body = { ...other, election, root: toHex(other.root), time: this.#clock() };
    const signer = this.#writers.signerOf(log);
    if (signer === null) throw new WrittenElsewhere(log);
    const bytes = signStatement(typeLine("seen"), body, [signer]);
    return { log, id: parseStatement(bytes).id, chain: seenChain(other.log), hot: false, bytes };
  }

  /** The nation's plenary first; but a new writer begins with the parent's, whose custody names it: till then it may say nothing. */
  #inOrder(log: LogName, before: ReadonlyMap<LogName, number>): { readonly log: LogName; readonly size: number }[] {
    const plenaries = this.#standings.plenaries(log);
    const parent = parentLogOf(log);
    if (parent === null || this.#writers.unseenCustody(log, before.get(parent) ?? 0) === null) return plenaries;
    return plenaries.toSorted((a, b) => Number(b.log === parent) - Number(a.log === parent));
  }

  /** After a start: what a log's own last `seen` of each plenary says. */
  async #read(log: LogName): Promise<Map<LogName, number>> {
    const sizes = new Map<LogName, number>();
    for (const plenary of this.#standings.plenaries(log)) {
      const head = await this.#store.chain(log, seenChain(plenary.log));
      if (head === null) continue;
      sizes.set(plenary.log, await this.#sizeAt(log, head.index));
    }
    return sizes;
  }

  async #sizeAt(log: LogName, index: number): Promise<number> {
    return decodeBody("seen", (await readStatement(this.#store, log, index)).body).size;
  }
}

/** The log of the plenary above a log's region; null above the nation. */
function parentLogOf(log: LogName): LogName | null {
  const parsed = parseLogName(log);
  const parent = parsed === null || parsed.kind === "editions" ? null : parentOf(parsed.region);
  return parent && plenoLog(parent);
}
