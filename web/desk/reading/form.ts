/**
 * The result sheet as the paper has it: which cell stands where, in the order in which it is read aloud (I registered and voters,
 * II ballots, III disabled voters, IV votes, V totals). A cell is named by the path that a correction names: `voters.dpt.male`,
 * `votes.3`, `parties.0`.
 */
import { FIGURE, type FigurePath, figureLabel } from "../../../src/election/figures.ts";
import type { Reported } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";
import type { DistrictView } from "../../../src/recap/wire/views.ts";

/** Complete figures of a station. */
export interface StationFigures {
  readonly figures: readonly Reported[];
  readonly votes: readonly Reported[] | null;
  readonly parties: readonly Reported[];
}

/** As a correction names it, see `FIELD` of the statements. */
export type CellPath = string;

export interface PeopleRow {
  readonly label: Text;
  /** Male, female, total. */
  readonly cells: readonly [FigurePath, FigurePath, FigurePath];
}

export interface PlainRow {
  readonly label: Text;
  readonly cell: FigurePath;
}

const people = (path: "registered" | "voters.dpt" | "voters.dptb" | "voters.dpk" | "voters.total" | "disabled") =>
  [`${path}.male`, `${path}.female`, `${path}.total`] as const;

/** Part I of the form. */
export const VOTER_ROWS: readonly PeopleRow[] = [
  { label: { id: "Pemilih dalam DPT", en: "Registered (DPT)" }, cells: people("registered") },
  { label: { id: "Pengguna, DPT", en: "Voters, DPT" }, cells: people("voters.dpt") },
  { label: { id: "Pengguna, DPTb", en: "Voters, DPTb" }, cells: people("voters.dptb") },
  { label: { id: "Pengguna, DPK", en: "Voters, DPK" }, cells: people("voters.dpk") },
  { label: { id: "Jumlah pengguna", en: "All voters" }, cells: people("voters.total") },
];

/** Part II. */
export const BALLOT_ROWS: readonly PlainRow[] = [
  { label: { id: "Diterima + cadangan", en: "Received, with reserve" }, cell: "ballots.received" },
  { label: { id: "Digunakan", en: "Used" }, cell: "ballots.used" },
  { label: { id: "Dikembalikan, rusak/keliru", en: "Returned, spoiled" }, cell: "ballots.returned" },
  { label: { id: "Tidak digunakan + sisa", en: "Unused, with reserve" }, cell: "ballots.unused" },
];

/** Part III. */
export const DISABLED_ROWS: readonly PeopleRow[] = [
  { label: { id: "Pemilih disabilitas", en: "Disabled voters" }, cells: people("disabled") },
];

/** Part V. */
export const TOTAL_ROWS: readonly PlainRow[] = [
  { label: { id: "Suara sah", en: "Valid votes" }, cell: "valid" },
  { label: { id: "Suara tidak sah", en: "Invalid votes" }, cell: "invalid" },
  { label: { id: "Suara sah dan tidak sah", en: "Valid and invalid" }, cell: "total" },
];

/** A party with the places of its columns: its own first, then its candidates'. */
export interface PartyGroup {
  readonly index: number;
  readonly party: DistrictView["parties"][number];
  readonly columns: readonly number[];
}

/** The parties of a district in order; empty where choices stand alone. */
export function partyGroups({ parties, choices }: DistrictView): PartyGroup[] {
  return parties.map((party, index) => ({
    index,
    party,
    columns: choices.flatMap((choice, column) => (choice.party === index ? [column] : [])),
  }));
}

/** Every cell of the form, in the order of the paper: what is typed one after the other. */
export function cellsOf(district: DistrictView): CellPath[] {
  const groups = partyGroups(district);
  const votes =
    groups.length === 0
      ? district.choices.map((_, column) => `votes.${column}`)
      : groups.flatMap(({ index, columns }) => [...columns.map((column) => `votes.${column}`), `parties.${index}`]);
  return [
    ...VOTER_ROWS.flatMap(({ cells }) => cells),
    ...BALLOT_ROWS.map(({ cell }) => cell),
    ...DISABLED_ROWS.flatMap(({ cells }) => cells),
    ...votes,
    ...TOTAL_ROWS.map(({ cell }) => cell),
  ];
}

/** The place of a cell in the arrays of a statement. */
export function placeOf(path: CellPath): { readonly list: "figures" | "votes" | "parties"; readonly index: number } {
  const [list, index] = path.split(".");
  if (list === "votes" || list === "parties") return { list, index: Number(index) };
  return { list: "figures", index: FIGURE[path as FigurePath] };
}

/** What a cell says; null where it was not reported. */
export function valueAt(figures: StationFigures, path: CellPath): Reported {
  const { list, index } = placeOf(path);
  return figures[list]?.[index] ?? null;
}

/** What a cell is called: `Suara sah`, `Partai Bahari`, `3. Raku Timaso`. */
export function cellLabel(district: DistrictView, path: CellPath): Text {
  const { list, index } = placeOf(path);
  if (list === "figures") return figureLabel(path as FigurePath);
  if (list === "parties") {
    const name = district.parties[index]?.name ?? path;
    return { id: `${name}, jumlah`, en: `${name}, total` };
  }
  const choice = district.choices[index];
  if (choice === undefined) return { id: path, en: path };
  const party = district.parties[choice.party]?.name;
  if (choice.kind === "party") return { id: `${choice.name}, suara partai`, en: `${choice.name}, votes for the party` };
  const name = `${choice.number}. ${choice.name}`;
  return party === undefined ? { id: name, en: name } : { id: `${party}, ${name}`, en: `${party}, ${name}` };
}

/** Figures of the district's own length, from others that may be shorter, or from nothing. */
export function fitted(district: DistrictView, figures: StationFigures | null): StationFigures {
  const fill = (list: readonly Reported[] | null | undefined, length: number): Reported[] =>
    Array.from({ length }, (_, i) => list?.[i] ?? null);
  return {
    figures: fill(figures?.figures, Object.keys(FIGURE).length),
    votes: fill(figures?.votes, district.choices.length),
    parties: fill(figures?.parties, district.parties.length),
  };
}

/** The cells in which two stations' figures differ, in the order of the form. */
export function differences(district: DistrictView, a: StationFigures, b: StationFigures): CellPath[] {
  return cellsOf(district).filter((path) => valueAt(a, path) !== valueAt(b, path));
}
