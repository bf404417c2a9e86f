/** Reads and compares in a thread of its own. Nothing of what is read here is ever sent: it only fetches what is published. */
import { HEAD } from "../../../src/export/columns.ts";
import { csvLine } from "../../../src/export/csv.ts";
import { openTable, type Row } from "../../../src/export/table.ts";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { httpSource, troubleOf } from "../download/http-source.ts";
import { compare, type OwnRows, ownRows, stationsOf } from "./compare.ts";
import { assertUsable, matchColumns } from "./match-columns.ts";
import type { Answer, Published, Question } from "./messages.ts";
import { openArea, remembering, stationsIn } from "./published-stations.ts";
import { readFile } from "./read-file.ts";
import { BadFile, MOST_BYTES, type Sheet, tooLarge } from "./sheet.ts";

const SAMPLE = 4;
const SAMPLE_COLUMNS = 40;

let opened: Sheet | null = null;

const say = (answer: Answer) => postMessage(answer);

addEventListener("message", async ({ data: question }: MessageEvent<Question>) => {
  try {
    if (question.what === "open") await open(question.published, question.file);
    else if (question.what === "template") await template(question.published, question.language);
    else if (question.what === "one") await compareRows(question.published, { rows: [question.row], refused: [] });
    else if (opened !== null) {
      assertUsable(question.matching);
      await compareRows(question.published, ownRows(opened, question.matching));
    }
  } catch (cause) {
    say({ kind: "failed", why: cause instanceof BadFile ? cause.text : troubleOf(cause) });
  }
});

/** What is published for some stations. */
async function areaOf({ base, edition, subject }: Published, stations: Iterable<string>) {
  const source = remembering(httpSource(base));
  return { source, area: await openArea(source, edition, subject, stations) };
}

async function open(published: Published, file: File): Promise<void> {
  if (file.size > MOST_BYTES) throw tooLarge();
  const sheet = readFile(new Uint8Array(await file.arrayBuffer()));
  const { area } = await areaOf(published, stationsOf(sheet, matchColumns(sheet, [])));
  const matching = matchColumns(sheet, [...area.columns, ...area.candidates]);
  // Candidates of many districts would be thousands of fields to look through: those that the file has are enough.
  const columns = [...area.columns, ...area.candidates.filter(({ key }) => key in matching.figures)];
  opened = sheet;
  const sample = sheet.rows
    .slice(matching.headRow, matching.headRow + SAMPLE)
    .map((row) => row.slice(0, SAMPLE_COLUMNS).map(({ text }) => text));
  const rows = sheet.rows.length - matching.headRow - 1;
  say({ kind: "opened", opened: { rows, sample, matching, columns, notes: sheet.notes } });
}

async function compareRows(published: Published, own: OwnRows): Promise<void> {
  const { source, area } = await areaOf(
    published,
    own.rows.map(({ code }) => code),
  );
  const columns = [...area.columns, ...area.candidates];
  const candidates = new Set(area.candidates.map(({ key }) => key));
  const asksCandidates = own.rows.some(({ figures }) => Object.keys(figures).some((key) => candidates.has(key)));
  const stations = await stationsIn(source, published.edition, area, asksCandidates, (found) =>
    say({ kind: "progress", done: Math.min(found, own.rows.length), of: own.rows.length }),
  );
  const names = new Map(columns.map(({ key, words }) => [key, words]));
  const comparison = compare(own, stations, published.subject.region, (key) => names.get(key) ?? { id: key, en: key });
  say({ kind: "compared", comparison, columns, book: published.subject.book });
}

/** Every station of the region with empty cells for votes, to be filled in by hand. */
async function template(published: Published, language: "id" | "en"): Promise<void> {
  const { base, edition, subject } = published;
  const table = await openTable(httpSource(base), edition, subject);
  const asked = table.columns.filter(
    ({ key }, place) => place >= HEAD.length + 22 || ["region", "desa", "station"].includes(key),
  );
  const heads = asked.map(({ words }) => words[language]);
  const lines: Row[] = [heads];
  for await (const rows of table.rows()) {
    for (const [code = null, desa = null, n = null] of rows) {
      lines.push([code, desa, n, ...asked.slice(3).map(() => null)]);
    }
    say({ kind: "progress", done: lines.length - 1, of: table.expected });
  }
  const { contest, region } = subject;
  // Excel of an Indonesian system splits at semicolons, and only there.
  const text = `\uFEFF${lines.map(csvLine).join("")}`;
  const own = utf8(text) as Uint8Array<ArrayBuffer>;
  say({ kind: "template", bytes: own, name: `templat-${contest}-${region}.csv` });
}
