/**
 * The working of seats and winners in the tables of its paper. Everything is taken from the view that the page shows, so that
 * paper and screen cannot say different things.
 */
import { SEAT_RULES, type SeatRuleCode, type Tie } from "../election/seat-rules.ts";
import type { Election } from "../election/winners.ts";
import type { WorkTable } from "./pdf-seats.ts";
import type { SeatsView } from "./wire/views.ts";
import { LEVEL_WORDS, NOT_REPORTED_MARK, written } from "./words.ts";

/** A choice or party by its id, with its number on the ballot: `3. Partai Bahtera`. */
export type SayChoice = (id: string) => string;

type Working = SeatsView["working"];
type Of<K extends Working["kind"]> = Extract<Working, { readonly kind: K }>;

/** The tables of a result's working. */
export function seatsTables({ working, seats }: SeatsView, say: SayChoice): WorkTable[] {
  switch (working.kind) {
    case "parties":
      return [...nationalTable(working, say), quotientTable(working, seats, say), ...electedTables(working, say)];
    case "candidates":
      return [candidateTable(working.result, say), ...spreadTable(working.result.spread, say)];
    case "pairs":
      return [pairTable(working, say), provinceTable(working, say), ...spreadTable(working.result.spread, say)];
  }
}

/** What is declared, for the title. */
export const seatsTitle = ({ working }: SeatsView): string =>
  working.kind === "pairs" ? "Penetapan pasangan calon terpilih" : "Penetapan perolehan kursi dan calon terpilih";

const ruleWords = (code: SeatRuleCode): string => `${SEAT_RULES[code].text.id} (${SEAT_RULES[code].ground})`;

function tieWords({ between, places, rule }: Tie, say: SayChoice): string {
  return `Belum ditetapkan, ${written(places)} tempat: ${between.map(say).join("; ")}. ${ruleWords(rule)}.`;
}

/** Hundredths of a percent, rounded down: a share that does not reach a threshold is not to look as if it did. */
function percent(votes: number, total: number): string {
  if (total === 0) return NOT_REPORTED_MARK;
  const points = Number((BigInt(votes) * 10_000n) / BigInt(total));
  return `${Math.floor(points / 100)},${String(points % 100).padStart(2, "0")} %`;
}

const share = (points: number): string => percent(points, 10_000);

/** The threshold: every party's votes in the whole nation. */
function nationalTable({ national, threshold, result }: Of<"parties">, say: SayChoice): WorkTable[] {
  if (national === null || threshold === null) return [];
  const total = national.reduce((sum, { votes }) => sum + votes, 0);
  const below = new Set(
    result.parties.filter(({ excluded }) => excluded === "below-threshold").map(({ party }) => party),
  );
  return [
    {
      title: `Ambang batas: ${share(threshold)} dari suara sah nasional`,
      lead: [`Suara sah seluruh partai secara nasional: ${written(total)}. ${ruleWords("below-threshold")}.`],
      columns: [
        { head: "PARTAI", share: 0.46 },
        { head: "SUARA SAH NASIONAL", share: 0.2, align: "right" },
        { head: "BAGIAN", share: 0.14, align: "right" },
        { head: "IKUT PEMBAGIAN KURSI", share: 0.2 },
      ],
      rows: national.map(({ party, votes }) => [
        say(party),
        written(votes),
        percent(votes, total),
        below.has(party) ? "Tidak, di bawah ambang batas" : "Ya",
      ]),
    },
  ];
}

/** Seat by seat: the quotient that won, and those that it was compared with. */
function quotientTable({ result }: Of<"parties">, seats: number, say: SayChoice): WorkTable {
  const quotient = ({ votes, divisor }: { readonly votes: number; readonly divisor: number }) =>
    `${written(votes)} : ${written(divisor)}`;
  return {
    title: `Pembagian ${written(seats)} kursi`,
    lead: [`${ruleWords("highest-quotient")}. Hasil bagi ditulis sebagai pecahan, tanpa pembulatan.`],
    columns: [
      { head: "KURSI", share: 0.07, align: "right" },
      { head: "PARTAI", share: 0.25 },
      { head: "HASIL BAGI", share: 0.13, align: "right" },
      { head: "YANG DIBANDINGKAN", share: 0.37 },
      { head: "ATURAN", share: 0.18 },
    ],
    rows: result.seats.map((seat) => {
      const number = written(seat.seat);
      if (seat.kind === "unfilled")
        return [number, NOT_REPORTED_MARK, NOT_REPORTED_MARK, NOT_REPORTED_MARK, ruleWords(seat.rule)];
      const compared = seat.compared.map((one) => `${say(one.party)} ${quotient(one)}`).join("; ");
      return seat.kind === "given"
        ? [number, say(seat.won.party), quotient(seat.won), compared, ruleWords(seat.rule)]
        : [number, seat.tie.between.map(say).join(" / "), NOT_REPORTED_MARK, compared, ruleWords(seat.tie.rule)];
    }),
  };
}

/** Each party with its seats, and who takes them by votes within the party. */
function electedTables({ result }: Of<"parties">, say: SayChoice): WorkTable[] {
  const rows = result.parties.flatMap(({ party, votes, seats, excluded, election }) => {
    const of = (candidate: string, its: string, rule: string) => [
      say(party),
      written(votes),
      written(seats),
      candidate,
      its,
      rule,
    ];
    if (excluded !== null) return [of(NOT_REPORTED_MARK, NOT_REPORTED_MARK, ruleWords(excluded))];
    if (seats === 0 && election.tie === null)
      return [of(NOT_REPORTED_MARK, NOT_REPORTED_MARK, "Tidak memperoleh kursi")];
    return [
      ...election.elected.map(({ candidate, votes: its, rule }) => of(say(candidate), written(its), ruleWords(rule))),
      ...openPlaces(election, say).map((words) => of(NOT_REPORTED_MARK, NOT_REPORTED_MARK, words)),
    ];
  });
  const spread = result.parties.flatMap(({ election }) => election.spread);
  return [
    {
      title: "Calon terpilih",
      lead: [],
      columns: [
        { head: "PARTAI", share: 0.2 },
        { head: "SUARA PARTAI", share: 0.1, align: "right" },
        { head: "KURSI", share: 0.07, align: "right" },
        { head: "CALON TERPILIH", share: 0.25 },
        { head: "SUARA CALON", share: 0.1, align: "right" },
        { head: "ATURAN", share: 0.28 },
      ],
      rows,
    },
    ...spreadTable(spread, say),
  ];
}

