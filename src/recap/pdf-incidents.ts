/**
 * D.Kejadian Khusus/Keberatan: what was recorded beside the figures, each with its answer and where it stands. It is printed
 * and signed also when there is nothing to list (*nihil*), so that nobody can say later that a page is missing.
 */
import type { SignedPaper } from "./form.ts";
import { Frame, type FrameText } from "./pdf-frame.ts";
import { type ListColumn, listPages } from "./pdf-list.ts";
import { A4, document, type Page } from "./pdf-pen.ts";
import { drawSignatures, signaturesHeight } from "./pdf-signatures.ts";
import { localTime, NOT_REPORTED_MARK, regionWords } from "./words.ts";

/** An objection (keberatan) or an incident (kejadian khusus). */
export interface Incident {
  /** As it was given in the hall. */
  readonly number: string;
  readonly kind: "objection" | "incident";
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** Station and desa in words, or null where it is about the whole plenary. */
  readonly station: string | null;
  /** Who, as participant or supervisor and not by name: `Saksi Partai A`, `Panwaslu Kecamatan`. */
  readonly by: string;
  readonly text: string;
  readonly answer: string | null;
  readonly status: "filed" | "answered" | "accepted" | "refused";
}

export interface IncidentList extends SignedPaper {
  readonly incidents: readonly Incident[];
}

const SIZE = { width: A4.long, height: A4.short };
const GAP = 6;

const KIND: Readonly<Record<Incident["kind"], string>> = { objection: "Keberatan", incident: "Kejadian khusus" };

const STATUS: Readonly<Record<Incident["status"], string>> = {
  filed: "Dicatat, belum dijawab",
  answered: "Dijawab",
  accepted: "Diterima",
  refused: "Tidak diterima",
};

/** The bytes of the list, a page at a time. */
export function incidentsPdf(list: IncidentList): Generator<Uint8Array> {
  const { heading } = list;
  const title = `D.Kejadian Khusus/Keberatan – ${regionWords(heading)}`;
  return document({ title, time: heading.time, layout: "landscape" }, (pen) => {
    const frame = new Frame(pen, list, SIZE);
    const { content } = frame;
    const height = signaturesHeight(list);
    const text = frameText(list);
    const box = { ...content, height: content.height - height - GAP };
    const pages = listPages(pen, box, columnsOf(heading.zone), list.incidents, "NIHIL");
    return pages.map((drawList, index): Page => {
      return () => {
        frame.draw(text, index + 1, pages.length);
        drawList();
        drawSignatures(pen, frame, list, { ...content, y: content.y + content.height - height, height }, "");
      };
    });
  });
}

function columnsOf(zone: string): ListColumn<Incident>[] {
  return [
    { head: "NOMOR", share: 0.08, text: ({ number }) => number },
    { head: "WAKTU", share: 0.1, text: ({ time }) => localTime(time, zone) },
    { head: "JENIS", share: 0.08, text: ({ kind }) => KIND[kind] },
    { head: "TPS", share: 0.11, text: ({ station }) => station ?? NOT_REPORTED_MARK },
    { head: "OLEH", share: 0.12, text: ({ by }) => by },
    { head: "URAIAN", share: 0.24, text: ({ text }) => text },
    { head: "JAWABAN ATAU TINDAK LANJUT", share: 0.19, text: ({ answer }) => answer ?? NOT_REPORTED_MARK },
    { head: "STATUS", share: 0.08, text: ({ status }) => STATUS[status] },
  ];
}

function frameText({ heading }: IncidentList): FrameText {
  return {
    model: ["MODEL D.KEJADIAN KHUSUS", "DAN/ATAU KEBERATAN"],
    title: [
      "CATATAN KEJADIAN KHUSUS DAN/ATAU KEBERATAN SAKSI",
      `DALAM REKAPITULASI DI ${regionWords(heading)}`.toUpperCase(),
    ],
    gloss: "Record of incidents and objections",
    desa: null,
    mark: null,
    watermark: heading.simulation ? "SIMULASI" : null,
    fingerprint: null,
  };
}
