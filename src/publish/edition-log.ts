/**
 * The publisher's own log: which editions exist. An edition exists from the moment in which its statement and the
 * checkpoint over it are stored as the new head, by compare-and-set; there is no other commit. Everything in the public
 * folder follows from it and can be written again.
 *
 * The store holds under `edition/head` the newest edition with its checkpoint, under `edition/advance/N` what edition N added,
 * under `edition/cut` where the logs stood in some edition, renewed now and then, so that a start need not read every
 * advance since the first; and in the log `editions` the statements.
 */
import { EDITIONS_LOG } from "../election/codes.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { type Checkpoint, parseCheckpoint, signCheckpoint } from "../ledger/checkpoint.ts";
import { parseNote, type Signer } from "../ledger/note.ts";
import { parseStatement } from "../ledger/statement.ts";
import { Frontier, leafHash } from "../ledger/tree.ts";
import { type Store, StoreUnusable } from "../store/store.ts";
import {
  type Advanced,
  advanceBytes,
  type Cut,
  moveCut,
  readAdvance,
  readEdition,
  type SignedEdition,
} from "./edition.ts";

const HEAD = "edition/head";
const CUT = "edition/cut";
/** Number of the edition that is being made, or was made last. */
const BEGUN = "edition/begun";
/** Held by nobody: epochs are counted from 1. */
const NO_EPOCH = 0;
/** A cut of the whole nation is a megabyte: once in so many editions. */
const CUT_EVERY = 64;

/** Another publisher has made an edition in the meantime: this one must stop. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";

  constructor() {
    super("another publisher has made an edition with the same store; stop this one");
  }
}

/** The committed state, with the bytes that the next commit compares against. */
interface Head {
  readonly bytes: Uint8Array;
  readonly latest: SignedEdition;
  readonly checkpoint: Uint8Array;
}

export class EditionLog {
  readonly #own: Store;
  readonly #epoch: number;
  #head: Head | null;
  /** Of the editions in the log: all but the newest between its commit and `append`. */
  #frontier = new Frontier();

  /** Takes the role of the publisher and reads where the log stands. */
  static async open(own: Store): Promise<EditionLog> {
    const epoch = await own.claim("publish");
    const bytes = await own.value(HEAD);
    const log = new EditionLog(own, epoch, bytes && readHead(bytes));
    await log.append();
    return log;
  }

  /** The log for whoever only reads it: any write is refused. */
  static async look(own: Store): Promise<EditionLog> {
    const bytes = await own.value(HEAD);
    return new EditionLog(own, NO_EPOCH, bytes && readHead(bytes));
  }

  private constructor(own: Store, epoch: number, head: Head | null) {
    this.#own = own;
    this.#epoch = epoch;
    this.#head = head;
  }

  /** The newest edition; null before the first. */
  get latest(): SignedEdition | null {
    return this.#head?.latest ?? null;
  }

  /** How many editions there are: the number of the newest. */
  get size(): number {
    return this.#head?.latest.edition.number ?? 0;
  }

  /** The newest checkpoint as it was signed; null before the first edition. */
  get newestCheckpoint(): Uint8Array | null {
    return this.#head?.checkpoint ?? null;
  }

  /** What the newest checkpoint says; null before the first edition. */
  get state(): Checkpoint | null {
    return this.#head && parseCheckpoint(parseNote(this.#head.checkpoint).text);
  }

  /**
   * To be called before anything is written for the next edition.
   * @throws Overtaken or StaleEpoch if another publisher has taken over
   */
  async begin(): Promise<void> {
    const begun = await this.#own.value(BEGUN);
    await this.#set(BEGUN, begun, utf8(String(this.size + 1)));
  }

  /** Whether an edition was begun after the newest, and nobody knows how much of it was written. */
  async isBegun(): Promise<boolean> {
    const begun = await this.#own.value(BEGUN);
    return begun !== null && Number(fromUtf8(begun)) > this.size;
  }

