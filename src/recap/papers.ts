/**
 * Papers: photos of evidence and of signed certificates, letters, and what was written about an objection.
 *
 * What is published anyway (evidence, scans) is named by SHA-256 of its bytes and lies in `public/photo/`, where any web server
 * finds it. What is not (letters with names on them, words) is named by SHA-256 of 32 random bytes and the bytes, and lies
 * with those 32 in `desk/papers/`: the log keeps the name for ever, and once the file is deleted nobody can guess what it was. A
 * list of pages, which is what a statement names, is published if all of its pages are.
 */
import { join } from "node:path";
import { MOST_PAGES, readPages, writePages } from "../election/page-list.ts";
import { inspectPhoto, PHOTO_FAULTS, type PhotoFault, photoType } from "../election/photo.ts";
import type { Text } from "../election/text.ts";
import { concat, DecodeError, fromUtf8 } from "../ledger/bytes.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull } from "../store/files.ts";
import { isOutOfRoom } from "../store/room.ts";
import type { Random } from "./wire/card.ts";

export const PAPER_KINDS = ["evidence", "letter", "scan", "words"] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];
const PUBLISHED: ReadonlySet<PaperKind> = new Set(["evidence", "scan"]);

const SALT_BYTES = 32;
const MOST_WORDS = 16 * 1024;

/** Why a paper is not kept. */
export type PaperFault = PhotoFault | "words" | "pages" | "full";

const FAULTS: Readonly<Record<Exclude<PaperFault, PhotoFault>, Text>> = {
  words: {
    id: "Teks ini kosong, terlalu panjang (paling banyak 16.000 huruf), atau bukan teks.",
    en: "This text is empty, too long (16,000 letters at most), or no text.",
  },
  pages: {
    id: "Salah satu halaman belum ada di sini. Kirim dahulu fotonya.",
    en: "One of the pages is not here yet. Send its photo first.",
  },
  full: {
    id: "Ruang penyimpanan laptop ini penuh. Foto ini belum disimpan; kosongkan ruang, lalu kirim lagi.",
    en: "This machine's disk is full. The photo is not kept; free some space, then send it again.",
  },
};

/** What is wrong, in words. */
export function sayPaperFault(fault: PaperFault): Text {
  return fault in PHOTO_FAULTS ? PHOTO_FAULTS[fault as PhotoFault] : FAULTS[fault as keyof typeof FAULTS];
}

export type Kept = { readonly hash: Hash } | { readonly fault: PaperFault };

export class Papers {
  readonly #published: string;
  readonly #apart: string;
  readonly #random: Random;
  readonly #write: typeof writeDurable;

  /** `write`: how a file gets onto the disk. */
  constructor(data: string, random: Random, write = writeDurable) {
    this.#published = join(data, "public", "photo");
    this.#apart = join(data, "desk", "papers");
    this.#random = random;
    this.#write = write;
  }

  /** Keeps one photo, or one text. */
  keep(kind: PaperKind, bytes: Uint8Array): Kept {
    const fault = kind === "words" ? wordsFault(bytes) : photoFault(bytes);
    return fault === null ? this.#keep(PUBLISHED.has(kind), bytes) : { fault };
  }

  /** Keeps a list of pages, all of which are here. */
  keepList(pages: readonly Hash[]): Kept {
    const known = pages.map((page) => this.#find(page));
    if (pages.length === 0 || pages.length > MOST_PAGES || known.includes(null)) return { fault: "pages" };
    return this.#keep(
      known.every((page) => page?.isPublished),
      writePages(pages),
    );
  }

  /** The bytes of a paper or list, and what they are; null if there is none of this name. Nothing else is shown as more than text. */
  get(hash: Hash): { readonly bytes: Uint8Array; readonly type: string } | null {
    const found = this.#find(hash);
    if (found === null) return null;
    const { bytes } = found;
    return {
      bytes,
      type: photoType(bytes) ?? (readPages(bytes) !== null ? "application/json" : "text/plain; charset=utf-8"),
    };
  }

  #find(hash: Hash): { readonly bytes: Uint8Array; readonly isPublished: boolean } | null {
    const published = readFileOrNull(join(this.#published, hash));
    if (published !== null) return { bytes: published, isPublished: true };
    const apart = readFileOrNull(join(this.#apart, hash));
    return apart === null ? null : { bytes: apart.subarray(SALT_BYTES), isPublished: false };
  }

  #keep(isPublished: boolean, bytes: Uint8Array): Kept {
    const content = isPublished ? bytes : concat(this.#random(SALT_BYTES), bytes);
    const hash = hashHex(content);
    try {
      if (isPublished) this.#write(join(this.#published, hash), content, 0o644);
      else this.#write(join(this.#apart, hash), content);
    } catch (error) {
      if (isOutOfRoom(error)) return { fault: "full" };
      throw error;
    }
    return { hash };
  }
}

function photoFault(bytes: Uint8Array): PaperFault | null {
  const found = inspectPhoto(bytes);
  return typeof found === "string" ? found : null;
}

function wordsFault(bytes: Uint8Array): PaperFault | null {
  if (bytes.length > MOST_WORDS) return "words";
  try {
    const text = fromUtf8(bytes);
    // Lines and letters: a control character is no word.
    return text.trim() === "" || /[^\P{Cc}\n\t]/u.test(text) ? "words" : null;
  } catch (error) {
    if (error instanceof DecodeError) return "words";
    throw error;
  }
}
