/**
 * The door: what stands between anyone on the internet and the log. Its checks come in order of cost, each far cheaper than
 * the next, so that a flood is turned away for less than it costs to send:
 *
 *   headers → pass (2 µs) → buckets → room → [body] → form → known? → key → signature (90 µs) → rules D → append (shared) → receipt
 *
 * It knows no sockets: `admit` judges the headers before the body is read, `sheet` the body. The reverse order let a flood of
 * badly signed sheets push out all but 1.9 % of honest ones, this one 0.1 % (measured).
 */

import { notStanding } from "../core/refusals.ts";
import {
  CoreAway,
  type Fault,
  type SequenceResult,
  type Sequencing,
  type SheetFacts,
  type Submission,
} from "../core/submission.ts";
import { checkSignature } from "../ledger/statement.ts";
import { type LogName, StaleEpoch, StoreFull, StoreUnusable } from "../store/store.ts";
import { Admission, type Lane } from "./admission.ts";
import {
  type Answer,
  asBytes,
  BAD_SIGNATURE,
  conflictAnswer,
  FULL,
  faultsAnswer,
  later,
  malformedNote,
  PASS_ABUSED,
  receiptAnswer,
  refusedElsewhere,
  TOO_OFTEN,
  UNAVAILABLE,
} from "./answers.ts";
import { Buckets } from "./bucket.ts";
import { type Admitted, Entrance, type Entrant } from "./entrance.ts";
import { Counters, type DoorFigures, type Step } from "./figures.ts";
import { PATIENCE, type RequestHead } from "./head.ts";
import { Lanes } from "./lanes.ts";
import { DOOR_LIMITS, type DoorLimits, MAX_BUNDLE_BODY, MAX_SHEET_BODY, OWN_STATEMENTS } from "./limits.ts";
import type { Holder, PassOffice } from "./pass.ts";
import { logOfPlace } from "./place.ts";
import type { Receipts } from "./receipt.ts";
import { faultsOf, type ReadSheet, readNote, readSheet, type SheetContext } from "./sheet.ts";

export interface DoorOptions {
  readonly sequencer: Sequencing;
  readonly passes: PassOffice;
  readonly receipts: Receipts;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** In [0, 1): spreads `Retry-After`. */
  readonly random: () => number;
  readonly limits?: Partial<DoorLimits>;
  /** Of a place that does not write the logs of sheets: what it does with one that is authentic and well formed. */
  readonly hold?: Hold;
}

/**
 * Keeps a sheet for the place that writes its log, and answers with the receipt that can be given: that it is held here, or
 * that place's own; or the codes for which it was refused there. Throws as `Sequencing.sequence` does.
 */
export type Hold = (
  note: Uint8Array,
) => Promise<{ readonly receipt: string } | { readonly refused: readonly string[] }>;

/** Who sends, and till when an answer is worth giving. No holder: another place hands on what phones have signed. */
type Sender = Pick<Entrant, "deadline"> & { readonly holder: Holder | null };

/** Seconds after which to come back: when a grant may have arrived; when a store may work again; when a disk may have room. */
const GRANT_WAIT = 30;
const STORE_WAIT = 5;
const ROOM_WAIT = 60;

export class Door {
  readonly #options: DoorOptions;
  readonly #entrance: Entrance;
  readonly #relayed: Buckets;
  readonly #badSignatures: Buckets;
  readonly #admission: Admission;
  readonly #lanes: Lanes;
  readonly #counters = new Counters();
  #appending = 0;
  #context: { readonly version: number; readonly made: SheetContext | null } = { version: -1, made: null };

