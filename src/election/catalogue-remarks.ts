/**
 * The W rules: remarkable, but possible. The votes are counted; whoever enters or reads acknowledges them with a reason.
 * W405 to W407 compare more than one sheet, so the tally judges them (with {@link correctionIsLarge}).
 */
import type { ContestKind } from "./codes.ts";
import { type Rule, reserveOf } from "./rule.ts";
import type { Text } from "./text.ts";

const EXPERIENCE: Text = { id: "Kewajaran; bukan larangan", en: "Experience; it is not forbidden" };
const RESERVE: Text = {
  id: "UU 7/2017 pasal 344: surat suara sejumlah DPT dan 2 % cadangan",
  en: "UU 7/2017 article 344: ballots for the register and 2 % in reserve",
};

function remark(
  code: string,
  formula: Text,
  check: Rule["check"],
  more: { readonly ground?: Text; readonly supersededBy?: string } = {},
): Rule {
  const { ground = EXPERIENCE, supersededBy = null } = more;
  const level = check.on === "elsewhere" ? "station" : "sheet";
  return { code, severity: "W", holds: null, level, formula, ground, supersededBy, check };
}

/** Above this share of the votes, invalid ones are remarkable: in percent, by contest (longer ballots, more mistakes). */
const INVALID_SHARE: Readonly<Record<ContestKind, number>> = { ppwp: 10, dpr: 25, dpd: 35, dprdp: 25, dprdk: 25 };

/** Fewer valid votes than this can well all be for one choice. */
const UNANIMOUS_FROM = 50;

