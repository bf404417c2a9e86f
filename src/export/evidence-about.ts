/**
 * What was published about one choice in one region, read out of the gathered files: its name, a line for each station, the
 * statements behind them, and the postings that changed its votes.
 */
import { fromUtf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { openBody, parseStatement } from "../ledger/statement.ts";
import { choiceName } from "./columns.ts";
import type { EvidenceSubject, Gathered } from "./evidence-files.ts";
import { ExportError, listOf, numberOf, partOf, rowsOf, stationIn, textOf } from "./source.ts";
import { BOOKS, type Book } from "./table.ts";

export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly district: string;
  readonly districtName: string;
  readonly column: number;
}

export interface StationLine {
  readonly code: string;
  readonly desa: string;
  readonly state: string;
  readonly notes: string;
  readonly votes: Readonly<Record<Book, number | null>>;
  /** Statements about it in this contest. */
  readonly at: readonly { readonly log: string; readonly index: number }[];
}

/** A statement that is written out as a file of its own. */
export interface Shown {
  readonly log: string;
  readonly index: number;
  /** Its path in the ZIP. */
  readonly file: string;
  /** As it was signed. */
  readonly entry: Uint8Array;
  readonly type: string;
  readonly body: JsonObject;
}

export interface PostingLine {
  readonly log: string;
  readonly index: number;
  readonly station: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly before: number;
  readonly after: number;
}

/** All of it, as the pages and the table tell it. */
export interface Evidence {
  readonly gathered: Gathered;
  readonly subject: EvidenceSubject;
  readonly choice: Choice;
  readonly stations: readonly StationLine[];
  readonly statements: readonly Shown[];
  readonly postings: readonly PostingLine[];
}

/** What the gathered files say about a choice, given by its id. Throws {@link ExportError} for one that does not stand there. */
export function evidenceAbout(gathered: Gathered, subject: EvidenceSubject, id: string): Evidence {
  const choice = choiceIn(gathered, id);
  const stations = stationLines(gathered, choice);
  const statements = statementsAbout(gathered, subject, stations);
  return { gathered, subject, choice, stations, statements, postings: postingsAbout(gathered, choice) };
}

function choiceIn({ path, districts }: Gathered, id: string): Choice {
  const region = path.at(-1) ?? {};
  for (const book of BOOKS) {
    for (const list of rowsOf(partOf(region, book).lists)) {
      const district = districts.get(textOf(list.names)) ?? {};
      const choices = rowsOf(district.choices);
      const column = choices.findIndex((each) => each.id === id);
      const found = choices[column];
      if (!found) continue;
      return {
        id,
        name: choiceName(found, district),
        district: textOf(list.district),
        districtName: textOf(district.name),
        column,
      };
    }
  }
  throw new ExportError(`peserta ${id} tidak ada di wilayah ini`, `there is no choice ${id} in this region`);
}

function stationLines({ desa }: Gathered, choice: Choice): StationLine[] {
  return desa.flatMap(({ object, detail }) => {
    const mine = BOOKS.some((book) =>
      rowsOf(partOf(object, book).lists).some(({ district }) => district === choice.district),
    );
    if (!mine) return [];
    const details = detail === null ? null : rowsOf(detail.stations);
    return rowsOf(object.stations).map((row, i): StationLine => {
      const votes = (book: Book) => {
        const shown = stationIn(row, book);
        const full = details === null ? shown : partOf(details[i] ?? {}, book);
        const cell = listOf(shown.state === "posted" ? (full.counted ?? full.votes) : full.votes)[choice.column];
        return typeof cell === "number" ? cell : null;
      };
      const count = partOf(row, "count");
      const sheets = `tps/${textOf(object.region).slice(0, 6)}`;
      return {
        code: textOf(object.region) + textOf(row.n),
        desa: textOf(object.name),
        state: textOf(count.state) || "none",
        notes: listOf(count.flags).map(textOf).join(" "),
        votes: { count: votes("count"), recap: votes("recap") },
        at: [
          ...[...listOf(count.at), ...listOf(count.rivals)].map((index) => ({ log: sheets, index: numberOf(index) })),
          ...listOf(partOf(row, "recap").at).map((pair) => {
            const [log, index] = listOf(pair);
            return { log: textOf(log), index: numberOf(index) };
          }),
        ],
      };
    });
  });
}

/** Types of statements that are about a place without being about one station. */
export const ABOUT_REGION = new Set([
  "teguh/certificate/v1",
  "teguh/order/v1",
  "teguh/reopen/v1",
  "teguh/halt/v1",
  "teguh/resume/v1",
  "teguh/objection/v1",
]);

/** The statements behind the figures. */
function statementsAbout(
  { logs }: Gathered,
  { contest, region }: EvidenceSubject,
  stations: readonly StationLine[],
): Shown[] {
  const wanted = new Map<string, Set<number>>();
  const want = (log: string, index: number) => wanted.set(log, (wanted.get(log) ?? new Set()).add(index));
  for (const { at } of stations) for (const { log, index } of at) want(log, index);
  const codes = new Set(stations.map(({ code }) => code));
  for (const { name, entries } of logs.values()) {
    if (!name.startsWith("pleno/")) continue;
    entries.forEach((entry, index) => {
      const type = fromUtf8(entry.subarray(0, Math.max(0, entry.indexOf(10))));
      if (ABOUT_REGION.has(type) && concerns(bodyOf(entry), contest, region, codes)) want(name, index);
    });
  }
  return [...wanted].flatMap(([log, indices]) =>
    [...indices]
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const entry = logs.get(log)?.entries[index];
        if (entry === undefined) return [];
        const file = `pernyataan/${log.replace("/", "-")}/${index}.txt`;
        return [{ log, index, file, entry, type: parseStatement(entry).type, body: bodyOf(entry) }];
      }),
  );
}

const bodyOf = (entry: Uint8Array): JsonObject => openBody(parseStatement(entry)) as JsonObject;

/** Whether a statement of a plenary is about this contest and something in, or around, the region. */
function concerns(body: JsonObject, contest: string, region: string, stations: ReadonlySet<string>): boolean {
  if (body.contest !== undefined && body.contest !== null && body.contest !== contest) return false;
  if (typeof body.station === "string") return stations.has(body.station);
  const regions = [...listOf(body.regions).map(textOf), ...(typeof body.region === "string" ? [body.region] : [])];
  return (
    regions.length === 0 || regions.some((code) => code === "0" || region.startsWith(code) || code.startsWith(region))
  );
}

function postingsAbout({ postings }: Gathered, choice: Choice): PostingLine[] {
  return postings.flatMap(({ log, posting }) => {
    if (posting.district !== choice.district) return [];
    const change = listOf(posting.changes)
      .map((each) => listOf(each).map(numberOf))
      .find(([column]) => column === choice.column);
    if (change === undefined) return [];
    const [, before = 0, after = 0] = change;
    const { index, station, kind, reason } = posting;
    return [
      {
        log,
        index: numberOf(index),
        station: textOf(station),
        kind: textOf(kind),
        reason: typeof reason === "string" ? reason : null,
        before,
        after,
      },
    ];
  });
}
