/**
 * What stands on the papers of a plenary: the certificate (D.Hasil), the night's position and the list of objections.
 *
 * Plain values, so that printing needs neither the definition nor a log, and the same values give the same paper anywhere.
 * The sums are made here, and a form is checked before it is printed: a certificate whose columns do not add up would be
 * signed by people who trust that they do.
 */
import type { ContestKind, Level, RegionCode } from "../election/codes.ts";
import { FIGURE_COUNT, FIGURES } from "../election/figures.ts";
import type { Hash } from "../ledger/hash.ts";

/** Where a plenary is held; there is none in the desa. */
export type PlenaryLevel = Exclude<Level, "desa">;

/** What a paper is about and where. Nothing of it changes with the edition. */
export interface Heading {
  /** The election's title in Bahasa Indonesia, e.g. `Pemilihan Umum 2029`. */
  readonly election: string;
  readonly contest: ContestKind;
  /** The contest's name in Bahasa Indonesia, as the definition has it. */
  readonly contestName: string;
  readonly level: PlenaryLevel;
  readonly region: RegionCode;
  /** Names from the provinsi down to the plenary's own region; empty for the nation. */
  readonly chain: readonly string[];
  /** Name of the district (dapil), or null where the contest has one for the whole nation. */
  readonly district: string | null;
  /** The votes are invented, and every page says so. */
  readonly simulation: boolean;
  /** When it was made, ISO 8601 in UTC: printed, and the only date within the file. */
  readonly time: string;
  /** Zone in which the time is printed: `WIB`, `WITA`, `WIT`, or an offset such as `+09:00`. */
  readonly zone: string;
}

/** The state of a log to which a paper can be held. */
export interface LogHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** What every paper of a plenary carries. `link` is where the public finds the region, in ASCII. */
export interface Paper {
  readonly heading: Heading;
  readonly log: LogHead;
  readonly link: string;
}

/** One who stands on the ballot; `column` is the place in {@link Column.votes}. */
export interface Candidate {
  readonly number: number;
  readonly name: string;
  readonly column: number;
}

/** A party: its own column holds the votes for the party itself. */
export interface PartyChoice extends Candidate {
  readonly candidates: readonly Candidate[];
}

/** What can be voted for, in the order of the ballot. Above the district a party contest is a list of parties. */
export type Choices =
  | { readonly kind: "parties"; readonly parties: readonly PartyChoice[] }
  | { readonly kind: "list"; readonly of: "pairs" | "candidates" | "parties"; readonly choices: readonly Candidate[] };

/** A number of the form; null is "not reported", and is printed as a dash, never as 0. */
export type Cell = number | null;

/** One column: a station, or a region with its sum. `figures` in the order of FIGURES, `votes` as the choices name them. */
export interface Column {
  readonly label: string;
  readonly figures: readonly Cell[];
  readonly votes: readonly Cell[];
}

/** The columns of one desa, or the closing columns of the plenary's region, and their sum. */
export interface Part {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly sum: Column;
}

export interface Member {
  readonly role: "ketua" | "anggota";
  readonly name: string;
}

/** How a saksi answered the certificate; null while it is not known. None of these keeps it from being signed. */
export type SaksiOutcome =
  | { readonly kind: "signed" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "absent" };

export interface Saksi {
  /** The participant for whom they witness, short: it must fit a box of the form. */
  readonly participant: string;
  readonly name: string | null;
  readonly outcome: SaksiOutcome | null;
}

/** A paper that members and saksi sign on every page. */
export interface SignedPaper extends Paper {
  readonly members: readonly Member[];
  readonly saksi: readonly Saksi[];
}

/** A certificate. At the kecamatan `parts` are the desa with stations as columns; above it there are none. */
export interface Form extends SignedPaper {
  readonly state: "draft" | "signed";
  readonly choices: Choices;
  readonly parts: readonly Part[];
  /** The children as columns: first one for each part, in its order and with its sum, then others such as a ruling's. */
  readonly closing: Part;
}

