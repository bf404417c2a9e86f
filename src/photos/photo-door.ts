/**
 * The door for photographs of sheets. A photo is taken in because a signed sheet names it: the sheet's `papers` is the hash of a
 * list of pages, the list has the hash of each page. So whoever sends the bytes need not be trusted, nothing of theirs is
 * published that a granted key has not named, and a photo can never be exchanged afterwards.
 *
 * The bytes come by tus (resumable uploads; the HTTP is in src/server/photos.ts) into `photos/`, and are judged when the last
 * one is there: right hash → a real photo without metadata, or a list → named by a stored sheet → `public/photo/<hash>`.
 *
 * What dies between two writes leaves: part of an upload (it is resumed), all of an upload (the next question about it judges
 * it again), the published photo and its upload (the upload is found to be finished, and removed by the question or by age).
 * Bytes that a power cut has torn have another hash, and are sent again.
 */
import { mkdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { stationChain } from "../core/submission.ts";
import { CONTEST_KINDS, isStationCode, kecamatanOf, type StationCode, tpsLog } from "../election/codes.ts";
import { MOST_LIST_BYTES, paperHash, readPages } from "../election/page-list.ts";
import { inspectPhoto, MOST_PHOTO_BYTES } from "../election/photo.ts";
import { decodeBody } from "../election/statements.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull } from "../store/files.ts";
import { isOutOfRoom } from "../store/room.ts";
import type { Store } from "../store/store.ts";
import { type PhotoRefusal, refusal } from "./faults.ts";
import { NAMED, type UploadId, UploadNotes, uploadId } from "./upload-notes.ts";

/** What may be under way, and for how long. */
export interface PhotoLimits {
  /** Bytes of all uploads together that are not published yet. */
  readonly bytes: number;
  /** Of these, those that no stored sheet names: phones whose sheet waits at a relay, and whoever tries to fill the disk. */
  readonly unnamedBytes: number;
  readonly uploads: number;
  readonly device: { readonly bytes: number; readonly uploads: number };
  /** Bytes of the disk that photos leave free: statements and editions never lack room because of them. */
  readonly keepFree: number;
  /** Milliseconds after its beginning at which an upload is removed, whole or not. */
  readonly life: number;
}

const MEBIBYTE = 2 ** 20;
export const PHOTO_LIMITS: PhotoLimits = {
  bytes: 4_096 * MEBIBYTE,
  unnamedBytes: 1_024 * MEBIBYTE,
  uploads: 50_000,
  device: { bytes: 128 * MEBIBYTE, uploads: 128 },
  keepFree: 2_048 * MEBIBYTE,
  life: 24 * 3_600_000,
};

/** Parts of tus that are spoken: a length that is told later cannot be promised room. */
const UNDERSTOOD = ["creation", "creation-with-upload", "termination", "expiration"];
/** Seconds after which a phone asks again: for room, and for the sheet that names its photo. */
const NO_ROOM = 300;
const NOT_NAMED = 60;

export interface PhotoDoorOptions {
  /** The data folder. */
  readonly data: string;
  /** Read only: which sheets there are. */
  readonly store: Store;
  /** Of a hall: the newest sheet of a station that is kept here and in no log yet; null if there is none. It names photos too. */
  readonly held?: (station: StationCode, contest: PaperName["contest"]) => Promise<Uint8Array | null>;
  /** Of a hall: told of a photo that is published, and of the sheet that names it, before its sender is. */
  readonly onPublished?: (name: PaperName, sheet: Uint8Array) => Promise<void>;
  readonly limits?: Partial<PhotoLimits>;
  /** Free bytes of a folder's disk, and how a file gets onto it; what tests take away. */
  readonly freeBytes?: (folder: string) => number;
  readonly write?: typeof writeDurable;
}

/** An upload that may begin, with what is to be remembered of it. */
export interface Begun {
  readonly id: UploadId;
  readonly metadata: Readonly<Record<string, string>>;
}

/** `published`: it stands in `public/photo/`, and the phone may let go of it. */
export type Settled = { readonly published: number } | { readonly refused: PhotoRefusal };

export class PhotoDoor {
  readonly #options: PhotoDoorOptions;
  readonly #limits: PhotoLimits;
  readonly #public: string;
  readonly #uploads: string;
  readonly #notes: UploadNotes;
  /** Where tus keeps the bytes. */
  readonly files: FileStore;

  constructor(options: PhotoDoorOptions) {
    this.#options = options;
    this.#limits = { ...PHOTO_LIMITS, ...options.limits };
    this.#public = join(options.data, "public", "photo");
    this.#uploads = join(options.data, "photos");
    mkdirSync(this.#uploads, { recursive: true, mode: 0o700 });
    this.#notes = new UploadNotes(this.#uploads);
    this.files = new FileStore({
      directory: this.#uploads,
      configstore: this.#notes,
      expirationPeriodInMilliseconds: this.#limits.life,
    });
    this.files.extensions = UNDERSTOOD;
  }

  /** Uploads under way and the bytes that were promised to them. */
  get underWay(): { readonly uploads: number; readonly bytes: number } {
    return this.#notes.all;
  }

  /**
   * Whether an upload may begin.
   * @param device short name of the key whose pass was checked
   * @param metadata as it came; `station`, `contest`, `list`, `paper` must be there
   * @param size bytes, as declared
   */
  async begin(
    device: string,
    metadata: Readonly<Record<string, string | null>>,
    size: number,
  ): Promise<Begun | PhotoRefusal> {
    const name = nameIn(metadata);
    if (name === null || !Number.isSafeInteger(size) || size < 1) return refusal("bad-name");
    if (size > (name.paper === name.list ? MOST_LIST_BYTES : MOST_PHOTO_BYTES)) return refusal("too-large");
    const standing = await this.#standing(name);
    if (standing === "not-in-list") return refusal(standing);
    const isNamed = standing !== "unnamed";
    const id = uploadId(device, name.paper);
    const { station, contest, list, paper } = name;
    const noted = { station, contest, list, paper, ...(isNamed ? { [NAMED]: "yes" } : {}) };
    return this.#roomFault(device, size, isNamed) ?? { id, metadata: noted };
  }

  /** The size of a photo that is published; null if it is not. */
  published(paper: Hash): number | null {
    return statSync(join(this.#public, paper), { throwIfNoEntry: false })?.size ?? null;
  }

  /** Judges an upload of which every byte is there; null if it is not one. Asked as often as anybody likes, with one outcome. */
  async settle(id: UploadId): Promise<Settled | null> {
    const upload = await this.#notes.get(id);
    const name = upload?.metadata && nameIn(upload.metadata);
    const bytes = name && readFileOrNull(join(this.#uploads, id));
    if (!upload || !name || !bytes || bytes.length !== upload.size) return null;
    const wrong = contentFault(bytes, name);
    if (wrong !== null) {
      await this.#drop(id);
      return { refused: wrong };
    }
    const standing = await this.#standing(name);
    if (standing === "unnamed") return { refused: refusal("unnamed", NOT_NAMED) };
    if (standing === "not-in-list") {
      await this.#drop(id);
      return { refused: refusal("not-in-list") };
    }
    return this.#publish(id, name, standing.sheet, bytes);
  }

  /** Removes uploads, whole or not, that began longer ago than their life. `now`: milliseconds since 1970. */
  async removeExpired(now: number): Promise<void> {
    for (const id of await this.#notes.list()) {
      const begun = Date.parse((await this.#notes.get(id))?.creation_date ?? "");
      if (now - begun > this.#limits.life) await this.#drop(id);
    }
  }

  async #publish(id: UploadId, name: PaperName, sheet: Uint8Array, bytes: Uint8Array): Promise<Settled> {
    const { write = writeDurable, onPublished } = this.#options;
    try {
      write(join(this.#public, name.paper), bytes, 0o644);
      await onPublished?.(name, sheet);
    } catch (error) {
      if (isOutOfRoom(error)) return { refused: refusal("full", NO_ROOM) };
      throw error;
    }
    await this.#drop(id);
    return { published: bytes.length };
  }

  /** Removes an upload; its bytes first, so that nothing is left that nobody counts. */
  async #drop(id: UploadId): Promise<void> {
    // Two questions at once may both find it finished.
    if ((await this.#notes.get(id)) !== undefined) await this.files.remove(id);
  }

  #roomFault(device: string, size: number, isNamed: boolean): PhotoRefusal | null {
    const { limits, notes } = { limits: this.#limits, notes: this.#notes };
    const own = notes.ofDevice(device);
    if (own.uploads >= limits.device.uploads || own.bytes + size > limits.device.bytes) {
      return refusal("too-many", NO_ROOM);
    }
    const { freeBytes = freeOf } = this.#options;
    const isFull =
      notes.all.uploads >= limits.uploads ||
      notes.all.bytes + size > limits.bytes ||
      (!isNamed && notes.unnamed.bytes + size > limits.unnamedBytes) ||
      // Twice: in the upload, then in what is published.
      freeBytes(this.#uploads) - notes.all.bytes - 2 * size < limits.keepFree;
    return isFull ? refusal("full", NO_ROOM) : null;
  }

  /** The sheet that names a paper, by its list or as the list; or why none does. */
  async #standing(name: PaperName): Promise<Standing> {
    const { list, paper } = name;
    const sheet = await this.#sheetWith(name);
    const named: Standing = sheet === null ? "unnamed" : { sheet };
    if (paper === list) return named;
    const listed = readFileOrNull(join(this.#public, list));
    const pages = listed && readPages(listed);
    if (!pages) return "unnamed";
    return pages.includes(paper) ? named : "not-in-list";
  }

  /** A sheet of the station and contest that names the list. */
  async #sheetWith({ station, contest, list }: PaperName): Promise<Uint8Array | null> {
    const { store, held } = this.#options;
    const log = tpsLog(kecamatanOf(station));
    const names = (note: Uint8Array) => decodeBody("sheet", parseStatement(note).body).papers === list;
    for (const index of await store.chainEntries(log, stationChain(station, CONTEST_KINDS.indexOf(contest)))) {
      const [note] = await store.read(log, index, index + 1);
      if (note !== undefined && names(note)) return note;
    }
    const note = (await held?.(station, contest)) ?? null;
    return note !== null && names(note) ? note : null;
  }
}

type Standing = "unnamed" | "not-in-list" | { readonly sheet: Uint8Array };

/** By what a photo is named: the station and contest of a sheet, the list that it names, and the photo (or the list itself). */
export interface PaperName {
  readonly station: StationCode;
  readonly contest: (typeof CONTEST_KINDS)[number];
  readonly list: Hash;
  readonly paper: Hash;
}

function nameIn(metadata: Readonly<Record<string, string | null | undefined>>): PaperName | null {
  const { station, contest: kind } = metadata;
  const contest = CONTEST_KINDS.find((one) => one === kind);
  const list = paperHash(metadata.list ?? "");
  const paper = paperHash(metadata.paper ?? "");
  if (typeof station !== "string" || !isStationCode(station) || !contest || !list || !paper) return null;
  return { station, contest, list, paper };
}

/** What is wrong with the bytes of a paper; null if nothing is. */
function contentFault(bytes: Uint8Array, { paper, list }: PaperName): PhotoRefusal | null {
  if (hashHex(bytes) !== paper) return refusal("wrong-hash");
  if (paper === list) return readPages(bytes) === null ? refusal("not-a-list") : null;
  const found = inspectPhoto(bytes);
  return typeof found === "string" ? refusal(found) : null;
}

function freeOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
