/**
 * Every reason for which something that was brought here is not taken in, in words that tell the person what to do next.
 */
import type { Text } from "../election/text.ts";

export type SyncReason =
  | "not-this-format"
  | "cut-short"
  | "too-long"
  | "altered"
  | "other-election"
  | "other-region"
  | "not-here"
  | "unknown-writer"
  | "does-not-prove"
  | "malformed"
  | "unknown-key"
  | "bad-signature"
  | "wrong-root"
  | "repeated"
  | "fork"
  | "replaced"
  | "behind"
  | "no-custody"
  | "too-much-evidence"
  | "too-many-files"
  | "full";

export const SYNC_WORDS: Readonly<Record<SyncReason, Text>> = {
  "not-this-format": {
    id: "Berkas ini bukan dari Teguh, atau dari versi lain. Pilih berkas yang benar, atau perbarui program.",
    en: "This is no file of Teguh, or of another version. Choose the right file, or update the program.",
  },
  "cut-short": {
    id: "Berkas ini terpotong. Salin lagi dari asalnya sampai selesai.",
    en: "This file is cut short. Copy it again from where it came, to its end.",
  },
  "too-long": {
    id: "Isinya lebih panjang daripada yang dinyatakan; sisanya tidak dibaca. Minta berkas yang asli.",
    en: "There is more of it than it says; the rest was not read. Ask for the original.",
  },
  altered: {
    id: "Isinya tidak sama dengan yang ditandatangani. Jangan dipakai; minta berkas yang asli.",
    en: "It is not what was signed. Do not use it; ask for the original.",
  },
  "other-election": {
    id: "Ini milik pemilihan lain. Pilih berkas pemilihan ini.",
    en: "It belongs to another election. Choose the file of this one.",
  },
  "other-region": {
    id: "Ini untuk wilayah lain. Pilih berkas wilayah ini.",
    en: "It is for another region. Choose the file of this one.",
  },
  "not-here": {
    id: "Catatan wilayah itu tidak disimpan di sini. Bawa ke pusat, atau ke wilayahnya.",
    en: "The log of that region is not kept here. Bring it to the centre, or to its region.",
  },
  "unknown-writer": {
    id: "Penandatangan catatan ini belum dikenal di sini. Sinkronkan dahulu catatan wilayah di atasnya.",
    en: "Who signs this log is not known here. Bring the logs of the regions above up to date first.",
  },
  "does-not-prove": {
    id: "Isinya tidak cocok dengan tanda tangannya. Kirim atau salin lagi; bila berulang, hubungi tim teknis.",
    en: "It does not fit its own signature. Send or copy it again; if that happens again, call the technical team.",
  },
  malformed: {
    id: "Ada catatan yang bentuknya salah; yang sesudahnya tidak dimasukkan. Hubungi tim teknis.",
    en: "A statement in it is malformed; nothing after it was taken in. Call the technical team.",
  },
  "unknown-key": {
    id: "Ada catatan dengan kunci yang tidak dikenal. Sinkronkan dahulu catatan wilayah di atasnya.",
    en: "A statement in it has an unknown key. Bring the logs of the regions above up to date first.",
  },
  "bad-signature": {
    id: "Ada tanda tangan yang tidak sah; yang sesudahnya tidak dimasukkan. Hubungi tim teknis.",
    en: "A signature in it is not valid; nothing after it was taken in. Call the technical team.",
  },
  "wrong-root": {
    id: "Riwayat lain yang disebut di dalamnya berbeda dari yang ada di sini. Hentikan dan hubungi tim teknis.",
    en: "It names another history than the one here. Stop and call the technical team.",
  },
  repeated: {
    id: "Satu catatan tertulis dua kali di dalamnya, padahal tidak boleh. Hubungi tim teknis.",
    en: "A statement is in it twice, which must not be. Call the technical team.",
  },
  fork: {
    id: "Dua riwayat yang bertentangan. Keduanya disimpan sebagai bukti, tidak ada yang digabung. Hentikan penulisan di komputer itu dan minta KPU kabupaten/kota memindahkan penulisan ke komputer lain.",
    en: "Two histories that contradict each other. Both are kept as evidence, nothing was merged. Stop writing on that machine, and have the KPU of the kabupaten move custody to another one.",
  },
  replaced: {
    id: "Penulisan sudah dipindahkan ke komputer lain. Yang tertulis di sini sesudah itu disimpan terpisah sebagai bukti. Lanjutkan di komputer pengganti.",
    en: "Custody has moved to another machine. What was written here after that is kept apart as evidence. Go on at the machine that replaced this one.",
  },
  behind: {
    id: "Data di sini lebih lama daripada yang pernah ditandatangani di sini (salinan lama yang dipulihkan?). Tidak ada yang ditulis sampai terkejar: sambungkan ke pusat, atau masukkan berkas .teguhlog terbaru dari salinan atau stik. Bila tidak ada di mana pun, minta KPU kabupaten/kota memindahkan penulisan ke laptop lain.",
    en: "What is here is older than what was signed here before (an old copy restored?). Nothing is written until it has caught up: connect to the centre, or take in the newest .teguhlog file from the copy or a stick. If it is nowhere, have the KPU of the kabupaten move custody to another laptop.",
  },
  "no-custody": {
    id: "Komputer ini tidak memegang penulisan wilayah ini. Minta KPU kabupaten/kota menyerahkannya kepada kunci komputer ini.",
    en: "This machine has not the custody of this region. Have the KPU of the kabupaten hand it to this machine's key.",
  },
  "too-much-evidence": {
    id: "Komputer yang digantikan mengirim lebih banyak daripada yang disimpan di sini. Serahkan komputernya kepada tim teknis.",
    en: "The machine that was replaced sends more than is kept here. Hand the machine to the technical team.",
  },
  "too-many-files": {
    id: "Terlalu banyak berkas di folder ini. Sebutkan berkasnya satu per satu.",
    en: "There are too many files in this folder. Name the file itself.",
  },
  full: {
    id: "Disk laptop ini penuh; yang belum masuk tidak hilang dari berkasnya. Kosongkan ruang, lalu masukkan lagi.",
    en: "This laptop's disk is full; what did not come in is still in the file. Free some space, then take it in again.",
  },
};

/** Something brought here is not taken in, or not all of it. The message says what to do, in both languages. */
export class SyncRefused extends Error {
  override readonly name = "SyncRefused";
  readonly reason: SyncReason;

  /** `about`: what it concerns, a log or file, before the words. */
  constructor(reason: SyncReason, about: string) {
    const { id, en } = SYNC_WORDS[reason];
    super(`${about}: ${id} / ${en}`);
    this.reason = reason;
  }
}
