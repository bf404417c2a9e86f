/**
 * Recomputes, in this browser, every total of a result object from the parts that stand in the same object: a region's
 * from its children, a desa's from its stations, both books apart. This is what "penjumlahan cocok" rests on, so it
 * shares no code with the fold that made the object.
 *
 * Not recomputed here: votes removed in a desa (they are history, which is in the log), and, where candidates stand within
 * parties, the candidates of a desa (their votes by station are in its detail; see `detail.ts`).
 */
import { FIGURE, FIGURE_COUNT } from "../../src/election/figures.ts";
import {
  BOOKS,
  type Book,
  type ChildRow,
  type Figures,
  type List,
  type ResultObject,
  type Sparse,
  STATION_COUNTS,
  type StationEntry,
  type StationRow,
} from "./objects.ts";

/** A stated number that is not the sum of its parts. `what` is the path within the object. */
export interface SumFault {
  readonly what: string;
  readonly stated: number;
  readonly computed: number;
}

export interface SumReport {
  /** How many stated totals were compared. */
  readonly compared: number;
  readonly faults: readonly SumFault[];
}

class Comparison {
  compared = 0;
  readonly faults: SumFault[] = [];

  check(what: string, stated: number, computed: number): void {
    this.compared++;
    if (stated !== computed) this.faults.push({ what, stated, computed });
  }

  checkAll(what: string, stated: readonly number[], computed: readonly number[]): void {
    this.check(`${what}.length`, stated.length, computed.length);
    for (let i = 0; i < stated.length; i++) this.check(`${what}[${i}]`, stated[i] ?? 0, computed[i] ?? 0);
  }

  checkSparse(what: string, stated: Sparse, computed: readonly number[]): void {
    const full = new Array<number>(computed.length).fill(0);
    for (const [column, n] of stated) full[column] = (full[column] ?? 0) + n;
    for (let i = 0; i < full.length; i++) this.check(`${what}[${i}]`, full[i] ?? 0, computed[i] ?? 0);
  }

  checkFlags(what: string, stated: Readonly<Record<string, number>>, computed: ReadonlyMap<string, number>): void {
    for (const code of new Set([...Object.keys(stated), ...computed.keys()])) {
      this.check(`${what}.${code}`, stated[code] ?? 0, computed.get(code) ?? 0);
    }
  }
}

