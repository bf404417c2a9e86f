/**
 * Writes the files of an edition that exists, all but its own objects, in the one order that is safe at every point: first those
 * that nobody can reach yet, the checkpoint over them only when they are on the disk, last the names under which readers begin.
 * All of it can be repeated: the same bytes come to the same places.
 */
import { EDITIONS_LOG } from "../election/codes.ts";
import { signCheckpointAside } from "../ledger/checkpoint.ts";
import { tilePath } from "../ledger/tiles.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Tally } from "../tally/fold.ts";
import type { Definitions } from "./definitions.ts";
import { type Advanced, advanceBytes, type Cut, type Edition, type SignedEdition } from "./edition.ts";
import type { EditionLog } from "./edition-log.ts";
import type { PublicFolder } from "./folder.ts";
import type { PublishIndex } from "./index-db.ts";
import { CHECKPOINT, nowPath, objectPath, STATUS } from "./layout.ts";
import type { LogKeys } from "./log-keys.ts";
import { publishNames } from "./names.ts";
import { aboutSite, editionProof, nowBytes, statusBytes } from "./now.ts";
import { LogWriter, TileMissing } from "./tiles.ts";

export interface EditionFilesOptions {
  readonly store: Store;
  readonly own: Store;
  readonly index: PublishIndex;
  readonly folder: PublicFolder;
  readonly definitions: Definitions;
  readonly editions: EditionLog;
  readonly keys: LogKeys;
}

/** The edition before, whose files are complete (null: this is the first), and where the logs stood in it. */
export interface Before {
  readonly published: SignedEdition | null;
  readonly cut: Cut;
}

/** A log as it stands in the edition to be written. */
export interface GrownLog {
  readonly name: LogName;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The logs whose tiles are written, each with its signed checkpoint. */
export type GrownLogs = ReadonlyMap<LogName, Promise<Uint8Array>>;

/** An edition that exists, with what its logs became in it. */
export interface NextEdition {
  readonly next: SignedEdition;
  readonly advance: readonly Advanced[];
  readonly grown: GrownLogs;
}

/** Whether an edition has another definition than the one before. */
const isAnother = ({ definition }: Edition, { published }: Before) => definition !== published?.edition.definition;

export class EditionFiles {
  readonly #options: EditionFilesOptions;
  readonly #logWriter: LogWriter;
  readonly #editionWriter: LogWriter;

  constructor(options: EditionFilesOptions) {
    this.#options = options;
    this.#logWriter = new LogWriter(options.folder, options.store);
    this.#editionWriter = new LogWriter(options.folder, options.own);
  }

  /** From now on no file is longer than the size that it was published with: what a crash cut off has been ended. */
  settled(): void {
    this.#logWriter.isSettled = true;
  }

  /** Writes the tiles of logs that have grown since the edition before, whose checkpoints name nothing of it, and signs the next ones. */
  async grow(logs: Iterable<GrownLog>, { cut }: Before): Promise<GrownLogs> {
    const all = [...logs];
    for (const { name, size } of all) await this.#logWriter.grow(name, cut.get(name)?.size ?? 0, size);
    const grown = new Map<LogName, Promise<Uint8Array>>();
    for (const { name, size, root } of all) {
      const signer = this.#options.keys.signer(name);
      const signed = signCheckpointAside({ origin: signer.name, size, root }, signer);
      // That it failed is for whoever wants the checkpoint to say.
      signed.catch(() => undefined);
      grown.set(name, signed);
    }
    return grown;
  }

  /** Writes them; `tally` is the fold of this edition, whose objects are placed and logs have grown. Complete and visible when it resolves. */
  async write({ next, advance, grown }: NextEdition, before: Before, tally: Tally): Promise<void> {
    const { folder, index, editions, keys } = this.#options;
    const { edition } = next;
    // Dies within these: nothing published names what was written. Readers go on with the edition before.
    this.#writeOwn(edition, advance, before, tally);
    for (const [log, signed] of grown) this.#logWriter.prepare(log, await signed);
    await this.#editionWriter.copy(EDITIONS_LOG, edition.number - 1, edition.number);
    const checkpoint = await editions.checkpoint(edition.number, keys.signer(EDITIONS_LOG));
    // One flush for all: what the checkpoint makes reachable must not be lost after it.
    await folder.sync();
    // It lies beside the folder, so this is nothing more; where it does not, what the index knows is there as soon as the edition.
    index.sync();
    for (const log of grown.keys()) this.#logWriter.show(log);
    await folder.settle();
    folder.replace(CHECKPOINT, checkpoint);
    // Dies here: the edition is public; some of `now/` still shows the one before, as every reader can see and bear.
    folder.reveal();
    this.#writeNow(next, checkpoint, tally);
    if (tally.model && isAnother(edition, before)) publishNames(folder, tally.model);
    // This file last: it says that the others are complete.
    folder.replace(STATUS, this.#status(next, tally));
    await folder.settle();
  }

  /** The objects that an edition names beside its results. */
  #writeOwn(edition: Edition, advance: readonly Advanced[], before: Before, tally: Tally): void {
    const { folder, definitions } = this.#options;
    folder.writeOnce(objectPath(edition.advance), advanceBytes(advance));
    if (!isAnother(edition, before)) return;
    // All of them: the log may name several since the edition before, and whoever folds it needs each.
    for (const { root } of tally.authority.definitions) {
      for (const [hash, bytes] of definitions.objects(root)) folder.writeOnce(objectPath(hash), bytes);
    }
  }

  #writeNow(next: SignedEdition, checkpoint: Uint8Array, { model }: Tally): void {
    const readTile = (level: number, n: number, width: number) => this.#flushed(tilePath(level, n, width));
    const proof = editionProof(next.edition.number, checkpoint, readTile);
    for (const contest of model?.contests ?? []) {
      const hash = next.edition.results[contest.kind];
      if (hash)
        this.#options.folder.replace(nowPath(contest.kind), nowBytes(next, proof, this.#flushed(objectPath(hash))));
    }
  }

  /** A file that is on the disk already. */
  #flushed(path: string): Uint8Array {
    const bytes = this.#options.folder.look(path);
    if (!bytes) throw new TileMissing(path);
    return bytes;
  }

  #status({ edition }: SignedEdition, tally: Tally): Uint8Array {
    const { genesis, model } = tally;
    if (!genesis || !model) throw new RangeError("an edition has a genesis and a definition");
    const heldBack = tally.blocked().reduce((sum, { log, index }) => sum + tally.offered(log) - index, 0);
    return statusBytes(aboutSite(genesis, model, this.#options.keys.vkeyOf(EDITIONS_LOG)), edition, heldBack);
  }
}