/** A form that must not be printed. The message names the cell, what was expected and what came. */
export class FormError extends Error {
  override readonly name = "FormError";
  readonly where: string;

  constructor(where: string, what: string) {
    super(`${where}: ${what}`);
    this.where = where;
  }
}

/** The sum of what was reported; null if nothing was. */
export function addCells(cells: Iterable<Cell>): Cell {
  let sum: Cell = null;
  for (const cell of cells) if (cell !== null) sum = (sum ?? 0) + cell;
  return sum;
}

/** The column that is the sum of others, row by row; `width` is the number of votes in each. */
export function addColumns(label: string, columns: readonly Column[], width: number): Column {
  const figures = FIGURES.map((_, row) => addCells(columns.map((column) => column.figures[row] ?? null)));
  const votes = Array.from({ length: width }, (_, row) => addCells(columns.map((column) => column.votes[row] ?? null)));
  return { label, figures, votes };
}

/** A part with its sum made. */
export function makePart(name: string, columns: readonly Column[], width: number): Part {
  return { name, columns, sum: addColumns("Jumlah", columns, width) };
}

/** The closing part of a kecamatan: each part's sum as a column under the part's name, and their sum. */
export function makeClosing(name: string, parts: readonly Part[], width: number): Part {
  const columns = parts.map((part) => ({ ...part.sum, label: part.name }));
  return makePart(name, columns, width);
}

/** All columns of the votes that the choices name, in the order of the ballot. */
export function ballotColumns(choices: Choices): number[] {
  if (choices.kind === "list") return choices.choices.map(({ column }) => column);
  return choices.parties.flatMap((party) => [party.column, ...party.candidates.map(({ column }) => column)]);
}

/**
 * Checks that every column is complete, every sum is that of its columns, every part's sum stands in the closing part, and
 * the choices name every column of the votes once. Throws {@link FormError} naming the first cell that does not hold.
 */
export function checkForm(form: Form): void {
  const width = ballotColumns(form.choices).length;
  checkChoices(form.choices, width);
  for (const part of form.parts) checkPart(part, width);
  checkPart(form.closing, width);
  form.parts.forEach((part, index) => {
    const column = form.closing.columns[index];
    if (column === undefined)
      throw new FormError(`${form.closing.name} / ${part.name}`, "this part has no column here");
    equalColumns(`${form.closing.name} / ${column.label}`, column, part.sum);
  });
}

function checkChoices(choices: Choices, width: number): void {
  const columns = new Set(ballotColumns(choices));
  for (let column = 0; column < width; column++) {
    if (!columns.has(column)) throw new FormError(`votes[${column}]`, "no choice, or more than one, has this column");
  }
}

function checkPart(part: Part, width: number): void {
  for (const column of [...part.columns, part.sum]) {
    const where = `${part.name} / ${column.label}`;
    lengthIs(where, "figures", column.figures, FIGURE_COUNT);
    lengthIs(where, "votes", column.votes, width);
  }
  equalColumns(`${part.name} / ${part.sum.label}`, part.sum, addColumns(part.sum.label, part.columns, width));
}

function lengthIs(where: string, what: string, cells: readonly Cell[], expected: number): void {
  if (cells.length !== expected) throw new FormError(where, `expected ${expected} ${what}, found ${cells.length}`);
  cells.forEach((cell, row) => {
    if (cell === null || Number.isSafeInteger(cell)) return;
    throw new FormError(`${where} / ${what}[${row}]`, `expected a whole number or null, found ${cell}`);
  });
}

function equalColumns(where: string, given: Column, sum: Column): void {
  given.figures.forEach((cell, row) => {
    equalCells(`${where} / ${FIGURES[row]}`, cell, sum.figures[row]);
  });
  given.votes.forEach((cell, row) => {
    equalCells(`${where} / votes[${row}]`, cell, sum.votes[row]);
  });
}

function equalCells(where: string, given: Cell, sum: Cell | undefined): void {
  if (given !== sum) throw new FormError(where, `the columns add up to ${sum}, the form says ${given}`);
}
