/**
 * The door: what stands between anyone on the internet and the log. Its checks come in order of cost, each far cheaper than
 * the next, so that a flood is turned away for less than it costs to send:
 *
 *   headers → pass (2 µs) → bucket → [body] → form → signature (90 µs) → rules D → append (shared) → receipt (31 µs)
 *
 * It knows no sockets: `admit` judges the headers before the body is read, `sheet` the body. The reverse order let a flood of
 * badly signed sheets push out all but 1.9 % of honest ones, this one 0.1 % (measured).
 */

import { notStanding } from "../core/refusals.ts";
import type { Sequencer } from "../core/sequence.ts";
import type { Standings } from "../core/standings.ts";
import type { Fault, SequenceResult, Submission } from "../core/submission.ts";
import { checkSignature } from "../ledger/statement.ts";
import { StaleEpoch, StoreFull, StoreUnusable } from "../store/store.ts";
import {
  type Answer,
  BAD_SIGNATURE,
  BUSY,
  conflictAnswer,
  ENCODED,
  FULL,
  faultsAnswer,
  malformedNote,
  NO_LENGTH,
  NO_PASS,
  receiptAnswer,
  refusedElsewhere,
  TOO_LONG,
  TOO_OFTEN,
  UNAVAILABLE,
} from "./answers.ts";
import { type BucketRule, Buckets } from "./bucket.ts";
import { LANE_LIMITS, type Lane, type LaneLimits, Lanes } from "./lanes.ts";
import type { Holder, PassOffice } from "./pass.ts";
import type { Receipts } from "./receipt.ts";
import { faultsOf, type ReadSheet, readNote, readSheet, type SheetContext } from "./sheet.ts";

export interface DoorOptions {
  readonly sequencer: Sequencer;
  readonly passes: PassOffice;
  readonly receipts: Receipts;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** In [0, 1): spreads `Retry-After`. */
  readonly random: () => number;
  readonly limits?: Partial<DoorLimits>;
  /** Another process has taken over: this one must stop. */
  readonly onReplaced: () => void;
  /** Of a place that does not write the logs of sheets: what it does with one that is authentic and well formed. */
  readonly hold?: Hold;
}

/**
 * Keeps a sheet for the place that writes its log, and answers with the receipt that can be given: that it is held here, or
 * that place's own; or the codes for which it was refused there.
 */
export type Hold = (
  note: Uint8Array,
) => Promise<{ readonly receipt: string } | { readonly refused: readonly string[] }>;

export interface DoorLimits {
  /** Requests of one device. A station has five sheets; a phone that comes back sends them all, and again if unsure. */
  readonly requests: BucketRule;
  /** Statements that one device sends in bundles. */
  readonly relayed: BucketRule;
  /** Signatures of one device that may be wrong. */
  readonly badSignatures: BucketRule;
  /** Jobs waiting for their turn, by lane. */
  readonly lanes: LaneLimits;
}

export const DOOR_LIMITS: DoorLimits = {
  requests: { capacity: 30, perSecond: 0.5 },
  relayed: { capacity: 2_000, perSecond: 20 },
  badSignatures: { capacity: 5, perSecond: 1 / 60 },
  lanes: LANE_LIMITS,
};

/** Longest sheet, and longest bundle of statements, in bytes. */
export const MAX_SHEET_BODY = 65_535;
export const MAX_BUNDLE_BODY = 2 ** 20;
/** So many statements together are still one phone's own: a station's five sheets and a few corrections. */
const OWN_STATEMENTS = 8;

/** The headers that decide whether the body is read. */
export interface RequestHead {
  readonly contentLength: string | undefined;
  readonly transferEncoding: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly authorization: string | undefined;
}

export type Admission = { readonly holder: Holder } | { readonly refused: Answer };

const SCHEME = "Teguh ";
const LENGTH_FORM = /^(?:0|[1-9]\d{0,9})$/;

export class Door {
  readonly #options: DoorOptions;
  readonly #requests: Buckets;
  readonly #relayed: Buckets;
  readonly #badSignatures: Buckets;
  readonly #lanes: Lanes;
  #context: { readonly version: number; readonly made: SheetContext | null } = { version: -1, made: null };

  constructor(options: DoorOptions) {
    const limits = { ...DOOR_LIMITS, ...options.limits };
    this.#options = options;
    this.#requests = new Buckets(limits.requests, options.clock);
    this.#relayed = new Buckets(limits.relayed, options.clock);
    this.#badSignatures = new Buckets(limits.badSignatures, options.clock);
    this.#lanes = new Lanes(limits.lanes);
  }

