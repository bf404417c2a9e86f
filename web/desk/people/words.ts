/** Sentences about people, cards and PINs. */
import type { Text } from "../../../src/election/text.ts";

export const PEOPLE_WORDS = {
  // ---- why a key does not open
  wrong: {
    id: "Kartu dan PIN tidak cocok. Ketik PIN sekali lagi; bila tetap tidak cocok, periksa kode kartunya.",
    en: "Card and PIN do not fit. Type the PIN once more; if it still does not fit, check the card's code.",
  },
  "too-many": {
    id: "PIN lima kali tidak cocok. Tunjukkan kartunya sekali lagi.",
    en: "The PIN did not fit five times. Show the card once more.",
  },
  "no-key": {
    id: "Meja ini tidak menyimpan kunci orang itu. Minta ketua menerbitkan kartu di meja ini.",
    en: "This desk does not keep that person's key. Ask the chair to issue a card at this desk.",
  },
  revoked: {
    id: "Kartu ini sudah dicabut dan tidak berlaku. Minta kartu baru kepada ketua.",
    en: "This card has been revoked and is not valid. Ask the chair for a new one.",
  },
  "no-prf": {
    id: "Passkey ini tidak dapat membuka kunci: perangkatnya belum mendukung. Pakai kartu dan PIN, atau perangkat lain.",
    en: "This passkey cannot open a key: its device does not support it yet. Use card and PIN, or another device.",
  },
  "passkey-left": {
    id: "Passkey tidak diberikan. Coba sekali lagi, atau pakai kartu dan PIN.",
    en: "No passkey was given. Try once more, or use card and PIN.",
  },
  "passkey-known": {
    id: "Perangkat ini sudah menyimpan passkey untuk kunci ini.",
    en: "This device holds a passkey of this key already.",
  },
  "passkey-wrong": {
    id: "Passkey ini tidak membuka kunci di meja ini. Masuk dengan kartu dan PIN, lalu hapus passkey itu dan buat yang baru.",
    en: "This passkey does not open the key at this desk. Sign in with card and PIN, remove the passkey and make a new one.",
  },
  // ---- passkeys
  byPasskey: { id: "Masuk dengan passkey", en: "Sign in with a passkey" },
  orCard: { id: "Atau dengan kartu:", en: "Or with the card:" },
  myKeyLead: {
    id: "Kartu dan PIN selalu dapat dipakai. Passkey di ponsel atau kunci keamanan Anda sendiri dapat membukanya juga, tanpa kartu.",
    en: "Card and PIN always work. A passkey on your own phone or security key may open it too, without the card.",
  },
  passkeys: { id: "Passkey", en: "Passkeys" },
  passkeysNone: { id: "Belum ada passkey untuk kunci ini.", en: "This key has no passkey yet." },
  passkeyAdded: { id: "Ditambahkan", en: "Added" },
  passkeyRemove: { id: "Hapus", en: "Remove" },
  passkeyRemoveLead: {
    id: "Passkey ini tidak lagi membuka kunci Anda. Kartu dan PIN tetap berlaku.",
    en: "This passkey will no longer open your key. Card and PIN go on working.",
  },
  passkeyAdd: { id: "Tambah passkey", en: "Add a passkey" },
  passkeyAddLead: {
    id: "Buka dahulu dengan kartu dan PIN, lalu ikuti petunjuk peramban. Di laptop bersama pilih ponsel atau kunci keamanan Anda sendiri, jangan laptopnya.",
    en: "Open it with card and PIN first, then follow the browser. At a shared laptop choose your own phone or security key, not the laptop.",
  },
  passkeyDone: { id: "Passkey ditambahkan.", en: "The passkey has been added." },
  passkeyNotHere: {
    id: "Passkey tidak dapat dipakai di alamat ini: diperlukan nama domain dan sambungan aman (https). Di jaringan rapat pakai kartu dan PIN.",
    en: "Passkeys cannot be used at this address: they need a domain name and a safe connection (https). In the hall's network use card and PIN.",
  },
  passkeyTrial: {
    id: "Peran ini dicoba tanpa kartu, jadi tidak ada kunci yang dapat diberi passkey.",
    en: "This role is tried without a card, so there is no key to give a passkey to.",
  },
  passkeyElsewhere: {
    id: "Kunci Anda tidak disimpan di meja ini, jadi tidak dapat diberi passkey di sini.",
    en: "Your key is not kept at this desk, so it cannot be given a passkey here.",
  },
  passkeyMost: {
    id: "Sudah lima passkey. Hapus satu untuk menambah yang lain.",
    en: "There are five passkeys. Remove one to add another.",
  },
  passkeyCount: { id: "passkey", en: "passkeys" },
  // ---- signing in
  signIn: { id: "Masuk", en: "Sign in" },
  signInLead: {
    id: "Pilih nama Anda, lalu pindai atau ketik kode pada kartu.",
    en: "Choose your name, then scan or type the code on your card.",
  },
  who: { id: "Nama", en: "Name" },
  chooseName: { id: "Pilih nama…", en: "Choose a name…" },
  card: { id: "Kode kartu", en: "Code on the card" },
  cardHelp: {
    id: "28 huruf dan angka. Huruf kecil, spasi, dan tanda hubung boleh.",
    en: "28 letters and digits. Small letters, spaces and hyphens are fine.",
  },
  cameraOn: { id: "Pindai dengan kamera", en: "Scan with the camera" },
  cameraOff: { id: "Matikan kamera", en: "Turn the camera off" },
  noCard: {
    id: "Kode QR ini bukan kartu kunci. Tunjukkan kode pada kartu.",
    en: "This QR code is no key card. Show the code on the card.",
  },
  otherCard: {
    id: "Kartu ini milik orang yang tidak ada di daftar ini. Pilih rapat atau kartu yang benar.",
    en: "This card is of somebody who is not in this list. Choose the right plenary or card.",
  },
  pin: { id: "PIN", en: "PIN" },
  pinHelp: { id: "6 angka", en: "6 digits" },
  newPin: { id: "PIN baru", en: "New PIN" },
  pinAgain: { id: "Ketik PIN sekali lagi", en: "Type the PIN once more" },
  pinsDiffer: { id: "Kedua PIN tidak sama. Ketik ulang keduanya.", en: "The two PINs differ. Type both again." },
  firstUse: {
    id: "Kartu ini baru pertama kali dipakai. Buat PIN enam angka; mulai sekarang kartu hanya terbuka bersama PIN itu.",
    en: "This card is used for the first time. Make a PIN of six digits; from now on the card opens only together with it.",
  },
  makePin: { id: "Buat PIN dan masuk", en: "Make the PIN and sign in" },
  opening: { id: "Membuka kunci…", en: "Opening the key…" },
  nobody: {
    id: "Belum ada orang yang diberi kartu untuk rapat ini.",
    en: "Nobody has been given a card for this plenary yet.",
  },
  // ---- simulation
  tryTitle: { id: "Coba sebuah peran", en: "Try a role" },
  tryLead: {
    id: "Ini simulasi: masuk tanpa kartu, dengan nama dan suara rekaan.",
    en: "This is a simulation: sign in without a card, with invented names and votes.",
  },
  // ---- lock
  locked: { id: "Layar terkunci", en: "The screen is locked" },
  lockedLead: {
    id: "Yang sedang diketik tetap tersimpan. Ketik PIN untuk melanjutkan.",
    en: "What was being typed is kept. Type the PIN to go on.",
  },
  unlock: { id: "Lanjutkan", en: "Go on" },
  someoneElse: { id: "Orang lain masuk", en: "Somebody else signs in" },
  // ---- second person
  second: { id: "Konfirmasi orang kedua", en: "A second person confirms" },
  secondLead: {
    id: "Keputusan ini perlu dua orang. Periksa angkanya, lalu konfirmasi dengan PIN sendiri.",
    en: "This decision needs two persons. Check the figures, then confirm with your own PIN.",
  },
  secondChair: {
    id: "Keputusan ini perlu ketua dan satu orang lagi.",
    en: "This decision needs the chair and one more person.",
  },
  confirm: { id: "Konfirmasi", en: "Confirm" },
  confirmAs: { id: "Konfirmasi sebagai", en: "Confirm as" },
  // ---- people and cards
  fromAbove: { id: "Orang dari tingkat di atasnya", en: "People of the levels above" },
  peopleTitle: { id: "Orang dan kartu", en: "People and cards" },
  roleOf: { id: "Peran", en: "Role" },
  nameOf: { id: "Nama", en: "Name" },
  cardState: { id: "Kartu", en: "Card" },
  keyColumn: { id: "Kunci", en: "Key" },
  actions: { id: "Tindakan", en: "Actions" },
  stateUnused: { id: "Belum dipakai", en: "Not used yet" },
  stateUsed: { id: "Dipakai, ada PIN", en: "In use, has a PIN" },
  stateRevoked: { id: "Dicabut", en: "Revoked" },
  stateNotGranted: { id: "Belum ditugaskan", en: "Not granted" },
  stateElsewhere: { id: "Disimpan di tempat lain", en: "Kept elsewhere" },
  replace: { id: "Ganti kartu", en: "Replace the card" },
  replaceLead: {
    id: "Kartu lama langsung tidak berlaku, dan kartu baru dicetak untuk orang yang sama. Yang sudah ditandatangani tetap berlaku.",
    en: "The old card stops working at once, and a new one is printed for the same person. What was signed still stands.",
  },
  revoke: { id: "Cabut", en: "Revoke" },
  revokeLead: {
    id: "Pakai ini bila kartu hilang atau orangnya diganti. Kartu langsung tidak berlaku; yang sudah ditandatangani tetap berlaku.",
    en: "For a card that is lost or a person who is replaced. The card stops working at once; what was signed still stands.",
  },
  keep: { id: "Jangan", en: "Leave it" },
  issueTitle: { id: "Terbitkan kartu", en: "Issue cards" },
  issueLead: {
    id: "Nama disimpan di meja ini saja. Catatan rapat hanya memuat nomor acak dan perannya.",
    en: "Names are kept at this desk alone. The plenary's log holds a random number and the role.",
  },
  noNames: { id: "Tulis sekurangnya satu nama.", en: "Write at least one name." },
  anotherLine: { id: "Tambah orang", en: "Another person" },
  issue: { id: "Buat dan tugaskan", en: "Make and grant" },
  making: { id: "Membuat kartu…", en: "Making cards…" },
  cardsTitle: { id: "Kartu siap dicetak", en: "Cards to print" },
  cardsLead: {
    id: "Cetak sekarang dan bagikan langsung kepada orangnya. Kode ini tidak disimpan: setelah halaman ini ditutup tidak dapat ditampilkan lagi.",
    en: "Print now and hand each to its person. The codes are kept nowhere: once this page is closed they cannot be shown again.",
  },
  print: { id: "Cetak", en: "Print" },
  printed: { id: "Sudah dicetak, tutup", en: "Printed, close" },
  cardHead: { id: "Kartu kunci meja pleno", en: "Key card of the plenary desk" },
  cardQr: { id: "Kode QR kartu", en: "QR code of the card" },
  cardHow: {
    id: "Masuk di meja pleno: pilih nama, pindai atau ketik kode ini, buat PIN 6 angka. Simpan kartu ini; jangan difoto dan jangan dipinjamkan. Bila hilang, segera minta ketua mencabutnya.",
    en: "Sign in at the plenary desk: choose your name, scan or type this code, make a PIN of 6 digits. Keep this card; do not photograph or lend it. If it is lost, ask the chair to revoke it at once.",
  },
  cardKey: { id: "Kunci", en: "Key" },
  // ---- first run
  setUpTitle: { id: "Menyiapkan meja ini", en: "Setting up this desk" },
  setUpLead: {
    id: "Belum ada orang yang dapat menandatangani. Ketua pertama mendapat kartu di sini; sesudah itu ketua menerbitkan kartu untuk yang lain.",
    en: "Nobody can sign yet. The first chair gets a card here; after that the chair issues cards to the others.",
  },
  secret: { id: "Kode penyiapan", en: "Set-up code" },
  secretHelp: {
    id: "Tertulis di layar tempat program meja dijalankan.",
    en: "It is written on the screen where the desk's program was started.",
  },
  hallOf: { id: "Rapat", en: "Plenary" },
  noSecond: {
    id: "Tidak ada orang kedua yang berwenang dan memiliki kartu di meja ini.",
    en: "There is no second person with the role and a card at this desk.",
  },
} as const satisfies Readonly<Record<string, Text>>;
