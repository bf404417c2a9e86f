/** Sentences on the wall. */
import type { Text } from "../../../src/election/text.ts";

export const WORDS = {
  title: { id: "Layar ruangan", en: "Screen of the hall" },
  station: { id: "TPS", en: "TPS" },
  desaSoFar: { id: "Jumlah desa", en: "Desa so far" },
  read: { id: "TPS dibaca", en: "stations read" },
  of: { id: "dari", en: "of" },
  valid: { id: "Suara sah", en: "Valid" },
  invalid: { id: "Tidak sah", en: "Invalid" },
  paused: { id: "Rapat diskors", en: "In recess" },
  halted: { id: "Dihentikan sementara", en: "Halted by order" },
  through: { id: "Antrean panel ini selesai", en: "This panel's queue is through" },
  notOpen: { id: "Rapat belum dibuka", en: "The plenary is not open yet" },
  panel: { id: "Panel", en: "Panel" },
  page: { id: "Bagian", en: "Part" },
  noSheet: { id: "C.Hasil belum diterima", en: "No sheet received yet" },
  waiting: { id: "Mengambil data…", en: "Fetching…" },
  cut: { id: "Terputus. Angka terakhir.", en: "Cut off. Last figures." },
} as const satisfies Readonly<Record<string, Text>>;
