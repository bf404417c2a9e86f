/**
 * The E rules: identities that the form itself states. Paper can be wrong, and a plenary mends paper; so a broken identity
 * never refuses a sheet. Four of them keep votes out of the count until they are matched, because there the votes
 * themselves do not add up.
 */
import { type FigurePath, PEOPLE } from "./figures.ts";
import { type FigureCase, type FigureCheck, type Holds, type Rule, reserveOf } from "./rule.ts";
import type { Text } from "./text.ts";

const FORM: Text = { id: "Formulir C.Hasil", en: "The form C.Hasil" };
const SEXES = ["male", "female", "total"] as const;

/** One row per sex for identities that hold for male, female and total alike. */
const perSex = (make: (sex: (typeof SEXES)[number]) => readonly FigurePath[]) => SEXES.map(make);

/** "Pengguna hak pilih, laki-laki 12 + … = 30, tertulis 31." */
const sumFact: FigureCheck["fact"] = (values, labels) => {
  const parts = values.slice(0, -1);
  const sum = parts.reduce((a, b) => a + b, 0);
  const written = values.at(-1);
  const side = (lang: keyof Text) => parts.map((value, i) => `${labels[i]?.[lang]} ${value}`).join(" + ");
  return {
    id: `${side("id")} = ${sum}, tetapi ${labels.at(-1)?.id} tertulis ${written}.`,
    en: `${side("en")} = ${sum}, but ${labels.at(-1)?.en} is written as ${written}.`,
  };
};

/** "X 12 lebih dari Y 10." */
const atMostFact: FigureCheck["fact"] = ([a, b], [first, second]) => ({
  id: `${first?.id} ${a} lebih dari ${second?.id} ${b}.`,
  en: `${first?.en} ${a} is more than ${second?.en} ${b}.`,
});

/** "X 12 tidak sama dengan Y 10." */
const equalFact: FigureCheck["fact"] = ([a, b], [first, second]) => ({
  id: `${first?.id} ${a} tidak sama dengan ${second?.id} ${b}.`,
  en: `${first?.en} ${a} does not equal ${second?.en} ${b}.`,
});

const SUM_CASES: readonly FigureCase[] = [
  { row: [120, 130, 250], fires: false },
  { row: [120, 130, 251], fires: true },
  { row: [120, 130, 249], fires: true },
  { row: [0, 0, 0], fires: false },
  { row: [null, 130, 250], fires: false },
  { row: [120, 130, null], fires: false },
];
const AT_MOST_CASES: readonly FigureCase[] = [
  { row: [249, 250], fires: false },
  { row: [250, 250], fires: false },
  { row: [251, 250], fires: true },
  { row: [251, null], fires: false },
];
const EQUAL_CASES: readonly FigureCase[] = [
  { row: [200, 200], fires: false },
  { row: [200, 201], fires: true },
  { row: [201, 200], fires: true },
  { row: [null, 200], fires: false },
];

const FOUR_CASES: readonly FigureCase[] = [
  { row: [200, 10, 5, 215], fires: false },
  { row: [200, 10, 5, 216], fires: true },
  { row: [200, 10, 5, 214], fires: true },
  { row: [200, null, 5, 216], fires: false },
];

const addsUp = (rows: FigureCheck["rows"]): FigureCheck => {
  const three = rows[0]?.length === 3;
  return {
    on: "figures",
    rows,
    broken: three ? (a, b, sum) => a + b !== sum : (a, b, c, sum) => a + b + c !== sum,
    fact: sumFact,
    cases: three ? SUM_CASES : FOUR_CASES,
  };
};

const atMost = (rows: FigureCheck["rows"]): FigureCheck => ({
  on: "figures",
  rows,
  broken: (a, b) => a > b,
  fact: atMostFact,
  cases: AT_MOST_CASES,
});

const equal = (row: readonly FigurePath[]): FigureCheck => ({
  on: "figures",
  rows: [row],
  broken: (a, b) => a !== b,
  fact: equalFact,
  cases: EQUAL_CASES,
});

function identity(
  code: string,
  holds: Holds,
  formula: Text,
  check: Rule["check"],
  more: { readonly ground?: Text; readonly supersededBy?: string } = {},
): Rule {
  const { ground = FORM, supersededBy = null } = more;
  return { code, severity: "E", holds, level: "sheet", formula, ground, supersededBy, check };
}

