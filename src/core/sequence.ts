/**
 * The sequencer: the one place where statements get their place in a log.
 *
 * It does three things and nothing else: it asks whether the key may (authority), decides what comes after what (order), and
 * makes it durable (append). What arrives while an append is under way waits and goes into the next, so that a hundred
 * sheets share one fsync (group commit). It keeps nothing of any sheet in memory: a start with millions of them costs nothing.
 *
 * The story of one group, with what a crash leaves behind:
 * 1. Each submission is judged. Nothing is stored yet; a crash forgets it, and the sender, who has no receipt, sends again.
 * 2. For every log whose plenaries have moved, `seen` is put before its first entry: from here the log knows the grants by
 *    which the sheets after it are judged. Both go in one append.
 * 3. The store appends. A crash during it leaves each entry there or not; sent again, it is a duplicate or new.
 * 4. Only then does anyone get an answer. A crash before the answer leaves a sheet without a receipt: sent again, it is found.
 */

import type { Model } from "../election/model.ts";
import { type StatementType, typeLine } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import type { Hash } from "../ledger/hash.ts";
import type { Signer } from "../ledger/note.ts";
import { parseStatement, signStatement } from "../ledger/statement.ts";
import { type LogName, type NewEntry, type Outcome, StaleEpoch, type Store } from "../store/store.ts";
import type { Scope } from "../tally/scope.ts";
import { MAX_RIVALS } from "../tally/sheets.ts";
import { findIn, readChain, readStatement, replaces } from "./chain.ts";
import { gather } from "./gather.ts";
import { type Hands, handsOf, isWhole, RepeatedStatement } from "./hand-over.ts";
import { NO_ELECTION, notStanding, TOO_MANY_RIVALS, WRITTEN_ELSEWHERE } from "./refusals.ts";
import { type SeenState, SeenWriter } from "./seen.ts";
import { Standings } from "./standings.ts";
import {
  type AppendResult,
  type Core,
  type Place,
  placeOf,
  placeOfMirrored,
  type SequenceResult,
  type Sequencing,
  type Submission,
  seenChain,
} from "./submission.ts";
import { type LogKey, Writers, WrittenElsewhere } from "./writers.ts";

export interface SequencerOptions {
  readonly store: Store;
  /** The definition with this root, as a model; called again and again, so it should remember. */
  readonly definition: (root: Hash) => Model;
  /** Signs `seen` in every log that the centre writes. */
  readonly centre: Signer;
  /** The keys to which logs can be handed here; absent: to none. */
  readonly logKey?: LogKey;
  /** Which logs this place has at all; absent: every one. */
  readonly scope?: Scope;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Another process has taken over: this one can append no more, and should end. */
  readonly onReplaced?: (() => void) | undefined;
}

/** Entries in one append at most: larger groups gain nothing and make the first of them wait. */
const MOST_IN_GROUP = 512;

type Result = SequenceResult | AppendResult;

interface Waiting {
  readonly work: Work;
  readonly answer: (result: Result) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * A sheet to be judged, a statement that is appended as it is, that a log has seen another, or entries of a log that is written
 * elsewhere. `closely`: the sheet's chain has grown so long that its rivals have to be counted. `after`: see `Core.append`.
 * `hands`: of a custody, the log that it hands over.
 */
type Work =
  | { readonly kind: "sheet"; readonly submission: Submission; readonly closely?: true }
  | {
      readonly kind: "own";
      readonly log: LogName;
      readonly id: Uint8Array;
      readonly place: Place;
      readonly bytes: Uint8Array;
      readonly after?: number | undefined;
      readonly hands: Hands | null;
    }
  | { readonly kind: "see"; readonly log: LogName; readonly other: LogName }
  | { readonly kind: "mirror"; readonly log: LogName; readonly from: number; readonly entries: readonly NewEntry[] };

export class Sequencer implements Core, Sequencing {
  readonly standings: Standings;
  readonly isAway = false;
  readonly #store: Store;
  readonly #epoch: number;
  readonly #clock: () => number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  readonly #seen: SeenWriter;
  readonly #writers: Writers;
  readonly #onReplaced: () => void;
  readonly #listeners = new Set<(log: LogName) => void>();

