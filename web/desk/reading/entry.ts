/**
 * Typing a station's figures, twice and blindly: what was typed first is not shown while it is typed again, so that a slip
 * must be made twice in the same way to get through.
 *
 * An entry is a plain value that survives as a draft: it goes first → second → agreed. Where the two typings of a cell differ,
 * both are forgotten and only that cell is typed twice again.
 */
import type { Reported } from "../../../src/election/sheet.ts";
import type { DistrictView } from "../../../src/recap/wire/views.ts";
import { type CellPath, cellsOf, placeOf, type StationFigures, valueAt } from "./form.ts";

export interface Entry {
  /** All cells are typed, or only those that change. */
  readonly covers: "all" | "changes";
  readonly stage: "first" | "second" | "agreed";
  /** Texts as typed; a cell that is missing was not touched. An empty text is "not reported". */
  readonly first: Readonly<Record<CellPath, string>>;
  readonly second: Readonly<Record<CellPath, string>>;
  /** Cells whose two typings were the same. */
  readonly confirmed: readonly CellPath[];
  /** Cells whose two typings differed last time. */
  readonly differed: readonly CellPath[];
}

export function newEntry(covers: Entry["covers"]): Entry {
  return { covers, stage: "first", first: {}, second: {}, confirmed: [], differed: [] };
}

/** A number as typed; null for nothing, undefined for what is no count. */
export function countIn(text: string): Reported | undefined {
  const plain = text.trim();
  if (plain === "") return null;
  return /^\d{1,6}$/.test(plain) ? Number(plain) : undefined;
}

/** The cells whose first typing says something else than `base`; of an entry that covers all, every cell. */
export function changedCells(entry: Entry, district: DistrictView, base: StationFigures): CellPath[] {
  const cells = cellsOf(district);
  if (entry.covers === "all") return cells;
  return cells.filter((path) => {
    const text = entry.first[path];
    return text !== undefined && countIn(text) !== valueAt(base, path);
  });
}

/** The cells that are to be typed a second time. */
export function cellsToConfirm(entry: Entry, district: DistrictView, base: StationFigures): CellPath[] {
  const confirmed = new Set(entry.confirmed);
  return changedCells(entry, district, base).filter((path) => !confirmed.has(path));
}

/** One cell typed, in the stage that the entry is in. A cell typed anew must be confirmed anew. */
export function type(entry: Entry, path: CellPath, text: string): Entry {
  const digits = text.replace(/\D/g, "").slice(0, 6);
  if (entry.stage === "second") return { ...entry, second: { ...entry.second, [path]: digits } };
  const { [path]: _, ...second } = entry.second;
  return {
    ...entry,
    stage: "first",
    first: { ...entry.first, [path]: digits },
    second,
    confirmed: entry.confirmed.filter((each) => each !== path),
    differed: entry.differed.filter((each) => each !== path),
  };
}

/** The stage is done: on to the second typing, or to what the comparison says. */
export function advance(entry: Entry, district: DistrictView, base: StationFigures): Entry {
  const open = cellsToConfirm(entry, district, base);
  if (entry.stage !== "second") return { ...entry, stage: open.length === 0 ? "agreed" : "second", differed: [] };
  const differed = open.filter((path) => countIn(entry.first[path] ?? "") !== countIn(entry.second[path] ?? ""));
  const confirmed = [...entry.confirmed, ...open.filter((path) => !differed.includes(path))];
  if (differed.length === 0) return { ...entry, stage: "agreed", confirmed, differed };
  const forget = (typed: Entry["first"]) =>
    Object.fromEntries(Object.entries(typed).filter(([path]) => !differed.includes(path)));
  return { ...entry, stage: "first", first: forget(entry.first), second: forget(entry.second), confirmed, differed };
}

/** Back to the first typing, to change something. */
export function reopen(entry: Entry): Entry {
  return { ...entry, stage: "first" };
}

/** The figures as they are typed first, over those that they change. What is no count is taken as not reported. */
export function enteredFigures(entry: Entry, district: DistrictView, base: StationFigures): StationFigures {
  const lists = { figures: [...base.figures], votes: [...(base.votes ?? [])], parties: [...base.parties] };
  for (const path of cellsOf(district)) {
    const text = entry.first[path];
    if (text === undefined && entry.covers === "changes") continue;
    const { list, index } = placeOf(path);
    lists[list][index] = countIn(text ?? "") ?? null;
  }
  return lists;
}
