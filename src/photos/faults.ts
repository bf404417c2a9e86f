/**
 * Why a photo is not taken, as whoever sends it is told: a status that says whether trying again can help, and in both languages
 * what to do. Codes are in docs/FORMATS.md.
 */
import type { Fault } from "../core/submission.ts";
import { PHOTO_FAULTS, type PhotoFault } from "../election/photo.ts";
import type { Text } from "../election/text.ts";

export interface PhotoRefusal {
  readonly status: number;
  readonly fault: Fault;
  /** Seconds; absent where trying again without a change cannot help. */
  readonly retryAfter?: number;
}

const MESSAGES = {
  "bad-name": {
    id: "Sebutkan station, contest, list, dan paper (SHA-256) pada Upload-Metadata, serta panjangnya pada Upload-Length.",
    en: "State station, contest, list and paper (SHA-256) in Upload-Metadata, and the length in Upload-Length.",
  },
  "not-in-list": {
    id: "Daftar halaman lembar ini tidak menyebut foto ini. Kirim foto yang disebut di dalamnya.",
    en: "The sheet's list of pages does not name this photo. Send the photos that it names.",
  },
  "wrong-hash": {
    id: "Isi yang tiba bukan isi dengan SHA-256 itu. Kirim lagi dari awal.",
    en: "What arrived does not have that SHA-256. Send it again from the beginning.",
  },
  "not-a-list": {
    id: "Ini bukan daftar halaman: daftar JSON dari SHA-256 tiap foto, tanpa spasi.",
    en: "This is no list of pages: a JSON list of the SHA-256 of each photo, without spaces.",
  },
  unnamed: {
    id: "Belum ada C.Hasil di sini yang menyebut foto ini. Foto disimpan sementara: kirim lembarnya, lalu tanyakan lagi.",
    en: "No sheet here names this photo yet. It is kept for a while: send the sheet, then ask again.",
  },
  "no-pass": {
    id: "Diperlukan pas yang masih berlaku: minta di pintu masuk C.Hasil (/pass), lalu kirim ulang dengan pas itu.",
    en: "A valid pass is needed: get one at the intake of sheets (/pass), then send again with that pass.",
  },
  "too-often": {
    id: "Perangkat ini mengirim terlalu sering. Tunggu sebentar; foto tetap tersimpan di perangkat.",
    en: "This device sends too often. Wait a moment; the photo stays safe on the device.",
  },
  "too-many": {
    id: "Terlalu banyak foto dari perangkat ini belum selesai. Selesaikan dahulu yang sudah dimulai.",
    en: "Too many photos of this device are unfinished. Finish those that were begun first.",
  },
  busy: {
    id: "Server foto sedang penuh. Coba lagi nanti; foto tetap tersimpan di perangkat.",
    en: "The server for photos is busy. Try again later; the photo stays safe on the device.",
  },
  full: {
    id: "Tempat untuk foto di server penuh. Foto ini belum disimpan di sini; coba lagi nanti.",
    en: "The server's room for photos is full. This photo is not stored here; try again later.",
  },
  "not-found": { id: "Alamat ini tidak ada.", en: "There is nothing at this address." },
  failed: {
    id: "Foto belum dapat disimpan. Coba lagi nanti; mengirim ulang aman.",
    en: "The photo could not be stored. Try again later; sending again is safe.",
  },
} as const satisfies Readonly<Record<string, Text>>;

const STATUS: Readonly<Record<keyof typeof MESSAGES, number>> = {
  "bad-name": 400,
  "not-in-list": 400,
  "wrong-hash": 400,
  "not-a-list": 400,
  unnamed: 423,
  "no-pass": 401,
  "too-often": 429,
  "too-many": 429,
  busy: 503,
  full: 507,
  "not-found": 404,
  failed: 503,
};

/** A refusal; `retryAfter` in seconds. */
export function refusal(code: keyof typeof MESSAGES | PhotoFault, retryAfter?: number): PhotoRefusal {
  const own = code in MESSAGES;
  const message = own ? MESSAGES[code as keyof typeof MESSAGES] : PHOTO_FAULTS[code as PhotoFault];
  const status = own ? STATUS[code as keyof typeof MESSAGES] : code === "too-large" ? 413 : 400;
  return { status, fault: { code, message }, ...(retryAfter === undefined ? {} : { retryAfter }) };
}
