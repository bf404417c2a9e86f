/** Words of the page of connections: how far the centre is, and who writes which log. */
import type { Text } from "../../../src/election/text.ts";

export const WORDS = {
  title: { id: "Sambungan", en: "Connection" },
  laptopLead: {
    id: "Rapat ini ditulis di laptop ini. Semua fungsi tetap berjalan tanpa sambungan ke pusat.",
    en: "This plenary is written on this laptop. Everything works without a line to the centre.",
  },
  centreLead: {
    id: "Rapat ini dilihat dari pusat. Bila catatannya ditulis laptop kecamatan, tulislah di laptop itu.",
    en: "This plenary is seen from the centre. If its log is written by the kecamatan's laptop, write there.",
  },
  custodyLead: {
    id: "Catatan rapat tiap kecamatan ditulis di satu tempat saja: di pusat, atau di laptop kecamatan. Yang memindahkan adalah ketua.",
    en: "The log of each kecamatan's plenary is written in one place only: at the centre, or on the kecamatan's laptop. The chair moves it.",
  },

  // ---- how far the centre is
  status: { id: "Pusat", en: "The centre" },
  together: { id: "Pusat sudah punya semuanya", en: "The centre has everything" },
  behind: { id: "Ada yang belum di pusat", en: "Not all is at the centre yet" },
  never: { id: "Pusat belum pernah tersambung", en: "The centre was never reached" },
  away: { id: "Tidak tersambung ke pusat", en: "Not connected to the centre" },
  connected: { id: "Tersambung ke pusat", en: "Connected to the centre" },
  since: { id: "sejak", en: "since" },
  heard: { id: "Terakhir terhubung", en: "Last heard" },
  noAddress: {
    id: "Laptop ini tidak punya alamat pusat. Bawa stik, atau minta berkas kecamatan yang baru.",
    en: "This laptop has no address of the centre. Carry a stick, or ask for a newer bundle.",
  },
  awayDo: {
    id: "Rapat jalan terus. Yang ditulis terkirim sendiri begitu ada sambungan; bila lama, bawa stik ke KPU kabupaten/kota.",
    en: "The plenary goes on. What is written is sent by itself as soon as there is a line; if that takes long, carry a stick to the kabupaten.",
  },
  log: { id: "Catatan", en: "Log" },
  here: { id: "Di sini", en: "Here" },
  there: { id: "Di pusat", en: "At the centre" },
  difference: { id: "Selisih", en: "Difference" },
  ownLog: { id: "Rapat ini", en: "This plenary" },
  sheetLog: { id: "C.Hasil TPS", en: "Sheets of the stations" },
  nationLog: { id: "Rapat nasional", en: "The nation's plenary" },
  plenaryOf: { id: "Rapat", en: "Plenary of" },
  same: { id: "sama", en: "the same" },
  toSend: { id: "belum dikirim", en: "to be sent" },
  toFetch: { id: "belum diambil", en: "to be fetched" },
  heldSheets: { id: "C.Hasil disimpan, belum diterima pusat", en: "Sheets held, not at the centre yet" },

  // ---- the key
  keyTitle: { id: "Kunci laptop ini", en: "Key of this laptop" },
  keyHelp: {
    id: "Untuk menyerahkan penulisan ke laptop ini, ketua KPU kabupaten/kota memindai kode ini atau menyalin kuncinya, lalu mencocokkan enam belas huruf di bawah lewat telepon.",
    en: "To hand the log to this laptop the chair of the kabupaten scans this code or copies the key, and compares the sixteen letters below by telephone.",
  },
  copy: { id: "Salin kunci", en: "Copy the key" },
  copied: { id: "Tersalin", en: "Copied" },

  // ---- the stick
  stickTitle: { id: "Bawa dengan stik", en: "Carry on a stick" },
  stickHelp: {
    id: "Berkas ini boleh dibawa siapa pun: isinya bertanda tangan dan tidak dapat diubah. Dibawa dua kali tidak apa-apa.",
    en: "Anyone may carry this file: what is in it is signed and cannot be altered. Carried twice does no harm.",
  },
  takeStick: { id: "Simpan berkas catatan", en: "Save the file of logs" },
  bringStick: { id: "Masukkan berkas dari stik", en: "Take in a file from a stick" },
  bringing: { id: "Membaca berkas…", en: "Reading the file…" },
  brought: { id: "Hasil berkas terakhir", en: "What the last file brought" },
  nothingNew: { id: "tidak ada yang baru", en: "nothing new" },
  entries: { id: "catatan baru", en: "new entries" },

  // ---- sheets
  sheetsTitle: { id: "C.Hasil dari layar ponsel", en: "Sheets from a phone's screen" },
  sheetsHelp: {
    id: "Ponsel yang tidak tersambung menampilkan lembarnya sebagai beberapa kode QR. Arahkan kamera laptop ini ke layarnya.",
    en: "A phone without a line shows its sheet as several QR codes. Point this laptop's camera at its screen.",
  },
  openCamera: { id: "Buka kamera", en: "Open the camera" },
  closeCamera: { id: "Tutup kamera", en: "Close the camera" },
  choosePicture: { id: "Pilih foto kode QR", en: "Choose a picture of a QR code" },
  noCamera: {
    id: "Kamera tidak dapat dibuka di sini. Pakai laptop induk, atau potret kodenya lalu pilih fotonya.",
    en: "The camera cannot be opened here. Use the main laptop, or photograph the code and choose the picture.",
  },
  noCode: {
    id: "Tidak ada kode yang terbaca di foto itu. Potret lebih dekat dan tegak.",
    en: "No code could be read in that picture. Take it closer and straight.",
  },
  otherCode: { id: "Kode itu bukan C.Hasil.", en: "That code is no sheet." },
  brokenCodes: {
    id: "Kode-kodenya tidak cocok satu sama lain. Mulai lagi dari kode pertama.",
    en: "The codes do not fit together. Begin again with the first.",
  },
  codesRead: { id: "kode terbaca dari", en: "codes read of" },
  sheetHeld: { id: "Disimpan di laptop ini", en: "Held on this laptop" },
  sheetThere: { id: "Sudah di pusat", en: "At the centre already" },
  receivedSheets: { id: "Yang baru diterima", en: "Just taken in" },

  // ---- what does not go as it should
  hindrance: { id: "Belum boleh menulis di sini", en: "Nothing may be written here" },
  troubles: { id: "Yang perlu dilihat", en: "What needs a look" },
  withheld: {
    id: "Pusat menampilkan lebih sedikit daripada yang pernah ditandatanganinya. Simpan stik ini baik-baik dan beri tahu pengawas.",
    en: "The centre shows less than it once signed. Keep this stick safe and tell the supervisor.",
  },
  forkTitle: { id: "Dua riwayat yang bertentangan", en: "Two histories that contradict each other" },
  forkHelp: {
    id: "Keduanya bertanda tangan dan tidak mungkin sama-sama benar. Tidak ada yang digabung. Perlihatkan kepada pengawas.",
    en: "Both are signed and cannot both be true. Nothing was merged. Show them to the supervisor.",
  },
  ours: { id: "Yang ada di sini", en: "What is here" },
  theirs: { id: "Yang bertentangan", en: "What contradicts it" },
  apartTitle: { id: "Ditulis sesudah diserahkan", en: "Written after the hand-over" },
  apartHelp: {
    id: "Laptop lama masih menulis sesudah penulisan dipindahkan. Catatan itu disimpan terpisah sebagai bukti dan tidak dihitung.",
    en: "The old laptop went on after the log had been handed over. Those entries are kept apart as evidence and count for nothing.",
  },
  entryRange: { id: "catatan", en: "entries" },

  // ---- custody
  writersTitle: { id: "Siapa menulis", en: "Who writes" },
  kecamatan: { id: "Kecamatan", en: "Kecamatan" },
  writtenBy: { id: "Ditulis oleh", en: "Written by" },
  centre: { id: "pusat", en: "the centre" },
  laptop: { id: "laptop", en: "laptop" },
  atCentre: { id: "Catatan di pusat", en: "Entries at the centre" },
  lastHeard: { id: "Terakhir terhubung", en: "Last heard" },
  notHeard: { id: "belum pernah", en: "never" },
  handTitle: { id: "Serahkan penulisan ke laptop", en: "Hand a log to a laptop" },
  handHelp: {
    id: "Dari saat ini pusat tidak menulis lagi di catatan kecamatan itu. Kunci ada di halaman Sambungan laptopnya.",
    en: "From then on the centre writes nothing more into that log. The key is on the laptop's page Connection.",
  },
  handLost: {
    id: "Catatan ini sedang ditulis laptop lain. Pindahkan hanya bila laptop itu rusak atau hilang: yang ditulisnya dan belum sampai di pusat tidak ikut, dan kelak disimpan terpisah sebagai bukti.",
    en: "This log is being written by another laptop. Move it only if that one is broken or lost: what it wrote and has not sent does not come along, and is later kept apart as evidence.",
  },
  key: { id: "Kunci laptop", en: "Key of the laptop" },
  keyShort: { id: "Cocokkan lewat telepon", en: "Compare by telephone" },
  scanKey: { id: "Pindai kode kunci", en: "Scan the key's code" },
  hand: { id: "Serahkan penulisan", en: "Hand over" },
  backTitle: { id: "Ambil kembali ke pusat", en: "Take a log back" },
  backHelp: {
    id: "Sesudah rapat selesai dan semuanya sudah di pusat, pusat menulis lagi. Yang belum sampai di pusat tidak ikut.",
    en: "When the plenary is over and everything is at the centre, the centre writes again. What has not arrived does not come along.",
  },
  back: { id: "Ambil kembali", en: "Take back" },
  noneAway: { id: "Semua catatan ditulis di pusat.", en: "Every log is written at the centre." },
} as const satisfies Readonly<Record<string, Text>>;

export const NEED_REGION: Text = { id: "Pilih kecamatannya.", en: "Choose the kecamatan." };
export const NEED_KEY: Text = {
  id: "Salin atau pindai kunci dari halaman Sambungan laptopnya.",
  en: "Copy or scan the key from the laptop's page Connection.",
};
