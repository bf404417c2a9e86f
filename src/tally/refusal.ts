/**
 * Why an entry of a log has no effect. Nothing is removed from a log: what the fold refuses stands there, is shown, and moves
 * nothing.
 */
import type { Text } from "../election/text.ts";

/** Why a statement has no effect. A fault is one that no honest writer would have appended. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly fault: boolean;
  /** Number of the order that halts the region, where the reason is `halted`. */
  readonly order?: string;
}
export type RefusalReason =
  | "malformed"
  | "other-election"
  | "wrong-log"
  | "no-authority"
  | "not-the-writer"
  | "wrong-root"
  | "one-person"
  | "no-pen"
  | "halted"
  | "other-reading"
  | "does-not-add-up"
  | "not-current"
  | "too-many-rivals"
  | "already-open"
  | "too-many-mandates"
  | "unknown-reference";

/** A refusal that the fold reports as a fault of the log. */
export const fault = (reason: RefusalReason): Refusal => ({ reason, fault: true });
/** A refusal that can happen to honest people: the statement is shown, and does nothing. */
export const noEffect = (reason: RefusalReason): Refusal => ({ reason, fault: false });
/** What an order halts does nothing; the refusal names the order, so that the hall can be shown it. */
export const haltedBy = (order: string): Refusal => ({ reason: "halted", fault: false, order });

const WORDS: Readonly<Record<RefusalReason, Text>> = {
  malformed: {
    id: "Isinya tidak dikenal di wilayah ini. Periksa wilayah, TPS, dan jenis pemilihannya.",
    en: "It names something unknown in this region. Check the region, station and contest.",
  },
  "other-election": { id: "Ini milik pemilihan lain.", en: "It belongs to another election." },
  "wrong-log": {
    id: "Tempatnya bukan di catatan rapat ini. Catat di rapat wilayah yang bersangkutan.",
    en: "It does not belong in this plenary's log. Record it in the plenary of the region concerned.",
  },
  "no-authority": {
    id: "Penandatangan tidak berwenang untuk ini. Minta ketua atau anggota yang berwenang.",
    en: "Whoever signs has no authority for this. Ask the chair or a member who has.",
  },
  "not-the-writer": {
    id: "Catatan ini sekarang ditulis di tempat lain. Lanjutkan di sana.",
    en: "This log is now written elsewhere. Go on there.",
  },
  "wrong-root": {
    id: "Riwayat yang disebut tidak sama dengan yang ada di sini. Hentikan dan hubungi tim teknis.",
    en: "The history that it names differs from the one here. Stop and call the technical team.",
  },
  "one-person": {
    id: "Perlu dua orang. Minta orang kedua ikut menandatangani.",
    en: "It needs two persons. Have a second one sign too.",
  },
  "no-pen": {
    id: "Hasil ini tidak sedang di tangan rapat ini: sudah ditetapkan, atau belum diserahkan dari bawah.",
    en: "This result is not in this plenary's hands: it was certified, or has not been passed up yet.",
  },
  halted: {
    id: "Rekapitulasi di wilayah ini dihentikan sementara. Tunggu perintah melanjutkan.",
    en: "The recapitulation of this region is halted. Wait for the order to resume.",
  },
  "other-reading": {
    id: "TPS ini sudah dibacakan. Ambil pembacaan terakhir, lalu betulkan yang itu.",
    en: "This station has been read. Fetch its latest reading and correct that one.",
  },
  "does-not-add-up": {
    id: "Angkanya tidak cocok. Cocokkan dengan C.Hasil, atau tetapkan berdua dengan catatan.",
    en: "The figures do not add up. Match them with the sheet, or adopt them with a note and a second person.",
  },
  "not-current": {
    id: "Lembar itu bukan yang berlaku. Ambil versi terkini.",
    en: "That sheet is not the current one. Fetch the latest.",
  },
  "too-many-rivals": {
    id: "Kunci ini sudah mengirim terlalu banyak versi. Kirim pembetulan yang menyebut versi terkini.",
    en: "This key has sent too many versions. Send a correction that names the current one.",
  },
  "already-open": {
    id: "Rapat ini sudah dibuka. Lanjutkan saja.",
    en: "This plenary has been opened already. Just go on.",
  },
  "too-many-mandates": {
    id: "Paling banyak dua saksi bermandat per peserta, satu di dalam ruangan. Cabut mandat yang lama dahulu.",
    en: "A participant has at most two mandated witnesses, one of them in the room. Withdraw an earlier mandate first.",
  },
  "unknown-reference": {
    id: "Yang dirujuk tidak ada di catatan rapat ini. Pilih dari daftar.",
    en: "What it refers to is not in this plenary's log. Choose it from the list.",
  },
};

/** A refusal in words that tell the person what to do; a halt with the number of its order. */
export function sayRefusal({ reason, order }: Refusal): Text {
  const { id, en } = WORDS[reason];
  return order === undefined ? { id, en } : { id: `${id} (Nomor ${order})`, en: `${en} (Number ${order})` };
}