export const REMARKS: readonly Rule[] = [
  remark(
    "W401",
    { id: "surat suara diterima tidak sama dengan DPT + 2 %", en: "ballots received differ from the register + 2 %" },
    {
      on: "figures",
      rows: [["ballots.received", "registered.total"]],
      broken: (received, registered) => received !== registered + reserveOf(registered),
      fact: ([received, registered = 0]) => ({
        id: `Surat suara diterima ${received}; DPT ${registered} dan cadangan 2 % menjadi ${registered + reserveOf(registered)}.`,
        en: `Ballots received ${received}; register ${registered} and 2 % reserve make ${registered + reserveOf(registered)}.`,
      }),
      cases: [
        { row: [255, 250], fires: false },
        { row: [254, 250], fires: true },
        { row: [257, 251], fires: false },
        { row: [256, 251], fires: true },
        { row: [null, 250], fires: false },
      ],
    },
    { ground: RESERVE },
  ),
  remark(
    "W402",
    { id: "suara sah dan tidak sah melebihi DPT + 2 %", en: "valid and invalid votes exceed the register + 2 %" },
    {
      on: "figures",
      rows: [["total", "registered.total"]],
      broken: (total, registered) => total > registered + reserveOf(registered),
      fact: ([total, registered = 0]) => ({
        id: `Suara sah dan tidak sah ${total}; DPT ${registered} dan cadangan 2 % menjadi ${registered + reserveOf(registered)}.`,
        en: `Valid and invalid votes ${total}; register ${registered} and 2 % reserve make ${registered + reserveOf(registered)}.`,
      }),
      cases: [
        { row: [255, 250], fires: false },
        { row: [256, 250], fires: true },
        { row: [1, 0], fires: true },
        { row: [256, null], fires: false },
      ],
    },
    { ground: RESERVE, supersededBy: "E306" },
  ),
  remark(
    "W403",
    { id: "DPT lebih dari 300 di satu TPS", en: "more than 300 registered at one TPS" },
    {
      on: "figures",
      rows: [["registered.total"]],
      broken: (registered, _b, _c, _d, { stationKind }) => registered > 300 && stationKind === "tps",
      fact: ([registered]) => ({
        id: `DPT ${registered}; paling banyak 300 pemilih untuk satu TPS.`,
        en: `Registered ${registered}; a TPS has at most 300 voters.`,
      }),
      cases: [
        { row: [300], fires: false },
        { row: [301], fires: true },
        { row: [301], fires: false, station: "pos" },
        { row: [null], fires: false },
      ],
    },
    {
      ground: { id: "PKPU 7/2022: paling banyak 300 pemilih per TPS", en: "PKPU 7/2022: at most 300 voters at a TPS" },
    },
  ),
  remark(
    "W404",
    {
      id: "tidak ada suara, atau semua suara sah (50 atau lebih) untuk satu pilihan",
      en: "no votes at all, or all of 50 or more valid votes for one choice",
    },
    {
      on: "votes",
      needs: ["total", "valid"],
      broken: ({ sum, sole }, total, valid, { noken }) =>
        !noken && (total === 0 || (valid >= UNANIMOUS_FROM && sole && sum === valid)),
      fact: (_, [total, valid]) =>
        total === 0
          ? { id: "Tidak ada satu pun suara.", en: "There is not a single vote." }
          : { id: `Semua ${valid} suara sah untuk satu pilihan.`, en: `All ${valid} valid votes are for one choice.` },
      cases: [
        { votes: [0, 0, 0], needs: [0, 0], fires: true },
        { votes: [50, 0, 0], needs: [50, 50], fires: true },
        { votes: [49, 0, 0], needs: [49, 49], fires: false },
        { votes: [49, 1, 0], needs: [50, 50], fires: false },
        { votes: [50, 0, 0], needs: [50, 50], fires: false, noken: true },
        { votes: [20, 30, 0, 0, 0, 0], parties: [50, 0], needs: [50, 50], fires: true },
        { votes: null, needs: [50, 50], fires: false },
      ],
    },
  ),
  remark(
    "W405",
    {
      id: "DPT berbeda dari jenis pemilihan lain di TPS ini",
      en: "registered differs from another contest of this station",
    },
    { on: "elsewhere", by: "tally" },
    { ground: { id: "Satu TPS, satu DPT", en: "One station has one register" } },
  ),
  remark(
    "W406",
    {
      id: "pembetulan mengubah satu pilihan lebih dari 50 suara, atau lebih dari 30 % dan sedikitnya 10",
      en: "a correction moves one choice by more than 50 votes, or by more than 30 % and at least 10",
    },
    { on: "elsewhere", by: "tally" },
  ),
  remark(
    "W407",
    { id: "dua masukan dari kertas yang sama berbeda", en: "two captures of the same paper differ" },
    { on: "elsewhere", by: "tally" },
    { ground: { id: "Satu kertas, satu angka", en: "One paper has one figure" } },
  ),
  remark(
    "W408",
    {
      id: "suara tidak sah lebih dari 10 % (PPWP), 25 % (DPR, DPRD) atau 35 % (DPD)",
      en: "invalid votes above 10 % (PPWP), 25 % (DPR, DPRD) or 35 % (DPD)",
    },
    {
      on: "figures",
      rows: [["invalid", "total"]],
      broken: (invalid, total, _c, _d, { kind }) => invalid * 100 > total * INVALID_SHARE[kind],
      fact: ([invalid, total]) => ({
        id: `Suara tidak sah ${invalid} dari ${total}.`,
        en: `Invalid votes ${invalid} of ${total}.`,
      }),
      cases: [
        { row: [20, 200], fires: false },
        { row: [21, 200], fires: true },
        { row: [50, 200], fires: false, kind: "dpr" },
        { row: [51, 200], fires: true, kind: "dprdk" },
        { row: [70, 200], fires: false, kind: "dpd" },
        { row: [71, 200], fires: true, kind: "dpd" },
        { row: [0, 0], fires: false },
        { row: [21, null], fires: false },
      ],
    },
  ),
];

/** W406: whether a correction from `before` to `after` moves any of the first `count` choices remarkably far. */
export function correctionIsLarge(before: ArrayLike<number>, after: ArrayLike<number>, count = after.length): boolean {
  for (let i = 0; i < count; i++) {
    const old = Math.max(0, before[i] ?? 0);
    const moved = Math.abs(Math.max(0, after[i] ?? 0) - old);
    if (moved > 50 || (moved >= 10 && moved * 10 > old * 3)) return true;
  }
  return false;
}
