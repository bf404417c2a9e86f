/**
 * The continuous copy of a hall: all that its logs have, the sheets that it holds and the papers that are in no log, on a stick or
 * second disk, a moment after each was acknowledged.
 *
 * The laptop's secret key is not copied. A log has one writer, so what a copy brings up elsewhere has a key of its own, and the
 * kabupaten hands the log to it; nobody who finds the stick can write anything.
 *
 * One round: is the place there? Is it known what it has (if not, read all of it)? Write what is new, flushed, and read it back;
 * then the files beside the logs. Wherever a round breaks off (stick pulled, disk full, power cut), what was whole stays
 * whole, the place is read anew before the next writing, and nothing there is ever overwritten that is not here.
 */
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RegionCode } from "../election/codes.ts";
import { concat, equalBytes, toHex } from "../ledger/bytes.ts";
import { parseStatement } from "../ledger/statement.ts";
import type { CopyDisk } from "./copy-disk.ts";
import { type Copied, compare, nothingCopied, PIECE, readCopy } from "./copy-file.ts";
import { assertInPlace, type CopyPlace, isOnSameDisk } from "./copy-place.ts";
import { COPY_WORDS, CopyFailed, type CopyReason, copyReason } from "./copy-words.ts";
import { LOG_FILE_END, LOG_FILE_MAGIC } from "./log-file.ts";
import { decodeMessages, encodeMessage, type Message } from "./messages.ts";
import { BUNDLE_FILE } from "./node-folder.ts";
import type { Relay } from "./relay.ts";
import type { Replica } from "./replica.ts";

export interface CopierOptions {
  readonly place: CopyPlace;
  readonly disk: CopyDisk;
  readonly replica: Replica;
  readonly relay: Pick<Relay, "held">;
  readonly region: RegionCode;
  /** The laptop's folder: what is in no log is copied from there. */
  readonly data: string;
  /** Milliseconds since 1970, for what is shown. */
  readonly clock: () => number;
  /** Milliseconds that no change of the clock touches, for what is measured. */
  readonly elapsed: () => number;
  /** Told, a line each, when trouble begins and when it is over. */
  readonly log: (line: string) => void;
}

/** How a copy stands. */
export interface CopyState {
  /** When all that is here was last there; null: not since the start. */
  readonly at: number | null;
  /** When all of it was last read back from its medium. */
  readonly checkedAt: number | null;
  /** Why it is not made now, and since when; null while it is. */
  readonly trouble: { readonly reason: CopyReason; readonly since: number } | null;
  /** The copy lies where the laptop's own data lie: it breaks with them. */
  readonly isOnSameDisk: boolean;
}

/** Between two rounds when nothing was stated, in milliseconds. */
const EVERY = 5_000;
/** All of the copy is read back from its medium so often, in milliseconds. */
const CHECK_EVERY = 10 * 60_000;
/** A round that takes longer is told, in milliseconds: a stick that hangs says nothing itself. */
const SLOW = 30_000;
/** Sheets in one frame. */
const SHEETS_AT_ONCE = 100;

export const copyFileName = (region: RegionCode): string => `${region}.teguhlog`;
export const copyBundleName = (region: RegionCode): string => `${region}.bundle`;
/** Folders of the laptop whose files are copied one by one: people, names, letters; photos that are published. */
export const COPIED_FOLDERS = ["desk", "public/photo"] as const;

export class Copier {
  readonly #options: CopierOptions;
  /** Null: to be read first. */
  #copied: Copied | null = null;
  /** How many of the held sheets were looked at. */
  #sheets = 0;
  /** Files that are copied as they are: what they were when they were. */
  readonly #files = new Map<string, string>();
  #state: CopyState = { at: null, checkedAt: null, trouble: null, isOnSameDisk: false };
  #checked = 0;
  /** When the round that is under way began. */
  #began: number | null = null;
  #wake: (() => void) | null = null;
  #isDue = false;

  constructor(options: CopierOptions) {
    this.#options = options;
  }

  get place(): CopyPlace {
    return this.#options.place;
  }

