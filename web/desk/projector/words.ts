/** Sentences on the wall. */
import type { Text } from "../../../src/election/text.ts";

export const WORDS = {
  title: { id: "Layar ruangan", en: "Screen of the hall" },
  opening: { id: "Memasangkan layar ini…", en: "Pairing this screen…" },
  pair: { id: "Pasangkan layar", en: "Pair a screen" },
  pairHelp: {
    id: "Buka alamat ini di komputer proyektor, atau pindai. Berlaku sekali, sepuluh menit. Tambahkan /gelap atau /terang di akhir alamat layar untuk warna yang tetap.",
    en: "Open this address on the projector's computer, or scan it. Good once, for ten minutes. Add /gelap (dark) or /terang (bright) to the screen's address to fix its colours.",
  },
  otherMachine: {
    id: "Pindai dengan komputer proyektor; atau, bila proyektor tersambung ke laptop ini:",
    en: "Scan with the projector's computer; or, if the projector is connected to this laptop:",
  },
  thisMachine: { id: "Buka layar di laptop ini", en: "Open the screen on this laptop" },
  station: { id: "TPS", en: "TPS" },
  desaSoFar: { id: "Jumlah desa", en: "Desa so far" },
  read: { id: "TPS dibaca", en: "stations read" },
  of: { id: "dari", en: "of" },
  valid: { id: "Suara sah", en: "Valid" },
  invalid: { id: "Tidak sah", en: "Invalid" },
  paused: { id: "Rapat diskors", en: "In recess" },
  halted: { id: "Dihentikan sementara", en: "Halted by order" },
  through: { id: "Antrean panel ini selesai", en: "This panel's queue is through" },
  certified: { id: "hasil ditetapkan", en: "results certified" },
  notOpen: { id: "Rapat belum dibuka", en: "The plenary is not open yet" },
  panel: { id: "Panel", en: "Panel" },
  page: { id: "Bagian", en: "Part" },
  noSheet: { id: "C.Hasil belum diterima", en: "No sheet received yet" },
} as const satisfies Readonly<Record<string, Text>>;
