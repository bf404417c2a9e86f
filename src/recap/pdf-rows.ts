/**
 * The rows of a certificate in the order of the form, I to V, and their division into pages: a party stays together with
 * its candidates and its total where it can, so that whoever reads aloud need not turn the page within it.
 */
import { FIGURE, FIGURE_LABELS, FIGURES, type FigurePath, PEOPLE } from "../election/figures.ts";
import { addCells, type Candidate, type Cell, type Choices, type Column, type PartyChoice } from "./form.ts";

/** Of three rows that belong together (male, female, total): which one this is. */
export type Sex = "L" | "P" | "JML";

export type Row =
  | { readonly kind: "heading"; readonly text: string }
  | {
      readonly kind: "cells";
      readonly number: string;
      readonly label: string;
      readonly sex: Sex | null;
      readonly strong: boolean;
      readonly cell: (column: Column) => Cell;
    };

/** Rows that stay together, under the heading of their section. */
export interface Block {
  readonly section: string;
  readonly rows: readonly Row[];
}

const SECTION = {
  people: "I. DATA PEMILIH DAN PENGGUNA HAK PILIH",
  ballots: "II. DATA PENGGUNAAN SURAT SUARA",
  disabled: "III. DATA PEMILIH DISABILITAS",
  valid: "V. DATA SUARA SAH DAN TIDAK SAH",
} as const;

const VOTES_SECTION: Readonly<Record<"parties" | "candidates" | "pairs", string>> = {
  parties: "IV. DATA PEROLEHAN SUARA PARTAI POLITIK",
  candidates: "IV. DATA PEROLEHAN SUARA CALON ANGGOTA DPD",
  pairs: "IV. DATA PEROLEHAN SUARA PASANGAN CALON",
};

const PARTY_VOTES_SECTION = "IV. DATA PEROLEHAN SUARA PARTAI POLITIK DAN SUARA CALON";
const PARTY_TOTAL = "Jumlah suara sah partai politik dan calon";

const SEXES = ["L", "P", "JML"] as const satisfies readonly Sex[];

/** All blocks of a form with these choices. */
export function formBlocks(choices: Choices): Block[] {
  const people = PEOPLE.filter((path) => path !== "disabled");
  const single = (section: string, numbers: readonly string[], paths: readonly FigurePath[]): Block => ({
    section,
    rows: paths.map((path, index) => figureRow(numbers[index] ?? "", path)),
  });
  return [
    ...people.map((path, index) => peopleBlock(SECTION.people, index === 0 ? "A.1" : `B.${index}`, path)),
    single(
      SECTION.ballots,
      ["1", "2", "3", "4"],
      ["ballots.received", "ballots.used", "ballots.returned", "ballots.unused"],
    ),
    peopleBlock(SECTION.disabled, "1", "disabled"),
    ...voteBlocks(choices),
    single(SECTION.valid, ["A", "B", "C"], ["valid", "invalid", "total"]),
  ];
}

function figureRow(number: string, path: FigurePath): Row {
  const index = FIGURE[path];
  const strong = FIGURES.indexOf(path) >= FIGURE.valid;
  return {
    kind: "cells",
    number,
    label: words(index),
    sex: null,
    strong,
    cell: ({ figures }) => figures[index] ?? null,
  };
}

function peopleBlock(section: string, number: string, path: (typeof PEOPLE)[number]): Block {
  const first = FIGURE[`${path}.male`];
  const label = words(first).replace(/, [^,]*$/, "");
  const row = (sex: Sex, place: number): Row => {
    const cell = ({ figures }: Column) => figures[first + place] ?? null;
    return { kind: "cells", number, label, sex, strong: sex === "JML", cell };
  };
  return { section, rows: SEXES.map(row) };
}

const words = (index: number): string => FIGURE_LABELS[index]?.id ?? "";

function voteBlocks(choices: Choices): Block[] {
  if (choices.kind === "parties") {
    return choices.parties.map((party) => ({ section: PARTY_VOTES_SECTION, rows: partyRows(party) }));
  }
  const section = VOTES_SECTION[choices.of];
  return choices.choices.map((choice) => ({ section, rows: [voteRow(choice, false)] }));
}

/** The party's own votes, its candidates' votes, and the sum of both. */
function partyRows(party: PartyChoice): Row[] {
  const columns = [party, ...party.candidates].map(({ column }) => column);
  const cell = ({ votes }: Column) => addCells(columns.map((column) => votes[column] ?? null));
  return [
    voteRow(party, true),
    ...party.candidates.map((candidate) => voteRow(candidate, false)),
    { kind: "cells", number: "", label: PARTY_TOTAL, sex: null, strong: true, cell },
  ];
}

function voteRow({ number, name, column }: Candidate, strong: boolean): Row {
  const cell = ({ votes }: Column) => votes[column] ?? null;
  return { kind: "cells", number: String(number), label: name, sex: null, strong, cell };
}

/** Height of a row in points: the usual one, and the least where that saves a page. */
const ROW_MOST = 9.6;
const ROW_LEAST = 8.8;

/** The rows of each page, and how high each row is. */
export interface RowPages {
  readonly pages: readonly (readonly Row[])[];
  readonly height: number;
}

/**
 * Divides the rows over pages with `room` points each. Rows are a little lower where that saves a page: a kecamatan prints
 * every page of its rows once for each twenty stations, and several copies of it.
 */
export function fitRows(blocks: readonly Block[], room: number): RowPages {
  let capacity = Math.floor(room / ROW_MOST);
  let pages = pageRows(blocks, capacity);
  for (let more = capacity + 1; more <= Math.floor(room / ROW_LEAST); more++) {
    const fewer = pageRows(blocks, more);
    if (fewer.length < pages.length) [capacity, pages] = [more, fewer];
  }
  return { pages, height: Math.min(ROW_MOST, room / capacity) };
}

/** The rows of each page: at most `capacity` with the headings, which are repeated at the top of a page. */
function pageRows(blocks: readonly Block[], capacity: number): Row[][] {
  const pages: Row[][] = [];
  let page: Row[] = [];
  let section = "";
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
  };
  for (const block of blocks) {
    const needed = block.rows.length + (section === block.section ? 0 : 1);
    if (page.length + needed > capacity) turn();
    for (const row of block.rows) {
      if (page.length >= capacity) turn();
      if (page.length === 0 || section !== block.section) page.push(heading(block.section, section));
      section = block.section;
      page.push(row);
    }
  }
  turn();
  return pages;
}

function heading(section: string, before: string): Row {
  return { kind: "heading", text: section === before ? `${section} (lanjutan)` : section };
}
