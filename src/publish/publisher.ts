/**
 * Makes editions: reads what the store has received, folds it, and publishes the new state as files.
 *
 * What makes it safe is one order of writing. Statements are durable in the store before they come here. An edition exists
 * once its statement and checkpoint are committed in the publisher's own store (`EditionLog.commit`). All files follow from
 * the stores and are written after that, in the order of `EditionFiles`. If the process dies at any point, `open` publishes
 * the edition whose files are not complete with the same function that publishes every other.
 *
 * After an error the publisher is done for: it cannot know what of a failed write happened. Open another; it finds out.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { publicKeyOf } from "#ed25519";
import { EDITIONS_LOG, type RegionCode } from "../election/codes.ts";
import { RULES_VERSION } from "../election/rules.ts";
import { fromHex } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import { ed25519Signer } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import type { Change, LogName, Store } from "../store/store.ts";
import { PORTION, Tally, type TallyOptions } from "../tally/fold.ts";
import { RestingDiffers } from "../tally/resting.ts";
import { scopeOf } from "../tally/scope.ts";
import type { Definitions } from "./definitions.ts";
import {
  advanceBytes,
  type Cut,
  type Edition,
  FOLD_VERSION,
  moveCut,
  type SignedEdition,
  signEdition,
} from "./edition.ts";
import { type Before, EditionFiles, type NextEdition } from "./edition-files.ts";
import { EditionLog } from "./edition-log.ts";
import type { PublicFolder } from "./folder.ts";
import type { PublishIndex } from "./index-db.ts";
import { nodeOriginOf, objectPath, STATUS } from "./layout.ts";
import { LogKeys, type PublisherKeys } from "./log-keys.ts";
import { hasNames, publishNames } from "./names.ts";
import { aboutSite, statusEdition } from "./now.ts";
import { forgetUncommitted, intervalOf, ObjectWriter } from "./objects.ts";
import { assertReachesCut, checkEditions, checkLogs, type MirrorCheckpoint } from "./older.ts";
import { prune } from "./prune.ts";
import { awaken, differs, RebuildDiffers, refold } from "./refold.ts";
import { type ShownLog, shownLogs } from "./shown-logs.ts";
import type { Side } from "./side-handle.ts";
import { publishSite } from "./site.ts";
import { saveOutlines, UnitSaver } from "./snapshots.ts";

export interface PublisherOptions {
  /** Where the statements are; only read. Not closed by the publisher. */
  readonly store: Store;
  /** The publisher's own store, for the editions log. */
  readonly own: Store;
  readonly index: PublishIndex;
  readonly folder: PublicFolder;
  readonly definitions: Definitions;
  readonly keys: PublisherKeys;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Told, a line each, what a person should know. */
  readonly log: (line: string) => void;
  /** Where the page for readers was built; if given, it is published beside the data. */
  readonly page?: string;
  /** A region on its own, which publishes for its hall: it folds its own logs and those above, into editions of its own. */
  readonly node?: RegionCode;
  /** Makes what no edition waits for: search, feed, plain pages, downloads. */
  readonly side?: Side;
  /** What the folder shows of the logs, if someone has begun to read it already; else it is read at the start. */
  readonly shown?: Promise<readonly ShownLog[]>;
  /** Checkpoints of the editions log as others have them: nothing older than these is published. */
  readonly mirrors?: readonly MirrorCheckpoint[];
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Called with each new edition as soon as it is visible, and how many milliseconds it took. */
  readonly published?: (edition: Edition, took: number) => void;
}

/** The publisher has failed before; its cause says how. Whether trying again helps is found out by opening another. */
export class PublisherStopped extends Error {
  override readonly name = "PublisherStopped";
}

/** Portions of the housekeeping that follows an edition: bytes of snapshots, objects let go, kecamatan brought back, log keys. */
const UNIT_BYTES = 4_000_000;
const PRUNED = 4000;
/** Files made ahead for the next edition: as many as the last one had, but not for the first one of a nation. */
const MOST_STOCK = 30_000;
const BROUGHT_BACK = 20;
const SIGNERS = 2 * BROUGHT_BACK;
/** Editions come at most once a second … */
const LEAST_GAP = 1000;
/** … and publishing takes at most one part in so many of the time. */
const SHARE = 4;
/** How soon a statement is noticed, in milliseconds. */
const POLL = 100;