export const IDENTITIES: readonly Rule[] = [
  identity(
    "E101",
    null,
    {
      id: "laki-laki + perempuan = jumlah, di setiap baris pemilih",
      en: "male + female = total, in each row of voters",
    },
    addsUp(PEOPLE.map((group) => [`${group}.male`, `${group}.female`, `${group}.total`] as const)),
  ),
  identity(
    "E102",
    null,
    { id: "pengguna DPT + DPTb + DPK = jumlah pengguna hak pilih", en: "voters from DPT + DPTb + DPK = all voters" },
    addsUp(
      perSex((sex) => [`voters.dpt.${sex}`, `voters.dptb.${sex}`, `voters.dpk.${sex}`, `voters.total.${sex}`] as const),
    ),
  ),
  identity(
    "E103",
    null,
    { id: "pengguna DPT tidak lebih dari pemilih DPT", en: "voters from DPT are not more than the registered" },
    atMost(perSex((sex) => [`voters.dpt.${sex}`, `registered.${sex}`] as const)),
  ),
  identity(
    "E104",
    null,
    { id: "pemilih disabilitas tidak lebih dari jumlah pengguna", en: "disabled voters are not more than all voters" },
    atMost(perSex((sex) => [`disabled.${sex}`, `voters.total.${sex}`] as const)),
  ),
  identity(
    "E201",
    null,
    {
      id: "surat suara diterima = digunakan + dikembalikan + tidak digunakan",
      en: "ballots received = used + returned + unused",
    },
    addsUp([["ballots.used", "ballots.returned", "ballots.unused", "ballots.received"]]),
  ),
  identity(
    "E202",
    null,
    { id: "surat suara digunakan = jumlah pengguna hak pilih", en: "ballots used = all voters" },
    equal(["ballots.used", "voters.total.total"]),
  ),
  identity(
    "E203",
    "all",
    {
      id: "suara sah dan tidak sah tidak lebih dari surat suara diterima",
      en: "votes are not more than ballots received",
    },
    atMost([["total", "ballots.received"]]),
  ),
  identity(
    "E301",
    "all",
    { id: "suara sah + tidak sah = jumlah", en: "valid + invalid = total" },
    addsUp([["valid", "invalid", "total"]]),
  ),
  identity(
    "E302",
    null,
    { id: "suara sah dan tidak sah = jumlah pengguna hak pilih", en: "valid and invalid votes = all voters" },
    equal(["total", "voters.total.total"]),
    {
      ground: {
        id: "UU 7/2017 pasal 374: alasan penghitungan ulang",
        en: "UU 7/2017 article 374: a ground for a recount",
      },
    },
  ),
  identity(
    "E303",
    null,
    { id: "suara sah dan tidak sah = surat suara digunakan", en: "valid and invalid votes = ballots used" },
    equal(["total", "ballots.used"]),
    { supersededBy: "E302" },
  ),
  identity(
    "E304",
    "all",
    { id: "jumlah suara semua pilihan = suara sah", en: "the votes of all choices add up to the valid votes" },
    {
      on: "votes",
      needs: ["valid"],
      broken: ({ sum }, valid) => sum >= 0 && sum !== valid,
      fact: ({ sum }, [valid]) => ({
        id: `Jumlah suara semua pilihan ${sum}, tetapi suara sah tertulis ${valid}.`,
        en: `The votes of all choices add up to ${sum}, but valid votes are written as ${valid}.`,
      }),
      cases: [
        { votes: [100, 60, 40], needs: [200], fires: false },
        { votes: [100, 60, 40], needs: [201], fires: true },
        { votes: [100, 60, 40], needs: [199], fires: true },
        { votes: [100, null, 40], needs: [199], fires: false },
        { votes: [100, 60, 40], needs: [null], fires: false },
        { votes: null, needs: [200], fires: false },
      ],
    },
  ),
  identity(
    "E305",
    "party",
    {
      id: "jumlah suara partai = suara partai + suara calonnya",
      en: "a party's total = the party's votes + those of its candidates",
    },
    {
      on: "votes",
      needs: [],
      broken: ({ brokenParty }) => brokenParty >= 0,
      fact: ({ brokenParty }, _, { votes, parties }, { district }) => {
        const party = district.parties[brokenParty];
        const sum = party?.columns.reduce((total, column) => total + Math.max(0, votes[column] ?? 0), 0);
        const written = parties[brokenParty];
        return {
          id: `${party?.name}: suara partai dan calonnya berjumlah ${sum}, tetapi tertulis ${written}.`,
          en: `${party?.name}: votes for the party and its candidates add up to ${sum}, but ${written} is written.`,
        };
      },
      cases: [
        { votes: [1, 2, 3, 4, 5, 6], parties: [6, 15], needs: [], fires: false },
        { votes: [1, 2, 3, 4, 5, 6], parties: [6, 16], needs: [], fires: true },
        { votes: [1, 2, 3, 4, 5, 6], parties: [5, 15], needs: [], fires: true },
        { votes: [1, null, 3, 4, 5, 6], parties: [5, 15], needs: [], fires: false },
        { votes: [1, 2, 3, 4, 5, 6], parties: [null, 15], needs: [], fires: false },
        { votes: null, parties: [5, 15], needs: [], fires: false },
      ],
    },
  ),
  identity(
    "E306",
    "all",
    {
      id: "suara tidak melebihi DPT + 2 %, atau sama dengan jumlah pengguna hak pilih",
      en: "votes do not exceed the register + 2 %, or equal all voters",
    },
    {
      on: "figures",
      rows: [["total", "registered.total", "voters.total.total"]],
      broken: (total, registered, voters) => total > registered + reserveOf(registered) && total !== voters,
      fact: ([total = 0, registered = 0, voters]) => ({
        id: `Suara sah dan tidak sah ${total}, melebihi surat suara ${registered + reserveOf(registered)} (DPT ${registered} dan cadangan 2 %), dan jumlah pengguna ${voters}.`,
        en: `Valid and invalid votes ${total} exceed the ${registered + reserveOf(registered)} ballots (register ${registered} and 2 % reserve), and all voters are ${voters}.`,
      }),
      cases: [
        { row: [255, 250, 200], fires: false },
        { row: [256, 250, 200], fires: true },
        { row: [256, 250, 256], fires: false },
        { row: [257, 251, 200], fires: false },
        { row: [258, 251, 200], fires: true },
        { row: [256, 250, null], fires: false },
      ],
    },
  ),
];
