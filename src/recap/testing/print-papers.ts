/**
 * Prints one of each paper of a hall, always the same ones, and writes what they hash to: run as a program by a test, in a process
 * that may read nothing of the machine, and imported by the same test, to print them here.
 */
import { createHash } from "node:crypto";
import { certificatePdf } from "../pdf.ts";
import { incidentsPdf } from "../pdf-incidents.ts";
import { nightPdf } from "../pdf-night.ts";
import { kecamatanForm, partyChoices } from "./forms.ts";

/** The papers by what they are. */
export function printPapers(): Readonly<Record<"certificate" | "night" | "incidents", Buffer>> {
  const form = kecamatanForm({
    choices: partyChoices([3, 2]),
    desa: [
      ["Padang Sambian Rekaan", 12],
      ["Ubung", 1],
    ],
  });
  const { heading, log, link, choices, members, saksi } = form;
  const desa = form.parts.map(({ name, columns, sum }) => ({ name, read: columns.length, left: 7, total: sum }));
  const incident = {
    number: "1/KB",
    kind: "objection",
    time: "2029-03-01T05:10:00Z",
    station: "TPS 003 Ubung",
    by: "Saksi Partai Bahtera",
    text: "Angka pada salinan – “lain” – daripada C.Hasil. Ķèçāmåtan Äneh, 数字, ①.",
    answer: null,
    status: "filed",
  } as const;
  return {
    certificate: Buffer.concat([...certificatePdf(form)]),
    night: Buffer.concat([...nightPdf([{ heading, log, link, choices, desa }])]),
    incidents: Buffer.concat([...incidentsPdf({ heading, log, link, members, saksi, incidents: [incident] })]),
  };
}

/** What each paper hashes to, as one line. */
export function hashesOf(papers: ReturnType<typeof printPapers>): string {
  return JSON.stringify(
    Object.entries(papers).map(([what, bytes]) => [what, createHash("sha256").update(bytes).digest("hex")]),
  );
}

if (import.meta.main) process.stdout.write(hashesOf(printPapers()));
