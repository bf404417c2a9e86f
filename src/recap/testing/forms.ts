/** Invented forms for tests: names that nobody bears, figures that follow from their place, and so the same every time. */
import type { RegionCode } from "../../election/codes.ts";
import { FIGURE_COUNT } from "../../election/figures.ts";
import { hashHex } from "../../ledger/hash.ts";
import {
  ballotColumns,
  type Cell,
  type Choices,
  type Column,
  type Form,
  type Heading,
  makeClosing,
  makePart,
  type Saksi,
} from "../form.ts";

export const HEADING: Heading = {
  election: "Pemilihan Umum 2029",
  contest: "dpr",
  contestName: "Anggota Dewan Perwakilan Rakyat",
  level: "kecamatan",
  region: "710101" as RegionCode,
  chain: ["Nusa Rekaan", "Kota Tanjung Contoh", "Contoh Barat"],
  district: "Nusa Rekaan I",
  simulation: false,
  time: "2029-03-02T06:05:00Z",
  zone: "WITA",
};

export const PAPER = {
  log: { origin: "pemilu.example/2029/log/pleno/710101", size: 12_345, root: hashHex(new Uint8Array([7])) },
  link: "https://hasil.example/#/dpr/71/7101/710101",
};

/** Parties with so many candidates each, in ballot order. */
export function partyChoices(candidatesOf: readonly number[]): Choices {
  let column = 0;
  const parties = candidatesOf.map((count, index) => ({
    number: index + 1,
    name: `Partai ${INVENTED[index % INVENTED.length]} ${index + 1}`,
    column: column++,
    candidates: Array.from({ length: count }, (_, at) => ({
      number: at + 1,
      name: `Calon ${INVENTED[(index * 7 + at) % INVENTED.length]} ${index + 1}.${at + 1}, S.Rek.`,
      column: column++,
    })),
  }));
  return { kind: "parties", parties };
}

const INVENTED = ["Bahtera", "Cakrawala", "Damar", "Embun", "Fajar", "Gelombang", "Harapan", "Ilalang", "Jembatan"];

/** Names for pairs or DPD candidates in their order on the ballot. */
export function listChoices(of: "pairs" | "candidates" | "parties", names: readonly string[]): Choices {
  return { kind: "list", of, choices: names.map((name, index) => ({ number: index + 1, name, column: index })) };
}

/** A station's column whose cells are told by a function of the row: figures first, then votes. */
export function columnOf(label: string, width: number, cell: (row: number) => Cell): Column {
  const cells = Array.from({ length: FIGURE_COUNT + width }, (_, row) => cell(row));
  return { label, figures: cells.slice(0, FIGURE_COUNT), votes: cells.slice(FIGURE_COUNT) };
}

export function saksiOf(count: number, outcome: (index: number) => Saksi["outcome"]): Saksi[] {
  return Array.from({ length: count }, (_, index) => ({
    participant: `Partai ${INVENTED[index % INVENTED.length]} ${index + 1}`,
    name: `Saksi ke-${index + 1}`,
    outcome: outcome(index),
  }));
}

const MEMBERS: Form["members"] = [
  { role: "ketua", name: "I Wayan Contoh Wirawan, S.H., M.Hum." },
  ...["Ni Made Rekaan", "Ketut Andaian", "Siti Umpama", "Putu Misal"].map(
    (name) => ({ role: "anggota", name }) as const,
  ),
];

export interface Wanted {
  readonly choices: Choices;
  /** Name of each desa and its number of stations. */
  readonly desa: readonly (readonly [name: string, stations: number])[];
  readonly cell?: (desa: number, station: number, row: number) => Cell;
  readonly changes?: Partial<Form>;
}

/** A kecamatan's certificate that adds up. */
export function kecamatanForm({ choices, desa, cell = anyCell, changes = {} }: Wanted): Form {
  const width = ballotColumns(choices).length;
  const parts = desa.map(([name, stations], index) => {
    const columns = Array.from({ length: stations }, (_, station) =>
      columnOf(`TPS ${String(station + 1).padStart(3, "0")}`, width, (row) => cell(index, station, row)),
    );
    return makePart(name, columns, width);
  });
  return {
    ...PAPER,
    heading: HEADING,
    state: "draft",
    choices,
    parts,
    closing: makeClosing("Kecamatan Contoh Barat", parts, width),
    members: MEMBERS,
    saksi: saksiOf(3, () => null),
    ...changes,
  };
}

/** A number below 300 that depends on its place only. */
const anyCell = (desa: number, station: number, row: number): number => (desa * 131 + station * 37 + row * 17) % 300;
