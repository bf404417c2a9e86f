/** Words that several pages of the sitting share; the terms are those of the law. */
import { ACT_LABELS, type MinutesAct } from "../../../src/election/minutes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { ActName } from "../../../src/tally/powers.ts";
import type { Speech } from "../../ui/language.tsx";

const TYPE_WORDS: Readonly<Record<Exclude<ActName, MinutesAct["what"]>, Text>> = {
  reading: { id: "Pembacaan", en: "Reading" },
  correction: { id: "Pembetulan", en: "Correction" },
  objection: { id: "Keberatan atau kejadian khusus", en: "Objection or incident" },
  pause: { id: "Skors", en: "Pause" },
  unpause: { id: "Cabut skors", en: "End of the pause" },
  certificate: { id: "Penetapan D.Hasil", en: "Certificate" },
  halt: { id: "Penghentian sementara", en: "Halt" },
  resume: { id: "Rekapitulasi dilanjutkan", en: "Resumption" },
  reopen: { id: "Hasil dibuka kembali", en: "Result reopened" },
  order: { id: "Penyesuaian putusan", en: "Adjustment by a ruling" },
  grant: { id: "Penugasan", en: "Grant of roles" },
  revoke: { id: "Pencabutan penugasan", en: "Revocation" },
  custody: { id: "Penyerahan penulisan catatan", en: "Custody of a log" },
  definition: { id: "Definisi pemilihan", en: "Definition of the election" },
  rules: { id: "Versi aturan", en: "Version of the rules" },
  cosign: { id: "Pemantau penanda", en: "Cosigner" },
};

/** What an act is called on screens. */
export const ACT_WORDS: Readonly<Record<ActName, Text>> = { ...TYPE_WORDS, ...ACT_LABELS };

/** A list of words: `ketua, anggota atau operator`. */
export function either(words: readonly Text[]): Text {
  return {
    id: joined(
      words.map(({ id }) => id),
      "atau",
    ),
    en: joined(
      words.map(({ en }) => en),
      "or",
    ),
  };
}

function joined(words: readonly string[], last: string): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** `12 menit`, `3 jam 5 menit`, `2 hari 4 jam`: a stretch of time in the two largest units that matter. */
export function durationWords(milliseconds: number): Text {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const units: readonly (readonly [number, Text])[] = [
    [Math.floor(minutes / 1440), { id: "hari", en: "d" }],
    [Math.floor(minutes / 60) % 24, { id: "jam", en: "h" }],
    [minutes % 60, { id: "menit", en: "min" }],
  ];
  const first = units.findIndex(([count]) => count > 0);
  const shown = units.slice(first < 0 ? 2 : first, first < 0 ? 3 : first + 2).filter(([n], i) => n > 0 || i === 0);
  return {
    id: shown.map(([count, { id }]) => `${count} ${id}`).join(" "),
    en: shown.map(([count, { en }]) => `${count} ${en}`).join(" "),
  };
}

/** A moment to the minute: `20 Februari 2029 pukul 09.00 WITA`. */
export function momentWords(speech: Pick<Speech, "time">, time: number, zone: string): string {
  return speech.time(time, zone).replace(/(\d\d[.:]\d\d)[.:]\d\d(?= )/, "$1");
}

export const WORDS = {
  sending: { id: "Menunggu jawaban…", en: "Waiting for the answer…" },
  secondFollows: {
    id: "Orang kedua mengonfirmasi dengan PIN-nya sendiri setelah ini.",
    en: "A second person then confirms with their own PIN.",
  },
  askedBy: { id: "Diminta", en: "Asked for by" },
  countedBy: { id: "Dihitung", en: "Counted by" },
  takePhoto: { id: "Ambil atau pilih foto", en: "Take or choose a photo" },
  anotherPhoto: { id: "Tambah foto", en: "Add a photo" },
  handingIn: { id: "Menyimpan foto…", en: "Keeping the photo…" },
  remove: { id: "Buang", en: "Remove" },
  choose: { id: "Pilih…", en: "Choose…" },
  allContests: { id: "Semua jenis pemilihan", en: "All contests" },
  contest: { id: "Jenis pemilihan", en: "Contest" },
  participant: { id: "Peserta pemilu", en: "Participant" },
  desa: { id: "Desa atau kelurahan", en: "Desa or kelurahan" },
  station: { id: "TPS", en: "Station" },
  wholePlenary: { id: "Seluruh rapat", en: "The whole plenary" },
  panel: { id: "Panel", en: "Panel" },
  none: { id: "Belum ada.", en: "None yet." },
  at: { id: "Jam", en: "Time" },
  what: { id: "Perihal", en: "What" },
  who: { id: "Oleh", en: "By" },
  reason: { id: "Alasan", en: "Reason" },
  putOff: { id: "TPS yang ditunda", en: "Stations put off" },
  sinceWhen: { id: "Sejak", en: "Since" },
  status: { id: "Status", en: "Status" },
  print: { id: "Cetak", en: "Print" },
  waitingView: { id: "Mengambil data…", en: "Fetching…" },
} as const satisfies Readonly<Record<string, Text>>;
