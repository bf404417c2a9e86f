/**
 * `teguh export`: every station of a region as a table (csv, json, xlsx), or the region as a paper (pdf). Made from verified
 * objects alone, and of one edition, so that a file can be made again by anyone and be the same. What a file has in it is
 * described in src/export, which the public page and the publisher use as well.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { csvFile } from "../export/csv.ts";
import { readFacts } from "../export/facts.ts";
import { jsonFile } from "../export/json.ts";
import { ExportError, type ObjectSource } from "../export/source.ts";
import { allRows, BOOKS, openTable, type Subject, type Table } from "../export/table.ts";
import { asHash } from "../ledger/hash.ts";
import type { SignedEdition } from "../publish/edition.ts";
import { contestFrom, regionFrom } from "./choose.ts";
import {
  type Arguments,
  type Command,
  CommandError,
  type ExitCode,
  grouped,
  type Io,
  need,
  Progress,
} from "./command.ts";
import { Reader } from "./reader.ts";
import { openSource } from "./source.ts";

export const command: Command = {
  usage:
    "export DIR|URL --contest C [--region R] [--book count|recap] [--edition N] --format csv|json|xlsx|pdf --out FILE [--key VKEY]",
  summary: "Every station of a region as a table; as pdf the region on paper.",
  options: {
    contest: { type: "string" },
    region: { type: "string" },
    book: { type: "string" },
    edition: { type: "string" },
    format: { type: "string" },
    out: { type: "string" },
    key: { type: "string" },
  },
  positionals: [1, 1],
  run,
};

const FORMATS = ["csv", "json", "xlsx", "pdf"] as const;
type Format = (typeof FORMATS)[number];

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const subject = { contest: contestFrom(command, args), region: regionFrom(args), book: bookFrom(args) };
  const format = formatFrom(need(command, args, "format"));
  const out = need(command, args, "out");
  const reader = await Reader.open(openSource(args.positionals[0] ?? "").files, args.text("key"));
  const edition = await reader.edition(args.number("edition"));
  const source: ObjectSource = { object: (hash) => reader.object(asHash(hash)) };
  try {
    const what = await write({ reader, source, edition, subject, format, out, progress: new Progress(io) });
    io.out(`${out}: ${what} of ${subject.region}, ${subject.contest}, edition ${edition.edition.number}.\n`);
  } catch (error) {
    if (error instanceof ExportError) throw new CommandError(error.message);
    throw error;
  }
  return 0;
}

interface Job {
  readonly reader: Reader;
  readonly source: ObjectSource;
  readonly edition: SignedEdition;
  readonly subject: Subject;
  readonly format: Format;
  readonly out: string;
  readonly progress: Progress;
}

/** Writes the file; says what is in it. */
async function write({ reader, source, edition, subject, format, out, progress }: Job): Promise<string> {
  const known = { election: reader.election, editionId: edition.id };
  if (format === "pdf") {
    const { regionPaper } = await import("../export/paper.ts");
    const { paperPdf } = await import("../export/paper-pdfkit.ts");
    const { default: PDFDocument } = await import("pdfkit");
    const paper = await regionPaper(source, edition.edition, subject, await readFacts(source, edition.edition, known));
    await save(out, await paperPdf(paper, PDFDocument));
    return "figures";
  }
  const table = counted(await openTable(source, edition.edition, subject), progress);
  if (format === "xlsx") {
    const { xlsxFile } = await import("../export/xlsx.ts");
    await save(out, [xlsxFile(table, await allRows(table), await readFacts(source, edition.edition, known), "id")]);
  } else {
    await save(out, format === "csv" ? csvFile(table) : jsonFile(table, reader.election));
  }
  return `${grouped(table.expected)} stations`;
}

/** The same table, telling how far it has been read. */
function counted(table: Table, progress: Progress): Table {
  return {
    ...table,
    async *rows() {
      let read = 0;
      for await (const rows of table.rows()) {
        read += rows.length;
        progress.tell(() => `read ${grouped(read)} of ${grouped(table.expected)} stations`);
        yield rows;
      }
    },
  };
}

async function save(path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(path));
}

function bookFrom(args: Arguments): Subject["book"] {
  const named = args.text("book") ?? "count";
  const book = BOOKS.find((each) => each === named);
  if (book === undefined) throw new CommandError(`--book is count or recap, not "${named}"`);
  return book;
}

function formatFrom(named: string): Format {
  const format = FORMATS.find((each) => each === named);
  if (format === undefined) throw new CommandError(`--format is one of ${FORMATS.join(", ")}, not "${named}"`);
  return format;
}
