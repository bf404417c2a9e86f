/** What every file says about itself: of which edition it is, what was made of it, how it can be checked. */
import type { ContestKind } from "../election/codes.ts";
import type { Text } from "../election/text.ts";
import type { EditionRoots } from "./places.ts";
import { type ObjectSource, partOf, textOf } from "./source.ts";
import type { Book } from "./table.ts";

/** What is not in the objects. */
export interface Facts {
  /** Origin of the log of editions. */
  readonly election: string;
  readonly title: Text;
  /** The votes are invented. */
  readonly simulation: boolean;
  /** Id of the edition's statement, hex. */
  readonly editionId: string;
}

export interface FactLine {
  readonly label: string;
  readonly value: string;
}

export const CONTEST_NAMES: Readonly<Record<ContestKind, Text>> = {
  ppwp: { id: "Presiden dan Wakil Presiden", en: "President and Vice President" },
  dpr: { id: "DPR RI", en: "House of Representatives (DPR)" },
  dpd: { id: "DPD RI", en: "Regional Representative Council (DPD)" },
  dprdp: { id: "DPRD Provinsi", en: "Provincial Council (DPRD)" },
  dprdk: { id: "DPRD Kabupaten/Kota", en: "Regency and City Council (DPRD)" },
};

export const BOOK_NAMES: Readonly<Record<Book, Text>> = {
  count: { id: "Hitung suara (sementara, dari C.Hasil yang masuk)", en: "Vote count (preliminary, from sheets)" },
  recap: { id: "Rekapitulasi (dibacakan dalam rapat pleno)", en: "Recapitulation (read aloud in plenary)" },
};

export const SIMULATION: Text = {
  id: "SIMULASI. Semua suara di berkas ini rekaan, bukan hasil pemilu.",
  en: "SIMULATION. Every vote in this file is invented; these are not election results.",
};

export const PRELIMINARY: Text = {
  id: "Bukan hasil resmi. Hasil resmi ditetapkan melalui rekapitulasi berjenjang.",
  en: "Not the official result. The official result is declared after recapitulation, level by level.",
};

/** The facts of an edition, from the definition that it signs. */
export async function readFacts(
  source: ObjectSource,
  { definition }: Pick<EditionRoots, "definition">,
  known: Pick<Facts, "election" | "editionId">,
): Promise<Facts> {
  const object = await source.object(definition);
  const title = partOf(object, "title");
  return {
    ...known,
    title: { id: textOf(title.id), en: textOf(title.en) },
    simulation: object.simulation === true,
  };
}

const WIB = 7 * 3_600_000;

/** A time on the clocks of Jakarta, e.g. `2029-02-14 20:15:03 WIB`. */
export const timeWords = (time: number): string =>
  `${new Date(time + WIB).toISOString().slice(0, 19).replace("T", " ")} WIB`;

interface About {
  readonly contest: ContestKind;
  readonly region: string;
  readonly name: string;
  readonly edition: EditionRoots;
  readonly book?: Book;
}

/** The lines in their order, in one language. */
export function factLines(
  { contest, region, name, edition, book }: About,
  facts: Facts,
  language: keyof Text,
): FactLine[] {
  const line = (id: string, en: string, value: string): FactLine => ({ label: { id, en }[language], value });
  return [
    line("Pemilu", "Election", `${facts.title[language]} (${facts.election})`),
    line("Jenis pemilihan", "Contest", CONTEST_NAMES[contest][language]),
    line("Wilayah", "Region", region === "0" ? name : `${name} (${region})`),
    ...(book ? [line("Buku", "Book", BOOK_NAMES[book][language])] : []),
    line("Data ke", "Edition", `${edition.number}, ${timeWords(edition.time)}`),
    line("Sidik terbitan (SHA-256)", "Fingerprint of the edition (SHA-256)", facts.editionId),
    line("Periksa sendiri", "Check it yourself", CHECK[language]),
  ];
}

const CHECK: Text = {
  id: "Angka dibaca dari berkas yang sidiknya cocok dengan terbitan bertanda tangan. Ulangi dengan teguh export; caranya di docs/VERIFY.md.",
  en: "Read from files whose fingerprints lead to the signed edition. Make it again with teguh export; docs/VERIFY.md says how.",
};
