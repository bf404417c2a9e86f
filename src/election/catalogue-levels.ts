/** The X rules (certificates against the level below) and P rules (papers): judged by the tally, the desk and the photos. */
import type { Rule } from "./rule.ts";
import type { Text } from "./text.ts";

const TIERED: Text = {
  id: "Rekapitulasi berjenjang: jumlah suatu tingkat adalah jumlah tingkat di bawahnya",
  en: "Tiered recapitulation: a level's total is the sum of the level below",
};
const READING: Text = {
  id: "Yang dibacakan sesuai C.Hasil adalah angka C.Hasil",
  en: "What is read as the sheet says has the sheet's figures",
};
const PAPERS: Text = { id: "Bukti setiap angka adalah kertasnya", en: "Every figure's evidence is its paper" };

function across(code: string, formula: Text): Rule {
  const check = { on: "elsewhere", by: "tally" } as const;
  return { code, severity: "X", holds: null, level: "certificate", formula, ground: TIERED, supersededBy: null, check };
}

function readAloud(code: string, formula: Text): Rule {
  return { ...across(code, formula), level: "station", ground: READING };
}

function papers(code: string, formula: Text, by: "papers" | "desk"): Rule {
  const check = { on: "elsewhere", by } as const;
  return { code, severity: "P", holds: null, level: "papers", formula, ground: PAPERS, supersededBy: null, check };
}

export const LEVELS_AND_PAPERS: readonly Rule[] = [
  across("X501", {
    id: "angka D.Hasil tidak sama dengan jumlah tingkat di bawahnya",
    en: "a certificate's figure is not the sum of the level below",
  }),
  across("X502", {
    id: "tingkat di bawah berubah setelah D.Hasil tanpa perintah yang menyebutnya",
    en: "a level below changed after the certificate without an order that names it",
  }),
  across("X503", {
    id: "ada TPS yang belum dibacakan saat D.Hasil ditetapkan",
    en: "a station had no reading when the certificate was made",
  }),
  readAloud("X504", {
    id: "pembacaan menyatakan sesuai C.Hasil, tetapi angkanya bukan angka C.Hasil yang berlaku",
    en: "a reading says it is as the sheet, and its figures are not those of the sheet that stands",
  }),
  papers("P601", { id: "foto satu halaman belum ada", en: "a page's photo is missing" }, "papers"),
  papers(
    "P602",
    {
      id: "isi foto tidak cocok dengan sidik (hash) pada pernyataan",
      en: "a photo's bytes do not match the statement's hash",
    },
    "papers",
  ),
  papers(
    "P603",
    { id: "foto yang sama dipakai untuk dua TPS", en: "the same photo stands for two stations" },
    "papers",
  ),
  papers(
    "P604",
    { id: "angka, huruf dan turus pada kertas berbeda", en: "figures, words and tally marks on the paper differ" },
    "desk",
  ),
];
