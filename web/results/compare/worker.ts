/** Reads and compares in a thread of its own. Nothing of what is read here is ever sent: it only fetches what is published. */
import { type Column, HEAD } from "../../../src/export/columns.ts";
import { csvLine } from "../../../src/export/csv.ts";
import { openTable, type Row, type Table } from "../../../src/export/table.ts";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { httpSource, troubleOf } from "../download/http-source.ts";
import { compare, type OwnRows, ownRows } from "./compare.ts";
import { assertUsable, matchColumns } from "./match-columns.ts";
import type { Answer, Published, Question } from "./messages.ts";
import { readFile } from "./read-file.ts";
import { BadFile, MOST_BYTES, type Sheet, tooLarge } from "./sheet.ts";

const SAMPLE = 4;
const SAMPLE_COLUMNS = 40;

let opened: { readonly sheet: Sheet; readonly published: Published } | null = null;

const say = (answer: Answer) => postMessage(answer);

addEventListener("message", async ({ data: question }: MessageEvent<Question>) => {
  try {
    if (question.what === "open") await open(question.published, question.file);
    else if (question.what === "template") await template(question.published, question.language);
    else if (question.what === "one") await compareRows(question.published, { rows: [question.row], refused: [] });
    else if (opened !== null) {
      assertUsable(question.matching);
      await compareRows(opened.published, ownRows(opened.sheet, question.matching));
    }
  } catch (cause) {
    say({ kind: "failed", why: cause instanceof BadFile ? cause.text : troubleOf(cause) });
  }
});

const tableOf = ({ base, edition, subject }: Published, wanted?: (code: string) => boolean) =>
  openTable(httpSource(base), edition, subject, wanted === undefined ? {} : { wanted });

/** What can be compared: the figures of the form and the votes. */
const comparable = ({ columns }: Table): Column[] => columns.slice(HEAD.length);

async function open(published: Published, file: File): Promise<void> {
  if (file.size > MOST_BYTES) throw tooLarge();
  const sheet = readFile(new Uint8Array(await file.arrayBuffer()));
  const columns = comparable(await tableOf(published));
  const matching = matchColumns(sheet, columns);
  opened = { sheet, published };
  const sample = sheet.rows
    .slice(matching.headRow, matching.headRow + SAMPLE)
    .map((row) => row.slice(0, SAMPLE_COLUMNS).map(({ text }) => text));
  const rows = sheet.rows.length - matching.headRow - 1;
  say({ kind: "opened", opened: { rows, sample, matching, columns, notes: sheet.notes } });
}

async function compareRows(published: Published, own: OwnRows): Promise<void> {
  // Only the desa that occur in the file: a file of one kecamatan costs one kecamatan.
  const wantedCodes = new Set(own.rows.flatMap(({ code }) => [2, 4, 6, 10].map((length) => code.slice(0, length))));
  const table = await tableOf(published, (code) => wantedCodes.has(code));
  const found = new Map<string, Row>();
  for await (const rows of table.rows()) {
    for (const row of rows) found.set(String(row[0]), row);
    say({ kind: "progress", done: Math.min(found.size, own.rows.length), of: own.rows.length });
  }
  const columns = comparable(table);
  const comparison = compare(own, table.columns, found, published.subject.region);
  say({ kind: "compared", comparison, columns });
}

/** Every station of the region with empty cells for votes, to be filled in by hand. */
async function template(published: Published, language: "id" | "en"): Promise<void> {
  const table = await tableOf(published);
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
  const { contest, region } = published.subject;
  // Excel of an Indonesian system splits at semicolons, and only there.
  const text = `\uFEFF${lines.map(csvLine).join("")}`;
  const own = utf8(text) as Uint8Array<ArrayBuffer>;
  say({ kind: "template", bytes: own, name: `templat-${contest}-${region}.csv` });
}
