/** What the search page says, fetched with it. */
import type { Text } from "../../../src/election/text.ts";

export const SEARCH_WORDS = {
  label: {
    id: "Nama atau kode wilayah, nomor TPS, atau nama calon",
    en: "Region by name or code, station, or candidate",
  },
  examples: {
    id: "Contoh: kuta, 510303, kuta tps 5, 5103032001005",
    en: "For example: kuta, 510303, kuta tps 5, 5103032001005",
  },
  nothing: {
    id: "Tidak ada yang cocok. Periksa ejaannya, atau ketik lebih sedikit huruf.",
    en: "Nothing fits. Check the spelling, or type fewer letters.",
  },
  found: { id: "ditemukan", en: "found" },
  more: {
    id: "Ada lebih banyak. Ketik lebih lengkap untuk menyempitkan.",
    en: "There are more. Type more to narrow them down.",
  },
  unavailable: {
    id: "Daftar nama belum siap atau tidak dapat diambil. Wilayah tetap dapat dibuka lewat daftar di halaman hasil.",
    en: "The list of names is not ready or could not be fetched. Regions can still be opened from the results pages.",
  },
  candidate: { id: "Calon", en: "Candidate" },
  pair: { id: "Pasangan calon", en: "Pair of candidates" },
  party: { id: "Partai", en: "Party" },
  district: { id: "Dapil", en: "District" },
  results: { id: "Perolehan suara", en: "Votes" },
  account: { id: "Riwayat", en: "Account" },
} as const satisfies Readonly<Record<string, Text>>;