  /** Judges a request by its headers alone. */
  admit(head: RequestHead, lane: "sheet" | "sync"): Admission {
    const shape = this.checkShape(head, lane === "sheet" ? MAX_SHEET_BODY : MAX_BUNDLE_BODY);
    if (shape !== null) return { refused: shape };
    const holder = this.#holderOf(head.authorization);
    if (holder === null) return { refused: faultsAnswer(401, [NO_PASS]) };
    const wait = this.#requests.take(holder.bucket);
    if (wait > 0) return { refused: faultsAnswer(429, [TOO_OFTEN], Math.ceil(wait / 1000)) };
    return this.#lanes.isFull(lane) ? { refused: this.busy() } : { holder };
  }

  /** Whether a body of this shape may come at all; null if so. */
  checkShape(head: RequestHead, most: number): Answer | null {
    if (head.transferEncoding !== undefined || head.contentLength === undefined) return faultsAnswer(411, [NO_LENGTH]);
    if (head.contentEncoding !== undefined) return faultsAnswer(415, [ENCODED]);
    if (!LENGTH_FORM.test(head.contentLength)) return faultsAnswer(400, [NO_LENGTH]);
    return Number(head.contentLength) > most ? faultsAnswer(413, [TOO_LONG]) : null;
  }

  /** Takes in one sheet: the bytes of its note. `expectLatest`: append only what replaces the current sheet. */
  sheet(bytes: Uint8Array, holder: Holder, expectLatest: boolean): Promise<Answer> {
    return this.#take(bytes, holder, expectLatest, "sheet");
  }

