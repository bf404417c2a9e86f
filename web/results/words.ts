/**
 * Every sentence of the first view; the terms are those of the law (see the design's table of words). English stands in a file
 * of its own, fetched by those who read it (measured: 1.4 KB of a first view of 32); `learnEnglish` takes it in, and until
 * then Indonesian is said.
 */
import type { ContestKind } from "../../src/election/codes.ts";
import type { Text } from "../../src/election/text.ts";
import type { FaultCode } from "./verify/fault.ts";
import type { ResultObject, StationState } from "./verify/objects.ts";

/** Words with an English that may come later. */
function bilingual<K extends string>(indonesian: Readonly<Record<K, string>>, english: Partial<Record<K, string>>) {
  const keys = Object.keys(indonesian) as K[];
  const texts = keys.map((key): readonly [K, Text] => {
    const id = indonesian[key];
    return [
      key,
      {
        id,
        get en() {
          return english[key] ?? id;
        },
      },
    ];
  });
  return Object.fromEntries(texts) as Readonly<Record<K, Text>>;
}

const FAULTS_ID: Readonly<Record<FaultCode, string>> = {
  unreachable: "Data tidak dapat diambil. Periksa sambungan Anda, lalu coba lagi.",
  gone: "Berkas ini belum atau tidak lagi disimpan di situs ini.",
  "unknown-place": "Wilayah atau jenis pemilihan ini tidak ada dalam data yang diterbitkan.",
  malformed: "Isi berkas tidak seperti seharusnya.",
  "wrong-key": "Data ditandatangani kunci lain daripada yang dikenal peramban ini.",
  "bad-signature": "Tanda tangan tidak sesuai dengan isinya.",
  "not-in-log": "Terbitan ini tidak tercatat dalam log terbitan.",
  "wrong-hash": "Isi berkas bukan yang ditandatangani dalam terbitan.",
  "wrong-place": "Berkas memuat wilayah atau jenis pemilihan lain.",
  "wrong-row": "Angka wilayah tidak sama dengan yang tertulis di tingkat atasnya.",
  "wrong-sum": "Jumlah tidak sama dengan penjumlahan bagian-bagiannya.",
  "counter-fell":
    "Catatan suara bertambah atau berkurang menyusut di antara dua terbitan. Catatan itu hanya boleh bertambah.",
  "broken-receipt": "Tanda terima bertanda tangan menjanjikan tempat di log yang kini berisi pernyataan lain.",
  "rolled-back": "Situs ini menyajikan keadaan yang lebih lama daripada yang sudah dilihat peramban ini.",
  forked: "Ada dua riwayat bertanda tangan yang bertentangan.",
};

