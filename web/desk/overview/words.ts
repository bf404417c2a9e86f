/** Sentences of the overview. */
import type { Text } from "../../../src/election/text.ts";
import type { Column } from "./behind.ts";

export const COLUMN_WORDS: Readonly<Record<Column, Text>> = {
  region: { id: "Wilayah", en: "Region" },
  condition: { id: "Keadaan", en: "Condition" },
  left: { id: "TPS tersisa", en: "Stations left" },
  pace: { id: "Menit per kotak", en: "Minutes per box" },
  forecast: { id: "Perkiraan selesai", en: "Forecast" },
  held: { id: "Menunggu pencocokan", en: "Waiting to be matched" },
  objections: { id: "Keberatan terbuka", en: "Open objections" },
  lastAct: { id: "Terakhir bergerak", en: "Last moved" },
};

export const WORDS = {
  board: { id: "Papan sisa kotak", en: "Boxes left" },
  below: { id: "Rapat di bawah", en: "Plenaries below" },
  boxesLeft: { id: "Kotak tersisa", en: "Boxes left" },
  stationsLeft: { id: "TPS tersisa", en: "Stations left" },
  of: { id: "dari", en: "of" },
  perBox: { id: "Menit per kotak", en: "Minutes per box" },
  perBoxHelp: { id: "skors tidak dihitung", en: "pauses not counted" },
  forecast: { id: "Perkiraan selesai", en: "Forecast" },
  noForecast: { id: "Belum dapat diperkirakan", en: "Cannot be said yet" },
  inTime: { id: "sebelum batas waktu", en: "before the deadline" },
  late: { id: "setelah batas waktu", en: "after the deadline" },
  noDeadline: { id: "batas waktu belum diketahui", en: "deadline not known" },
  postponed: { id: "TPS ditunda", en: "Put off" },
  papers: { id: "Bukti belum dipotret", en: "Papers missing" },
  papersHelp: {
    id: "Fotonya dapat menyusul sampai D.Hasil ditetapkan, di halaman D.Hasil.",
    en: "The photographs may follow until the certificate, on the page of certificates.",
  },
  boxes: { id: "Kotak demi kotak", en: "Box by box" },
  boxesHelp: { id: "TPS dibaca dari semua TPS di kotak itu.", en: "Stations read of all in that box." },
  open: { id: "terbuka", en: "open" },
  done: { id: "selesai", en: "done" },
  put: { id: "ditunda", en: "put off" },
  held: { id: "menunggu pencocokan", en: "to be matched" },
  noSheet: { id: "tanpa C.Hasil", en: "without a sheet" },
  allRegions: { id: "Semua", en: "All" },
  shownLevel: { id: "Rapat yang ditampilkan", en: "Plenaries shown" },
  rightBelow: { id: "Kabupaten/kota", en: "Kabupaten and kota" },
  everyKecamatan: { id: "Semua kecamatan", en: "Every kecamatan" },
  noneSuch: { id: "Tidak ada wilayah seperti ini.", en: "No such region." },
  sortBy: { id: "Urutkan menurut", en: "Sort by" },
  atEnd: { id: "Semua kotak selesai.", en: "All boxes are done." },
} as const satisfies Readonly<Record<string, Text>>;
