/**
 * What the fold knows of one log: how far it has been folded, its Merkle tree, what it has seen of other logs, who writes it.
 *
 * There is no order between logs except what a log writes down, so a log's own view of the others (`seen`) is part of its
 * state, and every judgement asks that view and nothing else.
 */
import { parseLogName, type RegionCode } from "../election/codes.ts";
import { Frontier } from "../ledger/tree.ts";

/** A log's name inside one election: `tps/510303`, `pleno/51`. */
export type LogName = string;

const HASH = 32;
/** Leaf hashes that a log has room for at first: many of a nation's logs stay short. */
const ROOM = 16;

export class LogState {
  readonly name: LogName;
  readonly kind: "tps" | "pleno";
  readonly region: RegionCode;
  /** For each log that this one has seen: up to which size. */
  readonly seen = new Map<LogName, number>();
  /** Short name of the key that writes the log since custody moved; null: the centre's key of the genesis. */
  writer: string | null = null;
  /** How often custody of the log has moved. */
  epoch = 0;
  #size = 0;
  /** The edge of the tree, over as many leaves as there were when a root was last asked for: see {@link edge}. */
  #frontier = new Frontier();
  /** The edge as of a size that was asked for: another log names ever larger ones, and each goes on from there. */
  #past: Frontier | null = null;
  /** Leaf hashes one after the other, with room for more. */
  #leaves: Uint8Array = new Uint8Array(0);

  /** @throws RangeError if no log of the fold can have this name */
  constructor(name: LogName) {
    const parsed = parseLogName(name);
    if (!parsed || parsed.kind === "editions") throw new RangeError(`no log of the fold is called ${name}`);
    this.name = name;
    this.kind = parsed.kind;
    this.region = parsed.region;
  }

  /** Entries folded. */
  get size(): number {
    return this.#size;
  }

  push(leaf: Uint8Array): void {
    const at = this.#size * HASH;
    if (at === this.#leaves.length) {
      const larger = new Uint8Array(Math.max(ROOM * HASH, Math.floor((at * 1.5) / HASH) * HASH));
      larger.set(this.#leaves);
      this.#leaves = larger;
    }
    this.#leaves.set(leaf, at);
    this.#size++;
  }

  /** RFC 6962 root of the first `size` entries. @throws RangeError beyond the log's size */
  root(size = this.size): Uint8Array {
    if (size === this.size) return this.#edge().root();
    if (size > this.size) throw new RangeError(`${this.name} has ${this.size} entries, not ${size}`);
    if (this.#past === null || this.#past.size > size) this.#past = new Frontier();
    for (let i = this.#past.size; i < size; i++) this.#past.push(this.#leaf(i).slice());
    return this.#past.root();
  }

  /** How much of another log this one knows where it stands now; of itself, what is before. */
  sees(log: LogName): number {
    return log === this.name ? this.size : (this.seen.get(log) ?? 0);
  }

  save(): SavedLog {
    return {
      name: this.name,
      frontier: this.#edge().toBytes(),
      seen: this.seen,
      writer: this.writer,
      epoch: this.epoch,
      leaves: this.#leaves.subarray(0, this.size * HASH),
    };
  }

  static restore(saved: SavedLog): LogState {
    const log = new LogState(saved.name);
    for (const [name, size] of saved.seen) log.seen.set(name, size);
    log.writer = saved.writer;
    log.epoch = saved.epoch;
    log.#leaves = saved.leaves.slice();
    log.#frontier = Frontier.fromBytes(saved.frontier);
    log.#size = log.#frontier.size;
    return log;
  }

  /** The edge over all leaves. A tree is hashed in one go: leaf by leaf, in turn with thousands of other logs, takes twice as long. */
  #edge(): Frontier {
    for (let i = this.#frontier.size; i < this.#size; i++) this.#frontier.push(this.#leaf(i).slice());
    return this.#frontier;
  }

  #leaf(index: number): Uint8Array {
    return this.#leaves.subarray(index * HASH, (index + 1) * HASH);
  }
}

export interface SavedLog {
  readonly name: LogName;
  readonly frontier: Uint8Array;
  readonly seen: ReadonlyMap<LogName, number>;
  readonly writer: string | null;
  readonly epoch: number;
  readonly leaves: Uint8Array;
}