  private constructor(options: SequencerOptions, epoch: number) {
    const { store, definition, centre, clock, logKey, scope, onReplaced = () => undefined } = options;
    this.#onReplaced = onReplaced;
    this.#store = store;
    this.#epoch = epoch;
    this.#clock = clock;
    this.standings = new Standings(store, definition, scope);
    this.#writers = new Writers(this.standings, centre, logKey);
    this.#seen = new SeenWriter(store, this.standings, this.#writers, clock);
  }

  /**
   * Takes the role of sequencer from whoever had it, who can append no more.
   * @throws StoreUnusable
   */
  static async open(options: SequencerOptions): Promise<Sequencer> {
    const sequencer = new Sequencer(options, await options.store.claim("core"));
    await sequencer.standings.load("pleno/0");
    return sequencer;
  }

  /** As `Sequencing.sequence`. @throws StoreFull, StoreUnusable, StaleEpoch (stop) */
  async sequence(batch: readonly Submission[]): Promise<SequenceResult[]> {
    for (const { log } of batch) if (!this.standings.isLoaded(log)) await this.standings.load(log);
    return Promise.all(batch.map((submission) => this.#submit<SequenceResult>({ kind: "sheet", submission })));
  }

  /**
   * Appends a statement that this program writes itself, signed by `signers`: the centre's own, an import's, a
   * demonstration's. Its authority is not judged here; the fold will. `election` and `time` are filled in where `body` has
   * none.
   * @throws StatementError, and as {@link sequence}
   */
  async write(log: LogName, type: StatementType, body: JsonObject, signers: readonly Signer[]): Promise<AppendResult> {
    const election = this.standings.genesis?.electionTag ?? "0".repeat(32);
    const bytes = signStatement(typeLine(type), { election, time: this.#clock(), ...body }, signers);
    return this.append(log, bytes);
  }

  /** As {@link write}, for a statement that is signed already; see `Core`. */
  async append(log: LogName, bytes: Uint8Array, after?: number): Promise<AppendResult> {
    await this.standings.load(log);
    const statement = parseStatement(bytes);
    return this.#submit<AppendResult>({
      kind: "own",
      log,
      id: statement.id,
      place: placeOf(statement),
      bytes,
      after,
      hands: handsOf(statement),
    });
  }

  /**
   * Appends entries of a log as its writer has them, from index `from` on, where the log ends here; the caller has verified them.
   * Who writes a log that is mirrored does not matter here: what its writer has signed is true wherever it is read.
   * @throws RepeatedStatement, and as {@link sequence}
   */
  async mirror(log: LogName, from: number, entries: readonly Uint8Array[]): Promise<AppendResult> {
    await this.standings.load(log);
    const news = entries.map((bytes, i): NewEntry => {
      const statement = parseStatement(bytes);
      return { log, id: statement.id, bytes, at: from + i, ...placeOfMirrored(statement) };
    });
    return this.#submit<AppendResult>({ kind: "mirror", log, from, entries: news });
  }

  /** Whether a log is written here, as far as this place knows. */
  async writes(log: LogName): Promise<boolean> {
    await this.standings.load(log);
    return this.#writers.signerOf(log) !== null;
  }

  /** Writes into `log` that it knows `other` as it stands now, unless it says so already. */
  async see(log: LogName, other: LogName): Promise<AppendResult> {
    await this.standings.load(log);
    return this.#submit<AppendResult>({ kind: "see", log, other });
  }

  /** As `Sequencing.find`. */
  find(log: LogName, chain: string, id: Uint8Array): Promise<number | null> {
    return findIn(this.#store, log, chain, id);
  }

  /** Tells the listener of every plenary's log that grows, until the function that is returned is called. */
  watch(listener: (log: LogName) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when everything that was submitted has been answered. */
  async close(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  /** `R`: what this kind of work is answered with. */
  #submit<R extends Result>(work: Work): Promise<R> {
    return new Promise((answer, fail) => {
      this.#waiting.push({ work, answer: answer as (result: Result) => void, fail });
      this.#writing ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await gather(() => this.#waiting.length);
      const group = this.#takeGroup();
      try {
        await this.#commit(group);
      } catch (error) {
        if (error instanceof StaleEpoch) this.#onReplaced();
        for (const { fail } of group) fail(error);
      }
    }
    // In the same turn in which nothing was found waiting: a moment later someone could be waiting for nobody.
    this.#writing = null;
  }

  /**
   * The next group: of a chain only one entry, since the next is judged by what this one leaves. What changes who writes, or comes
   * from who does, goes alone: whatever came after it in a group would be judged by what was before.
   */
  #takeGroup(): Waiting[] {
    const chains = new Set<string>();
    const group: Waiting[] = [];
    const later: Waiting[] = [];
    let isFull = false;
    for (const waiting of this.#waiting) {
      const chain = chainOf(waiting.work);
      const alone = goesAlone(waiting.work);
      if (isFull || (alone && group.length > 0) || (chain !== null && chains.has(chain))) {
        later.push(waiting);
        continue;
      }
      if (chain !== null) chains.add(chain);
      group.push(waiting);
      isFull = alone || group.length === MOST_IN_GROUP;
    }
    this.#waiting = later;
    return group;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const [first] = group;
    if (first?.work.kind === "mirror") return this.#mirror(first, first.work);
    const entries: NewEntry[] = [];
    const owners: (Waiting | null)[] = [];
    const seen = new Map<LogName, SeenState>();
    for (const waiting of group) {
      if (this.#writers.signerOf(logOf(waiting.work)) === null) {
        refuseAway(waiting);
        continue;
      }
      const entry = await this.#entryOf(waiting.work);
      if ("kind" in entry) {
        waiting.answer(entry);
        continue;
      }
      if (!seen.has(entry.log)) {
        const { statements, written } = await this.#seen.before(entry.log);
        seen.set(entry.log, written);
        const isSaid = (statement: NewEntry) => waiting.work.kind === "see" && statement.chain === entry.chain;
        for (const statement of statements) {
          // What the entry says itself it says in its place: a new writer's first words are of its parent.
          entries.push(isSaid(statement) ? entry : statement);
          owners.push(isSaid(statement) ? waiting : null);
        }
        if (statements.some(isSaid)) continue;
      }
      const { work } = waiting;
      if (work.kind === "own" && (await this.#isLate(work, entries))) {
        waiting.answer({ kind: "moved" });
        continue;
      }
      entries.push(entry);
      owners.push(waiting);
    }
    if (entries.length === 0) return;
    const outcomes = await this.#store.append(entries, this.#epoch);
    for (const [log, written] of seen) this.#seen.keep(log, written);
    for (let i = 0; i < entries.length; i++) {
      const [entry, outcome] = [entries[i], outcomes[i]];
      if (entry === undefined || outcome === undefined) throw new Error("the store gave fewer outcomes than entries");
      if (outcome.kind === "appended") await this.#follow(entry, outcome.index);
      this.#settle(entry, outcome, owners[i] ?? null);
    }
  }

  /** Whether a statement was judged, or a log is to be handed over, by a state that is gone by. */
  async #isLate(
    { log, after, hands }: Work & { readonly kind: "own" },
    entries: readonly NewEntry[],
  ): Promise<boolean> {
    if (hands !== null && !(await isWhole(this.#store, hands))) return true;
    return after !== undefined && this.#hasMoved(log, after, entries);
  }

  /** Whether a log is, or with what this group appends will be, longer than where a statement was judged. */
  async #hasMoved(log: LogName, after: number, entries: readonly NewEntry[]): Promise<boolean> {
    const { size = 0 } = (await this.#store.head(log)) ?? {};
    return size !== after || entries.some((entry) => entry.log === log);
  }

  async #mirror({ answer }: Waiting, work: Work & { readonly kind: "mirror" }): Promise<void> {
    const { log, from, entries } = work;
    const [last] = entries.slice(-1);
    const size = (await this.#store.head(log))?.size ?? 0;
    if (size !== from || last === undefined) {
      answer({ kind: "moved" });
      return;
    }
    const outcomes = await this.#store.append(entries, this.#epoch);
    for (let i = 0; i < entries.length; i++) {
      const [entry, outcome] = [entries[i], outcomes[i]];
      if (entry === undefined || outcome?.kind !== "appended") throw new RepeatedStatement(log, from + i);
      await this.#follow(entry, outcome.index);
    }
    answer({ kind: "appended", id: last.id, log, index: from + entries.length - 1 });
  }

  /** Takes in what was just appended to a plenary's log, and tells of it. */
  async #follow({ log, bytes }: NewEntry, index: number): Promise<void> {
    if (!log.startsWith("pleno/")) return;
    await this.standings.follow(log, index, bytes);
    for (const tell of this.#listeners) tell(log);
  }

  #settle(entry: NewEntry, outcome: Outcome, owner: Waiting | null): void {
    if (owner === null) return;
    if (outcome.kind !== "conflict") {
      owner.answer({ kind: outcome.kind, id: entry.id, log: entry.log, index: outcome.index });
      return;
    }
    // Only a sheet expects anything of its chain, and one that was judged closely expects what nobody else can have changed.
    if (owner.work.kind !== "sheet" || owner.work.closely) throw new Error(`another writer is in ${entry.log}`);
    this.#waiting.unshift({ ...owner, work: { ...owner.work, closely: true } });
  }

  /** What the store is to append for a work, or the answer if it is not to. */
  async #entryOf(work: Work): Promise<NewEntry | SequenceResult> {
    if (work.kind === "own") return { log: work.log, id: work.id, bytes: work.bytes, ...work.place };
    if (work.kind === "see") return this.#sight(work.log, work.other);
    if (work.kind === "mirror") throw new Error("entries of another writer are never judged with others");
    const { log, bytes, facts, expect } = work.submission;
    if (this.standings.model(log) === null) return { kind: "later", why: NO_ELECTION };
    const standing = this.standings.keyFor(log, facts.key, facts.station);
    if (!standing.ok) {
      const why = notStanding(standing.why);
      return standing.why === "unknown" ? { kind: "later", why } : { kind: "refused", faults: [why] };
    }
    const entry = { log, id: facts.id, chain: facts.chain, hot: true, bytes };
    // Nobody has more rivals than the chain has entries besides the first: the store, which has to look at the chain anyway,
    // says whether it is long enough to be read.
    if (expect !== "latest" && !work.closely) return { ...entry, expect: { fewerThan: MAX_RIVALS + 1 } };
    return this.#judged(work.submission, entry);
  }

  async #sight(log: LogName, other: LogName): Promise<NewEntry | SequenceResult> {
    const entry = await this.#seen.of(log, other);
    if (typeof entry !== "number") return entry;
    const { id } = await readStatement(this.#store, log, entry);
    return { kind: "duplicate", id, log, index: entry };
  }

  /** The sheet judged by all that its chain holds. */
  async #judged({ facts, expect }: Submission, entry: NewEntry): Promise<NewEntry | SequenceResult> {
    const { log } = entry;
    const head = await this.#store.chain(log, facts.chain);
    const { ids, current, rivals } = await readChain(this.#store, log, facts.chain, this.standings.undoings(log));
    const known = ids.get(toHex(facts.id));
    if (known !== undefined) return { kind: "duplicate", id: facts.id, log, index: known };
    if (replaces(facts.previous, current?.bytes ?? null)) return { ...entry, expect: head ?? "none" };
    if (expect === "latest") return { kind: "conflict", latest: current };
    return (rivals.get(facts.key) ?? 0) >= MAX_RIVALS ? { kind: "refused", faults: [TOO_MANY_RIVALS] } : entry;
  }
}

const goesAlone = (work: Work): boolean => work.kind === "mirror" || (work.kind === "own" && work.hands !== null);

const logOf = (work: Work): LogName => (work.kind === "sheet" ? work.submission.log : work.log);

function refuseAway({ work, answer, fail }: Waiting): void {
  if (work.kind === "sheet") answer({ kind: "refused", faults: [WRITTEN_ELSEWHERE] });
  else fail(new WrittenElsewhere(logOf(work)));
}

function chainOf(work: Work): string | null {
  if (work.kind === "mirror") return null;
  if (work.kind === "sheet") return `${work.submission.log} ${work.submission.facts.chain}`;
  if (work.kind === "see") return `${work.log} ${seenChain(work.other)}`;
  return work.place.chain === null ? null : `${work.log} ${work.place.chain}`;
}
