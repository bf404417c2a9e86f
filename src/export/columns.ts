/**
 * The columns of an export, in one place for every format: what a program calls them, what people read in a spreadsheet, and
 * whether a cell is text or a number. Codes are text: a spreadsheet would round them or drop their zeros.
 */
import { FIGURE_LABELS, FIGURES } from "../election/figures.ts";
import type { Text } from "../election/text.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { numberOf, type ObjectSource, rowsOf, textOf } from "./source.ts";

export interface Column {
  /** What programs rely on. */
  readonly key: string;
  /** What people read. */
  readonly words: Text;
  readonly kind: "text" | "number";
}

const text = (key: string, id: string, en: string): Column => ({ key, words: { id, en }, kind: "text" });
const number = (key: string, id: string, en: string): Column => ({ key, words: { id, en }, kind: "number" });

/** What each row begins with. */
export const HEAD: readonly Column[] = [
  text("region", "Kode TPS", "Station code"),
  text("desa", "Desa/Kelurahan", "Village (desa/kelurahan)"),
  text("station", "TPS", "Station"),
  text("state", "Keadaan", "State"),
  text("flags", "Catatan", "Notes"),
];

/** The 25 figures of the form, in its order. */
export const FIGURE_COLUMNS: readonly Column[] = FIGURES.map((key, i) => {
  const words = FIGURE_LABELS[i] ?? { id: key, en: key };
  return { key, words, kind: "number" };
});

/** A choice of a district's definition object as a file names it: a party's candidate with the party before it. */
export function choiceName(choice: JsonObject, district: JsonObject): string {
  const party = textOf(rowsOf(district.parties)[numberOf(choice.party)]?.short);
  const within = choice.kind === "candidate" && party !== "" ? `${party} ` : "";
  return `${within}${numberOf(choice.number)}. ${textOf(choice.name)}`;
}

/** One column for each choice of a district's definition object. */
export function choiceColumns(district: JsonObject): Column[] {
  return rowsOf(district.choices).map((choice) => {
    const name = choiceName(choice, district);
    return number(textOf(choice.id), name, name);
  });
}

/** One column for each party. `districts`: hashes of objects that name parties; they are read until each has its name. */
export async function partyColumns(
  source: ObjectSource,
  ids: readonly string[],
  districts: Iterable<string>,
): Promise<Column[]> {
  const names = new Map<string, string>();
  for (const hash of districts) {
    if (ids.every((id) => names.has(id))) break;
    for (const party of rowsOf((await source.object(hash)).parties)) {
      names.set(textOf(party.id), `${numberOf(party.number)}. ${textOf(party.short)}`);
    }
  }
  return ids.map((id) => number(id, names.get(id) ?? id, names.get(id) ?? id));
}
