/** Why a hall's copy is not made now, in words that tell the person what to do. */
import type { Text } from "../election/text.ts";
import { hasCode } from "../store/files.ts";
import { isOutOfRoom } from "../store/room.ts";
import { StoreFull } from "../store/store.ts";

export type CopyReason =
  | "missing"
  | "full"
  | "laptop-full"
  | "failed"
  | "slow"
  | "newer"
  | "other"
  | "no-folder"
  | "inside";

export const COPY_WORDS: Readonly<Record<CopyReason, Text>> = {
  missing: {
    id: "Stik atau disk salinan tidak ada di tempatnya. Pasang kembali; yang tertinggal disalin sendiri.",
    en: "The stick or disk of the copy is not in its place. Put it back; what is missing is copied by itself.",
  },
  full: {
    id: "Stik atau disk salinan penuh. Kosongkan ruang di sana, atau pilih tempat lain.",
    en: "The stick or disk of the copy is full. Free some space there, or choose another place.",
  },
  "laptop-full": {
    id: "Disk laptop ini sendiri penuh. Kosongkan ruang; sesudah itu salinan jalan lagi sendiri.",
    en: "This laptop's own disk is full. Free some space; after that the copy goes on by itself.",
  },
  failed: {
    id: "Stik atau disk salinan gagal ditulis atau dibaca kembali. Cabut dan pasang lagi; bila berulang, ganti dengan yang lain.",
    en: "The stick or disk of the copy failed to be written or read back. Take it out and put it back; if that happens again, use another one.",
  },
  slow: {
    id: "Salinan tertinggal: stik atau disknya lambat atau macet. Bila tidak pulih, cabut dan pasang lagi, atau ganti.",
    en: "The copy lags behind: its stick or disk is slow or stuck. If it does not recover, take it out and put it back, or use another one.",
  },
  newer: {
    id: "Salinan di sana lebih baru daripada laptop ini. Tidak ada yang ditimpa. Masukkan dahulu berkas .teguhlog-nya di halaman Sambungan (Masukkan berkas dari stik).",
    en: "The copy there is newer than this laptop. Nothing was overwritten. First bring its .teguhlog file in, on the page Connection (Take in a file from a stick).",
  },
  other: {
    id: "Di sana ada salinan yang bukan milik catatan laptop ini. Tidak ada yang ditimpa. Simpan baik-baik, dan pilih tempat lain.",
    en: "There is a copy there which is not of this laptop's logs. Nothing was overwritten. Keep it safe, and choose another place.",
  },
  "no-folder": {
    id: "Folder itu tidak ada. Pasang stik atau disknya dahulu, lalu sebutkan foldernya.",
    en: "There is no such folder. Put the stick or disk in first, then name its folder.",
  },
  inside: {
    id: "Folder itu di dalam data laptop ini sendiri. Pilih stik atau disk lain.",
    en: "That folder is within this laptop's own data. Choose a stick or another disk.",
  },
};

/** The copy cannot be made now, or not there. Nothing on either side was lost by it. */
export class CopyFailed extends Error {
  override readonly name = "CopyFailed";
  readonly reason: CopyReason;

  /** `where`: which file or folder it concerns. */
  constructor(reason: CopyReason, where: string, options?: ErrorOptions) {
    const { id, en } = COPY_WORDS[reason];
    super(`${where}: ${id} / ${en}`, options);
    this.reason = reason;
  }
}

/** What befell a copy, by what its disk said; null for what no disk says, which is a bug of ours. */
export function copyReason(error: unknown): CopyReason | null {
  if (error instanceof CopyFailed) return error.reason;
  if (error instanceof StoreFull) return "laptop-full";
  if (isOutOfRoom(error)) return "full";
  if (hasCode(error, "ENOENT", "ENODEV", "ENXIO")) return "missing";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^E[A-Z0-9]+$/.test(code) ? "failed" : null;
}