  constructor(options: DoorOptions) {
    const { passes, clock, random } = options;
    const limits = { ...DOOR_LIMITS, ...options.limits };
    this.#options = options;
    this.#relayed = new Buckets(limits.relayed, clock);
    this.#badSignatures = new Buckets(limits.badSignatures, clock);
    this.#admission = new Admission(clock, random);
    this.#lanes = new Lanes(limits.lanes, this.#admission, clock, () => limits.appending - this.#appending);
    const [admission, lanes, counters] = [this.#admission, this.#lanes, this.#counters];
    this.#entrance = new Entrance({ passes, clock, random, limits, admission, lanes, counters });
  }

  /** Judges a request by its headers alone. Whoever is let in must {@link leave}, however it ends. */
  admit(head: RequestHead, lane: "sheet" | "sync"): Admitted {
    const most = lane === "sheet" ? MAX_SHEET_BODY : MAX_BUNDLE_BODY;
    return this.#entrance.admit(head, lane, most);
  }

  /** The request is over. `lost`: its body did not come, or not in time. */
  leave(entrant: Entrant, lost = false): void {
    this.#entrance.leave(entrant, lost);
  }

  /** The length of a body that may come, or why it may not. */
  checkShape(head: RequestHead, most: number): number | Answer {
    return this.#entrance.checkShape(head, most);
  }

  /** Takes in one sheet: the bytes of its note. `expectLatest`: append only what replaces the current sheet. */
  sheet(bytes: Uint8Array, entrant: Entrant, expectLatest: boolean): Promise<Answer> {
    return this.#take(bytes, entrant, expectLatest, "sheet");
  }

  /**
   * Takes in statements sent together, by a phone that was offline or relayed for others: one answer for each, in order. What
   * a phone has of its own does not wait behind what is relayed.
   */
  async statements(notes: readonly Uint8Array[], entrant: Entrant): Promise<Answer[]> {
    const wait = notes.length === 0 ? 0 : this.#relayed.take(entrant.holder.bucket, notes.length);
    if (wait > 0) return notes.map(() => this.#refused("bucket", later(TOO_OFTEN, Math.ceil(wait / 1000))));
    const lane = notes.length <= OWN_STATEMENTS ? "sheet" : "sync";
    return Promise.all(notes.map((bytes) => this.#take(bytes, entrant, false, lane)));
  }

  /**
   * Takes in sheets that another place hands on, for which no device stands surety: their own signatures do. They wait in the lane
   * that comes after the phones' own, and no bucket is asked, since none could be keyed by what is proved.
   */
  relayed(notes: readonly Uint8Array[]): Promise<Answer[]> {
    const sender = { holder: null, deadline: this.#options.clock() + PATIENCE };
    return Promise.all(
      notes.map(async (bytes) =>
        this.hasRoomFor("sync", null)
          ? this.#take(bytes, sender, false, "sync")
          : this.#refused("admission", this.busy("sync")),
      ),
    );
  }

  /** What was counted since the start, and what waits now. */
  figures(): DoorFigures {
    const { byStep, accepted, duplicates, passes } = this.#counters;
    const { queueDelay, perSecond, overloaded } = this.#admission;
    const { waiting, late } = this.#lanes;
    const appending = this.#appending;
    return { byStep, accepted, duplicates, passes, waiting, appending, queueDelay, perSecond, overloaded, late };
  }

  /** Whether a sheet could be taken now. */
  get isOpen(): boolean {
    return this.context() !== null && !this.#options.sequencer.isAway;
  }

  /** Whether something may come in for which no valid pass was shown; `who` as `Admission.admits` has it. */
  hasRoomFor(lane: Exclude<Lane, "sheet">, who: string | null): boolean {
    return this.#admission.admits(lane, who) && !this.#lanes.isFull(lane);
  }

  /** Does a job when its lane's turn has come; null if the lane is full or the deadline comes before. */
  inLane<T>(lane: Lane, deadline: number, job: () => T): Promise<T | null> {
    return this.#lanes.run(lane, deadline, job);
  }

  /** What became of a request for a pass. */
  countPass(issued: boolean): void {
    this.#counters.countPass(issued);
  }

  /** 503: come back when what waits is done. */
  busy(lane: Lane): Answer {
    return this.#entrance.busy(lane);
  }

  /** What sheets are judged by where the nation's plenary stands now; null before there is a definition. */
  context(): SheetContext | null {
    const { standings } = this.#options.sequencer;
    const { version } = standings;
    if (version !== this.#context.version) this.#context = { version, made: contextOf(standings) };
    return this.#context.made;
  }

  async #take(bytes: Uint8Array, sender: Sender, expectLatest: boolean, lane: Lane): Promise<Answer> {
    try {
      return await this.#judge(bytes, sender, expectLatest, lane);
    } catch (error) {
      return this.#misfortune(error);
    }
  }

  async #judge(bytes: Uint8Array, sender: Sender, expectLatest: boolean, lane: Lane): Promise<Answer> {
    const { receipts, sequencer } = this.#options;
    const statement = readNote(bytes);
    if ("code" in statement) return this.#refused("form", faultsAnswer(400, [statement]));
    this.#is("form", true);
    const given = receipts.given(statement.id);
    this.#is("known", given === null);
    if (given !== null) return this.#duplicate(given);
    const context = this.context();
    if (context === null) return this.#refused("key", this.#unavailable());
    const sheet = readSheet(statement, context);
    if (sheet === null) return this.#refused("rules", faultsAnswer(400, nonEmpty(faultsOf(statement, context))));
    const { log, facts } = sheet;
    // Only a kecamatan of this election gets here, so nobody can make us remember logs that do not exist.
    await sequencer.standings.load(log);
    // Nobody writes the logs: what is stored can still be told, and no signature is worth checking.
    if (sequencer.isAway) return (await this.#known(log, facts)) ?? this.#refused("append", this.#unavailable());
    const refusal = (await this.#checkKey(sheet, sender)) ?? (await this.#checkSheet(sheet, sender, lane, context));
    if (refusal?.retryAfter !== undefined) return refusal;
    // What is stored is stored: its sender gets the receipt, whatever was revoked or amended since.
    if (refusal !== null) return (await this.#known(log, facts)) ?? refusal;
    return this.#append({ log, bytes, facts, expect: expectLatest ? "latest" : undefined });
  }

  /** The receipt of a sheet that is stored already; null if it is not. */
  async #known(log: LogName, { id, chain }: SheetFacts): Promise<Answer | null> {
    const { receipts, sequencer, hold } = this.#options;
    // Of a log that is written elsewhere no receipt with a place in it can be given here.
    if (hold !== undefined) return null;
    const index = await sequencer.find(log, chain, id);
    return index === null ? null : this.#duplicate(receipts.give({ id, log, index }));
  }

  /** Whether anyone may sign with this key, and the device may send at all; null if all is well. */
  async #checkKey({ log, facts }: ReadSheet, { holder }: Sender): Promise<Answer | null> {
    const { standings } = this.#options.sequencer;
    const standing = standings.keyFor(log, facts.key, facts.station);
    if (!standing.ok && standing.why === "unknown")
      return this.#refused("key", later(faultsAnswer(425, [notStanding("unknown")]), this.#spread(GRANT_WAIT)));
    // The log's word ends a pass too: from here it is worth the receipts of what was stored before, and no signature is checked.
    const revoked =
      (!standing.ok && standing.why === "revoked") || (holder !== null && (await this.#isRevoked(holder)));
    if (revoked) return this.#refused("key", faultsAnswer(403, [notStanding("revoked")]));
    this.#is("key", true);
    return null;
  }

  async #isRevoked({ device, place }: Holder): Promise<boolean> {
    const { standings } = this.#options.sequencer;
    const log = logOfPlace(place);
    if (log === null) return true;
    await standings.load(log);
    return standings.grantOf(log, device) === null && standings.isKnown(log, device);
  }

  /** The signature, then the rules D; null if all is well. */
  async #checkSheet(sheet: ReadSheet, sender: Sender, lane: Lane, context: SheetContext): Promise<Answer | null> {
    const { standings } = this.#options.sequencer;
    const { statement, log, facts } = sheet;
    const bucket = sender.holder?.bucket;
    const key = standings.publicKey(log, facts.key);
    // The credit is looked at when the turn comes: what was sent together has not been counted yet when it is handed in.
    const good = await this.#lanes.run(lane, sender.deadline, () => {
      if (bucket !== undefined && this.#badSignatures.wait(bucket) > 0) return PASS_ABUSED;
      const fits = key !== null && checkSignature(statement, 0, key);
      if (!fits && bucket !== undefined) this.#badSignatures.take(bucket);
      return fits;
    });
    if (good === null) return this.#refused("signature", this.busy(lane));
    if (good !== true) return this.#refused("signature", good || faultsAnswer(400, [BAD_SIGNATURE]));
    this.#is("signature", true);
    const standing = standings.keyFor(log, facts.key, facts.station);
    const faults = standing.ok ? [] : [notStanding(standing.why)];
    if (!sheet.wellFormed)
      return this.#refused("rules", faultsAnswer(400, [...faults, ...nonEmpty(faultsOf(statement, context))]));
    if (faults.length > 0) return this.#refused("rules", faultsAnswer(403, faults));
    this.#is("rules", true);
    return null;
  }

  async #append(submission: Submission): Promise<Answer> {
    const { hold, sequencer } = this.#options;
    this.#appending++;
    try {
      if (hold !== undefined) return this.#answerToHeld(await hold(submission.bytes));
      const [result] = await sequencer.sequence([submission]);
      return this.#answerTo(result);
    } catch (error) {
      this.#is("append", false);
      throw error;
    } finally {
      this.#appending--;
      this.#lanes.wake();
    }
  }

  #answerTo(result: SequenceResult | undefined): Answer {
    switch (result?.kind) {
      case "appended":
        this.#is("append", true);
        this.#counters.accepted++;
        return receiptAnswer(this.#options.receipts.giveFirst(result));
      case "duplicate":
        this.#is("append", true);
        this.#counters.duplicates++;
        return receiptAnswer(this.#options.receipts.give(result));
      case "conflict":
        return this.#refused("append", conflictAnswer(result.latest));
      case "refused": {
        const status = result.faults.some(({ code }) => code === "too-many-rivals") ? 409 : 403;
        return this.#refused("append", faultsAnswer(status, result.faults));
      }
      case "later": {
        const [status, wait] = result.why.code === "key-unknown" ? [425, GRANT_WAIT] : [503, STORE_WAIT];
        return this.#refused("append", later(faultsAnswer(status, [result.why]), this.#spread(wait)));
      }
      case undefined:
        throw new Error("the sequencer gave no result for a submission");
    }
  }

  #answerToHeld(held: Awaited<ReturnType<Hold>>): Answer {
    if ("refused" in held) return this.#refused("append", faultsAnswer(403, held.refused.map(refusedElsewhere)));
    this.#is("append", true);
    return receiptAnswer(asBytes(held.receipt));
  }

  #duplicate(receipt: string): Answer {
    this.#counters.duplicates++;
    return receiptAnswer(receipt);
  }

  /** The store failed us. Nothing that was acknowledged is lost, and sending the same again is always safe. */
  #misfortune(error: unknown): Answer {
    if (error instanceof StoreFull) return later(FULL, this.#spread(ROOM_WAIT));
    if (error instanceof StoreUnusable || error instanceof StaleEpoch || error instanceof CoreAway)
      return this.#unavailable();
    throw error;
  }

  #unavailable(): Answer {
    return later(UNAVAILABLE, this.#spread(STORE_WAIT));
  }

  /** Whole seconds between `least` and three times that. */
  #spread(least: number): number {
    return this.#admission.retryAfter(0, least);
  }

  #is(step: Step, passed: boolean): void {
    this.#counters.count(step, passed);
  }

  #refused(step: Step, answer: Answer): Answer {
    this.#is(step, false);
    return answer;
  }
}

function contextOf(standings: Sequencing["standings"]): SheetContext | null {
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
