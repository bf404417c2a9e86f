/** What is said of changes, in accounts and in the feed. */
import { READING_REASONS } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";
import type { Speech } from "../../ui/language.tsx";
import type { PostingKind } from "../verify/journal.ts";

/** What a posting was, by its kind and by whose log it stands in. */
export function kindWords(kind: PostingKind, log: string): Text {
  if (kind === "withdrawal") {
    return { id: "Ditarik oleh sumber, tanpa alasan tercatat", en: "Withdrawn by the source, no reason recorded" };
  }
  if (kind === "annulment") return { id: "C.Hasil dibatalkan", en: "Sheet annulled" };
  return log.startsWith("tps/")
    ? { id: "C.Hasil pengganti dari TPS", en: "Replacing sheet from the station" }
    : { id: "Pembetulan dalam rapat pleno", en: "Correction in plenary" };
}

/** The reason in words; null where none was recorded. */
export function reasonOf(code: string | null): Text | null {
  if (code === null) return null;
  const known: Readonly<Record<string, Text>> = READING_REASONS;
  return (Object.hasOwn(known, code) ? known[code] : undefined) ?? { id: code, en: code };
}

/** −156 with a true minus sign, +12. */
export function signed(value: number, speech: Speech): string {
  return `${value < 0 ? "−" : "+"}${speech.number(Math.abs(value))}`;
}

export const CHANGE_WORDS = {
  open: { id: "Siapa, kapan, kertasnya, pernyataannya", en: "Who, when, papers, the statement" },
  when: { id: "Waktu menurut penanda tangan", en: "Time as the signer states it" },
  where: { id: "Tempat dalam log", en: "Place in the log" },
  who: { id: "Ditandatangani kunci", en: "Signed by key" },
  reason: { id: "Alasan", en: "Reason" },
  noReason: { id: "Tidak ada alasan yang dicatat", en: "No reason was recorded" },
  papers: { id: "Kertas pendukung", en: "Papers" },
  noPapers: {
    id: "Pernyataan ini tidak menyebut foto atau kertas.",
    en: "This statement names no photograph or paper.",
  },
  statement: { id: "Pernyataan bertanda tangan, apa adanya", en: "The signed statement as it stands" },
  proved: {
    id: "Terbukti ada dalam log yang dicakup terbitan bertanda tangan.",
    en: "Proved to be in the log that the signed edition covers.",
  },
  card: { id: "Kartu Perubahan (gambar)", en: "Change card (picture)" },
  cardSave: { id: "Simpan gambar", en: "Save the picture" },
  cardShare: { id: "Bagikan", en: "Share" },
  report: { id: "Laporkan", en: "Report it" },
  reportTitle: { id: "Naskah laporan untuk Bawaslu", en: "Text of a report to the supervisor (Bawaslu)" },
  reportBody: {
    id: "Salin naskah ini, lengkapi nama dan alamat Anda, lalu sampaikan ke Panwaslu atau Bawaslu setempat.",
    en: "Copy this text, add your name and address, and hand it to the local supervisor.",
  },
  copy: { id: "Salin naskah", en: "Copy the text" },
  copied: { id: "Sudah disalin", en: "Copied" },
  station: { id: "Buka TPS ini", en: "Open this station" },
  none: { id: "Tidak ada perubahan yang cocok.", en: "There are no such changes." },
  waiting: { id: "Mengambil dan memeriksa…", en: "Fetching and checking…" },
  down: { id: "berkurang", en: "down" },
  up: { id: "bertambah", en: "up" },
  before: { id: "Sebelum", en: "Before" },
  after: { id: "Sesudah", en: "After" },
  item: { id: "Pilihan", en: "Choice" },
  change: { id: "Selisih", en: "Change" },
} as const satisfies Readonly<Record<string, Text>>;
