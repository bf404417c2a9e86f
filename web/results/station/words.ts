/** What a station's page says, fetched with it. */
import type { Text } from "../../../src/election/text.ts";

export const STATION_WORDS = {
  figures: { id: "Angka menurut urutan formulir", en: "Figures in the order of the form" },
  figuresLater: {
    id: "Angka lengkap muncul setelah C.Hasil pertama masuk.",
    en: "The full figures appear after the first sheet arrives.",
  },
  figure: { id: "Uraian", en: "Item" },
  notReported: { id: "tidak dilaporkan", en: "not reported" },
  differs: { id: "berbeda", en: "differs" },
  history: { id: "Riwayat pernyataan", en: "History of statements" },
  historyBody: {
    id: "Setiap pernyataan di bawah diambil dari log dan terbukti tercakup dalam terbitan yang ditandatangani. Tidak ada yang ditimpa.",
    en: "Each statement below was read from the log and proved to be covered by the signed edition. Nothing is overwritten.",
  },
  historyWaiting: { id: "Mengambil riwayat dari log…", en: "Reading the history from the log…" },
  firstSheet: { id: "C.Hasil diterima", en: "Sheet received" },
  laterSheet: { id: "C.Hasil pengganti", en: "Replacing sheet" },
  rivalSheet: { id: "C.Hasil lain, tidak dijumlahkan", en: "Another sheet, not added" },
  annulment: { id: "Pembatalan", en: "Annulment" },
  reading: { id: "Pembacaan dalam pleno", en: "Reading in plenary" },
  reason: { id: "Alasan", en: "Reason" },
  entry: { id: "entri", en: "entry" },
  signedBy: { id: "kunci", en: "key" },
  before: { id: "Sebelum", en: "Before" },
  after: { id: "Sesudah", en: "After" },
  noChange: { id: "Angka tidak berubah.", en: "No figure changed." },
  notes: { id: "Catatan", en: "Notes" },
  photos: { id: "Foto kertasnya", en: "Photographs of the papers" },
  sheetPhoto: { id: "C.Hasil", en: "Sheet" },
  evidencePhoto: { id: "Bukti pembacaan", en: "Evidence of the reading" },
  noPhotos: {
    id: "Belum ada foto yang diterbitkan untuk TPS ini. Begitu diterbitkan, foto tampil di sini, di samping angkanya.",
    en: "No photograph of this station has been published. Once there is one it stands here, beside its figures.",
  },
  papers: { id: "Sidik daftar foto", en: "Fingerprint of the list of photographs" },
  initialled: { id: "Diparaf saksi", en: "Initialled by witnesses of" },
  refused: { id: "Menolak memaraf", en: "Refused to initial" },
  incident: { id: "Nomor kejadian khusus", en: "Incident number" },
  none: { id: "Tidak ada", en: "None" },
} as const satisfies Readonly<Record<string, Text>>;