  /**
   * Makes an edition exist. Dies before the last line: nothing happened, but that the advance of an edition that does not
   * exist is stored, which the next attempt replaces. Dies after it: the edition exists, and `append` ends the work.
   */
  async commit(next: SignedEdition, advance: readonly Advanced[], origin: Signer): Promise<void> {
    const frontier = this.#frontier.clone();
    frontier.push(leafHash(next.note));
    const checkpoint = signCheckpoint({ origin: origin.name, size: frontier.size, root: frontier.root() }, [origin]);
    const head = { bytes: headBytes(next, checkpoint), latest: next, checkpoint };
    const key = advanceKey(next.edition.number);
    await this.#set(key, await this.#own.value(key), advanceBytes(advance));
    await this.#set(HEAD, this.#head?.bytes ?? null, head.bytes);
    this.#head = head;
  }

  /** Puts the newest edition into the log if it is not there yet. */
  async append(): Promise<void> {
    if (!this.#head) return;
    const { latest } = this.#head;
    const { id } = parseStatement(latest.note);
    const entry = { log: EDITIONS_LOG, id, chain: null, hot: false, bytes: latest.note };
    const [outcome] = await this.#own.append([entry], this.#epoch);
    if (!outcome || outcome.kind === "conflict" || outcome.index !== latest.edition.number - 1) {
      throw new StoreUnusable(`edition ${latest.edition.number} (${latest.id}) does not fit the log of editions`);
    }
    const head = await this.#own.head(EDITIONS_LOG);
    if (head) this.#frontier = Frontier.fromBytes(head.frontier);
  }

  /** Edition `number`, which must exist. */
  async edition(number: number): Promise<SignedEdition> {
    const [note] = await this.#own.read(EDITIONS_LOG, number - 1, number);
    if (!note) throw new StoreUnusable(`the log of editions has no edition ${number}`);
    return readEdition(note);
  }

  /** What edition `number` added; it must exist. */
  async advance(number: number): Promise<readonly Advanced[]> {
    const bytes = await this.#own.value(advanceKey(number));
    if (!bytes) throw new StoreUnusable(`the advance of edition ${number} is not stored`);
    return readAdvance(bytes);
  }

  /** Where the logs stood in edition `number`; in edition 0 there is none. */
  async cut(number: number): Promise<Cut> {
    const saved = await this.#savedCut();
    const from = saved && saved.edition <= number ? saved : { edition: 0, logs: [] };
    const cut: Cut = new Map();
    moveCut(cut, from.logs);
    for (let n = from.edition + 1; n <= number; n++) moveCut(cut, await this.advance(n));
    return cut;
  }

  /** Keeps the newest edition's cut, once in a while. Only saves work: see `cut`. */
  async saveCut(cut: Cut): Promise<void> {
    if (this.size % CUT_EVERY !== 0) return;
    const logs = [...cut].map(([log, { size, root }]) => [log, size, root] as const);
    await this.#set(CUT, await this.#own.value(CUT), utf8(canonical({ edition: this.size, logs })));
  }

  /** The signed checkpoint of the first `size` editions. Signing is deterministic: it is the one made with that edition. */
  async checkpoint(size: number, origin: Signer): Promise<Uint8Array> {
    if (this.#head && size === this.size) return this.#head.checkpoint;
    return signCheckpoint({ origin: origin.name, size, root: await this.rootAt(size) }, [origin]);
  }

  /** Root of the first `size` editions. */
  async rootAt(size: number): Promise<Uint8Array> {
    const frontier = new Frontier();
    for (const note of await this.#own.read(EDITIONS_LOG, 0, size)) frontier.push(leafHash(note));
    return frontier.root();
  }

  close(): Promise<void> {
    return this.#own.close();
  }

  async #savedCut(): Promise<{ readonly edition: number; readonly logs: readonly Advanced[] } | null> {
    const bytes = await this.#own.value(CUT);
    return bytes && JSON.parse(fromUtf8(bytes));
  }

  async #set(key: string, previous: Uint8Array | null, next: Uint8Array): Promise<void> {
    if (!(await this.#own.commit(key, previous, next, this.#epoch))) throw new Overtaken();
  }
}

function advanceKey(number: number): string {
  return `edition/advance/${number}`;
}

function headBytes(next: SignedEdition, checkpoint: Uint8Array): Uint8Array {
  return utf8(canonical({ checkpoint: fromUtf8(checkpoint), edition: fromUtf8(next.note) }));
}

function readHead(bytes: Uint8Array): Head {
  const head: { checkpoint: string; edition: string } = JSON.parse(fromUtf8(bytes));
  return { bytes, latest: readEdition(utf8(head.edition)), checkpoint: utf8(head.checkpoint) };
}
