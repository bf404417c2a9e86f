/** What is said beside photographs. */
import type { Text } from "../../../src/election/text.ts";

export const PAPER_WORDS = {
  fetching: { id: "Mengambil dan memeriksa foto…", en: "Fetching and checking the photograph…" },
  page: { id: "Halaman", en: "Page" },
  of: { id: "dari", en: "of" },
  fits: { id: "Cocok dengan sidik dalam pernyataan", en: "Fits the fingerprint in the statement" },
  whole: { id: "Buka foto utuh", en: "Open the whole photograph" },
  alt: { id: "Foto kertas", en: "Photograph of the paper" },
  absent: {
    id: "Pernyataan menyebut foto ini, tetapi fotonya belum diterbitkan di alamat ini.",
    en: "The statement names this photograph, but it has not been published at this address.",
  },
  wrong: {
    id: "Foto ini tidak cocok dengan sidiknya, jadi tidak ditampilkan.",
    en: "This photograph does not fit its fingerprint, so it is not shown.",
  },
  wrongDo: {
    id: "Pernyataan bertanda tangan menyebut foto lain. Simpan nama berkas ini dan laporkan; coba juga salinan situs yang lain.",
    en: "The signed statement names another photograph. Keep the name of this file and report it; try another mirror as well.",
  },
  unreadable: {
    id: "Berkas ini bukan foto utuh, jadi tidak ditampilkan.",
    en: "This file is no whole photograph, so it is not shown.",
  },
  unreachable: { id: "Foto ini belum dapat diambil.", en: "This photograph could not be fetched." },
  again: { id: "Coba lagi", en: "Try again" },
  file: { id: "Berkas", en: "File" },
  later: { id: "Cari bukti yang menyusul", en: "Search for evidence that came later" },
  laterBody: {
    id: "Bukti pembetulan boleh dicatat sesudah dibacakan.",
    en: "Evidence of a correction may be recorded after it was read.",
  },
  searching: { id: "Membaca log pleno…", en: "Reading the plenary's log…" },
  noLater: {
    id: "Log pleno tidak mencatat bukti yang menyusul.",
    en: "The plenary's log records no evidence that came later.",
  },
  laterTitle: { id: "Bukti pembetulan, menyusul", en: "Evidence of the correction, recorded later" },
  scans: { id: "D.Hasil bertanda tangan", en: "The signed certificate" },
  scansBody: {
    id: "Pindaian kertas yang ditandatangani dalam pleno, seperti tercatat dalam log pleno.",
    en: "Scans of the paper that was signed in the plenary, as its log records them.",
  },
  noScans: {
    id: "D.Hasil sudah ditandatangani. Pindaiannya belum dicatat; begitu dicatat, tampil di sini.",
    en: "The certificate is signed. Its scan has not been recorded; once it is, it stands here.",
  },
  district: { id: "Dapil", en: "District" },
} as const satisfies Readonly<Record<string, Text>>;
