/**
 * The 25 figures of a result sheet beside the votes, in one fixed order: that of the form (C.Hasil parts I to III and V).
 *
 * A sheet carries them as an array, because an array is a third of a keyed object and parses four times faster (measured);
 * so this order is part of the format and never changes. `null` is "the source did not report it" and is never 0; in typed
 * arrays it is {@link NOT_REPORTED}.
 */
import type { Text } from "./text.ts";

const people = <P extends string>(path: P) => [`${path}.male`, `${path}.female`, `${path}.total`] as const;

/** The figures that stand alone, after those of people. */
export const SINGLES = [
  "ballots.received",
  "ballots.used",
  "ballots.returned",
  "ballots.unused",
  "valid",
  "invalid",
  "total",
] as const;

export const FIGURES = [
  ...people("registered"),
  ...people("voters.dpt"),
  ...people("voters.dptb"),
  ...people("voters.dpk"),
  ...people("voters.total"),
  ...people("disabled"),
  ...SINGLES,
] as const;

/** The typed path of a figure, e.g. `voters.dpt.male`. */
export type FigurePath = (typeof FIGURES)[number];

export const FIGURE_COUNT = FIGURES.length;

/** In typed arrays: the source did not report this figure. */
export const NOT_REPORTED = -1;

/** The place of each figure in the array. */
export const FIGURE = Object.freeze(Object.fromEntries(FIGURES.map((path, index) => [path, index]))) as Readonly<
  Record<FigurePath, number>
>;

/** The figures that stand as male, female, total: the place of the male one; female and total follow it. */
export const PEOPLE = [
  "registered",
  "voters.dpt",
  "voters.dptb",
  "voters.dpk",
  "voters.total",
  "disabled",
] as const satisfies readonly string[];

const GROUP: Readonly<Record<(typeof PEOPLE)[number], Text>> = {
  registered: { id: "Pemilih dalam DPT", en: "Registered voters (DPT)" },
  "voters.dpt": { id: "Pengguna hak pilih dalam DPT", en: "Voters on the register (DPT)" },
  "voters.dptb": { id: "Pengguna hak pilih dalam DPTb", en: "Voters who moved in (DPTb)" },
  "voters.dpk": { id: "Pengguna hak pilih dalam DPK", en: "Voters with an identity card (DPK)" },
  "voters.total": { id: "Jumlah pengguna hak pilih", en: "All voters" },
  disabled: { id: "Pemilih disabilitas yang menggunakan hak pilih", en: "Disabled voters who voted" },
};

const SEX = {
  male: { id: "laki-laki", en: "male" },
  female: { id: "perempuan", en: "female" },
  total: { id: "jumlah", en: "total" },
} as const;

const SINGLE = {
  "ballots.received": { id: "Surat suara yang diterima, termasuk cadangan", en: "Ballots received, reserve included" },
  "ballots.used": { id: "Surat suara yang digunakan", en: "Ballots used" },
  "ballots.returned": { id: "Surat suara yang dikembalikan karena rusak atau keliru coblos", en: "Ballots returned" },
  "ballots.unused": { id: "Surat suara yang tidak digunakan, termasuk sisa cadangan", en: "Ballots unused" },
  valid: { id: "Suara sah", en: "Valid votes" },
  invalid: { id: "Suara tidak sah", en: "Invalid votes" },
  total: { id: "Suara sah dan tidak sah", en: "Valid and invalid votes" },
} as const satisfies Readonly<Record<(typeof SINGLES)[number], Text>>;

function label(path: FigurePath): Text {
  if (path in SINGLE) return SINGLE[path as keyof typeof SINGLE];
  const dot = path.lastIndexOf(".");
  const group = GROUP[path.slice(0, dot) as keyof typeof GROUP];
  const sex = SEX[path.slice(dot + 1) as keyof typeof SEX];
  return { id: `${group.id}, ${sex.id}`, en: `${group.en}, ${sex.en}` };
}

/** The words for each figure, in the order of {@link FIGURES}. */
export const FIGURE_LABELS: readonly Text[] = FIGURES.map(label);

/** The words for one figure. */
export const figureLabel = label;
