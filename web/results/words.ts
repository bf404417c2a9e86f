/** Every sentence of the page, Bahasa Indonesia first, English second; the terms are those of the law (see the design's table of words). */
import type { ContestKind } from "../../src/election/codes.ts";
import type { Text } from "../../src/election/text.ts";
import type { FaultCode } from "./verify/fault.ts";
import type { ResultObject, StationState } from "./verify/objects.ts";

export const CONTEST_WORDS: Readonly<Record<ContestKind, { readonly long: Text; readonly short: Text }>> = {
  ppwp: {
    long: { id: "Presiden dan Wakil Presiden", en: "President and Vice-President" },
    short: { id: "Presiden", en: "President" },
  },
  dpr: { long: { id: "DPR RI", en: "House of Representatives (DPR)" }, short: { id: "DPR", en: "DPR" } },
  dpd: { long: { id: "DPD RI", en: "Regional Council (DPD)" }, short: { id: "DPD", en: "DPD" } },
  dprdp: {
    long: { id: "DPRD Provinsi", en: "Provincial Council (DPRD)" },
    short: { id: "DPRD Provinsi", en: "Provincial" },
  },
  dprdk: {
    long: { id: "DPRD Kabupaten/Kota", en: "Regency and City Council (DPRD)" },
    short: { id: "DPRD Kab/Kota", en: "Regency/City" },
  },
};

export const LEVEL_WORDS: Readonly<Record<string, Text>> = {
  nation: { id: "Nasional", en: "National" },
  provinsi: { id: "Provinsi", en: "Province" },
  kabupaten: { id: "Kabupaten/Kota", en: "Regency/City" },
  kecamatan: { id: "Kecamatan", en: "District (kecamatan)" },
  desa: { id: "Desa/Kelurahan", en: "Village (desa/kelurahan)" },
};

/** The level below each. */
export const CHILD_LEVEL: Readonly<Record<string, string>> = {
  nation: "provinsi",
  provinsi: "kabupaten",
  kabupaten: "kecamatan",
  kecamatan: "desa",
};

const STATUS_WORDS: Readonly<Record<string, Text>> = {
  none: { id: "Pleno belum dimulai", en: "The plenary has not begun" },
  open: { id: "Pleno berlangsung", en: "The plenary is sitting" },
  paused: { id: "Pleno diskors", en: "The plenary is in recess" },
  halted: { id: "Pleno dihentikan sementara", en: "The plenary is halted by order" },
  certified: { id: "D.Hasil ditandatangani", en: "D.Hasil is signed" },
};

/** Before a region's own plenary, while those below it have read stations already: whose plenary is meant. */
const NOT_BEGUN_WORDS: Readonly<Record<string, Text>> = {
  nation: { id: "Pleno nasional belum dimulai", en: "The national plenary has not begun" },
  provinsi: { id: "Pleno provinsi belum dimulai", en: "The plenary of the province has not begun" },
  kabupaten: { id: "Pleno kabupaten belum dimulai", en: "The plenary of the regency has not begun" },
  kota: { id: "Pleno kota belum dimulai", en: "The plenary of the city has not begun" },
  kecamatan: { id: "Pleno kecamatan belum dimulai", en: "The plenary of the kecamatan has not begun" },
};

/** How far the region's own plenary is; undefined for a desa, which has none. */
export function plenaryWords({ status, level, name, recap }: ResultObject): Text | undefined {
  if (status !== "none" || (recap.stations.read ?? 0) === 0) return STATUS_WORDS[status ?? ""];
  return NOT_BEGUN_WORDS[level === "kabupaten" && /^kota\b/i.test(name) ? "kota" : level];
}

export const COUNT_STATES: Readonly<Record<StationState, Text>> = {
  none: { id: "Dibatalkan", en: "Annulled" },
  incomplete: { id: "Suara belum lengkap", en: "Votes incomplete" },
  posted: { id: "Dihitung", en: "Counted" },
  held: { id: "Menunggu pencocokan", en: "Waiting to be matched" },
};

export const RECAP_STATES: Readonly<Record<StationState, Text>> = {
  none: { id: "Dibatalkan", en: "Annulled" },
  incomplete: { id: "Belum lengkap", en: "Incomplete" },
  posted: { id: "Dibaca", en: "Read" },
  held: { id: "Menunggu", en: "Waiting" },
};

