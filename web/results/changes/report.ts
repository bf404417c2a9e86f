/** The text of a report to the supervisor: what changed, where, by which statement, and how to check it. Plain, and without a verdict. */
import type { Language } from "../../ui/format.ts";
import type { Movement } from "./movement.ts";

/** What is known of a change, in words of the report's language. */
export interface Change {
  readonly election: string;
  readonly contest: string;
  readonly simulation: boolean;
  /** TPS, desa, and the regions above it, the smallest first. */
  readonly place: readonly string[];
  readonly station: string;
  readonly book: string;
  readonly kind: string;
  readonly reason: string;
  readonly time: string;
  readonly keys: readonly string[];
  readonly log: string;
  readonly index: number;
  /** Number and time of the edition in which it was verified. */
  readonly edition: string;
  readonly movements: readonly Movement[];
  /** The address of the station's page. */
  readonly address: string;
}

export function reportText(change: Change, language: Language, number: (value: number) => string): string {
  const id = language === "id";
  const lines = change.movements.map(
    ({ label, before, after }) =>
      `- ${label}: ${number(before)} ${id ? "menjadi" : "became"} ${number(after)} (${after < before ? "−" : "+"}${number(Math.abs(after - before))})`,
  );
  const said = (inIndonesian: string, inEnglish: string) => (id ? inIndonesian : inEnglish);
  return [
    ...(change.simulation ? [said("SIMULASI: semua suara rekaan.", "SIMULATION: every vote is invented."), ""] : []),
    said("Kepada Bawaslu/Panwaslu setempat", "To the local supervisor (Bawaslu/Panwaslu)"),
    said("Perihal: permohonan pemeriksaan perubahan suara", "Subject: request to look into a change of votes"),
    "",
    said("Pelapor: (nama, alamat, nomor telepon)", "Reported by: (name, address, telephone)"),
    "",
    `${said("Pemilihan", "Election")}: ${change.election}, ${change.contest}`,
    `${said("Tempat", "Place")}: ${change.place.join(", ")} (${said("kode", "code")} ${change.station})`,
    `${said("Buku", "Book")}: ${change.book}`,
    `${said("Perubahan", "Change")}: ${change.kind}`,
    ...lines,
    `${said("Alasan yang tercatat", "Recorded reason")}: ${change.reason}`,
    `${said("Waktu menurut penanda tangan", "Time as the signer states it")}: ${change.time}`,
    `${said("Kunci penanda tangan", "Signing key")}: ${change.keys.join(", ")}`,
    `${said("Bukti", "Evidence")}: ${said("log", "log")} ${change.log}, ${said("entri", "entry")} ${change.index}; ${change.edition}`,
    `${said("Alamat", "Address")}: ${change.address}`,
    "",
    said(
      "Mohon diperiksa apakah perubahan ini sesuai dengan C.Hasil, daftar hadir, dan rapat pleno.",
      "Please look into whether this change agrees with the result sheet, the attendance list and the plenary.",
    ),
  ].join("\n");
}