/** Places that the votes do not fill, in words. */
function openPlaces({ tie, surplus }: Election, say: SayChoice): string[] {
  return [
    ...(tie === null ? [] : [tieWords(tie, say)]),
    ...(surplus > 0 ? [`${written(surplus)} kursi: ${ruleWords("surplus")}`] : []),
  ];
}

/** DPD: all candidates by votes, those elected first. */
function candidateTable(election: Election, say: SayChoice): WorkTable {
  const elected = new Map(election.elected.map((one) => [one.candidate, one.rule]));
  return {
    title: `Perolehan suara calon, ${written(election.places)} terpilih`,
    lead: openPlaces(election, say),
    columns: [
      { head: "PERINGKAT", share: 0.1, align: "right" },
      { head: "CALON", share: 0.4 },
      { head: "SUARA SAH", share: 0.14, align: "right" },
      { head: "HASIL", share: 0.36 },
    ],
    rows: election.ranking.map(({ id, votes, withdrawn }, at) => {
      const rule = elected.get(id);
      const outcome = rule ? `TERPILIH – ${ruleWords(rule)}` : withdrawn ? ruleWords("withdrawn") : NOT_REPORTED_MARK;
      return [written(at + 1), say(id), written(votes), outcome];
    }),
  };
}

function pairTable({ majority, spread, result }: Of<"pairs">, say: SayChoice): WorkTable {
  const { outcome, pairs, total, provinceCount } = result;
  const said = {
    elected: () => (outcome.kind === "elected" ? `Terpilih: ${say(outcome.pair)}. ${ruleWords(outcome.rule)}.` : ""),
    "second-round": () =>
      outcome.kind === "second-round" ? `${ruleWords(outcome.rule)}: ${outcome.pairs.map(say).join("; ")}.` : "",
    tied: () => (outcome.kind === "tied" ? tieWords(outcome.tie, say) : ""),
    none: () => (outcome.kind === "none" ? `${ruleWords(outcome.rule)}.` : ""),
  };
  return {
    title: "Perolehan suara pasangan calon",
    lead: [said[outcome.kind](), `Jumlah suara sah: ${written(total)}. Jumlah provinsi: ${written(provinceCount)}.`],
    columns: [
      { head: "PASANGAN CALON", share: 0.4 },
      { head: "SUARA SAH", share: 0.15, align: "right" },
      { head: "BAGIAN", share: 0.1, align: "right" },
      { head: majority === null ? "SYARAT SUARA" : `LEBIH DARI ${share(majority)}`, share: 0.15 },
      { head: spread === null ? "SYARAT SEBARAN" : `PROVINSI DENGAN ${share(spread)}`, share: 0.2 },
    ],
    rows: pairs.map((one) => [
      say(one.pair),
      written(one.votes),
      percent(one.votes, total),
      majority === null ? "tidak disyaratkan" : one.majority ? "Ya" : "Tidak",
      spread === null
        ? "tidak disyaratkan"
        : `${written(one.provinces.length)} dari ${written(provinceCount)}: ${one.spread ? "cukup" : "belum cukup"}`,
    ]),
  };
}

/** Every province with each pair's votes and share of it: what the spread is counted from. */
function provinceTable({ regions, result }: Of<"pairs">, say: SayChoice): WorkTable {
  const pairs = result.pairs.map(({ pair }) => pair);
  const width = 0.72 / Math.max(1, pairs.length);
  return {
    title: "Sebaran suara menurut provinsi",
    lead: ["Wilayah luar negeri dihitung dalam jumlah suara, dan bukan sebagai provinsi."],
    columns: [
      { head: "PROVINSI", share: 0.16 },
      { head: "JUMLAH", share: 0.12, align: "right" },
      ...pairs.map((pair) => ({ head: say(pair), share: width, align: "right" as const })),
    ],
    rows: regions.map(({ region, votes }) => {
      const total = pairs.reduce((sum, pair) => sum + (votes[pair] ?? 0), 0);
      const of = (pair: (typeof pairs)[number]) => `${written(votes[pair] ?? 0)} (${percent(votes[pair] ?? 0, total)})`;
      return [region.name, written(total), ...pairs.map(of)];
    }),
  };
}

/** Where equal votes were decided by how widely they are spread. */
function spreadTable(compared: Election["spread"], say: SayChoice): WorkTable[] {
  if (compared.length === 0) return [];
  return [
    {
      title: "Suara sama: persebaran yang dibandingkan",
      lead: [`${ruleWords("wider-spread")}. Dihitung: di berapa wilayah ada suaranya.`],
      columns: [
        { head: "TINGKAT", share: 0.2 },
        { head: "CALON", share: 0.55 },
        { head: "WILAYAH DENGAN SUARA", share: 0.25, align: "right" },
      ],
      rows: compared.flatMap(({ level, regions }) =>
        regions.map(({ choice, withVotes }) => [
          level === "station" ? "TPS" : LEVEL_WORDS[level],
          say(choice),
          written(withVotes),
        ]),
      ),
    },
  ];
}
