/**
 * A region as a paper: what a person prints or files, in one language, with both books side by side and the parts beneath.
 * This file says what stands in it; how it is laid out on pages is in paper-pages.ts.
 */
import { FIGURE, FIGURE_LABELS } from "../election/figures.ts";
import type { Text } from "../election/text.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { choiceColumns, partyColumns } from "./columns.ts";
import { type Facts, factLines, PRELIMINARY, SIMULATION, timeWords } from "./facts.ts";
import { type EditionRoots, findPlace } from "./places.ts";
import {
  ExportError,
  hashIn,
  listOf,
  numberOf,
  type ObjectSource,
  partOf,
  rowsOf,
  stationIn,
  textOf,
  withLists,
} from "./source.ts";
import { BOOKS, type Book, partyNames, type Subject } from "./table.ts";

export type Language = keyof Text;

export interface PaperColumn {
  readonly title: string;
  /** Share of the width of the page. */
  readonly share: number;
  readonly kind: "text" | "number";
}

export interface PaperTable {
  readonly title: string;
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly (readonly string[])[];
  /** For each row the region that it is of, where it is of one. */
  readonly regions?: readonly string[];
}

export interface Paper {
  readonly language: Language;
  readonly title: string;
  /** Milliseconds: the only date in the file. */
  readonly time: number;
  readonly region: string;
  /** In strong words on every page; null for none. */
  readonly mark: string | null;
  readonly note: string;
  /** Label and value, above the tables. */
  readonly facts: readonly (readonly [string, string])[];
  readonly tables: readonly PaperTable[];
  /** On every page, before the number of the page. */
  readonly foot: string;
}

const WORDS = {
  title: { id: "Data hasil", en: "Results" },
  votes: { id: "Perolehan suara, dapil", en: "Votes, district" },
  partyVotes: { id: "Perolehan suara partai dengan calonnya", en: "Votes of parties with their candidates" },
  form: { id: "Angka menurut urutan formulir", en: "Figures in the order of the form" },
  parts: { id: "Menurut wilayah", en: "By region" },
  stations: { id: "Menurut TPS", en: "By station" },
  choice: { id: "Pilihan", en: "Choice" },
  item: { id: "Uraian", en: "Item" },
  count: { id: "Hitung suara", en: "Vote count" },
  recap: { id: "Rekapitulasi", en: "Recapitulation" },
  place: { id: "Wilayah", en: "Region" },
  station: { id: "TPS", en: "Station" },
  code: { id: "Kode", en: "Code" },
  in: { id: "TPS masuk", en: "Reported" },
  read: { id: "TPS dibaca", en: "Read" },
  valid: { id: "Suara sah", en: "Valid" },
  invalid: { id: "Tidak sah", en: "Invalid" },
  validRead: { id: "Sah, rekap", en: "Valid, recap" },
  state: { id: "Keadaan", en: "State" },
  edition: { id: "data ke-", en: "edition " },
} as const satisfies Readonly<Record<string, Text>>;

const STATES: Readonly<Record<string, Text>> = {
  none: { id: "belum masuk", en: "not reported" },
  incomplete: { id: "belum lengkap", en: "incomplete" },
  posted: { id: "dihitung", en: "counted" },
  held: { id: "menunggu pencocokan", en: "waiting to be matched" },
};

/** Reads what the paper says. Throws {@link ExportError}, and what the source throws. */
export async function regionPaper(
  source: ObjectSource,
  edition: EditionRoots,
  subject: Subject,
  facts: Facts,
  language: Language = "id",
): Promise<Paper> {
  const place = await findPlace(source, edition, subject.contest, subject.region);
  const { object } = place;
  if (object === null) {
    throw new ExportError("belum ada TPS yang masuk dari wilayah ini", "no station of this region has reported yet");
  }
  const say = (text: Text) => text[language];
  const { book: _, ...about } = { ...subject, name: place.name, edition };
  return {
    language,
    title: `${say(WORDS.title)}: ${place.name}`,
    time: edition.time,
    region: subject.region,
    mark: facts.simulation ? say(SIMULATION) : null,
    note: say(PRELIMINARY),
    facts: factLines(about, facts, language).map(({ label, value }) => [label, value] as const),
    tables: [
      ...(await voteTables(source, await withLists(source, object), partyNames(place), language)),
      Array.isArray(object.stations) ? stationTable(object, language) : partTable(object, language),
      formTable(object, language),
    ],
    foot: `${facts.election} · ${say(WORDS.edition)}${edition.number} · ${timeWords(edition.time)} · ${facts.editionId.slice(0, 16)}`,
  };
}

/** A whole number with its thousands apart, as the language writes it. */
export const grouped = (value: number, language: Language): string =>
  String(value).replace(/\B(?=(\d{3})+$)/g, language === "id" ? "." : ",");

