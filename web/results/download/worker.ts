/**
 * Makes files in a thread of its own, so that the page stays quick: reads the objects below a region by the hashes that the
 * verified edition names, and writes what was ordered. Stopping it is ending the worker.
 */
import { csvFile } from "../../../src/export/csv.ts";
import { type Facts, readFacts } from "../../../src/export/facts.ts";
import { jsonFile } from "../../../src/export/json.ts";
import type { ObjectSource } from "../../../src/export/source.ts";
import { allRows, openTable, type Table } from "../../../src/export/table.ts";
import { concat } from "../../../src/ledger/bytes.ts";
import { httpSource, troubleOf } from "./http-source.ts";
import type { Order, Report } from "./messages.ts";

const TYPES = {
  csv: "text/csv",
  json: "application/json",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
  zip: "application/zip",
} as const;

const say = (report: Report, transfer: Transferable[] = []) => postMessage(report, { transfer });
/** Reports in between, at most so often, in milliseconds. */
const EVERY = 100;

let saidAt = 0;
function progress(done: number, of: number): void {
  const now = performance.now();
  if (now - saidAt < EVERY && done < of) return;
  saidAt = now;
  say({ kind: "progress", done, of });
}

function finish(bytes: Uint8Array, order: Order, ending: keyof typeof TYPES): void {
  const { contest, region, book } = order.subject;
  const parts = [
    "teguh",
    contest,
    region === "0" ? "nasional" : region,
    ...(ending === "pdf" || ending === "zip" ? [] : [book]),
  ];
  if (order.what === "evidence") parts.push(order.choice);
  const name = `${[...parts, `data-${order.edition.number}`].join("-")}.${ending}`;
  const own = bytes as Uint8Array<ArrayBuffer>;
  say({ kind: "done", bytes: own, name, type: TYPES[ending] }, [own.buffer]);
}

addEventListener("message", async ({ data: order }: MessageEvent<Order>) => {
  try {
    if (order.what === "evidence") {
      await evidence(order);
      return;
    }
    const source = httpSource(order.base);
    const { election, editionId } = order;
    const facts = await readFacts(source, order.edition, { election, editionId });
    if (order.what === "table") await table(source, order, facts);
    else await paper(source, order, facts);
  } catch (cause) {
    say({ kind: "failed", why: troubleOf(cause) });
  }
});

async function table(source: ObjectSource, order: Order & { what: "table" }, facts: Facts): Promise<void> {
  const found = told(await openTable(source, order.edition, order.subject));
  if (order.format === "xlsx") {
    const { xlsxFile } = await import("../../../src/export/xlsx.ts");
    finish(xlsxFile(found, await allRows(found), facts, order.language), order, "xlsx");
    return;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of order.format === "csv" ? csvFile(found) : jsonFile(found, order.election))
    pieces.push(piece);
  finish(concat(...pieces), order, order.format);
}

/** The same table, telling how far it has been read. */
function told(from: Table): Table {
  return {
    ...from,
    async *rows() {
      let done = 0;
      for await (const rows of from.rows()) {
        done += rows.length;
        progress(done, from.expected);
        yield rows;
      }
    },
  };
}

async function paper(source: ObjectSource, order: Order & { what: "paper" }, facts: Facts): Promise<void> {
  const { regionPaper } = await import("../../../src/export/paper.ts");
  const { paperPdf } = await import("../../../src/export/paper-pdfkit.ts");
  const { default: PDFDocument } = await import("pdfkit/js/pdfkit.standalone.js");
  const content = await regionPaper(source, order.edition, order.subject, facts, order.language);
  finish(concat(...(await paperPdf(content, PDFDocument))), order, "pdf");
}

async function evidence(order: Order & { what: "evidence" }): Promise<void> {
  const { makeEvidence } = await import("./evidence.ts");
  finish(await makeEvidence(order, (files) => progress(files, 0)), order, "zip");
}