export class Publisher {
  readonly #options: PublisherOptions;
  readonly #editions: EditionLog;
  readonly #files: EditionFiles;
  readonly #keys: LogKeys;
  #tally: Tally;
  #units: UnitSaver;
  /** The newest edition whose files are complete, and where the logs stood in it. */
  #published: SignedEdition | null = null;
  #cut: Cut = new Map();
  /** Time of the newest edition whose checkpoint is flushed to the disk for certain: the one before the last. */
  #flushed = 0;
  #cursor = 0;
  /** Whether the fold was given entries since the last build. */
  #moved = false;
  #failure: unknown = null;
  /** Objects of the last edition. */
  #objects = 0;

  /**
   * Opens the publisher, ending the work of one that died. Reads as much of the store as it must; makes no new edition.
   * @throws OlderThanPublished, RebuildDiffers, TileMissing, DefinitionMissing, and the stores' errors
   */
  static async open(options: PublisherOptions): Promise<Publisher> {
    const editions = await EditionLog.open(options.own);
    const publisher = new Publisher(options, editions);
    await publisher.#recover();
    return publisher;
  }

  private constructor(options: PublisherOptions, editions: EditionLog) {
    this.#options = options;
    this.#editions = editions;
    const { store, own, index, folder, definitions, node = null } = options;
    const election = () => {
      const named = this.#editions.state?.origin ?? this.#tally.genesis?.election;
      if (named === undefined) throw new RangeError("without a genesis no log has an origin");
      return node === null ? named : named.replace(nodeOriginOf("", node), "");
    };
    this.#keys = new LogKeys(options.keys, election, node);
    this.#files = new EditionFiles({ store, own, index, folder, definitions, editions, keys: this.#keys });
    this.#tally = this.#newTally();
    this.#units = new UnitSaver(options.index, this.#tally);
  }

  /** How many kecamatan nobody has asked for since the start. They are brought back in the pauses, in portions. */
  get resting(): number {
    return this.#tally.resting;
  }

  /** The newest edition; null before the first. */
  get latest(): SignedEdition | null {
    return this.#published;
  }