export const FAULT_WORDS: Readonly<Record<FaultCode, Text>> = {
  unreachable: {
    id: "Data tidak dapat diambil. Periksa sambungan Anda, lalu coba lagi.",
    en: "The data could not be fetched. Check your connection, then try again.",
  },
  gone: {
    id: "Berkas ini belum atau tidak lagi disimpan di situs ini.",
    en: "This file is not, or no longer, kept on this site.",
  },
  "unknown-place": {
    id: "Wilayah atau jenis pemilihan ini tidak ada dalam data yang diterbitkan.",
    en: "This region or contest is not in the published data.",
  },
  malformed: { id: "Isi berkas tidak seperti seharusnya.", en: "A file is not what it should be." },
  "wrong-key": {
    id: "Data ditandatangani kunci lain daripada yang dikenal peramban ini.",
    en: "The data are signed by another key than this browser knows.",
  },
  "bad-signature": { id: "Tanda tangan tidak sesuai dengan isinya.", en: "A signature does not fit what it signs." },
  "not-in-log": {
    id: "Terbitan ini tidak tercatat dalam log terbitan.",
    en: "This edition is not in the log of editions.",
  },
  "wrong-hash": {
    id: "Isi berkas bukan yang ditandatangani dalam terbitan.",
    en: "The content of a file is not what the edition signed.",
  },
  "wrong-place": {
    id: "Berkas memuat wilayah atau jenis pemilihan lain.",
    en: "A file holds another region or contest.",
  },
  "wrong-row": {
    id: "Angka wilayah tidak sama dengan yang tertulis di tingkat atasnya.",
    en: "A region's figures differ from those stated one level up.",
  },
  "wrong-sum": {
    id: "Jumlah tidak sama dengan penjumlahan bagian-bagiannya.",
    en: "A total is not the sum of its parts.",
  },
  "counter-fell": {
    id: "Catatan suara bertambah atau berkurang menyusut di antara dua terbitan. Catatan itu hanya boleh bertambah.",
    en: "The record of votes added or removed shrank between two editions. It may only grow.",
  },
  "rolled-back": {
    id: "Situs ini menyajikan keadaan yang lebih lama daripada yang sudah dilihat peramban ini.",
    en: "The site serves an older state than this browser has already seen.",
  },
  forked: {
    id: "Ada dua riwayat bertanda tangan yang bertentangan.",
    en: "There are two signed histories that contradict each other.",
  },
};

