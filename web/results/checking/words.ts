/** What is said of the checks, fetched when somebody asks. */
import type { Text } from "../../../src/election/text.ts";

export const CHECK_WORDS = {
  checkedCandidates: {
    id: "Suara calon di suatu desa dijumlahkan ulang dari TPS-nya begitu sebuah TPS dibuka. Di atas desa, suara calon diperiksa lewat jumlah per partai (bila semua dapilnya ada di halaman ini) dan lewat sidik berkas.",
    en: "Candidates' votes in a desa are added up again from its stations once a station is opened. Above the desa they are checked by party totals (where this page has all the districts) and by fingerprint.",
  },
  firstVisit: {
    id: "Ini kunjungan pertama: peramban ini mulai mengingat kunci dan keadaan log, dan akan memperingatkan bila kelak berubah.",
    en: "This is the first visit: this browser now remembers the key and the state of the log, and will warn if they change.",
  },
  root: { id: "Akar log", en: "Log root" },
} as const satisfies Readonly<Record<string, Text>>;
