/**
 * By which rule a seat is given, a candidate is elected, or neither can be said: one table of codes with their words and
 * their ground in law, so that every line of a published working names its reason in both languages.
 *
 * Sources: UU 7/2017 art. 414-416, 420, 422, 423; PKPU 6/2024 on the declaration of seats and elected candidates. Neither
 * says what happens when two parties have the same quotient for the last seat: so nothing is invented here, and the tie is
 * reported. No tie is ever resolved without a rule of this table being named.
 */
import type { ChoiceId } from "./codes.ts";
import type { Text } from "./text.ts";

export interface SeatRule {
  /** Article of the law or regulation, as it is cited. */
  readonly ground: string;
  readonly text: Text;
}

export const SEAT_RULES = {
  "highest-quotient": {
    ground: "UU 7/2017 art. 415, 420",
    text: { id: "Hasil bagi terbesar (1, 3, 5, 7, …)", en: "The highest quotient (1, 3, 5, 7, …)" },
  },
  "equal-quotients": {
    ground: "UU 7/2017 art. 420",
    text: {
      id: "Hasil bagi sama besar, kursi tidak cukup untuk semua. Undang-undang tidak menyebut pemenangnya: menunggu keputusan rapat pleno",
      en: "Equal quotients, and too few seats for all. The law names no winner: the plenary must decide",
    },
  },
  "no-votes": {
    ground: "UU 7/2017 art. 420",
    text: { id: "Tidak ada suara yang dapat dibagi", en: "There are no votes to distribute" },
  },
  "below-threshold": {
    ground: "UU 7/2017 art. 414(1), 415(1)",
    text: {
      id: "Di bawah ambang batas suara sah nasional, tidak ikut dalam pembagian kursi",
      en: "Below the national threshold of valid votes: takes no part in the distribution of seats",
    },
  },
  withdrawn: {
    ground: "UU 7/2017 art. 426",
    text: { id: "Dicoret setelah surat suara ditetapkan", en: "Struck off after the ballot was fixed" },
  },
  "most-votes": {
    ground: "UU 7/2017 art. 422, 423(1)",
    text: { id: "Suara terbanyak", en: "The most votes" },
  },
  "wider-spread": {
    ground: "UU 7/2017 art. 416(4)-(5), 423(2); PKPU 6/2024",
    text: {
      id: "Suara sama; persebaran wilayah perolehan suaranya lebih luas",
      en: "Equal votes; they come from more regions",
    },
  },
  "list-order": {
    ground: "PKPU 6/2024",
    text: {
      id: "Tidak ada calon partai ini yang memperoleh suara; menurut nomor urut",
      en: "No candidate of this party has votes; by number on the list",
    },
  },
  "spread-needed": {
    ground: "UU 7/2017 art. 416(4)-(5), 423(2); PKPU 6/2024",
    text: {
      id: "Suara sama. Persebaran suara per wilayah harus dibandingkan",
      en: "Equal votes. The votes by region have to be compared",
    },
  },
  "spread-equal": {
    ground: "UU 7/2017 art. 416(4)-(5), 423(2)",
    text: {
      id: "Suara dan persebarannya sama: menunggu keputusan rapat pleno",
      en: "Equal votes and equal spread: the plenary must decide",
    },
  },
  "spread-equal-on-list": {
    ground: "PKPU 6/2024",
    text: {
      id: "Suara dan persebarannya sama. Rapat pleno memutuskan menurut jenis kelamin (perempuan didahulukan), lalu nomor urut",
      en: "Equal votes and equal spread. The plenary decides by sex (a woman goes first), then by number on the list",
    },
  },
  surplus: {
    ground: "UU 7/2017 art. 422",
    text: {
      id: "Kursi partai lebih banyak daripada calonnya",
      en: "The party has more seats than candidates",
    },
  },
  majority: {
    ground: "UU 7/2017 art. 416(1)",
    text: {
      id: "Lebih dari setengah suara, dengan persebaran di lebih dari setengah jumlah provinsi",
      en: "More than half of the votes, spread over more than half of the provinces",
    },
  },
  "second-round": {
    ground: "UU 7/2017 art. 416(2)-(3)",
    text: {
      id: "Belum ada pasangan terpilih; dua pasangan dengan suara terbanyak dipilih kembali",
      en: "No pair is elected; the two with the most votes stand again",
    },
  },
  "no-second-pair": {
    ground: "UU 7/2017 art. 416(2)",
    text: {
      id: "Belum ada pasangan terpilih, dan tidak ada dua pasangan untuk putaran kedua",
      en: "No pair is elected, and there are not two pairs for a second round",
    },
  },
} as const satisfies Readonly<Record<string, SeatRule>>;

export type SeatRuleCode = keyof typeof SEAT_RULES;

/** Places that the votes cannot give: `places` of them to more than so many choices. */
export interface Tie {
  /** In order of their numbers. */
  readonly between: readonly ChoiceId[];
  readonly places: number;
  readonly rule: SeatRuleCode;
}
