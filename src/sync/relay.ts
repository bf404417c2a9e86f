/**
 * Sheets that are kept here for somebody else: a phone on the hall's network hands its sheet to the laptop, which hands it on.
 *
 * The phone gets a receipt without an index, which says "held here", and lets go only on the centre's; so a laptop that burns
 * loses nothing. A sheet that comes twice is one. What the centre answered is kept and given to whoever asks again, and what
 * it has promised is compared with its log as soon as that is here.
 */
import { placeOf } from "../core/submission.ts";
import { fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { NoteError, openNote, parseVkey, type Signer } from "../ledger/note.ts";
import { openBody, parseStatement, type Statement, StatementError, signStatement } from "../ledger/statement.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Fork } from "./evidence.ts";
import type { SheetAnswer } from "./messages.ts";
import type { Replica } from "./replica.ts";

export interface RelayOptions {
  readonly replica: Replica;
  /** The same store as the replica's own: it holds what is not in any log. */
  readonly own: Store;
  /** The log for which sheets are kept: `tps/<kecamatan>`. */
  readonly log: LogName;
  /** Signs what is held: the key that has custody of the kecamatan's plenary, under that log's origin. */
  readonly signer: Signer;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const HELD = "held";
const PAGE = 256;

/** What the centre has answered for good. */
type Settled = Exclude<SheetAnswer, { readonly later: true }>;

export class Relay {
  readonly #options: RelayOptions;
  readonly #epoch: number;
  /** Ids of those that the centre has not answered for good, in the order in which they came. */
  readonly #waiting = new Map<string, number>();
  /** Index of the newest of each station and contest. */
  readonly #newest = new Map<string, number>();
  /** Ids of those with a receipt that was not yet compared with the centre's log. */
  readonly #unproved = new Set<string>();

  /** Reads what is held. @throws StoreUnusable */
  static async open(options: RelayOptions): Promise<Relay> {
    const relay = new Relay(options, await options.own.claim("relay"));
    await relay.#recall();
    return relay;
  }

  private constructor(options: RelayOptions, epoch: number) {
    this.#options = options;
    this.#epoch = epoch;
  }

  /** Sheets that the centre has not answered for good. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Keeps a sheet whose form and signature the caller has checked, and returns the receipt: the centre's if there is one, else
   * one that says that it is held here. What the centre has refused stays refused.
   */
  async hold(note: Uint8Array): Promise<Settled> {
    const statement = parseStatement(note);
    const { id } = statement;
    const hex = toHex(id);
    const settled = await this.answer(hex);
    if (settled !== null) return settled;
    const [outcome] = await this.#options.own.append(
      [{ log: HELD, id, chain: null, hot: false, bytes: note }],
      this.#epoch,
    );
    if (outcome?.kind === "appended") this.#keep(statement, outcome.index);
    return { id: hex, receipt: this.#heldReceipt(hex) };
  }

  /** Those that were ever held here, from a place in their order on. */
  held(from: number, most: number): Promise<Uint8Array[]> {
    return this.#options.own.read(HELD, from, from + most);
  }

  /** The newest sheet of a station that is held here, whatever the centre has answered; null if there is none. */
  async sheetOf(station: string, contest: string): Promise<Uint8Array | null> {
    const index = this.#newest.get(`${station}/${contest}`);
    if (index === undefined) return null;
    const [note] = await this.#options.own.read(HELD, index, index + 1);
    return note ?? null;
  }

  /** What the centre has answered for good; null if nothing. */
  async answer(id: string): Promise<Settled | null> {
    const bytes = await this.#options.own.value(answerKey(id));
    return bytes && (JSON.parse(fromUtf8(bytes)) as Settled);
  }

  /** Up to so many sheets that are to be handed on, but for those of `except`. */
  async next(most: number, except: ReadonlySet<string>): Promise<Uint8Array[]> {
    const notes: Uint8Array[] = [];
    for (const [id, index] of this.#waiting) {
      if (notes.length === most) break;
      if (except.has(id)) continue;
      const [note] = await this.#options.own.read(HELD, index, index + 1);
      if (note !== undefined) notes.push(note);
    }
    return notes;
  }

  /** Takes in what the centre has answered. A receipt that its log's key has not signed, or for something else, is none. */
  async settle(answers: readonly SheetAnswer[]): Promise<void> {
    for (const answer of answers) {
      if ("later" in answer || !this.#waiting.has(answer.id)) continue;
      if ("receipt" in answer && this.#placeIn(answer) === null) continue;
      const key = answerKey(answer.id);
      const bytes = utf8(canonical({ ...answer }));
      await this.#options.own.commit(key, await this.#options.own.value(key), bytes, this.#epoch);
      this.#waiting.delete(answer.id);
      if ("receipt" in answer) this.#unproved.add(answer.id);
    }
  }

  /** Compares receipts with the centre's log, as far as it is here. What it has promised and not kept is evidence against it. */
  async checkPromises(): Promise<Fork[]> {
    const { replica, log } = this.#options;
    const broken: Fork[] = [];
    const { size } = await replica.trees.of(log);
    for (const id of [...this.#unproved]) {
      const answer = await this.answer(id);
      if (answer === null || !("receipt" in answer)) continue;
      const index = this.#placeIn(answer) ?? 0;
      if (index >= size) continue;
      const [entry] = await replica.home.store.read(log, index, index + 1);
      this.#unproved.delete(id);
      if (entry !== undefined && toHex(parseStatement(entry).id) === id) continue;
      const theirs = fromUtf8((await replica.noteOf(log)) ?? new Uint8Array(0));
      const fork: Fork = { format: "teguh/fork/v1", log, index, ours: answer.receipt, theirs };
      await replica.evidence.keepFork(fork, entry ?? null);
      broken.push(fork);
    }
    return broken;
  }

  /** The index that a receipt promises; null if it is not the centre's, or not for this sheet and log. */
  #placeIn({ id, receipt }: { readonly id: string; readonly receipt: string }): number | null {
    const { replica, log } = this.#options;
    try {
      const bytes = utf8(receipt);
      openNote(bytes, [parseVkey(replica.home.firstVkey(log))]);
      const statement = parseStatement(bytes);
      const body = openBody(statement);
      const fits = statement.type === "teguh/receipt/v1" && body.id === id && body.log === log;
      return fits && typeof body.index === "number" ? body.index : null;
    } catch (error) {
      if (error instanceof NoteError || error instanceof StatementError) return null;
      throw error;
    }
  }

  #heldReceipt(id: string): string {
    const { replica, log, signer, clock } = this.#options;
    const body = { election: replica.home.genesis.electionTag, id, log, time: clock() };
    return fromUtf8(signStatement("teguh/receipt/v1", body, [signer]));
  }

  async #recall(): Promise<void> {
    for (let from = 0; ; from += PAGE) {
      const notes = await this.#options.own.read(HELD, from, from + PAGE);
      for (let i = 0; i < notes.length; i++) await this.#recallOne(notes[i] ?? new Uint8Array(0), from + i);
      if (notes.length < PAGE) return;
    }
  }

  async #recallOne(note: Uint8Array, index: number): Promise<void> {
    const statement = parseStatement(note);
    const id = toHex(statement.id);
    this.#keep(statement, index);
    const answer = await this.answer(id);
    if (answer === null) return;
    this.#waiting.delete(id);
    if ("receipt" in answer) this.#unproved.add(id);
  }

  #keep(statement: Statement, index: number): void {
    this.#waiting.set(toHex(statement.id), index);
    const { chain } = placeOf(statement);
    if (chain !== null) this.#newest.set(chain, index);
  }
}

const answerKey = (id: string) => `answer/${id}`;