const WORDS_ID = {
  levelNation: "Nasional",
  levelProvinsi: "Provinsi",
  levelKabupaten: "Kabupaten/Kota",
  levelKecamatan: "Kecamatan",
  levelDesa: "Desa/Kelurahan",
  statusNone: "Pleno belum dimulai",
  statusOpen: "Pleno berlangsung",
  statusPaused: "Pleno diskors",
  statusHalted: "Pleno dihentikan sementara",
  statusCertified: "D.Hasil ditandatangani",
  notBegunNation: "Pleno nasional belum dimulai",
  notBegunProvinsi: "Pleno provinsi belum dimulai",
  notBegunKabupaten: "Pleno kabupaten belum dimulai",
  notBegunKota: "Pleno kota belum dimulai",
  notBegunKecamatan: "Pleno kecamatan belum dimulai",
  countedNone: "Dibatalkan",
  countedIncomplete: "Suara belum lengkap",
  countedPosted: "Dihitung",
  countedHeld: "Menunggu pencocokan",
  recapNone: "Dibatalkan",
  recapIncomplete: "Belum lengkap",
  recapPosted: "Dibaca",
  recapHeld: "Menunggu",
  ppwp: "Presiden dan Wakil Presiden",
  ppwpShort: "Presiden",
  dpr: "DPR RI",
  dprShort: "DPR",
  dpd: "DPD RI",
  dpdShort: "DPD",
  dprdp: "DPRD Provinsi",
  dprdpShort: "DPRD Provinsi",
  dprdk: "DPRD Kabupaten/Kota",
  dprdkShort: "DPRD Kab/Kota",
  dapil: "Hasil menurut dapil",
  dapilShort: "Dapil",
  riwayat: "Riwayat perubahan suara",
  riwayatShort: "Riwayat suara",
  perubahan: "Perubahan terbaru",
  perubahanShort: "Perubahan",
  periksa: "Periksa sendiri",
  periksaShort: "Periksa",
  cari: "Cari",
  unduh: "Unduh",
  bandingkan: "Bandingkan salinan",
  bandingkanShort: "Bandingkan",
  kertas: "Periksa lembar cetak",
  cerita: "Cerita dalam enam ketukan",
  simulation: "SIMULASI. Semua suara di halaman ini rekaan, bukan hasil pemilu.",
  preliminary: "Bukan hasil resmi. Hasil resmi ditetapkan melalui rekapitulasi berjenjang.",
  skip: "Langsung ke isi",
  languages: "Bahasa",
  contests: "Jenis pemilihan",
  path: "Wilayah",
  pages: "Halaman wilayah ini",
  results: "Hasil",
  national: "Nasional",
  waiting: "Mengambil dan memeriksa data…",
  count: "Hitung suara",
  recap: "Rekapitulasi",
  countShort: "Hitung",
  recapShort: "Rekap",
  countVoice: "sementara, dari C.Hasil yang masuk",
  recapVoice: "dibacakan dalam rapat pleno",
  stationsIn: "TPS masuk",
  stationsRead: "TPS dibaca",
  of: "dari",
  posted: "dihitung",
  held: "menunggu pencocokan",
  notYet: "belum dihitung",
  votes: "Perolehan suara",
  choice: "Pilihan",
  number: "No.",
  corrected: "dibetulkan",
  voteColumn: "Suara",
  valid: "Suara sah",
  invalid: "Suara tidak sah",
  total: "Sah dan tidak sah",
  party: "Partai",
  partyVotes: "Suara partai",
  candidatesOf: "Calon dari",
  noneYet: "Belum ada TPS yang masuk dari wilayah ini. Angka muncul di sini begitu C.Hasil pertama diterima.",
  noneRead: "Belum ada TPS yang dibaca dalam rapat pleno. Angka muncul di sini setelah pembacaan pertama.",
  perDistrict: "Perolehan calon, per dapil",
  heldTitle: "Menunggu pencocokan",
  heldBody:
    "C.Hasil-nya sudah diterima dan ditampilkan apa adanya. Angkanya belum saling cocok, jadi belum dijumlahkan sampai dicocokkan di rapat pleno kecamatan.",
  ifAdded: "Bila ikut dijumlahkan",
  stationUnit: "TPS",
  stations: "TPS di wilayah ini, suara sah",
  table: "Tabel",
  map: "Kotak",
  course: "Waktu",
  by: "Menurut",
  station: "TPS",
  notIn: "Belum masuk",
  notRead: "Belum dibaca",
  checked: "Penjumlahan cocok",
  edition: "Data ke-",
  whatChecked: "Apa yang diperiksa peramban ini",
  checkedNot: "Ini bukan pernyataan bahwa C.Hasil benar. Yang diperiksa adalah penjumlahan dan tanda tangannya.",
  newer: "Data baru tersedia",
  fixed: "Tetap pada data ke-",
  newest: "Data terbaru",
  again: "Periksa lagi",
  alarm: "Pemeriksaan gagal",
  alarmKept: "Angka di bawah adalah keadaan terakhir yang lolos pemeriksaan.",
  alarmEmpty: "Tidak ada angka yang ditampilkan, karena belum ada yang lolos pemeriksaan.",
  alarmDo: "Simpan rincian ini sebagai bukti dan sampaikan kepada KPU, Bawaslu, atau pemantau.",
  lastChecked: "Keadaan terakhir yang diperiksa:",
  offline: "Belum tersambung",
  file: "Berkas",
  evidence: "Bukti bertanda tangan",
  openObject: "Buka berkas data wilayah ini (JSON)",
  about: "Teguh menghitung dari pernyataan bertanda tangan. Siapa pun dapat mengunduh dan menghitung ulang semuanya.",
} as const;

