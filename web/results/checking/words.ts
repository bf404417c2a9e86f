/** What is said of the checks, fetched when somebody asks. `{…}` are filled in. */
import type { Text } from "../../../src/election/text.ts";

export const CHECK_WORDS = {
  intro: {
    id: "Tanda “penjumlahan cocok” tidak diberikan oleh situs ini. Peramban Anda yang memeriksa. Di bawah ini semuanya diperiksa sekali lagi dari awal, langkah demi langkah.",
    en: "The mark “the sums hold” is not given by this site. Your own browser checks. Below everything is checked once more from the start, step by step.",
  },
  checkPage: { id: "Periksa semuanya sekali lagi, langkah demi langkah", en: "Check it all once more, step by step" },
  keyTitle: { id: "1. Kunci pemilu", en: "1. The election's key" },
  keyBody: {
    id: "Terbitan ditandatangani dengan satu kunci. Bandingkan dengan salinan dari tempat lain: surat kabar, formulir pleno, catatan partai. Kunci lain berarti pemilu lain.",
    en: "Editions are signed with one key. Compare it with a copy from somewhere else: a newspaper, a plenary's form, a party's records. Another key is another election.",
  },
  key: { id: "Kunci terbitan", en: "Key of the editions" },
  genesis: { id: "Pernyataan pertama (genesis)", en: "First statement (genesis)" },
  headTitle: { id: "2. Log terbitan", en: "2. The log of editions" },
  headBody: {
    id: "Semua terbitan berurutan dalam satu log. Penerbit menandatangani panjang dan akarnya; akar itu berubah bila satu huruf saja diganti.",
    en: "All editions stand in one log, in order. The publisher signs its length and its root; the root changes if a single letter does.",
  },
  size: { id: "Panjang log", en: "Length of the log" },
  root: { id: "Akar log", en: "Log root" },
  cosigners: { id: "Pemantau penanda", en: "Cosigners" },
  noCosigners: { id: "belum ada", en: "none yet" },
  note: { id: "Checkpoint bertanda tangan", en: "The signed checkpoint" },
  firstVisit: {
    id: "Ini kunjungan pertama: peramban ini mulai mengingat kunci dan keadaan log, dan akan memperingatkan bila kelak berubah.",
    en: "This is the first visit: this browser now remembers the key and the state of the log, and will warn if they change.",
  },
  continued: {
    id: "Peramban ini sudah mengingat log sepanjang {n} entri. Log sekarang terbukti melanjutkannya: tidak ada yang dihapus atau diganti.",
    en: "This browser remembered a log of {n} entries. The log of now is proved to go on from it: nothing was removed or replaced.",
  },
  editionTitle: { id: "3. Terbitan", en: "3. The edition" },
  editionBody: {
    id: "Terbitan yang ditampilkan terbukti ada dalam log itu, dan ditandatangani kunci yang sama.",
    en: "The edition on the screen is proved to be in that log, and is signed by the same key.",
  },
  number: { id: "Data ke-", en: "Edition" },
  id: { id: "Sidik terbitan", en: "Fingerprint of the edition" },
  filesTitle: { id: "4. Berkas wilayah", en: "4. The regions' files" },
  filesBody: {
    id: "Terbitan menyebut sidik (SHA-256) berkas nasional; setiap berkas menyebut sidik berkas di bawahnya. Isi yang diubah mempunyai sidik lain.",
    en: "The edition names the fingerprint (SHA-256) of the nation's file; each file names those below it. Changed content has another fingerprint.",
  },
  fingerprint: { id: "Sidik", en: "Fingerprint" },
  sums: { id: "Jumlah yang dihitung ulang", en: "Totals recomputed" },
  sumsTitle: { id: "5. Penjumlahan", en: "5. The sums" },
  sumsBody: {
    id: "{n} jumlah, dalam kedua buku, dihitung ulang dari bagian-bagiannya di peramban ini. Semuanya sama.",
    en: "{n} totals, in both books, were recomputed from their parts in this browser. All are equal.",
  },
  checkedCandidates: {
    id: "Suara calon di suatu desa dijumlahkan ulang dari TPS-nya begitu sebuah TPS dibuka. Di atas desa, suara calon diperiksa lewat jumlah per partai (bila semua dapilnya ada di halaman ini) dan lewat sidik berkas.",
    en: "Candidates' votes in a desa are added up again from its stations once a station is opened. Above the desa they are checked by party totals (where this page has all the districts) and by fingerprint.",
  },
  done: {
    id: "Selesai: {files} berkas dan {sums} jumlah diperiksa sekali lagi. Semuanya cocok.",
    en: "Done: {files} files and {sums} totals checked once more. All of it holds.",
  },
  candidates: { id: "suara calon", en: "candidates' votes" },
  notTitle: { id: "Yang tidak dibuktikan", en: "What this does not prove" },
  notBody: {
    id: "Pemeriksaan ini tidak menyatakan bahwa C.Hasil benar. Benar tidaknya isi C.Hasil diperiksa dengan foto, salinan para saksi, dan rapat pleno. Peramban ini juga tidak menghitung ulang seluruh pernyataan; perintah “teguh verify” melakukannya.",
    en: "This does not say that the result sheets are right. That is checked with photographs, the witnesses' copies and the plenary. Nor does this browser fold all statements again; the command “teguh verify” does.",
  },
  tamper: { id: "Coba ubah satu angka", en: "Try to change a number" },
  tamperBody: {
    id: "Jadilah pemalsu. Ubah satu angka pada salinan di peramban Anda, dan lihat apakah halaman ini mempercayainya. Yang memeriksa adalah kode yang sama dengan yang memeriksa halaman ini. Tidak ada yang dikirim ke mana pun.",
    en: "Be the forger. Change a number in a copy in your browser, and see whether this page believes it. What checks is the same code that checks this page. Nothing is sent anywhere.",
  },
  tamperWhich: { id: "Angka yang diubah", en: "Number to change" },
  tamperTo: { id: "Dari {n} menjadi", en: "From {n} to" },
  effort: { id: "Seberapa jauh pemalsu bekerja", en: "How far the forger goes" },
  effortNumber: { id: "Mengubah angkanya saja", en: "Changes the number alone" },
  effortHashes: {
    id: "Memperbaiki juga sidik di semua tingkat di atasnya",
    en: "Also mends the fingerprints of every level above",
  },
  effortEdition: {
    id: "Memperbaiki juga sidik dalam terbitan, tanpa kunci penerbit",
    en: "Also mends the fingerprint in the edition, without the publisher's key",
  },
  tamperDo: { id: "Ubah dan periksa", en: "Change it and check" },
  refused: {
    id: "Ditolak. Beginilah halaman ini akan memperingatkan siapa pun:",
    en: "Refused. This is how the page would warn anyone:",
  },
  notTried: {
    id: "Belum dapat dicoba, karena berkasnya tidak dapat diambil.",
    en: "Could not be tried: a file did not come.",
  },
  believed: {
    id: "Halaman ini mempercayai angka yang diubah. Itu tidak boleh terjadi: laporkan.",
    en: "The page believed the changed number. That must not happen: report it.",
  },
  elsewhere: { id: "Memeriksa tanpa halaman ini", en: "Checking without this page" },
  elsewhereBody: {
    id: "Halaman yang jahat dapat berbohong tentang pemeriksaannya sendiri. Karena itu periksalah juga dengan program lain, di komputer lain.",
    en: "A malicious page can lie about its own checks. So check with another program as well, on another computer.",
  },
  program: { id: "Dengan program teguh", en: "With the teguh program" },
  script: { id: "Dengan skrip Python yang berdiri sendiri", en: "With a Python script that stands alone" },
  keep: { id: "Simpan checkpoint, bandingkan kelak", en: "Keep a checkpoint, compare later" },
} as const satisfies Readonly<Record<string, Text>>;
