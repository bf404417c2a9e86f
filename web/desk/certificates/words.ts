/** Sentences of certificates. */
import type { MinutesActOf } from "../../../src/election/minutes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { ResultView } from "../../../src/recap/wire/views.ts";

const STAGE_WORDS: Readonly<Record<ResultView["stage"], Text>> = {
  reading: { id: "Sedang dibaca", en: "Being read" },
  read: { id: "Semua TPS dibaca", en: "All stations read" },
  inspected: { id: "Draf dicermati", en: "Draft inspected" },
  certified: { id: "Ditetapkan", en: "Certified" },
  reopened: { id: "Dibuka kembali", en: "Reopened" },
};

/** The stage in words. Above a kecamatan a result may have come up whole while stations of it were never read. */
export const stageWords = ({ stage, read, expected }: Pick<ResultView, "stage" | "read" | "expected">): Text =>
  stage === "read" && read < expected ? { id: "Sudah naik semua", en: "All have come up" } : STAGE_WORDS[stage];

/** Why the certificate of a plenary stands no longer, and what follows. */
export function fallenWords({ reopenedBy }: Pick<ResultView, "reopenedBy">, own: string): Text {
  if (reopenedBy === null) return WORDS.fallen;
  const { order, by, part } = reopenedBy;
  if (by.code !== own)
    return { id: `${WORDS.reopened.id}: ${order} (${by.name})`, en: `${WORDS.reopened.en}: ${order} (${by.name})` };
  const because =
    part !== null
      ? { id: `hasil ${part.name} dibuka kembali dengan ${order}`, en: `${order} gave back the result of ${part.name}` }
      : order !== null
        ? { id: `putusan ${order} mengubah hasilnya`, en: `ruling ${order} changed the result` }
        : { id: "hasilnya dibetulkan sesudah ditetapkan", en: "the result was corrected after it was certified" };
  return { id: `${WORDS.fallen.id} Sebabnya: ${because.id}.`, en: `${WORDS.fallen.en} Why: ${because.en}.` };
}

export const OUTCOME_WORDS: Readonly<Record<MinutesActOf<"inspection">["outcome"], Text>> = {
  agreed: { id: "Sesuai", en: "Agreed" },
  remarks: { id: "Ada catatan", en: "With remarks" },
};

export const SIGNATURE_WORDS: Readonly<Record<MinutesActOf<"signature">["outcome"], Text>> = {
  "signed-wet": { id: "Tanda tangan basah", en: "Signed by hand" },
  refused: { id: "Menolak", en: "Refused" },
  absent: { id: "Tidak hadir", en: "Absent" },
};

