/**
 * What is known of the uploads under way: one small file for each beside its bytes, written so that it is whole or not there, and
 * all of them in memory, since every new upload asks how much room the others have been promised.
 *
 * An upload is named by its device and its paper. So a device has one upload of a paper, however often it begins; nobody
 * can write into another's; and no part of a name comes from a stranger's text.
 */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type KvStore, Upload } from "@tus/server";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import { readFileOrNull, writeAtomic } from "../store/files.ts";

/** The name of an upload: 16 hex of the device's key, the paper's hash. */
export type UploadId = string;

const ID_FORM = /^[0-9a-f]{16}\.[0-9a-f]{64}$/;
const NOTE = ".json";

export function uploadId(device: string, paper: Hash): UploadId {
  return `${device}.${paper}`;
}

/** In an upload's metadata: a sheet that is stored names it. The others are here on trust, and get less room. */
export const NAMED = "named";

/** Uploads under way, and the bytes that they were promised: as long as they were declared, however little has come. */
export interface Promised {
  readonly uploads: number;
  readonly bytes: number;
}
const NOTHING: Promised = { uploads: 0, bytes: 0 };

export class UploadNotes implements KvStore {
  readonly #folder: string;
  readonly #known = new Map<UploadId, Upload>();
  readonly #byDevice = new Map<string, Promised>();
  #all = NOTHING;
  #unnamed = NOTHING;

  /**
   * Reads what is known, and removes what belongs to no upload: bytes without a note, a note without bytes, anything else that a
   * death between two writes has left.
   */
  constructor(folder: string) {
    this.#folder = folder;
    for (const id of readdirSync(folder).filter((name) => ID_FORM.test(name))) {
      const upload = this.#read(id);
      if (upload !== null) this.#remember(id, upload);
    }
    for (const name of readdirSync(folder)) {
      if (!this.#known.has(name.replace(NOTE, ""))) rmSync(join(folder, name), { recursive: true });
    }
  }

  async get(id: UploadId): Promise<Upload | undefined> {
    return this.#known.get(id);
  }

  async set(id: UploadId, upload: Upload): Promise<void> {
    writeAtomic(this.#path(id), utf8(JSON.stringify(upload)));
    this.#forget(id);
    this.#remember(id, upload);
  }

  async delete(id: UploadId): Promise<void> {
    rmSync(this.#path(id), { force: true });
    this.#forget(id);
  }

  async list(): Promise<UploadId[]> {
    return [...this.#known.keys()];
  }

  get all(): Promised {
    return this.#all;
  }

  /** Those that no stored sheet named when they began. */
  get unnamed(): Promised {
    return this.#unnamed;
  }

  ofDevice(device: string): Promised {
    return this.#byDevice.get(device) ?? NOTHING;
  }

  #remember(id: UploadId, upload: Upload): void {
    this.#known.set(id, upload);
    this.#count(id, upload, 1);
  }

  #forget(id: UploadId): void {
    const upload = this.#known.get(id);
    if (upload === undefined) return;
    this.#known.delete(id);
    this.#count(id, upload, -1);
  }

  #count(id: UploadId, { size = 0, metadata }: Upload, sign: 1 | -1): void {
    const changed = ({ uploads, bytes }: Promised) => ({ uploads: uploads + sign, bytes: bytes + sign * size });
    const device = id.slice(0, id.indexOf("."));
    const left = changed(this.ofDevice(device));
    if (left.uploads === 0) this.#byDevice.delete(device);
    else this.#byDevice.set(device, left);
    this.#all = changed(this.#all);
    if (metadata?.[NAMED] === undefined) this.#unnamed = changed(this.#unnamed);
  }

  #path(id: UploadId): string {
    return join(this.#folder, `${id}${NOTE}`);
  }

  /** Null if there is none that can be read: a power cut may have emptied it, and the device then begins anew. */
  #read(id: UploadId): Upload | null {
    const bytes = readFileOrNull(this.#path(id));
    if (bytes === null) return null;
    try {
      return new Upload(JSON.parse(fromUtf8(bytes)) as ConstructorParameters<typeof Upload>[0]);
    } catch {
      return null;
    }
  }
}
