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
  noSecond: {
    id: "Tidak ada orang kedua yang berwenang dan memiliki kartu di meja ini.",
    en: "There is no second person with the role and a card at this desk.",
  },
} as const satisfies Readonly<Record<string, Text>>;