const column = (title: string, share: number, kind: PaperColumn["kind"] = "number"): PaperColumn => ({
  title,
  share,
  kind,
});

/** One table for each district that is carried here, and one of the parties where there are any. */
async function voteTables(
  source: ObjectSource,
  object: JsonObject,
  parties: Iterable<string>,
  language: Language,
): Promise<PaperTable[]> {
  const tables: PaperTable[] = [];
  const ids = listOf(object.parties).map(textOf);
  if (ids.length > 0) {
    const names = (await partyColumns(source, ids, parties)).map(({ words }) => words[language]);
    const votes = BOOKS.map((book) => listOf(partOf(partOf(object, book), "parties").votes).map(numberOf));
    tables.push(bothBooks(WORDS.partyVotes[language], names, votes, language));
  }
  for (const district of districtsIn(object)) {
    const definition = await source.object(district.names);
    const names = choiceColumns(definition).map(({ words }) => words[language]);
    const votes = BOOKS.map((book) => listOf(listIn(object, book, district.code)?.votes).map(numberOf));
    tables.push(bothBooks(`${WORDS.votes[language]} ${textOf(definition.name)}`, names, votes, language));
  }
  return tables;
}

const listIn = (object: JsonObject, book: Book, district: string) =>
  rowsOf(partOf(object, book).lists).find((list) => list.district === district);

function districtsIn(object: JsonObject): { code: string; names: string }[] {
  const found = new Map<string, string>();
  for (const book of BOOKS) {
    for (const { district, names } of rowsOf(partOf(object, book).lists)) {
      const hash = hashIn(names);
      if (hash !== null) found.set(textOf(district), hash);
    }
  }
  return [...found].map(([code, names]) => ({ code, names }));
}

function bothBooks(
  title: string,
  names: readonly string[],
  votes: readonly (readonly number[])[],
  language: Language,
): PaperTable {
  return {
    title,
    columns: [
      column(WORDS.choice[language], 0.6, "text"),
      column(WORDS.count[language], 0.2),
      column(WORDS.recap[language], 0.2),
    ],
    rows: names.map((name, i) => [name, ...votes.map((each) => grouped(each[i] ?? 0, language))]),
  };
}

function formTable(object: JsonObject, language: Language): PaperTable {
  const figures = BOOKS.map((book) => listOf(partOf(object, book).figures).map(numberOf));
  const labels = FIGURE_LABELS.map((words) => words[language]);
  return {
    ...bothBooks(WORDS.form[language], labels, figures, language),
    columns: [
      column(WORDS.item[language], 0.6, "text"),
      column(WORDS.count[language], 0.2),
      column(WORDS.recap[language], 0.2),
    ],
  };
}

function partTable(object: JsonObject, language: Language): PaperTable {
  const say = (text: Text) => text[language];
  return {
    title: say(WORDS.parts),
    columns: [
      column(say(WORDS.place), 0.34, "text"),
      column(say(WORDS.in), 0.16),
      column(say(WORDS.valid), 0.13),
      column(say(WORDS.invalid), 0.11),
      column(say(WORDS.read), 0.14),
      column(say(WORDS.validRead), 0.12),
    ],
    regions: rowsOf(object.children).map(({ code }) => textOf(code)),
    rows: rowsOf(object.children).map((row) => {
      const count = partOf(row, "count");
      const recap = partOf(row, "recap");
      const n = (value: number) => grouped(value, language);
      const of = (part: number) => `${n(part)} / ${n(numberOf(count.expected))}`;
      return [
        `${textOf(row.code)} ${textOf(row.name)}`,
        of(numberOf(count.in)),
        n(numberOf(count.valid)),
        n(numberOf(count.invalid)),
        of(numberOf(recap.read)),
        n(numberOf(recap.valid)),
      ];
    }),
  };
}

function stationTable(object: JsonObject, language: Language): PaperTable {
  const say = (text: Text) => text[language];
  const figure = (book: JsonObject, key: "valid" | "invalid") => {
    const value = book[key] ?? listOf(book.figures)[FIGURE[key]];
    return typeof value === "number" ? grouped(value, language) : "–";
  };
  return {
    title: say(WORDS.stations),
    columns: [
      column(say(WORDS.station), 0.12, "text"),
      column(say(WORDS.state), 0.4, "text"),
      column(say(WORDS.valid), 0.16),
      column(say(WORDS.invalid), 0.16),
      column(say(WORDS.validRead), 0.16),
    ],
    rows: rowsOf(object.stations).map((row) => {
      const count = partOf(row, "count");
      const state = STATES[textOf(count.state) || "none"];
      return [
        textOf(row.n),
        state ? say(state) : textOf(count.state),
        figure(count, "valid"),
        figure(count, "invalid"),
        figure(stationIn(row, "recap"), "valid"),
      ];
    }),
  };
}