function addTo(sums: number[], values: readonly (number | null)[]): void {
  for (let i = 0; i < values.length; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
}

function addSparse(sums: number[], values: Sparse): void {
  for (const [column, n] of values) sums[column] = (sums[column] ?? 0) + n;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

/**
 * Compares every total of the object with the sum of its parts. `districtParties`: ids of the parties of a desa's
 * district, in whose order its stations' party totals stand.
 */
export function recompute(object: ResultObject, districtParties: readonly string[]): SumReport {
  const comparison = new Comparison();
  const places = districtParties.map((id) => object.parties.indexOf(id));
  for (const book of BOOKS) {
    if (object.stations !== null) sumStations(comparison, book, object[book], object.stations, places);
    else sumChildren(comparison, book, object[book], object.children);
  }
  return comparison;
}

function sumChildren(comparison: Comparison, book: Book, own: Figures, children: readonly ChildRow[]): void {
  const rows = children.map((child) => child[book]);
  for (const key of STATION_COUNTS[book]) {
    comparison.check(`${book}.${key}`, own.stations[key] ?? 0, sum(rows.map((row) => row.stations[key] ?? 0)));
  }
  const figures = zeros(FIGURE_COUNT);
  const flags = new Map<string, number>();
  for (const row of rows) {
    addTo(figures, row.figures);
    for (const [code, n] of Object.entries(row.flags)) flags.set(code, (flags.get(code) ?? 0) + n);
  }
  comparison.checkAll(`${book}.figures`, own.figures, own.figures.length === 0 ? [] : figures);
  comparison.checkFlags(`${book}.flags`, own.flags, flags);
  sumLists(comparison, book, own, rows);
  sumParties(comparison, book, own, rows);
}

function sumLists(comparison: Comparison, book: Book, own: Figures, rows: readonly Figures[]): void {
  for (const list of own.lists) {
    const parts = rows.flatMap((row) => row.lists.filter((each) => each.district === list.district));
    const votes = zeros(list.votes.length);
    const removed = zeros(list.votes.length);
    const held = zeros(list.votes.length);
    for (const part of parts) {
      addTo(votes, part.votes);
      addSparse(removed, part.removed);
      addSparse(held, part.held);
    }
    for (const adjustment of own.adjustments) {
      if (adjustment.district !== list.district) continue;
      addSparse(votes, adjustment.deltas);
      addSparse(
        removed,
        adjustment.deltas.filter(([, n]) => n < 0).map(([column, n]) => [column, -n] as const),
      );
    }
    const what = `${book}.lists.${list.district}`;
    comparison.checkAll(`${what}.votes`, list.votes, votes);
    comparison.checkSparse(`${what}.removed`, list.removed, removed);
    comparison.checkSparse(`${what}.held`, list.held, held);
  }
}

function sumParties(comparison: Comparison, book: Book, own: Figures, rows: readonly Figures[]): void {
  if (own.parties === null || own.adjustments.length > 0) return; // a ruling names columns, not parties
  const { length } = own.parties.votes;
  const votes = zeros(length);
  const removed = zeros(length);
  const held = zeros(length);
  for (const { parties } of rows) {
    if (parties === null) continue;
    addTo(votes, parties.votes);
    addSparse(removed, parties.removed);
    addSparse(held, parties.held);
  }
  comparison.checkAll(`${book}.parties.votes`, own.parties.votes, votes);
  comparison.checkSparse(`${book}.parties.removed`, own.parties.removed, removed);
  comparison.checkSparse(`${book}.parties.held`, own.parties.held, held);
}

function sumStations(
  comparison: Comparison,
  book: Book,
  own: Figures,
  rows: readonly StationRow[],
  places: readonly number[],
): void {
  const entries = rows.flatMap((row) => row[book] ?? []);
  const posted = entries.filter((entry) => entry.state === "posted");
  const held = entries.filter((entry) => entry.state === "held");
  const computed: Readonly<Record<string, number>> = {
    expected: rows.length,
    in: entries.filter((entry) => entry.state !== "none").length,
    withVotes: posted.length + held.length,
    posted: posted.length,
    held: held.length,
    read: posted.length,
  };
  for (const key of STATION_COUNTS[book])
    comparison.check(`${book}.${key}`, own.stations[key] ?? 0, computed[key] ?? 0);
  const flags = new Map<string, number>();
  for (const code of entries.flatMap((entry) => entry.flags)) flags.set(code, (flags.get(code) ?? 0) + 1);
  comparison.checkFlags(`${book}.flags`, own.flags, flags);
  if (own.parties !== null) sumPartyRows(comparison, book, own, posted, places);
  else sumVoteRows(comparison, book, own, posted, held);
}

function sumVoteRows(
  comparison: Comparison,
  book: Book,
  own: Figures,
  posted: readonly StationEntry[],
  held: readonly StationEntry[],
): void {
  const figures = zeros(FIGURE_COUNT);
  for (const entry of posted) addTo(figures, entry.figures ?? []);
  comparison.checkAll(`${book}.figures`, own.figures, own.figures.length === 0 ? [] : figures);
  // A desa lies in one district.
  for (const list of own.lists) {
    const votes = zeros(list.votes.length);
    const heldVotes = zeros(list.votes.length);
    for (const entry of posted) {
      addTo(votes, entry.counted ?? entry.votes ?? []);
      // What the sheet shows beyond what is counted of it is held.
      if (entry.counted !== null)
        addTo(
          heldVotes,
          entry.counted.map((n, i) => Math.max(0, (entry.votes?.[i] ?? 0) - n)),
        );
    }
    for (const entry of held) addTo(heldVotes, entry.votes ?? []);
    comparison.checkAll(`${book}.lists.${list.district}.votes`, list.votes, votes);
    comparison.checkSparse(`${book}.lists.${list.district}.held`, list.held, heldVotes);
  }
}

function sumPartyRows(
  comparison: Comparison,
  book: Book,
  own: Figures,
  posted: readonly StationEntry[],
  places: readonly number[],
): void {
  for (const key of ["valid", "invalid", "total"] as const) {
    comparison.check(`${book}.${key}`, own.figures[FIGURE[key]] ?? 0, sum(posted.map((entry) => entry[key] ?? 0)));
  }
  const stated = own.parties?.votes ?? [];
  const votes = zeros(stated.length);
  for (const entry of posted) {
    entry.parties?.forEach((n, i) => {
      const place = places[i] ?? -1;
      if (place >= 0) votes[place] = (votes[place] ?? 0) + (n ?? 0);
      // Votes for a party that the district does not have can belong to no total.
      else if (n !== null && n !== 0) comparison.check(`${book}.parties.${i}`, n, 0);
    });
  }
  comparison.checkAll(`${book}.parties.votes`, stated, votes);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Whether a child's own object says what its parent's row says of it: the first field that differs, or null. */
export function differsFromRow(row: ChildRow, object: ResultObject): string | null {
  for (const book of BOOKS) {
    const inRow = row[book];
    const own = object[book];
    const pairs: [string, unknown, unknown][] = [
      ["stations", inRow.stations, own.stations],
      ["figures", inRow.figures, own.figures],
      ["flags", inRow.flags, own.flags],
      ["parties", inRow.parties, own.parties],
      ...inRow.lists.map((list): [string, unknown, unknown] => [
        `lists.${list.district}`,
        votesOf(list),
        votesOf(own.lists.find((each) => each.district === list.district)),
      ]),
    ];
    for (const [what, stated, found] of pairs) {
      if (JSON.stringify(stated) !== JSON.stringify(found)) return `${book}.${what}`;
    }
  }
  return row.name === object.name ? null : "name";
}

/** What a row and an object both say of a list. */
const votesOf = (list: List | undefined) => list && [list.votes, list.removed, list.held];
