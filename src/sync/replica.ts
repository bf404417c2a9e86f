/**
 * The copy of logs at one place, and what may come into it.
 *
 * A log is copied, never rewritten: a piece that proves itself and continues what is here is appended; one that is here already
 * changes nothing; one that contradicts what is here is kept as evidence of a fork, with both signatures; what a replaced
 * machine wrote beyond its hand-over is kept apart. There is no other case, so pieces may come in any order, any number of
 * times, from anyone.
 */
import { levelOf, parentOf, plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import { equalBytes, fromUtf8, toHex } from "../ledger/bytes.ts";
import { signCheckpoint } from "../ledger/checkpoint.ts";
import type { Signer } from "../ledger/note.ts";
import { Frontier, leafHash } from "../ledger/tree.ts";
import type { LogHead, LogName, Store } from "../store/store.ts";
import type { Custody } from "../tally/plenary.ts";
import { scopeOf } from "../tally/scope.ts";
import type { Need } from "../tally/waiting.ts";
import { checkEntries } from "./check-entries.ts";
import {
  type Chunk,
  continues,
  fitting,
  MAX_CHUNK_ENTRIES,
  makeChunk,
  type OpenedChunk,
  openChunk,
  openedCheckpoint,
} from "./chunk.ts";
import { Evidence, type Fork, MAX_EVIDENCE } from "./evidence.ts";
import type { Home } from "./home.ts";
import { parentLogOf, type Writer, writersOf } from "./log-writers.ts";
import type { Apart, Standing } from "./messages.ts";
import { apartKey, checkpointIn, coveredKey, Notes, promisedKey } from "./notes.ts";
import type { SyncReason } from "./refusals.ts";
import { LogTrees, type TreeHashes } from "./tree-hashes.ts";

/** What became of a chunk. */
export type Taken =
  /** All of it that can be here is; the log has this size now, and its writer had it at least up to `signed`. */
  | { readonly kind: "taken"; readonly size: number; readonly signed: number }
  /** It begins beyond the end of what is here. */
  | { readonly kind: "gap"; readonly size: number }
  /** What comes next names a prefix that is not here yet. */
  | { readonly kind: "waiting"; readonly size: number; readonly needs: Need }
  /** Written by a machine that had been replaced: kept apart up to this index. */
  | { readonly kind: "apart"; readonly epoch: number; readonly size: number }
  /** It is of a history that contradicts this one; the place where they part is found by asking for it from `next` on. */
  | { readonly kind: "searching"; readonly next: number }
  | { readonly kind: "refused"; readonly reason: SyncReason; readonly index: number | null };

/** Where two histories part, or from where on it is to be searched. */
interface Parting {
  readonly index: number | null;
  readonly searchFrom: number | null;
}

/** A chunk that proves itself, with what it is compared with here. */
interface Offered {
  readonly chunk: Chunk;
  readonly opened: OpenedChunk;
  readonly writer: Writer;
  readonly newest: number;
  readonly tree: TreeHashes;
}

export class Replica {
  readonly home: Home;
  readonly evidence: Evidence;
  readonly trees: LogTrees;
  readonly #notes: Notes;
  /** Writers, by log and custody, who are known to contradict what is here, while the place where they do is being searched. */
  readonly #searched = new Set<string>();

  /**
   * `own`: the store of what is known about logs, beside the store of the logs: checkpoints of their writers, evidence.
   * @throws StoreUnusable
   */
  static async open(home: Home, own: Store): Promise<Replica> {
    return new Replica(home, own, await own.claim("sync"));
  }

  private constructor(home: Home, own: Store, epoch: number) {
    this.home = home;
    this.evidence = new Evidence(own, epoch);
    this.trees = new LogTrees(home.store);
    this.#notes = new Notes(own, epoch);
  }

  // ------------------------------------------------------------ what is here

  /** Where the logs of a region and the plenaries' above it stand; of other regions nothing. */
  async standings(region: RegionCode): Promise<Standing[]> {
    const found: Standing[] = [];
    for (const [log, head] of await this.#headsOf(region))
      found.push({ log, size: head.size, root: toHex(head.root()) });
    return found.sort((a, b) => (a.log < b.log ? -1 : 1));
  }

  /** A kecamatan's few logs are looked up, since a centre is asked for them all the time; any other region's are searched. */
  async #headsOf(region: RegionCode): Promise<Map<LogName, LogHead>> {
    const { store } = this.home;
    const scope = scopeOf(region);
    if (levelOf(region) !== "kecamatan") return new Map([...(await store.heads())].filter(([log]) => scope(log)));
    const heads = new Map<LogName, LogHead>();
    const names = [tpsLog(region)];
    for (let at: RegionCode | null = region; at; at = parentOf(at)) names.push(plenoLog(at));
    for (const log of names) {
      const head = await store.head(log);
      if (head !== null) heads.set(log, head);
    }
    return heads;
  }

  /** What is kept of replaced machines. */
  apart(): Promise<Apart[]> {
    return this.evidence.apart(async (log, epoch) => {
      await this.home.load(log);
      return this.#custodies(log).find((custody) => custody.epoch === epoch + 1)?.size ?? null;
    });
  }

  /**
   * Where this place's own writing of a log ceased to be part of it: another machine had custody from that index on, while
   * this one went on. Null if that is not so.
   */
  async replacedAt(log: LogName): Promise<number | null> {
    await this.home.load(log);
    const epoch = this.home.epoch(log);
    const next = this.#custodies(log).find((custody) => custody.epoch > epoch);
    const size = (await this.home.store.head(log))?.size ?? 0;
    return next !== undefined && size > next.size ? next.size : null;
  }

  /**
   * A chunk from an index on, to be sent; null if there is no checkpoint that covers it, or there is no such log here. What was
   * written under one custody goes under a checkpoint of its writer, so that nobody has to know a key before the entries that
   * name it. Where it was written here, the checkpoint is made for the chunk and ends with it: so what was taken in is always
   * covered, wherever a conversation breaks off.
   */
  async chunkFrom(log: LogName, from: number): Promise<Chunk | null> {
    const tree = await this.trees.of(log);
    if (from > tree.size) return null;
    await this.home.load(log);
    const { epoch, limit } = this.#writtenUnder(log, from, tree.size);
    const entries = await this.home.store.read(log, from, Math.min(limit, from + MAX_CHUNK_ENTRIES));
    const signer = this.home.signer(log, epoch);
    if (signer !== null) {
      const to = from + fitting(entries);
      return makeChunk({ log, from, checkpoint: await this.#sign(log, signer, tree, to), size: to }, tree, entries);
    }
    for (let at = epoch; at <= this.home.epoch(log); at++) {
      const checkpoint = await this.#notes.get(coveredKey(log, at));
      const size = checkpoint === null ? -1 : checkpointIn(checkpoint).size;
      if (checkpoint !== null && size >= from && size <= tree.size)
        return makeChunk({ log, from, checkpoint, size }, tree, entries);
    }
    return null;
  }

  /** The newest checkpoint that covers nothing which is not here: made now where this place writes the log. */
  async noteOf(log: LogName): Promise<Uint8Array | null> {
    await this.home.load(log);
    const tree = await this.trees.of(log);
    const epoch = this.home.epoch(log);
    const signer = this.home.signer(log, epoch);
    if (signer !== null) return this.#sign(log, signer, tree, tree.size);
    for (let at = epoch; at >= 0; at--) {
      const note = await this.#notes.get(coveredKey(log, at));
      if (note !== null) return note;
    }
    return null;
  }

  async #sign(log: LogName, signer: Signer, tree: TreeHashes, size: number): Promise<Uint8Array> {
    const note = signCheckpoint({ origin: signer.name, size, root: tree.root(size) }, [signer]);
    // Before it leaves: should the store be put back to an older copy, this one's own word tells.
    await this.#notes.raise(promisedKey(log), note);
    return note;
  }

  /** Under which custody the entry of an index here was written, and where the next one began. */
  #writtenUnder(log: LogName, index: number, size: number): { readonly epoch: number; readonly limit: number } {
    const begun = this.#custodies(log).filter(({ epoch }) => epoch <= this.home.epoch(log));
    const epoch = begun.findLast((custody) => custody.size <= index)?.epoch ?? 0;
    return { epoch, limit: begun.find((custody) => custody.epoch === epoch + 1)?.size ?? size };
  }

  /**
   * How far the writer of a log is known to have signed it, if that is more than is here: it will come. On the writer's own
   * machine it means that an old copy was put back, and nothing may be written before the rest has been fetched.
   */
  async promised(log: LogName): Promise<number | null> {
    const note = await this.#notes.get(promisedKey(log));
    if (note === null) return null;
    const { size } = checkpointIn(note);
    return size > ((await this.home.store.head(log))?.size ?? 0) ? size : null;
  }

  /** Remembers a checkpoint that came with a bundle, if a writer of the log has signed it and it is of what is here. */
  async vouch(log: LogName, note: Uint8Array): Promise<void> {
    await this.home.load(log);
    const tree = await this.trees.of(log);
    const writers = writersOf(this.home, log);
    const { size } = checkpointIn(note);
    if (size > tree.size) return;
    const shown = makeChunk({ log, from: size, checkpoint: note, size }, tree, []);
    const verifiers = writers.map(({ verifier }) => verifier);
    const opened = openChunk(shown, verifiers);
    if (typeof opened === "string") return;
    const writer = writers.findLast(({ verifier }) => equalBytes(verifier.keyId, opened.signer.keyId));
    if (writer !== undefined) await this.#keepNote({ chunk: shown, opened, writer, newest: 0, tree }, tree.size);
  }

  /**
   * Heeds a checkpoint of a log that this place was shown by anyone: a browser, a stick, the centre. If a writer of the log has
   * signed more than is here, that is {@link promised} from now on; if it contradicts what is here, both are kept as a fork.
   * Anything else changes nothing.
   */
  async heed(log: LogName, note: Uint8Array): Promise<void> {
    if (!this.home.scope(log)) return;
    await this.home.load(log);
    const writers = writersOf(this.home, log);
    const signed = openedCheckpoint(
      note,
      writers.map(({ verifier }) => verifier),
    );
    if (typeof signed === "string") return;
    const writer = writers.findLast(({ verifier }) => equalBytes(verifier.keyId, signed.signer.keyId));
    const { size, root } = signed.checkpoint;
    // What a replaced machine went on to sign is no promise of this log.
    if (writer === undefined || size > writer.limit) return;
    const tree = await this.trees.of(log);
    if (size > tree.size) return this.#notes.raise(promisedKey(log), note);
    if (equalBytes(tree.root(size), root)) return;
    const ours = await this.#heldBy(log, size - 1, writer);
    await this.evidence.keepFork({ format: "teguh/fork/v1", log, index: null, ours, theirs: fromUtf8(note) }, null);
  }

  // ------------------------------------------------------------ what comes

  /** Takes in what a chunk brings. Never throws for what it holds; the stores' errors only, and then it can be taken again. */
  async take(chunk: Chunk): Promise<Taken> {
    const { log } = chunk;
    if (!this.home.scope(log)) return refused("not-here");
    await this.home.load(log);
    const writers = writersOf(this.home, log);
    const opened = openChunk(
      chunk,
      writers.map(({ verifier }) => verifier),
    );
    if (typeof opened === "string") return refused(opened);
    const writer = writers.findLast(({ verifier }) => equalBytes(verifier.keyId, opened.signer.keyId));
    if (writer === undefined) return refused("unknown-writer");
    const tree = await this.trees.of(log);
    const newest = writers.at(-1)?.epoch ?? 0;
    const replaced = await this.replacedAt(log);
    if (replaced !== null && writer.epoch > this.home.epoch(log)) return refused("replaced");
    return this.#compare({ chunk, opened, writer, newest, tree });
  }

  async #compare(offered: Offered): Promise<Taken> {
    const { chunk, opened, writer, tree } = offered;
    const end = chunk.from + chunk.entries.length;
    const shared = Math.min(tree.size, writer.limit);
    if (chunk.from > shared) {
      return chunk.from >= writer.limit ? this.#setApart(offered) : { kind: "gap", size: tree.size };
    }
    if (!continues(chunk, tree)) return this.#contradicted(offered, { index: null, searchFrom: 0 });
    for (let index = chunk.from; index < Math.min(end, shared); index++) {
      const entry = chunk.entries[index - chunk.from];
      if (entry !== undefined && !equalBytes(leafHash(entry), tree.leaf(index)))
        return this.#contradicted(offered, { index, searchFrom: null });
    }
    const { size, root } = opened.checkpoint;
    if (size <= shared && !equalBytes(tree.root(size), root))
      return this.#contradicted(offered, { index: null, searchFrom: end });
    if (end > chunk.from && end < shared && this.#searched.has(writerKey(offered)))
      return { kind: "searching", next: end };
    const grown = end > tree.size && tree.size < writer.limit ? await this.#append(offered) : null;
    if (grown !== null && grown.kind !== "taken") return grown;
    if (end > writer.limit) return this.#setApart(offered);
    if (grown === null) await this.#keepNote(offered, tree.size);
    return grown ?? { kind: "taken", size: tree.size, signed: size };
  }

  /** Appends what continues the log here. */
  async #append(offered: Offered): Promise<Taken> {
    const { chunk, opened, writer, tree } = offered;
    const { log, from, entries } = chunk;
    const size = tree.size;
    const news = entries.slice(size - from, writer.limit - from);
    if (!(await this.#keepsPromise(log, size, news, tree))) {
      return this.#contradicted(offered, { index: null, searchFrom: null });
    }
    const { fine, stop } = await checkEntries(this.home, this.trees, log, size, news);
    const coming = news.slice(0, fine);
    const outcome = coming.length === 0 ? "appended" : await this.home.mirror(log, size, coming);
    const { size: now } = await this.trees.of(log);
    if (outcome === "moved") return { kind: "gap", size: now };
    if (outcome === "repeated") return refused("repeated", now);
    await this.#keepNote(offered, now);
    if (stop === null) return { kind: "taken", size: now, signed: opened.checkpoint.size };
    return typeof stop === "string" ? refused(stop, now) : { kind: "waiting", size: now, needs: stop };
  }

  /** Whether what comes agrees with what the writer had signed for a size that was not here yet. */
  async #keepsPromise(log: LogName, size: number, news: readonly Uint8Array[], tree: TreeHashes): Promise<boolean> {
    const note = await this.#notes.get(promisedKey(log));
    const promised = note && checkpointIn(note);
    if (!promised || promised.size <= size || promised.size > size + news.length) return true;
    const edge = Frontier.fromBytes(tree.edge(size));
    for (const entry of news.slice(0, promised.size - size)) edge.push(leafHash(entry));
    return equalBytes(edge.root(), promised.root);
  }

  /** Remembers a checkpoint that holds with what is here, as far as that goes. */
  async #keepNote({ chunk, opened, writer }: Offered, size: number): Promise<void> {
    const { log, checkpoint: note } = chunk;
    const { checkpoint } = opened;
    if (writer.limit < checkpoint.size) return;
    const reaches = chunk.from + chunk.entries.length >= size;
    if (checkpoint.size <= size) await this.#notes.raise(coveredKey(log, writer.epoch), note);
    if (checkpoint.size <= size || reaches) await this.#notes.raise(promisedKey(log), note);
  }

  // ------------------------------------------------------------ what is kept apart

  /** Keeps what a replaced machine wrote after the hand-over. */
  async #setApart(offered: Offered): Promise<Taken> {
    const { chunk, writer, newest, tree } = offered;
    const { log, from, entries } = chunk;
    const { epoch, limit } = writer;
    if (epoch >= newest || tree.size < limit) return { kind: "gap", size: tree.size };
    const size = await this.evidence.size(log, epoch, limit);
    const first = Math.max(from, limit);
    if (first > size) return { kind: "apart", epoch, size };
    if (first > limit) {
      const handedOver = Frontier.fromBytes(tree.edge(limit));
      const edge = await this.evidence.edgeAt(log, epoch, handedOver, first);
      if (from === first && !equalBytes(edge, chunk.edge)) return this.#contradictedApart(offered, null);
    }
    const end = from + entries.length;
    const known = await this.evidence.entries(log, epoch, limit, first, Math.min(size, Math.max(first, end)));
    for (let i = 0; i < known.length; i++) {
      const [old, again] = [known[i], entries[first + i - from]];
      const differs = old !== undefined && again !== undefined && !equalBytes(old, again);
      if (differs) return this.#contradictedApart(offered, first + i);
    }
    if (end - limit > MAX_EVIDENCE) return refused("too-much-evidence", size);
    if (end > size) await this.evidence.keep(log, epoch, limit, size, entries.slice(size - from));
    await this.#notes.raise(apartKey(log, epoch), chunk.checkpoint);
    return { kind: "apart", epoch, size: Math.max(size, end) };
  }

  /** A replaced machine contradicts what it had sent to be kept apart. */
  async #contradictedApart({ chunk, writer }: Offered, index: number | null): Promise<Taken> {
    const { log, from, entries } = chunk;
    const ours = fromUtf8((await this.#notes.get(apartKey(log, writer.epoch))) ?? new Uint8Array(0));
    const fork: Fork = { format: "teguh/fork/v1", log, index, ours, theirs: fromUtf8(chunk.checkpoint) };
    await this.evidence.keepFork(fork, index === null ? null : (entries[index - from] ?? null));
    return refused("fork", index);
  }

  /** Keeps a contradiction with both signatures; if it can be, the place where the histories part is searched next. */
  async #contradicted(offered: Offered, { index, searchFrom }: Parting): Promise<Taken> {
    const { chunk, opened, writer, tree } = offered;
    const { log, from, entries } = chunk;
    const ours = await this.#heldBy(log, index ?? Math.min(tree.size, opened.checkpoint.size) - 1, writer);
    const theirs = fromUtf8(chunk.checkpoint);
    const fork: Fork = { format: "teguh/fork/v1", log, index, ours, theirs };
    await this.evidence.keepFork(fork, index === null ? null : (entries[index - from] ?? null));
    if (searchFrom === null) {
      this.#searched.delete(writerKey(offered));
      return refused("fork", index);
    }
    this.#searched.add(writerKey(offered));
    return { kind: "searching", next: searchFrom };
  }

  /** The signed note by which the entry of an index is held true here. */
  async #heldBy(log: LogName, index: number, { epoch }: Writer): Promise<string> {
    const custody = this.#custodies(log).findLast((one) => one.size > index && one.epoch > epoch);
    if (custody !== undefined) return this.#custodyNote(log, custody);
    const note = (await this.#notes.get(promisedKey(log))) ?? (await this.noteOf(log));
    return note === null ? "" : fromUtf8(note);
  }

  async #custodyNote(log: LogName, { index }: Custody): Promise<string> {
    const [bytes] = await this.home.store.read(parentLogOf(log), index, index + 1);
    return bytes === undefined ? "" : fromUtf8(bytes);
  }

  #custodies(log: LogName): readonly Custody[] {
    return this.home.custodies(log);
  }
}

const writerKey = ({ chunk, writer }: Offered) => `${chunk.log}@${writer.epoch}`;

function refused(reason: SyncReason, index: number | null = null): Taken {
  return { kind: "refused", reason, index };
}