export type Word = keyof typeof WORDS_ID;

const english: { words: Partial<Record<Word, string>>; faults: Partial<Record<FaultCode, string>> } = {
  words: {},
  faults: {},
};

export const WORDS = bilingual(WORDS_ID, english.words);
export const FAULT_WORDS = bilingual(FAULTS_ID, english.faults);

/** Takes in the English words. */
export function learnEnglish(words: Readonly<Record<Word, string>>, faults: Readonly<Record<FaultCode, string>>): void {
  Object.assign(english.words, words);
  Object.assign(english.faults, faults);
}

export const CONTEST_WORDS: Readonly<Record<ContestKind, { readonly long: Text; readonly short: Text }>> = {
  ppwp: { long: WORDS.ppwp, short: WORDS.ppwpShort },
  dpr: { long: WORDS.dpr, short: WORDS.dprShort },
  dpd: { long: WORDS.dpd, short: WORDS.dpdShort },
  dprdp: { long: WORDS.dprdp, short: WORDS.dprdpShort },
  dprdk: { long: WORDS.dprdk, short: WORDS.dprdkShort },
};

export const LEVEL_WORDS: Readonly<Record<string, Text>> = {
  nation: WORDS.levelNation,
  provinsi: WORDS.levelProvinsi,
  kabupaten: WORDS.levelKabupaten,
  kecamatan: WORDS.levelKecamatan,
  desa: WORDS.levelDesa,
};

/** The level below each. */
export const CHILD_LEVEL: Readonly<Record<string, string>> = {
  nation: "provinsi",
  provinsi: "kabupaten",
  kabupaten: "kecamatan",
  kecamatan: "desa",
};

const STATUS_WORDS: Readonly<Record<string, Text>> = {
  none: WORDS.statusNone,
  open: WORDS.statusOpen,
  paused: WORDS.statusPaused,
  halted: WORDS.statusHalted,
  certified: WORDS.statusCertified,
};

/** Before a region's own plenary, while those below it have read stations already: whose plenary is meant. */
const NOT_BEGUN_WORDS: Readonly<Record<string, Text>> = {
  nation: WORDS.notBegunNation,
  provinsi: WORDS.notBegunProvinsi,
  kabupaten: WORDS.notBegunKabupaten,
  kota: WORDS.notBegunKota,
  kecamatan: WORDS.notBegunKecamatan,
};

/** How far the region's own plenary is; undefined for a desa, which has none. */
export function plenaryWords({ status, level, name, recap }: ResultObject): Text | undefined {
  if (status !== "none" || (recap.stations.read ?? 0) === 0) return STATUS_WORDS[status ?? ""];
  return NOT_BEGUN_WORDS[level === "kabupaten" && /^kota\b/i.test(name) ? "kota" : level];
}

export const COUNT_STATES: Readonly<Record<StationState, Text>> = {
  none: WORDS.countedNone,
  incomplete: WORDS.countedIncomplete,
  posted: WORDS.countedPosted,
  held: WORDS.countedHeld,
};

export const RECAP_STATES: Readonly<Record<StationState, Text>> = {
  none: WORDS.recapNone,
  incomplete: WORDS.recapIncomplete,
  posted: WORDS.recapPosted,
  held: WORDS.recapHeld,
};