export const WORDS = {
  simulation: {
    id: "SIMULASI. Semua suara di halaman ini rekaan, bukan hasil pemilu.",
    en: "SIMULATION. Every vote on this page is invented; these are not election results.",
  },
  preliminary: {
    id: "Bukan hasil resmi. Hasil resmi ditetapkan melalui rekapitulasi berjenjang.",
    en: "Not the official result. The official result is declared after recapitulation, level by level.",
  },
  skip: { id: "Langsung ke isi", en: "Skip to content" },
  languages: { id: "Bahasa", en: "Language" },
  contests: { id: "Jenis pemilihan", en: "Contest" },
  path: { id: "Wilayah", en: "Region" },
  pages: { id: "Halaman wilayah ini", en: "Pages of this region" },
  results: { id: "Hasil", en: "Results" },
  national: { id: "Nasional", en: "National" },
  waiting: { id: "Mengambil dan memeriksa data…", en: "Fetching and checking the data…" },
  count: { id: "Hitung suara", en: "Vote count" },
  recap: { id: "Rekapitulasi", en: "Recapitulation" },
  countShort: { id: "Hitung", en: "Count" },
  recapShort: { id: "Rekap", en: "Recap" },
  countVoice: { id: "sementara, dari C.Hasil yang masuk", en: "preliminary, from sheets as they arrive" },
  recapVoice: { id: "dibacakan dalam rapat pleno", en: "read aloud in plenary" },
  stationsIn: { id: "TPS masuk", en: "Stations reported" },
  stationsRead: { id: "TPS dibaca", en: "Stations read" },
  of: { id: "dari", en: "of" },
  posted: { id: "dihitung", en: "counted" },
  held: { id: "menunggu pencocokan", en: "waiting to be matched" },
  notYet: { id: "belum dihitung", en: "not counted yet" },
  votes: { id: "Perolehan suara", en: "Votes" },
  choice: { id: "Pilihan", en: "Choice" },
  number: { id: "No.", en: "No." },
  voteColumn: { id: "Suara", en: "Votes" },
  valid: { id: "Suara sah", en: "Valid votes" },
  invalid: { id: "Suara tidak sah", en: "Invalid votes" },
  total: { id: "Sah dan tidak sah", en: "Valid and invalid" },
  party: { id: "Partai", en: "Party" },
  partyVotes: { id: "Suara partai", en: "Votes for the party itself" },
  candidatesOf: { id: "Calon dari", en: "Candidates of" },
  noneYet: {
    id: "Belum ada TPS yang masuk dari wilayah ini. Angka muncul di sini begitu C.Hasil pertama diterima.",
    en: "No station of this region has reported yet. Figures appear here as soon as the first sheet arrives.",
  },
  noneRead: {
    id: "Belum ada TPS yang dibaca dalam rapat pleno. Angka muncul di sini setelah pembacaan pertama.",
    en: "No station has been read in plenary yet. Figures appear here after the first reading.",
  },
  perDistrict: {
    id: "Perolehan calon ada per dapil: buka wilayah di bawah.",
    en: "Candidates' votes are kept by district: open a region below.",
  },
  heldTitle: { id: "Menunggu pencocokan", en: "Waiting to be matched" },
  heldBody: {
    id: "C.Hasil-nya sudah diterima dan ditampilkan apa adanya. Angkanya belum saling cocok, jadi belum dijumlahkan sampai dicocokkan di rapat pleno kecamatan.",
    en: "The sheets have been received and are shown as they are. Their figures do not yet match one another, so they are not added until they are matched in the plenary of the kecamatan.",
  },
  counted: { id: "Terhitung", en: "Counted" },
  waitingVotes: { id: "Menunggu", en: "Waiting" },
  ifAdded: { id: "Bila ikut dijumlahkan", en: "If they were added" },
  both: { id: "Jumlah", en: "Sum" },
  stationUnit: { id: "TPS", en: "stations" },
  stations: { id: "TPS di wilayah ini, suara sah", en: "Stations of this region, valid votes" },
  by: { id: "Menurut", en: "By" },
  station: { id: "TPS", en: "Station" },
  notIn: { id: "Belum masuk", en: "Not reported" },
  notRead: { id: "Belum dibaca", en: "Not read" },
  checked: { id: "Penjumlahan cocok", en: "The sums hold" },
  edition: { id: "Data ke-", en: "Edition " },
  whatChecked: { id: "Apa yang diperiksa peramban ini", en: "What this browser checked" },
  checkedNot: {
    id: "Ini bukan pernyataan bahwa C.Hasil benar. Yang diperiksa adalah penjumlahan dan tanda tangannya.",
    en: "This does not say that the sheets are right. What was checked are the sums and the signatures.",
  },
  newer: { id: "Data baru tersedia", en: "Newer data available" },
  again: { id: "Periksa lagi", en: "Check again" },
  alarm: { id: "Pemeriksaan gagal", en: "The check failed" },
  alarmKept: {
    id: "Angka di bawah adalah keadaan terakhir yang lolos pemeriksaan.",
    en: "The figures below are the last state that passed the check.",
  },
  alarmEmpty: {
    id: "Tidak ada angka yang ditampilkan, karena belum ada yang lolos pemeriksaan.",
    en: "No figures are shown, because none has passed the check.",
  },
  alarmDo: {
    id: "Simpan rincian ini sebagai bukti dan sampaikan kepada KPU, Bawaslu, atau pemantau.",
    en: "Keep these details as evidence and give them to KPU, Bawaslu or an observer.",
  },
  offline: { id: "Belum tersambung", en: "Not connected" },
  file: { id: "Berkas", en: "File" },
  evidence: { id: "Bukti bertanda tangan", en: "Signed evidence" },
  openObject: { id: "Buka berkas data wilayah ini (JSON)", en: "Open this region's data file (JSON)" },
  about: {
    id: "Teguh menghitung dari pernyataan bertanda tangan. Siapa pun dapat mengunduh dan menghitung ulang semuanya.",
    en: "Teguh counts from signed statements. Anyone can download and recount all of it.",
  },
} as const satisfies Readonly<Record<string, Text>>;
