/**
 * What each flag says in plain words: id, en, whether it keeps votes waiting. Written from the catalogue of rules by
 * `TEGUH_UPDATE=1 node --test web/results/figures/rule-words.test.ts`, because the catalogue itself, with its conditions and
 * cases, is three times as long and a reader on a slow link needs only the words (measured: 2 KB less, compressed).
 */
export const RULE_WORDS: Readonly<Record<string, readonly [id: string, en: string, holds: boolean]>> = {
  E101: [
    "laki-laki + perempuan = jumlah, di setiap baris pemilih",
    "male + female = total, in each row of voters",
    false,
  ],
  E102: ["pengguna DPT + DPTb + DPK = jumlah pengguna hak pilih", "voters from DPT + DPTb + DPK = all voters", false],
  E103: ["pengguna DPT tidak lebih dari pemilih DPT", "voters from DPT are not more than the registered", false],
  E104: ["pemilih disabilitas tidak lebih dari jumlah pengguna", "disabled voters are not more than all voters", false],
  E201: [
    "surat suara diterima = digunakan + dikembalikan + tidak digunakan",
    "ballots received = used + returned + unused",
    false,
  ],
  E202: ["surat suara digunakan = jumlah pengguna hak pilih", "ballots used = all voters", false],
  E203: [
    "suara sah dan tidak sah tidak lebih dari surat suara diterima",
    "votes are not more than ballots received",
    true,
  ],
  E301: ["suara sah + tidak sah = jumlah", "valid + invalid = total", true],
  E302: ["suara sah dan tidak sah = jumlah pengguna hak pilih", "valid and invalid votes = all voters", false],
  E303: ["suara sah dan tidak sah = surat suara digunakan", "valid and invalid votes = ballots used", false],
  E304: ["jumlah suara semua pilihan = suara sah", "the votes of all choices add up to the valid votes", true],
  E305: [
    "jumlah suara partai = suara partai + suara calonnya",
    "a party's total = the party's votes + those of its candidates",
    true,
  ],
  E306: [
    "suara tidak melebihi DPT + 2 %, atau sama dengan jumlah pengguna hak pilih",
    "votes do not exceed the register + 2 %, or equal all voters",
    true,
  ],
  W401: ["surat suara diterima tidak sama dengan DPT + 2 %", "ballots received differ from the register + 2 %", false],
  W402: ["suara sah dan tidak sah melebihi DPT + 2 %", "valid and invalid votes exceed the register + 2 %", false],
  W403: ["DPT lebih dari 300 di satu TPS", "more than 300 registered at one TPS", false],
  W404: [
    "tidak ada suara, atau semua suara sah (50 atau lebih) untuk satu pilihan",
    "no votes at all, or all of 50 or more valid votes for one choice",
    false,
  ],
  W405: [
    "DPT berbeda dari jenis pemilihan lain di TPS ini",
    "registered differs from another contest of this station",
    false,
  ],
  W406: [
    "pembetulan mengubah satu pilihan lebih dari 50 suara, atau lebih dari 30 % dan sedikitnya 10",
    "a correction moves one choice by more than 50 votes, or by more than 30 % and at least 10",
    false,
  ],
  W407: ["dua masukan dari kertas yang sama berbeda", "two captures of the same paper differ", false],
  W408: [
    "suara tidak sah lebih dari 10 % (PPWP), 25 % (DPR, DPRD) atau 35 % (DPD)",
    "invalid votes above 10 % (PPWP), 25 % (DPR, DPRD) or 35 % (DPD)",
    false,
  ],
  X501: [
    "angka D.Hasil tidak sama dengan jumlah tingkat di bawahnya",
    "a certificate's figure is not the sum of the level below",
    false,
  ],
  X502: [
    "tingkat di bawah berubah setelah D.Hasil tanpa perintah yang menyebutnya",
    "a level below changed after the certificate without an order that names it",
    false,
  ],
  X503: [
    "ada TPS yang belum dibacakan saat D.Hasil ditetapkan",
    "a station had no reading when the certificate was made",
    false,
  ],
  X504: [
    "pembacaan menyatakan sesuai C.Hasil, tetapi angkanya bukan angka C.Hasil yang berlaku",
    "a reading says it is as the sheet, and its figures are not those of the sheet that stands",
    false,
  ],
  P601: ["foto satu halaman belum ada", "a page's photo is missing", false],
  P602: [
    "isi foto tidak cocok dengan sidik (hash) pada pernyataan",
    "a photo's bytes do not match the statement's hash",
    false,
  ],
  P603: ["foto yang sama dipakai untuk dua TPS", "the same photo stands for two stations", false],
  P604: ["angka, huruf dan turus pada kertas berbeda", "figures, words and tally marks on the paper differ", false],
};
