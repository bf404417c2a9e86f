/** What the account says. */
import type { Text } from "../../../src/election/text.ts";

export const ACCOUNT_WORDS = {
  intro: {
    id: "Suara dicatat seperti uang. Tidak ada angka yang ditimpa: setiap suara yang bertambah atau berkurang tercatat, dengan TPS, alasan, dan pernyataannya.",
    en: "Votes are kept like money. No figure is overwritten: every vote added or taken away is on record, with its station, reason and statement.",
  },
  book: { id: "Buku", en: "Book" },
  choice: { id: "Perolehan suara siapa", en: "Whose votes" },
  from: { id: "Dari", en: "From" },
  to: { id: "Sampai", en: "To" },
  beginning: { id: "Awal", en: "The beginning" },
  now: { id: "Sekarang", en: "Now" },
  editionOption: { id: "Data ke-", en: "Edition " },
  last10: { id: "10 menit yang lalu", en: "10 minutes ago" },
  last60: { id: "1 jam yang lalu", en: "1 hour ago" },
  last360: { id: "6 jam yang lalu", en: "6 hours ago" },
  last1440: { id: "1 hari yang lalu", en: "1 day ago" },
  last10080: { id: "1 minggu yang lalu", en: "1 week ago" },
  opening: { id: "Suara awal", en: "Opening" },
  stations: { id: "TPS baru", en: "New stations" },
  stationsRead: { id: "TPS baru dibaca", en: "Stations newly read" },
  up: { id: "Pembetulan naik", en: "Corrections up" },
  down: { id: "Pembetulan turun", en: "Corrections down" },
  closing: { id: "Suara akhir", en: "Closing" },
  before: { id: "sebelum data pertama", en: "before the first edition" },
  parts: { id: "Asalnya, menurut", en: "Where it comes from, by" },
  partsOpen: {
    id: "Buka satu baris untuk melihat tingkat di bawahnya, sampai TPS.",
    en: "Open a line to see the level below, down to the station.",
  },
  notCarried: {
    id: "Perolehan calon tidak tertulis pada baris tingkat ini. Buka wilayahnya.",
    en: "The rows of this level carry no candidates. Open the region.",
  },
  perDistrict: { id: "Riwayat suara calon: pilih dapilnya", en: "Account of a candidate: choose the district" },
  corrections: { id: "Setiap pembetulan", en: "Every correction" },
  noCorrections: {
    id: "Tidak ada suara pilihan ini yang dibetulkan di antara kedua waktu.",
    en: "No votes of this choice were corrected between the two times.",
  },
  below: {
    id: "Pembetulan tercatat per kecamatan. Buka kabupaten/kota lalu kecamatan untuk melihat setiap TPS.",
    en: "Corrections are listed by kecamatan. Open a regency, then a kecamatan, to see each station.",
  },
  unknownOpening: {
    id: "Untuk waktu awal ini tinggal jumlah desa yang disimpan, bukan angka tiap TPS. Pembetulannya tetap lengkap.",
    en: "For this time only the sum of the desa is kept, not each station. The corrections are complete.",
  },
  adjustments: { id: "Penyesuaian putusan", en: "Adjustments by ruling" },
  notKept: {
    id: "Keadaan wilayah ini pada data ke-{n} tidak disimpan utuh. Pilih waktu lain, atau hitung ulang dari log dengan “teguh account”.",
    en: "The state of this region in edition {n} is not kept whole. Choose another time, or refold it from the logs with “teguh account”.",
  },
  nothing: {
    id: "Belum ada suara di wilayah ini pada waktu akhir yang dipilih.",
    en: "There are no votes in this region at the closing time chosen.",
  },
  looking: { id: "Mencari data pada waktu itu…", en: "Looking for the edition of that time…" },
  share: { id: "Salin tautan halaman ini", en: "Copy the link of this page" },
} as const satisfies Readonly<Record<string, Text>>;
