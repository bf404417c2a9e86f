/** What the page of downloads says, fetched with it. */
import type { Text } from "../../../src/election/text.ts";

export const DOWNLOAD_WORDS = {
  here: { id: "Wilayah ini, dibuat di peramban Anda", en: "This region, made in your browser" },
  hereBody: {
    id: "Satu baris untuk tiap TPS: keadaan, catatan, 25 angka formulir, dan perolehan suara. Peramban mengambil setiap berkas wilayah, mencocokkan sidiknya dengan terbitan yang ditandatangani, lalu menyusun berkasnya. Tidak ada yang dikirim.",
    en: "One row for each station: state, notes, the 25 figures of the form, and votes. The browser fetches each file of the region, matches its fingerprint with the signed edition, and then makes the file. Nothing is sent.",
  },
  book: { id: "Buku", en: "Book" },
  count: { id: "Hitung suara", en: "Vote count" },
  recap: { id: "Rekapitulasi", en: "Recapitulation" },
  xlsx: { id: "Excel (XLSX)", en: "Excel (XLSX)" },
  csv: { id: "CSV", en: "CSV" },
  json: { id: "JSON", en: "JSON" },
  pdf: { id: "PDF, lembar wilayah", en: "PDF, region on paper" },
  evidence: { id: "Berkas bukti", en: "File of evidence" },
  evidenceBody: {
    id: "Satu ZIP untuk satu peserta di wilayah ini: angka per TPS, riwayat perubahan, C.Hasil dan pembacaan pleno sebagaimana ditandatangani, keberatan, D.Hasil, bukti log, dan daftar alat bukti (P-1 dan seterusnya). Dibuka tanpa internet dengan index.html; diperiksa tanpa internet dengan perintah di dalamnya.",
    en: "One ZIP for one participant in this region: figures by station, the account of changes, sheets and plenary readings as they were signed, objections, certificates, log proofs, and a list of exhibits (P-1 and so on). Opens without internet by its index.html; is verified without internet by a command inside.",
  },
  participant: { id: "Peserta", en: "Participant" },
  makeEvidence: { id: "Buat berkas bukti", en: "Make the file of evidence" },
  evidenceTooLarge: {
    id: "Berkas bukti dibuat per kabupaten/kota atau lebih kecil. Buka salah satunya lebih dahulu.",
    en: "Files of evidence are made for a regency or city, or less. Open one of them first.",
  },
  evidenceNone: {
    id: "Daftar pesertanya muncul setelah C.Hasil pertama masuk.",
    en: "The list of participants appears after the first sheet arrives.",
  },
  reading: { id: "Mengambil dan memeriksa data…", en: "Fetching and checking the data…" },
  writing: { id: "Menyusun berkas…", en: "Making the file…" },
  of: { id: "dari", en: "of" },
  filesRead: { id: "berkas", en: "files" },
  stop: { id: "Hentikan", en: "Stop" },
  saved: { id: "Tersimpan di unduhan peramban:", en: "Saved among the browser's downloads:" },
  prepared: { id: "Berkas siap unduh", en: "Prepared files" },
  preparedBody: {
    id: "Provinsi utuh dan nasional sebagai CSV yang dimampatkan (gzip), dibuat paling sering tiap sepuluh menit. SHA-256-nya disebut oleh terbitan yang ditandatangani.",
    en: "Whole provinces and the nation as compressed CSV (gzip), made at most every ten minutes. Their SHA-256 is named by a signed edition.",
  },
  preparedNone: {
    id: "Belum ada. Berkas pertama dibuat dalam sepuluh menit setelah penerbitan dimulai.",
    en: "There are none yet. The first are made within ten minutes of the first publication.",
  },
  preparedOf: { id: "dari data ke-", en: "of edition " },
  parties: { id: "per partai", en: "by party" },
  choices: { id: "per calon", en: "by candidate" },
  stations: { id: "TPS", en: "stations" },
  others: { id: "Tanpa halaman ini", en: "Without this page" },
  othersBody: {
    id: "Umpan memuat seratus perubahan suara terakhir di wilayah terdekat yang memilikinya; belum ada selama belum ada yang berubah di sana.",
    en: "The feed has the last hundred changes of votes in the nearest region that has one; there is none as long as nothing has changed there.",
  },
  atom: { id: "Umpan perubahan (Atom)", en: "Feed of changes (Atom)" },
  jsonFeed: { id: "Umpan perubahan (JSON Feed)", en: "Feed of changes (JSON Feed)" },
  plain: { id: "Halaman sederhana tanpa JavaScript", en: "Plain pages without JavaScript" },
  failed: { id: "Berkas tidak dibuat", en: "The file was not made" },
} as const satisfies Readonly<Record<string, Text>>;
