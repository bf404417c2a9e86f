/**
 * The detail of a desa, where candidates stand within parties: every station's 25 figures and all its votes. It is fetched
 * when a station is opened, and then the candidates' totals of the desa are recomputed from it.
 */
import { faulted } from "./edition.ts";
import { Fault } from "./fault.ts";
import { objectPath } from "./files.ts";
import { BOOKS, type Book, type ResultObject, type StationEntry } from "./objects.ts";
import { fields, integer, items, optional, parseJson, text } from "./shape.ts";
import type { Reader } from "./verify.ts";

export interface DetailEntry {
  readonly figures: readonly (number | null)[];
  readonly votes: readonly (number | null)[];
  /** What was added up, where that is not simply `votes`. */
  readonly counted: readonly number[] | null;
}

/** By station number, what each book has of it. */
export type Detail = ReadonlyMap<string, Readonly<Record<Book, DetailEntry | null>>>;

const reported = (value: unknown, where: string) => items(value, where, (each, at) => optional(each, at, integer));

function entry(value: unknown, where: string): DetailEntry {
  const from = fields(value, where);
  return {
    figures: reported(from.figures, where),
    votes: reported(from.votes, where),
    counted: optional(from.counted, where, (each, at) => items(each, at, integer)),
  };
}

/** The detail of a verified desa, itself verified. Throws {@link Fault}. */
export async function readDetail(reader: Reader, desa: ResultObject, hash: string): Promise<Detail> {
  const file = objectPath(hash);
  const bytes = await reader.object(hash);
  const detail: Detail = faulted(file, () => {
    const stations = items(parseJson(bytes, "detail").stations, "stations", (value, where) => {
      const from = fields(value, where);
      const books = { count: optional(from.count, where, entry), recap: optional(from.recap, where, entry) };
      return [text(from.n, where), books] as const;
    });
    return new Map(stations);
  });
  for (const book of BOOKS) checkCandidates(desa, detail, book, file);
  return detail;
}

function checkCandidates(desa: ResultObject, detail: Detail, book: Book, file: string): void {
  for (const list of desa[book].lists) {
    const sums = new Array<number>(list.votes.length).fill(0);
    for (const row of desa.stations ?? []) {
      if (row[book]?.state !== "posted") continue;
      const station = detail.get(row.n)?.[book];
      (station?.counted ?? station?.votes ?? []).forEach((n, column) => {
        sums[column] = (sums[column] ?? 0) + (n ?? 0);
      });
    }
    const wrong = sums.findIndex((sum, column) => sum !== list.votes[column]);
    if (wrong < 0) continue;
    const detailText = `${book} column ${wrong} of ${desa.region}: stated ${list.votes[wrong]}, stations add up to ${sums[wrong]}`;
    throw new Fault("wrong-sum", file, detailText);
  }
}

/** What is known of a station: from its row where that says all, else from the detail. */
export function figuresOf(entry: StationEntry | null, detail: DetailEntry | null): DetailEntry | null {
  if (entry?.figures) return { figures: entry.figures, votes: entry.votes ?? [], counted: entry.counted };
  return detail;
}