  get state(): CopyState {
    const { elapsed, clock } = this.#options;
    const took = this.#began === null ? 0 : elapsed() - this.#began;
    if (took < SLOW || this.#state.trouble !== null) return this.#state;
    return { ...this.#state, trouble: { reason: "slow", since: clock() - took } };
  }

  /** Copies until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.round();
      const woken = new AbortController();
      const slept = sleep(EVERY, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(() => undefined);
      await Promise.race([slept, this.#woken()]);
      woken.abort();
    }
  }

  /** Something was stated: it is copied now and not at the next turn. */
  readonly nudge = (): void => {
    this.#isDue = true;
    this.#wake?.();
  };

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#isDue) resolve();
    });
  }

  /** Brings the copy up to date once; what befalls its disk is told by {@link state}. */
  async round(): Promise<void> {
    const { clock, elapsed, place, disk, log } = this.#options;
    this.#isDue = false;
    this.#began = elapsed();
    try {
      await assertInPlace(disk, place);
      await this.#look();
      await this.#copyLogs();
      await this.#copySheets();
      await this.#copyFiles();
      if (this.#state.trouble !== null) log(`salinan jalan lagi / the copy goes on: ${place.folder}`);
      this.#state = { ...this.#state, at: clock(), trouble: null };
    } catch (error) {
      const reason = copyReason(error);
      if (reason === null) throw error;
      // What came of the last writing is not known: it is read before the next.
      this.#copied = null;
      const { id, en } = COPY_WORDS[reason];
      if (this.#state.trouble?.reason !== reason) log(`${place.folder}: ${id} / ${en}`);
      this.#state = { ...this.#state, trouble: { reason, since: this.#state.trouble?.since ?? clock() } };
    } finally {
      this.#began = null;
    }
  }

  /** Learns what the copy has, by reading all of it from its medium: at first, after every trouble, and now and then. */
  async #look(): Promise<void> {
    const { disk, replica, region, clock, elapsed, data, place } = this.#options;
    if (this.#copied !== null && elapsed() - this.#checked < CHECK_EVERY) return;
    const before = this.#copied;
    const path = copyFileName(region);
    if ((await disk.size(path)) !== null) await disk.forget(path);
    this.#copied = null;
    const copied = await readCopy(replica, disk, path);
    if (before !== null && copied.end !== before.end) {
      // Not what was written and read back: what is missing is written again, and if that does not help, it is said.
      throw new CopyFailed("failed", path);
    }
    if (before === null) {
      this.#files.clear();
      this.#sheets = 0;
    }
    this.#copied = copied;
    this.#checked = elapsed();
    this.#state = { ...this.#state, checkedAt: clock(), isOnSameDisk: await isOnSameDisk(data, place) };
  }

  async #copyLogs(): Promise<void> {
    const { replica, region } = this.#options;
    let batch: Uint8Array[] = [];
    let bytes = 0;
    for (const { log } of await replica.standings(region)) {
      for (let from = this.#known().logs.get(log)?.size ?? 0; ; ) {
        const chunk = await replica.chunkFrom(log, from);
        if (chunk === null || chunk.entries.length === 0) break;
        const frame = encodeMessage({ kind: "chunk", ...chunk });
        batch.push(frame);
        bytes += frame.length;
        from += chunk.entries.length;
        if (bytes < PIECE) continue;
        await this.#write(batch);
        batch = [];
        bytes = 0;
      }
    }
    await this.#write(batch);
  }

  /** The sheets that are held for phones, each once; those that the centre has, it has. */
  async #copySheets(): Promise<void> {
    const { relay } = this.#options;
    for (;;) {
      const notes = await relay.held(this.#sheets, SHEETS_AT_ONCE);
      const { sheets } = this.#known();
      const news = notes.filter((note) => !sheets.has(toHex(parseStatement(note).id)));
      if (news.length > 0) await this.#write([encodeMessage({ kind: "sheets", notes: news })]);
      this.#sheets += notes.length;
      if (notes.length < SHEETS_AT_ONCE) return;
    }
  }

  /**
   * Writes frames after what is whole, and reads them back: the roots that follow from what was read must be those of the logs.
   * Dies before or in the writing: the end mark is gone, and all before it is whole. Dies after it: it is found by the next look.
   */
  async #write(frames: readonly Uint8Array[]): Promise<void> {
    const { disk, region } = this.#options;
    const path = copyFileName(region);
    const copied = this.#known();
    if (frames.length === 0 && !copied.isTorn) return;
    const at = copied.end;
    const head = at === 0 ? LOG_FILE_MAGIC : new Uint8Array(0);
    const bytes = concat(head, ...frames, LOG_FILE_END);
    const end = bytes.length - LOG_FILE_END.length;
    await disk.write(path, at, bytes);
    const back = await disk.read(path, at, bytes.length);
    if (!equalBytes(back, bytes)) throw new CopyFailed("failed", path);
    await this.#follow(decodeMessages(back.subarray(head.length, end)), copied, path);
    copied.end = at + end;
    copied.isTorn = false;
  }

  async #follow(messages: readonly Message[], copied: Copied, path: string): Promise<void> {
    const { replica } = this.#options;
    for (const message of messages)
      if ((await compare(replica, message, copied, path)) !== "same") throw new CopyFailed("failed", path);
    for (const [log, edge] of copied.logs) {
      const root = (await replica.trees.of(log)).root(edge.size);
      if (!equalBytes(edge.root(), root)) throw new CopyFailed("failed", path);
    }
  }

  #known(): Copied {
    return this.#copied ?? nothingCopied();
  }

  // ------------------------------------------------------------ what is in no log

  async #copyFiles(): Promise<void> {
    const { disk, region } = this.#options;
    const found = new Set<string>();
    for (const [from, to] of await this.#sources(region)) {
      found.add(to);
      const { size, mtimeMs } = await stat(from);
      const stamp = `${size} ${mtimeMs}`;
      if (this.#files.get(to) === stamp) continue;
      const bytes = new Uint8Array(await readFile(from));
      if (!(await this.#holds(to, bytes))) {
        await disk.replace(to, bytes);
        if (!(await this.#holds(to, bytes))) throw new CopyFailed("failed", to);
      }
      this.#files.set(to, stamp);
    }
    // What was deleted here since (a name that nobody needs any more) is deleted there as well; what was not seen here is kept.
    for (const path of [...this.#files.keys()]) {
      if (found.has(path)) continue;
      await disk.remove(path);
      this.#files.delete(path);
    }
  }

  async #holds(path: string, bytes: Uint8Array): Promise<boolean> {
    const { disk } = this.#options;
    if ((await disk.size(path)) !== bytes.length) return false;
    return equalBytes(await disk.read(path, 0, bytes.length), bytes);
  }

  /** What is to be copied file by file: from where, and under which name. */
  async #sources(region: RegionCode): Promise<[from: string, to: string][]> {
    const { data } = this.#options;
    const sources: [string, string][] = [];
    for (const folder of COPIED_FOLDERS) {
      for (const path of await filesIn(join(data, folder)))
        sources.push([join(data, folder, path), `${folder}/${path}`]);
    }
    const bundle = join(data, BUNDLE_FILE);
    if (existsSync(bundle)) sources.push([bundle, copyBundleName(region)]);
    return sources;
  }
}

/** The files of a folder and those in it, by their paths from there with `/`; what is being written has a name with a dot. */
export async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join("/"));
}
