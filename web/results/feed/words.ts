/** What the list of changes says. */
import type { Text } from "../../../src/election/text.ts";

export const FEED_WORDS = {
  intro: {
    id: "Setiap pembetulan yang pernah dicatat, yang terbaru lebih dulu. Laporan pertama sebuah TPS tidak termasuk.",
    en: "Every correction ever recorded, the newest first. A station's first report is not among them.",
  },
  book: { id: "Buku", en: "Book" },
  choice: { id: "Pilihan", en: "Choice" },
  all: { id: "Semua pilihan", en: "All choices" },
  older: { id: "Tampilkan yang lebih lama", en: "Show older ones" },
  branches: { id: "Suara yang pernah dibetulkan turun, menurut", en: "Votes ever corrected down, by" },
  branchesBody: {
    id: "Buka satu wilayah sampai kecamatan: di sana setiap pembetulan tercatat dengan TPS-nya.",
    en: "Open a region down to its kecamatan: there each correction stands with its station.",
  },
  noFalls: {
    id: "Di wilayah ini belum pernah ada suara yang dibetulkan turun dalam buku ini.",
    en: "No votes have been corrected down in this region and book.",
  },
  nothing: { id: "Belum ada TPS yang masuk dari wilayah ini.", en: "No station of this region has reported yet." },
} as const satisfies Readonly<Record<string, Text>>;
