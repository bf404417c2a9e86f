/** Sentences about reading a station. */

import type { Outcome } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";

export const OUTCOME_SHORT: Readonly<Record<Outcome, Text>> = {
  same: { id: "Sesuai", en: "As the sheet" },
  noted: { id: "Sesuai, dengan catatan", en: "With a note" },
  corrected: { id: "Dibetulkan", en: "Corrected" },
  recount: { id: "Hitung ulang", en: "Recounted" },
};

export const READING_WORDS = {
  station: { id: "TPS", en: "Station" },
  // ---- what one can do
  agree: { id: "Sesuai", en: "As the sheet says" },
  agreeLong: { id: "Sesuai C.Hasil, lanjut ke TPS berikutnya", en: "As the sheet says, on to the next station" },
  next: { id: "TPS berikutnya", en: "Next station" },
  note: { id: "Dengan catatan", en: "With a note" },
  correct: { id: "Betulkan", en: "Correct" },
  recount: { id: "Hitung ulang", en: "Recount" },
  postpone: { id: "Tunda", en: "Put off" },
  objection: { id: "Keberatan", en: "Objection" },
  again: { id: "Baca ulang", en: "Read again" },
  typeAll: { id: "Ketik angkanya", en: "Type the figures" },
  takeUp: { id: "Mulai dibacakan", en: "Take up" },
  list: { id: "Daftar TPS", en: "Stations" },
  find: { id: "Cari partai atau calon", en: "Find a party or candidate" },
  before: { id: "TPS sebelumnya", en: "Station before" },
  after: { id: "TPS sesudahnya", en: "Station after" },
  fold: { id: "Buka atau tutup rincian partai", en: "Open or close the parties" },
  // ---- parts of the form
  figures: { id: "Angka C.Hasil", en: "Figures of the sheet" },
  voters: { id: "I. Pemilih", en: "I. Voters" },
  ballots: { id: "II. Surat suara", en: "II. Ballots" },
  disabled: { id: "III. Disabilitas", en: "III. Disabled voters" },
  votes: { id: "IV. Perolehan suara", en: "IV. Votes" },
  totals: { id: "V. Sah dan tidak sah", en: "V. Valid and invalid" },
  valid: { id: "Suara sah", en: "Valid votes" },
  invalid: { id: "Suara tidak sah", en: "Invalid votes" },
  male: { id: "L", en: "M" },
  female: { id: "P", en: "F" },
  sum: { id: "Jml", en: "Sum" },
  addedUp: { id: "Jumlah IV, dihitung", en: "IV, added up" },
  partyOwn: { id: "Suara partai", en: "For the party" },
  partyTotal: { id: "Jumlah tertulis", en: "Total as written" },
  partyAdded: { id: "dihitung", en: "added up" },
  notReported: { id: "tidak tertulis", en: "not written" },
  withdrawn: { id: "dicoret", en: "struck" },
  // ---- photos
  photos: { id: "Foto C.Hasil", en: "Photos of the sheet" },
  page: { id: "Lembar", en: "Page" },
  of: { id: "dari", en: "of" },
  nextPage: { id: "Lembar foto berikutnya", en: "Next page" },
  nextShort: { id: "Berikutnya", en: "Next" },
  previousPage: { id: "Lembar foto sebelumnya", en: "Page before" },
  zoomIn: { id: "Perbesar foto", en: "Enlarge" },
  zoomOut: { id: "Perkecil foto", en: "Make smaller" },
  rotate: { id: "Putar foto", en: "Turn" },
  noPhotos: { id: "Foto C.Hasil TPS ini belum masuk.", en: "No photo of this station's sheet has come." },
  noPhotosDo: {
    id: "Bacakan dari kertas di dalam kotak. Foto muncul di sini begitu dikirim KPPS.",
    en: "Read from the paper in the box. Photos appear here as soon as the station sends them.",
  },
  // ---- states
  notOpen: {
    id: "Rapat ini belum dibuka. Ketua membukanya di halaman Rapat sebelum TPS pertama dibacakan.",
    en: "This plenary has not been opened. The chair opens it on its first page before the first station is read.",
  },
  paused: {
    id: "Rapat sedang diskors. Pembacaan dilanjutkan setelah ketua mencabut skors.",
    en: "The plenary is in recess. Reading goes on when the chair has ended it.",
  },
  heldHere: { id: "C.Hasil ini disimpan di laptop ini", en: "This sheet is held on this laptop" },
  heldHereDo: {
    id: "Pusat belum menerimanya; pembacaannya berlaku. Lembarnya dikirim begitu ada sambungan.",
    en: "The centre has not got it yet; a reading of it stands. The sheet is sent as soon as there is a line.",
  },
  noSheet: { id: "C.Hasil TPS ini belum masuk", en: "This station's sheet has not come" },
  noSheetDo: {
    id: "Ketik angkanya dari kertas di dalam kotak, dua kali. Atau tunda dan lanjutkan ke TPS berikutnya.",
    en: "Type the figures from the paper in the box, twice. Or put it off and go on.",
  },
  isRead: { id: "Sudah dibacakan", en: "Has been read" },
  isPostponed: { id: "Ditunda", en: "Put off" },
  heldTitle: { id: "Angkanya belum cocok", en: "The figures do not match" },
  heldDo: {
    id: "Betulkan (B) atau tetapkan berdua dengan catatan (N).",
    en: "Correct it (B), or adopt it by two persons with a note (N).",
  },
  notHere: { id: "TPS dibacakan di kecamatan", en: "Stations are read in the kecamatan" },
  notHereDo: {
    id: "Di tingkat ini sebuah TPS dibetulkan dari halaman D.Hasil: pilih hasilnya, lalu TPS-nya.",
    en: "At this level a station is corrected from the certificates' page: choose the result, then the station.",
  },
  toCertificates: { id: "Ke halaman D.Hasil", en: "To the certificates" },
  allDone: { id: "Semua TPS panel ini sudah dibaca", en: "This panel has read all its stations" },
  allDoneDo: { id: "Selanjutnya cermati draf D.Hasil.", en: "Next, inspect the draft of the certificate." },
  putOffLeft: { id: "Tinggal TPS yang ditunda", en: "Only stations that were put off are left" },
  putOffLeftDo: {
    id: "Pilih TPS yang sudah dapat dibacakan. Setelah semuanya dibaca, cermati draf D.Hasil.",
    en: "Choose a station that can now be read. When all are read, inspect the draft of the certificate.",
  },
  rivals: {
    id: "Ada C.Hasil lain dari TPS ini dengan angka berbeda. Cocokkan keduanya dengan kertas.",
    en: "There is another sheet of this station with other figures. Match both with the paper.",
  },
  changedTitle: { id: "Baru saja berubah", en: "Changed just now" },
  changedReading: {
    id: "TPS ini baru dibacakan di meja lain. Angka yang berbeda ditandai.",
    en: "This station has just been read at another desk. What differs is marked.",
  },
  changedSheet: {
    id: "C.Hasil baru dari TPS ini baru saja masuk. Angka yang berbeda ditandai.",
    en: "A new sheet of this station has just come. What differs is marked.",
  },
  seeFirst: {
    id: "TPS ini berubah sementara Anda bekerja. Lihat apa yang berubah, tekan Mengerti, lalu tetapkan lagi.",
    en: "This station changed while you worked. Look at what changed, press Understood, then decide again.",
  },
  understood: { id: "Mengerti", en: "Understood" },
  loading: { id: "Mengambil TPS ini…", en: "Fetching this station…" },
  was: { id: "tadinya", en: "was" },
  addsUp: { id: "Semua penjumlahan cocok.", en: "Every sum holds." },
  remarks: { id: "Catatan pemeriksaan", en: "Remarks" },
  // ---- desa
  desaTotal: { id: "Jumlah berjalan desa", en: "Running total of the desa" },
  stationsRead: { id: "TPS dibaca", en: "stations read" },
  // ---- panels
  panels: { id: "Panel yang dibacakan di meja ini", en: "The panel that is read at this table" },
  otherPanel: { id: "Ke panel lain", en: "To another panel" },
  panelPaused: { id: "diskors", en: "in recess" },
  // ---- typing
  correcting: { id: "Membetulkan", en: "Correcting" },
  recounting: { id: "Hasil hitung ulang", en: "Result of the recount" },
  typing: { id: "Mengetik dari kertas", en: "Typing from the paper" },
  first: { id: "Ketikan pertama", en: "First typing" },
  second: { id: "Ketikan kedua", en: "Second typing" },
  firstDoChanges: {
    id: "Ubah angka yang salah. Enter ke angka berikutnya.",
    en: "Change what is wrong. Enter goes to the next figure.",
  },
  firstDoAll: { id: "Ketik semua angka menurut urutan kertas.", en: "Type every figure in the order of the paper." },
  secondDo: {
    id: "Ketik sekali lagi dari kertas; ketikan pertama disembunyikan.",
    en: "Type it once more from the paper; the first typing is hidden.",
  },
  differed: {
    id: "Dua ketikan berbeda. Lihat kertasnya, lalu ketik lagi yang ditandai:",
    en: "The two typings differ. Look at the paper, then type again what is marked:",
  },
  finishStage: { id: "Selesai mengetik", en: "Typing is done" },
  cancel: { id: "Batal", en: "Cancel" },
  discard: { id: "Buang ketikan", en: "Discard what was typed" },
  resumed: { id: "Ketikan yang belum selesai dilanjutkan.", en: "Unfinished typing goes on." },
  nothingChanged: {
    id: "Tidak ada angka yang diubah. Tekan Esc lalu Enter bila memang sesuai.",
    en: "No figure was changed. Press Esc, then Enter if it agrees.",
  },
  stillHeld: {
    id: "Angka yang diketik masih belum cocok. Periksa lagi, atau batalkan dan tetapkan dengan catatan (N).",
    en: "The typed figures still do not add up. Check again, or cancel and adopt with a note (N).",
  },
  // ---- details of a change
  details: { id: "Keterangan pembetulan", en: "About the correction" },
  noteTitle: { id: "Tetapkan dengan catatan", en: "Adopt with a note" },
  noteLead: {
    id: "Kertasnya tidak dapat dibetulkan. Dua orang menetapkannya apa adanya, dengan alasan dan nomor kejadian khusus.",
    en: "The paper cannot be mended. Two persons adopt it as it is, with a reason and the number of an incident.",
  },
  reason: { id: "Alasan", en: "Reason" },
  chooseReason: { id: "Pilih alasan…", en: "Choose a reason…" },
  reasonMissing: { id: "Pilih alasannya dahulu.", en: "Choose the reason first." },
  incident: { id: "Nomor kejadian khusus", en: "Number of the incident" },
  incidentMissing: {
    id: "Tulis nomor kejadian khusus; catat dahulu kejadiannya bila belum.",
    en: "Write the number of the incident; record it first if it is not.",
  },
  recordedAs: { id: "No.", en: "No." },
  recordIncident: { id: "Catat kejadian khusus TPS ini", en: "Record an incident of this station" },
  optional: { id: "boleh kosong", en: "may be left empty" },
  initials: { id: "Paraf saksi", en: "Initials of witnesses" },
  noMandates: {
    id: "Belum ada saksi yang menunjukkan surat mandat.",
    en: "No witness has shown a mandate yet.",
  },
  initialled: { id: "memaraf", en: "initialled" },
  refusedInitial: { id: "menolak", en: "refused" },
  absent: { id: "tidak ada", en: "not there" },
  // ---- who asked for a recount, and who counted
  asked: { id: "Yang meminta hitung ulang", en: "Who asked for the recount" },
  counted: { id: "Yang menghitung", en: "Who counted" },
  askedMissing: {
    id: "Tandai siapa yang meminta hitung ulang: saksi atau pengawas. Bila karena putusan pengadilan, pilih alasan itu.",
    en: "Mark who asked for the recount: a witness or the supervisor. Where a court ruled so, choose that reason.",
  },
  countedMissing: {
    id: "Tandai sekurangnya satu orang yang menghitung.",
    en: "Mark at least one person who counted.",
  },
  evidence: { id: "Foto bukti", en: "Photo as evidence" },
  evidenceLater: {
    id: "Boleh menyusul sampai D.Hasil ditetapkan; yang belum ada tetap tercatat.",
    en: "May follow until the certificate; what is missing stays listed.",
  },
  source: { id: "Dibaca dari", en: "Read from" },
  fromBox: { id: "C.Hasil di dalam kotak", en: "The sheet in the box" },
  fromCopy: { id: "Salinan C.Hasil", en: "A copy of the sheet" },
  adopt: { id: "Tetapkan", en: "Adopt" },
  changes: { id: "Yang dibetulkan", en: "What is corrected" },
  // ---- putting off
  postponeTitle: { id: "Tunda TPS ini", en: "Put this station off" },
  postponeLead: { id: "Tekan nomor alasannya.", en: "Press the number of the reason." },
  // ---- list
  listTitle: { id: "Lompat ke TPS", en: "Go to a station" },
  listField: { id: "Nomor TPS", en: "Number of the station" },
  stateNone: { id: "belum masuk", en: "no sheet" },
  stateIncomplete: { id: "belum lengkap", en: "incomplete" },
  stateHeld: { id: "belum cocok", en: "does not match" },
  statePosted: { id: "siap dibaca", en: "ready" },
  findTitle: { id: "Cari partai atau calon", en: "Find a party or candidate" },
  findField: { id: "Nomor partai atau nama", en: "Number of the party, or a name" },
  nothingFound: { id: "Tidak ditemukan.", en: "Nothing found." },
} as const satisfies Readonly<Record<string, Text>>;
