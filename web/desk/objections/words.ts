/** Sentences of objections, incidents and recommendations. */
import type { MinutesActOf } from "../../../src/election/minutes.ts";
import type { BodyOf } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";

export const KIND_WORDS: Readonly<Record<BodyOf<"objection">["kind"], Text>> = {
  objection: { id: "Keberatan", en: "Objection" },
  incident: { id: "Kejadian khusus", en: "Incident" },
};

export const STATUS_WORDS: Readonly<Record<BodyOf<"objection">["status"], Text>> = {
  filed: { id: "Dicatat, belum dijawab", en: "Filed, not answered" },
  answered: { id: "Dijawab", en: "Answered" },
  accepted: { id: "Diterima", en: "Accepted" },
  refused: { id: "Tidak diterima", en: "Not accepted" },
};

export const ADVICE_WORDS: Readonly<Record<MinutesActOf<"advice">["kind"] | "supervisor", Text>> = {
  correct: { id: "Pembetulan", en: "Correction" },
  recount: { id: "Penghitungan suara ulang", en: "Recount" },
  revote: { id: "Pemungutan suara ulang", en: "Revote" },
  other: { id: "Lainnya", en: "Other" },
  supervisor: { id: "Pengawas", en: "Supervisor" },
};

export const ANSWER_WORDS = {
  followed: { id: "Dilaksanakan", en: "Followed" },
  notFollowed: { id: "Tidak dilaksanakan", en: "Not followed" },
} as const satisfies Readonly<Record<string, Text>>;

export const WORDS = {
  title: { id: "Keberatan dan kejadian khusus", en: "Objections and incidents" },
  lead: {
    id: "Dicatat untuk saksi atau pengawas, dijawab di rapat ini. Statusnya terbuka untuk umum; uraian dan fotonya disimpan terpisah dan tercetak pada D.Kejadian Khusus.",
    en: "Filed for a witness or the supervisor, answered in this plenary. Its status is public; words and photos are kept apart and printed on D.Kejadian Khusus.",
  },
  print: { id: "Cetak D.Kejadian Khusus (PDF)", en: "Print D.Kejadian Khusus (PDF)" },
  fileTitle: { id: "Catat keberatan atau kejadian", en: "File an objection or incident" },
  kind: { id: "Yang dicatat", en: "What is filed" },
  for: { id: "Untuk saksi dari", en: "For the witness of" },
  forNobody: { id: "Pengawas, atau rapat sendiri", en: "The supervisor, or the plenary itself" },
  where: { id: "Tentang", en: "About" },
  noDesa: { id: "Seluruh rapat", en: "The whole plenary" },
  noStation: { id: "Seluruh desa", en: "The whole desa" },
  stationCode: { id: "Kode TPS (13 angka)", en: "Code of the station (13 digits)" },
  noCode: { id: "Kosong: seluruh rapat.", en: "Empty: the whole plenary." },
  words: { id: "Uraian", en: "What it is about" },
  photos: { id: "Foto", en: "Photos" },
  photosHelp: {
    id: "Misalnya surat keberatan atau salinan C.Hasil.",
    en: "Such as the letter or a copy of the sheet.",
  },
  fileIt: { id: "Catat", en: "File" },
  list: { id: "Yang dicatat", en: "Filed" },
  noneFiled: { id: "Belum ada keberatan atau kejadian khusus.", en: "No objection or incident was filed." },
  number: { id: "No.", en: "No." },
  answerAgain: { id: "Ubah jawaban", en: "Change the answer" },
  answer: { id: "Jawab", en: "Answer" },
  answerWords: { id: "Jawaban atau tindak lanjut", en: "Answer or what was done" },
  outcome: { id: "Putusan", en: "Decision" },
  stateAnswer: { id: "Nyatakan jawaban", en: "State the answer" },
  wordsKept: { id: "Uraiannya tidak ada di laptop ini.", en: "Its words are not on this laptop." },
  adviceTitle: { id: "Rekomendasi pengawas", en: "Supervisor's recommendations" },
  adviceNone: { id: "Belum ada rekomendasi.", en: "No recommendation yet." },
  adviceNew: { id: "Beri rekomendasi", en: "Give a recommendation" },
  adviceKind: { id: "Yang direkomendasikan", en: "What is recommended" },
  adviceOn: { id: "Atas keberatan", en: "On the objection" },
  adviceAlone: { id: "Tidak atas keberatan tertentu", en: "On none in particular" },
  adviceAnswer: { id: "Tindak lanjut", en: "Answer" },
  adviceOpen: { id: "Belum ditindaklanjuti", en: "Not answered" },
  stateAdviceAnswer: { id: "Nyatakan tindak lanjut", en: "State the answer" },
} as const satisfies Readonly<Record<string, Text>>;