export const WORDS = {
  title: { id: "D.Hasil", en: "Certificates" },
  lead: {
    id: "Satu D.Hasil untuk setiap jenis pemilihan dan dapil. Yang dipilih dibuka di sebelahnya.",
    en: "One certificate for every contest and district. The chosen one opens beside.",
  },
  list: { id: "Hasil rapat ini", en: "Results of this plenary" },
  read: { id: "TPS dibaca", en: "Stations read" },
  stage: { id: "Tahap", en: "Stage" },
  fingerprint: { id: "Sidik", en: "Fingerprint" },
  notInHand: {
    id: "Hasil ini tidak sedang di tangan rapat ini: sudah diserahkan ke tingkat di atas, atau belum naik dari bawah.",
    en: "This result is not in this plenary's hands: passed up already, or not yet come up from below.",
  },
  draftPdf: { id: "Draf D.Hasil (PDF)", en: "Draft certificate (PDF)" },
  signedPdf: { id: "D.Hasil (PDF)", en: "Certificate (PDF)" },
  draftMark: { id: "Draf D.Hasil, belum ditandatangani", en: "Draft, not signed" },
  steps: { id: "Langkah", en: "Steps" },
  missing: { id: "Yang masih kurang", en: "Still missing" },
  missingNone: { id: "Tidak ada yang kurang.", en: "Nothing is missing." },
  missingHelp: {
    id: "Hanya TPS yang belum dibaca menghalangi penetapan. Yang lain tidak, tetapi semua dapat dilihat siapa pun.",
    en: "Only unread stations block the certificate. The rest does not, but everyone can see it.",
  },
  unread: { id: "TPS belum dibaca", en: "stations not read" },
  postponed: { id: "TPS ditunda", en: "stations put off" },
  notUp: { id: "TPS belum naik dari tingkat di bawah", en: "stations have not come up from below" },
  notUpAgain: { id: "dibuka kembali dan belum naik lagi", en: "given back, and not come up again" },
  evidence: { id: "Bukti pembetulan belum dipotret", en: "Evidence of a correction is not photographed" },
  addEvidence: { id: "Simpan bukti", en: "Keep the evidence" },
  evidencePhotos: { id: "Foto bukti", en: "Photos of the evidence" },
  needPhotos: { id: "Potret buktinya dahulu.", en: "Photograph the evidence first." },
  objections: { id: "keberatan atau kejadian belum diputus", en: "objections or incidents not decided" },
  noInspection: { id: "Draf belum dicermati siapa pun", en: "Nobody has inspected the draft" },
  totals: { id: "Jumlah", en: "Totals" },
  valid: { id: "Suara sah", en: "Valid votes" },
  invalid: { id: "Suara tidak sah", en: "Invalid votes" },
  sum: { id: "Sah dan tidak sah", en: "Valid and invalid" },
  inspection: { id: "Pencermatan draf", en: "Inspection of the draft" },
  inspectionHelp: {
    id: "Cetak drafnya, serahkan kepada saksi dan pengawas, lalu catat jawaban masing-masing. Pembacaan sesudahnya membuat draf usang.",
    en: "Print the draft, hand it to witnesses and supervisor, then record what each says. A later reading puts the draft out of date.",
  },
  inspectedBy: { id: "Yang mencermati", en: "Inspected by" },
  supervisor: { id: "Pengawas", en: "Supervisor" },
  found: { id: "Hasil pencermatan", en: "What they found" },
  remarkWords: { id: "Catatan", en: "Remarks" },
  remarkPhotos: { id: "Foto catatan", en: "Photo of the remarks" },
  stateInspection: { id: "Catat pencermatan", en: "Record the inspection" },
  noInspections: { id: "Belum ada yang mencermati draf terakhir.", en: "Nobody has inspected the latest draft." },
  certify: { id: "Tetapkan D.Hasil", en: "Certify" },
  certifyHelp: {
    id: "Ketua menetapkan bersama satu anggota atau operator. Setelah itu hasil diserahkan ke tingkat di atas dan tidak dapat dibaca lagi di sini.",
    en: "The chair certifies together with a member or operator. The result then passes to the level above and cannot be read here any more.",
  },
  certifyIncomplete: {
    id: "Masih ada TPS yang belum dibaca. Bacakan dahulu, baru D.Hasil dapat ditetapkan.",
    en: "Some stations have not been read. Read them first; then the result can be certified.",
  },
  certified: { id: "Ditetapkan", en: "Certified" },
  draftOf: { id: "Draf yang dicermati dibuat pada entri", en: "The draft inspected was made at entry" },
  takeNow: { id: "Pakai keadaan sekarang", en: "Take the state of now" },
  signatures: { id: "Tanda tangan saksi", en: "Signatures of witnesses" },
  signaturesHelp: {
    id: "Menolak atau tidak hadir tidak menghalangi penetapan; alasannya tercatat dan tercetak.",
    en: "Refusing or being absent does not block the certificate; the reason is recorded and printed.",
  },
  answer: { id: "Jawaban", en: "Answer" },
  reason: { id: "Alasan", en: "Reason" },
  chooseReason: { id: "Pilih alasannya", en: "Choose the reason" },
  notAsked: { id: "Belum dinyatakan", en: "Not stated" },
  record: { id: "Catat", en: "Record" },
  scan: { id: "Pindaian bertanda tangan", en: "Signed scan" },
  scanHelp: {
    id: "Potret setiap halaman D.Hasil yang sudah ditandatangani, menurut urutan.",
    en: "Photograph every page of the signed certificate, in order.",
  },
  scanPhotos: { id: "Halaman D.Hasil", en: "Pages of the certificate" },
  stateScan: { id: "Lampirkan pindaian", en: "Attach the scan" },
  scanned: { id: "Pindaian sudah dilampirkan.", en: "The scan is attached." },
  openScan: { id: "Halaman pindaian", en: "Page of the scan" },
  reopened: { id: "Dibuka kembali dengan surat dari tingkat di atas", en: "Reopened by an order of the level above" },
  below: { id: "D.Hasil dari tingkat di bawah", en: "Certificates of the level below" },
  belowHelp: {
    id: "Ketik dua kelompok pertama sidik dari kertas. Bila cocok, angka di kertas sama dengan yang dijumlahkan di sini.",
    en: "Type the first two groups of the paper's fingerprint. If it matches, the figures on paper are those added up here.",
  },
  part: { id: "Wilayah", en: "Region" },
  typedFingerprint: { id: "Sidik pada kertas", en: "Fingerprint on paper" },
  matches: { id: "Cocok", en: "Matches" },
  differsFromPaper: { id: "Tidak cocok: bandingkan kertasnya", en: "Does not match: compare the paper" },
  notCertified: { id: "Belum ditetapkan", en: "Not certified" },
  comparison: { id: "D.Hasil di bawah dan jumlah sekarang", en: "Certificate below, and the sums now" },
  asCertified: { id: "D.Hasil", en: "Certified" },
  asSummed: { id: "Jumlah sekarang", en: "Sums now" },
  difference: { id: "Selisih", en: "Difference" },
  givenBack: { id: "Dibuka kembali", en: "Reopened" },
  seatsPdf: { id: "Kursi dan calon terpilih (PDF)", en: "Seats and elected candidates (PDF)" },
  winnerPdf: { id: "Pasangan calon terpilih (PDF)", en: "Elected pair (PDF)" },
  fallen: {
    id: "D.Hasil ini tidak berlaku lagi dan bukan hasil akhir. Tetapkan yang baru setelah semuanya naik kembali.",
    en: "This certificate stands no longer and is not final. State a new one when all has come up again.",
  },
  listed: { id: "Ditetapkan di bawah", en: "Certified below" },
  listedHelp: {
    id: "Hasil DPRD ditetapkan oleh KPU di tingkatnya sendiri. Di sini hanya didaftar.",
    en: "A council's result is certified by its own commission. Here it is only listed.",
  },
  listedDone: { id: "dapil ditetapkan", en: "districts certified" },
  equal: { id: "Sama", en: "Equal" },
  differ: { id: "angka berbeda", en: "figures differ" },
  unreadHere: { id: "TPS belum dibaca", en: "stations not read" },
  readHelp: {
    id: "TPS yang belum dibaca di bawah dibacakan di sini, dari kertas di dalam kotaknya.",
    en: "A station that was not read below is read here, from the paper in its box.",
  },
  correctHelp: {
    id: "Pembetulan selalu pada TPS-nya, agar jumlah tetap cocok.",
    en: "A correction is always made at its station, so that the sums keep.",
  },
  toStation: { id: "Betulkan pada TPS", en: "Correct at the station" },
  readStation: { id: "Bacakan TPS", en: "Read the station" },
  stationCode: { id: "Kode TPS (13 angka)", en: "Code of the station (13 digits)" },
  winner: { id: "Pasangan terpilih", en: "The elected pair" },
  seats: { id: "Kursi dan calon terpilih", en: "Seats and who takes them" },
  seatsHelp: {
    id: "Dihitung dari D.Hasil yang sudah ditetapkan saja, langkah demi langkah.",
    en: "Worked from the certified result alone, step by step.",
  },
  seat: { id: "Kursi", en: "Seat" },
  seatUnit: { id: "kursi", en: "seats" },
  party: { id: "Partai", en: "Party" },
  quotient: { id: "Suara ÷ pembagi", en: "Votes ÷ divisor" },
  rule: { id: "Aturan", en: "Rule" },
  pair: { id: "Pasangan", en: "Pair" },
  votes: { id: "Suara", en: "Votes" },
  majority: { id: "Lebih dari", en: "Over" },
  spread: { id: "di lebih dari setengah provinsi", en: "in over half of the provinces" },
  yes: { id: "Ya", en: "Yes" },
  no: { id: "Tidak", en: "No" },
  figure: { id: "Uraian", en: "Item" },
  story: { id: "Riwayat", en: "Story" },
  storyHelp: {
    id: "Semua yang mengubah hasil ini, dengan nomor surat atau putusannya, menurut waktu yang disebut setiap pernyataan.",
    en: "All that changed this result, with its order or decree, by the times that the statements claim.",
  },
  storyNone: { id: "Belum ada yang mengubah hasil ini.", en: "Nothing has changed this result yet." },
  storyOfStation: { id: "Lihat riwayat TPS", en: "Show a station's story" },
  storyOfResult: { id: "Kembali ke riwayat hasil", en: "Back to the result's story" },
  storyVoid: { id: "Tidak berlaku", en: "Without effect" },
  storyUnknown: { id: "TPS ini tidak ada di wilayah rapat ini.", en: "This plenary has no such station." },
  decree: { id: "Surat atau putusan", en: "Order or decree" },
} as const satisfies Readonly<Record<string, Text>>;