  /**
   * Takes in statements sent together, by a phone that was offline or relayed for others: one answer for each, in order. What
   * a phone has of its own does not wait behind what is relayed.
   */
  async statements(notes: readonly Uint8Array[], holder: Holder): Promise<Answer[]> {
    const wait = notes.length === 0 ? 0 : this.#relayed.take(holder.bucket, notes.length);
    if (wait > 0) return notes.map(() => faultsAnswer(429, [TOO_OFTEN], Math.ceil(wait / 1000)));
    const lane = notes.length <= OWN_STATEMENTS ? "sheet" : "sync";
    return Promise.all(notes.map((bytes) => this.#take(bytes, holder, false, lane)));
  }

  /**
   * Takes in sheets that another place hands on, for which no device stands surety: their own signatures do. They wait in the lane
   * that comes after the phones' own, and no bucket is asked, since none could be keyed by what is proved.
   */
  relayed(notes: readonly Uint8Array[]): Promise<Answer[]> {
    return Promise.all(notes.map((bytes) => this.#take(bytes, null, false, "sync")));
  }

  /** Does a job when its lane's turn has come; null if the lane is full. */
  inLane<T>(lane: Lane, job: () => T): Promise<T> | null {
    return this.#lanes.run(lane, job);
  }

  /** 503: come back in a few seconds. */
  busy(): Answer {
    return faultsAnswer(503, [BUSY], this.#spread(2));
  }

  async #take(bytes: Uint8Array, holder: Holder | null, expectLatest: boolean, lane: Lane): Promise<Answer> {
    try {
      return await this.#judge(bytes, holder, expectLatest, lane);
    } catch (error) {
      return this.#misfortune(error);
    }
  }

  async #judge(bytes: Uint8Array, holder: Holder | null, expectLatest: boolean, lane: Lane): Promise<Answer> {
    const { receipts, sequencer } = this.#options;
    const statement = readNote(bytes);
    if ("code" in statement) return faultsAnswer(400, [statement]);
    const given = receipts.given(statement.id);
    if (given !== null) return receiptAnswer(given);
    const context = this.context();
    if (context === null) return this.#later(UNAVAILABLE);
    const sheet = readSheet(statement, context);
    if (sheet === null) return faultsAnswer(400, nonEmpty(faultsOf(statement, context)));
    const { log, facts } = sheet;
    // Only a kecamatan of this election gets here, so nobody can make us remember logs that do not exist.
    await sequencer.standings.load(log);
    const refusal = await this.#checkAuthor(sheet, holder, lane, context);
    if (refusal !== null) {
      // What is stored is stored: its sender gets the receipt, whatever was revoked or amended since.
      const { hold } = this.#options;
      const index = hold === undefined ? await sequencer.find(log, facts.chain, facts.id) : null;
      return index === null ? refusal : receiptAnswer(receipts.give({ id: facts.id, log, index }));
    }
    if (this.#options.hold !== undefined) return answerOfHeld(await this.#options.hold(bytes));
    const expect = expectLatest ? "latest" : undefined;
    const submission: Submission = { log, bytes, facts, expect };
    const [result] = await sequencer.sequence([submission]);
    return this.#answerTo(result);
  }

  /** Signature and authority, then the form; null if all is well. */
  async #checkAuthor(
    sheet: ReadSheet,
    holder: Holder | null,
    lane: Lane,
    context: SheetContext,
  ): Promise<Answer | null> {
    const { standings } = this.#options.sequencer;
    const { statement, log, facts } = sheet;
    const standing = standings.keyFor(log, facts.key, facts.station);
    const key = standings.publicKey(log, facts.key);
    if (key === null || (!standing.ok && standing.why === "unknown")) return this.#later(notStanding("unknown"), 425);
    const wait = holder === null ? 0 : this.#badSignatures.wait(holder.bucket);
    if (wait > 0) return faultsAnswer(429, [TOO_OFTEN], Math.ceil(wait / 1000));
    const checked = this.#lanes.run(lane, () => checkSignature(statement, 0, key));
    if (checked === null) return this.busy();
    if (!(await checked)) {
      if (holder !== null) this.#badSignatures.take(holder.bucket);
      return faultsAnswer(400, [BAD_SIGNATURE]);
    }
    const faults = standing.ok ? [] : [notStanding(standing.why)];
    if (!sheet.wellFormed) return faultsAnswer(400, [...faults, ...nonEmpty(faultsOf(statement, context))]);
    return faults.length > 0 ? faultsAnswer(403, faults) : null;
  }

  #answerTo(result: SequenceResult | undefined): Answer {
    switch (result?.kind) {
      case "appended":
      case "duplicate":
        return receiptAnswer(this.#options.receipts.give(result));
      case "conflict":
        return conflictAnswer(result.latest);
      case "refused":
        return faultsAnswer(result.faults.some(({ code }) => code === "too-many-rivals") ? 409 : 403, result.faults);
      case "later":
        return this.#later(result.why, result.why.code === "key-unknown" ? 425 : 503);
      case undefined:
        throw new Error("the sequencer gave no result for a submission");
    }
  }

  /** What sheets are judged by where the nation's plenary stands now; null before there is a definition. */
  context(): SheetContext | null {
    const { standings } = this.#options.sequencer;
    const { version } = standings;
    if (version !== this.#context.version) this.#context = { version, made: contextOf(standings) };
    return this.#context.made;
  }

  #holderOf(authorization: string | undefined): Holder | null {
    if (authorization === undefined || !authorization.startsWith(SCHEME)) return null;
    return this.#options.passes.check(authorization.slice(SCHEME.length));
  }

  /** The store failed us. Nothing that was acknowledged is lost, and sending the same again is always safe. */
  #misfortune(error: unknown): Answer {
    if (error instanceof StoreFull) return faultsAnswer(507, [FULL], this.#spread(60));
    if (error instanceof StaleEpoch) {
      this.#options.onReplaced();
      return this.#later(UNAVAILABLE);
    }
    if (error instanceof StoreUnusable) return this.#later(UNAVAILABLE);
    throw error;
  }

  #later(why: Fault, status = 503): Answer {
    return faultsAnswer(status, [why], this.#spread(status === 425 ? 30 : 5));
  }

  /** Whole seconds between `least` and three times that. */
  #spread(least: number): number {
    return least + Math.floor(this.#options.random() * (2 * least + 1));
  }
}

function answerOfHeld(held: Awaited<ReturnType<Hold>>): Answer {
  return "receipt" in held ? receiptAnswer(held.receipt) : faultsAnswer(403, held.refused.map(refusedElsewhere));
}

function contextOf(standings: Standings): SheetContext | null {
  const { genesis } = standings;
  const model = genesis === null ? null : standings.model("pleno/0");
  if (genesis === null || model === null) return null;
  const { election, electionTag } = genesis;
  return { model, district: (object) => standings.district(object), election, electionTag };
}

/** The fast reader and the slow one must agree; where they do not, the sheet is still refused. */
function nonEmpty(faults: readonly Fault[]): readonly Fault[] {
  return faults.length > 0 ? faults : [malformedNote("it is not in the one canonical form")];
}
