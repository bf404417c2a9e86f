/**
 * What is kept apart: what a replaced machine had written beyond its hand-over, and histories that contradict each other. It is
 * evidence, shown and never merged, in a store of its own: nothing of it can reach the fold.
 *
 * Logs of that store: `<log>@<epoch>`, the entries after the hand-over in their order; `forks`, a record for each contradiction;
 * `<log>@fork`, the entries that differ, for whoever wants to read them.
 */
import { fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { sha256 } from "../ledger/hash.ts";
import { type Frontier, leafHash } from "../ledger/tree.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Apart } from "./messages.ts";

/** Two signed statements about one log that cannot both be true. */
export interface Fork {
  readonly format: "teguh/fork/v1";
  readonly log: LogName;
  /** Where they part, if that has been found. */
  readonly index: number | null;
  /** The signed note by which what is here is held true: a checkpoint, a custody, a receipt. */
  readonly ours: string;
  /** The signed note that contradicts it. */
  readonly theirs: string;
}

/** More of one replaced machine is not kept: its key may be in the wrong hands. */
export const MAX_EVIDENCE = 50_000;
/** A key that contradicts itself without end proves no more each time. */
const MAX_FORKS = 1_000;
const FORKS = "forks";
const PAGE = 256;

export class Evidence {
  readonly #store: Store;
  readonly #epoch: number;

  /** `epoch`: claimed in that store by whoever writes to it. */
  constructor(store: Store, epoch: number) {
    this.#store = store;
    this.#epoch = epoch;
  }

  /** Up to which index of the log what was written under a custody is kept, if the next one began at `limit`. */
  async size(log: LogName, epoch: number, limit: number): Promise<number> {
    return limit + ((await this.#store.head(apartLog(log, epoch)))?.size ?? 0);
  }

  /** The edge of the replaced machine's tree at an index, given its edge at the hand-over. */
  async edgeAt(log: LogName, epoch: number, handedOver: Frontier, index: number): Promise<Uint8Array> {
    const edge = handedOver.clone();
    while (edge.size < index) {
      const from = edge.size - handedOver.size;
      const to = Math.min(from + PAGE, index - handedOver.size);
      const entries = await this.#store.read(apartLog(log, epoch), from, to);
      if (entries.length === 0) throw new RangeError(`of ${log} under custody ${epoch} only ${edge.size} are kept`);
      for (const entry of entries) edge.push(leafHash(entry));
    }
    return edge.toBytes();
  }

  /** The kept entries with `from` ≤ index < `to`. */
  entries(log: LogName, epoch: number, limit: number, from: number, to: number): Promise<Uint8Array[]> {
    return this.#store.read(apartLog(log, epoch), from - limit, to - limit);
  }

  /** Keeps entries whose first has an index in the log; what is kept already changes nothing. */
  async keep(log: LogName, epoch: number, limit: number, from: number, entries: readonly Uint8Array[]): Promise<void> {
    const news = entries.map((bytes, i) => {
      // By place, not by content: a broken machine may have written one thing twice, and that is evidence too.
      const id = sha256(utf8(`${from + i} ${toHex(sha256(bytes))}`));
      return { log: apartLog(log, epoch), id, chain: null, hot: false, at: from + i - limit, bytes };
    });
    if (news.length > 0) await this.#store.append(news, this.#epoch);
  }

  /** Keeps a contradiction, once, with the entry that differs. True if it is new. */
  async keepFork(fork: Fork, entry: Uint8Array | null): Promise<boolean> {
    const bytes = utf8(canonical({ ...fork }));
    const record = { log: FORKS, id: sha256(bytes), chain: null, hot: false, bytes };
    const found =
      entry === null ? [] : [{ log: `${fork.log}@fork`, id: sha256(entry), chain: null, hot: false, bytes: entry }];
    if (((await this.#store.head(FORKS))?.size ?? 0) >= MAX_FORKS) return false;
    const [outcome] = await this.#store.append([record, ...found], this.#epoch);
    return outcome?.kind === "appended";
  }

  /** Every contradiction found, in the order in which it was. */
  async forks(): Promise<Fork[]> {
    const found: Fork[] = [];
    for (;;) {
      const entries = await this.#store.read(FORKS, found.length, found.length + PAGE);
      for (const bytes of entries) found.push(JSON.parse(fromUtf8(bytes)) as Fork);
      if (entries.length < PAGE) return found;
    }
  }

  /** What is kept of replaced machines; `limitOf` gives where the custody after an epoch began. */
  async apart(limitOf: (log: LogName, epoch: number) => Promise<number | null>): Promise<Apart[]> {
    const found: Apart[] = [];
    for (const [name, { size }] of await this.#store.heads()) {
      const [log = "", epoch = ""] = name.split("@");
      if (!/^\d+$/.test(epoch)) continue;
      const limit = await limitOf(log, Number(epoch));
      if (limit !== null) found.push({ log, epoch: Number(epoch), size: limit + size });
    }
    return found.sort((a, b) => (a.log < b.log ? -1 : 1));
  }
}

const apartLog = (log: LogName, epoch: number): LogName => `${log}@${epoch}`;