  /**
   * Publishes what the store has received since the last edition, as one edition; null if that is nothing. `published` is told of
   * it as soon as it is complete on the disk and visible; what is done after that, for the next ones, no reader waits for.
   * @throws PublisherStopped after any failure, with its cause
   */
  async step(published?: (edition: Edition) => void): Promise<Edition | null> {
    if (this.#failure !== null) {
      throw new PublisherStopped("this publisher has failed before; open another", { cause: this.#failure });
    }
    try {
      await this.#read();
      const next = this.#moved ? await this.#makeEdition() : null;
      if (next) published?.(next);
      // The snapshots are of the state as it was last built, which is now, or still.
      this.#tidy();
      return next;
    } catch (error) {
      this.#failure = error ?? new Error("unknown");
      if (error instanceof RestingDiffers) this.#options.index.dropUnit(error.region);
      throw error;
    }
  }

  /** Makes editions until the signal: at most one a second, and fewer when publishing takes over a quarter of the time. */
  async run({ signal, published }: RunOptions): Promise<void> {
    while (!signal.aborted) {
      const began = performance.now();
      const edition = await this.step((visible) => published?.(visible, performance.now() - began));
      const took = performance.now() - began;
      const pause = edition ? Math.max(LEAST_GAP - took, took * (SHARE - 1)) : POLL;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Closes the publisher's own store, its index and the folder. Nothing is lost if it is never called. */
  async close(): Promise<void> {
    const { index, side, folder, log } = this.#options;
    index.close();
    side?.close();
    await folder.close().catch((error: Error) => {
      // What stopped an edition was thrown then. Anything else was housekeeping, which can wait for the next start.
      if (this.#failure === null) log(`the public folder: ${error.message}`);
    });
    await this.#editions.close();
  }

  // ------------------------------------------------------------ one edition

  async #makeEdition(): Promise<Edition | null> {
    const { model, genesis } = this.#tally;
    if (!model || !genesis) return null;
    const { index, folder } = this.#options;
    const previous = this.#published;
    const number = this.#editions.size + 1;
    // A clock that was set back must not make editions run backwards.
    const time = Math.max(Math.floor(this.#options.clock()), previous?.edition.time ?? 0);
    await this.#editions.begin();
    index.begin(number, time, this.#cursor);
    const objects = new ObjectWriter(index, folder, number);
    // Dies from here to the commit: nothing names what was written. The next start removes the objects, and goes on with the logs.
    const grown = await this.#files.grow(this.#tally.moved(), this.#before());
    const build = this.#tally.build(this.#keys.vkeyOf, objects.take);
    this.#moved = false;
    if (build.advance.length === 0) return null;
    const edition: Edition = {
      number,
      time,
      previous: previous?.id ?? null,
      definition: model.root,
      rules: RULES_VERSION,
      fold: FOLD_VERSION,
      results: build.results,
      districts: build.districts,
      heads: build.heads,
      advance: hashHex(advanceBytes(build.advance)),
      downloads: this.#options.side?.downloads ?? previous?.edition.downloads ?? null,
    };
    const { editions: seed } = this.#options.keys;
    const key = ed25519Signer(keyName(genesis.election, publicKeyOf(seed)), seed);
    const signed = signEdition(edition, genesis.electionTag, key);
    // Dies before this: there is no such edition, and its statements wait in the store for the next one.
    await this.#editions.commit(signed, build.advance, this.#keys.signer(EDITIONS_LOG));
    // Dies after it: the edition exists, and `open` ends the work.
    await this.#editions.append();
    this.#objects = objects.place();
    await this.#publish({ next: signed, advance: build.advance, grown });
    return edition;
  }

  /** Writes every file that follows from an edition but its own objects, which are placed. */
  async #publish(made: NextEdition): Promise<void> {
    const { next, advance } = made;
    const before = this.#before();
    await this.#files.write(made, before, this.#tally);
    this.#files.settled();
    this.#flushed = before.published?.edition.time ?? 0;
    this.#published = next;
    if (before.published?.edition.definition !== next.edition.definition) {
      this.#publishPage();
      await this.#options.folder.settle();
    }
    moveCut(this.#cut, advance);
    await this.#editions.saveCut(this.#cut);
    this.#tellSide();
  }

  #before(): Before {
    return { published: this.#published, cut: this.#cut };
  }

  #tellSide(): void {
    const { genesis } = this.#tally;
    if (!this.#published || !genesis) return;
    const { edition, id } = this.#published;
    this.#options.side?.follow({ edition, id, election: genesis.election });
  }

  #publishPage(): void {
    const { page: built, folder, log } = this.#options;
    const { genesis, model } = this.#tally;
    if (built === undefined || !genesis || !model) return;
    const about = aboutSite(genesis, model, this.#keys.vkeyOf(EDITIONS_LOG));
    const trouble = publishSite({ folder, built, about });
    if (trouble !== null) log(`only the data are published: ${trouble}`);
  }

  #tidy(): void {
    const { index, folder } = this.#options;
    if (!this.#published || this.#moved) return;
    saveOutlines(index, this.#tally, this.#published.edition.number);
    index.sort(this.#published.edition.number);
    this.#units.save(UNIT_BYTES);
    index.putVkeys(this.#keys.fresh());
    // Soon after a start everything is at hand, and no edition has to wait for it.
    this.#tally.bringBack(BROUGHT_BACK);
    this.#keys.prepare(this.#tally.logs(), SIGNERS);
    folder.stock(Math.min(this.#objects, MOST_STOCK));
    // Not by the newest edition's time: should a power cut take its checkpoint, the one before asks for its objects.
    prune(index, this.#flushed, PRUNED, (hash) => folder.remove(objectPath(hash)));
  }

  // ------------------------------------------------------------ reading the store

  async #read(): Promise<void> {
    for (;;) {
      const { cursor, entries, release } = await this.#options.store.changes(this.#cursor, PORTION);
      this.#give(entries);
      release();
      this.#cursor = cursor;
      if (entries.length === 0) return;
    }
  }

  /** Gives the fold what it does not have yet. */
  #give(entries: readonly Change[]): void {
    const offered = new Map<LogName, number>();
    const fresh = entries.filter(({ log, index }) => {
      const expected = offered.get(log) ?? this.#tally.offered(log);
      if (index > expected) throw new RangeError(`the store gave entry ${index} of ${log} before entry ${expected}`);
      offered.set(log, Math.max(expected, index + 1));
      return index === expected;
    });
    this.#tally.addAll(fresh);
    if (fresh.length > 0) this.#moved = true;
  }

  async #readLog(log: LogName, to: number): Promise<void> {
    const from = this.#tally.offered(log);
    if (from >= to) return;
    const entries = await this.#options.store.read(log, from, to);
    this.#give(entries.map((bytes, i) => ({ log, index: from + i, bytes })));
  }

  // ------------------------------------------------------------ beginning

  async #recover(): Promise<void> {
    const { store, folder, index, keys, shown, mirrors = [] } = this.#options;
    const editions = this.#editions;
    const reached = await checkEditions(folder, mirrors, editions, publicKeyOf(keys.editions));
    const newest = await editions.cut(editions.size);
    const heads = await store.heads();
    assertReachesCut(heads, newest);
    const complete = statusEdition(folder.read(STATUS)) === reached ? reached : Math.max(reached - 1, 0);
    this.#published = complete > 0 ? await editions.edition(complete) : null;
    this.#cut = await editions.cut(complete);
    this.#flushed = complete > 1 ? (await editions.edition(complete - 1)).edition.time : 0;
    this.#cursor = index.cursor();
    if (this.#published) {
      this.#keys.recall(index.vkeys());
      await this.#foldTo(this.#published.edition, this.#cut);
    }
    // Up to here nothing was written, so what the folder shows could be read meanwhile.
    await checkLogs((await shown) ?? shownLogs(folder), store, heads, newest);
    forgetUncommitted(index, folder, editions.size);
    if (this.#published) {
      this.#publishPage();
      // An older program published none.
      const { model } = this.#tally;
      if (model && !hasNames(folder, model)) publishNames(folder, model);
    }
    this.#tellSide();
    for (let number = complete + 1; number <= editions.size; number++) await this.#finish(number);
    if (!(await editions.isBegun())) this.#files.settled();
    // From 0 the changes give everything anyway; else what was waiting when the cursor was stored is fetched by log.
    if (this.#cursor > 0) for (const [name, { size }] of heads) await this.#readLog(name, size);
  }

  /** Brings the fold to where the newest complete edition left it. */
  async #foldTo(edition: Edition, cut: Cut): Promise<void> {
    const { store, index, folder, log } = this.#options;
    const options = { store, index, folder, newTally: () => this.#newTally(), vkeyOf: this.#keys.vkeyOf, log };
    const outlined = index.outlined();
    if (outlined > 0 && outlined <= edition.number) {
      const from = await this.#editions.edition(outlined);
      const tally = await awaken(options, from.edition, await this.#editions.cut(outlined));
      if (tally) {
        this.#begin(tally);
        for (let number = outlined + 1; number <= edition.number; number++) await this.#rebuild(number);
        return;
      }
    }
    const { tally, objects } = await refold(options, edition, cut);
    this.#begin(tally);
    if (index.isEmpty()) {
      log("what past editions used is not known any more; their objects stay for ever");
      index.begin(0, edition.time, 0);
      index.add(0, objects.map(intervalOf));
    }
  }

  #begin(tally: Tally): void {
    this.#tally = tally;
    this.#units = new UnitSaver(this.#options.index, tally);
  }

  /** Folds an edition that exists already, the next after what is folded, and builds it. @throws RebuildDiffers */
  async #rebuild(number: number) {
    const next = await this.#editions.edition(number);
    const advance = await this.#editions.advance(number);
    for (const [log, size] of advance) await this.#readLog(log, size);
    const build = this.#tally.build(this.#keys.vkeyOf);
    this.#moved = false;
    const difference = differs(build, next.edition);
    if (difference) throw new RebuildDiffers(number, difference);
    return { next, advance, build };
  }

  /** Publishes an edition that exists already, the next after the complete ones. */
  async #finish(number: number): Promise<void> {
    const { next, advance, build } = await this.#rebuild(number);
    const { index, folder } = this.#options;
    index.begin(number, next.edition.time, this.#cursor);
    const objects = new ObjectWriter(index, folder, number);
    build.objects.forEach(objects.take);
    const logs = advance.map(([name, size, root]) => ({ name, size, root: fromHex(root) }));
    const grown = await this.#files.grow(logs, this.#before());
    this.#objects = objects.place();
    await this.#publish({ next, advance, grown });
  }

  #newTally(): Tally {
    const { definitions, node } = this.#options;
    const definition: TallyOptions["definition"] = (root) => definitions.model(root);
    return new Tally(node === undefined ? { definition } : { definition, scope: scopeOf(node) });
  }
}
