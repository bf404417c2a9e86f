/** What the desk says over HTTP when something is not done, in both languages and with what to do next. */
import type { Text } from "../election/text.ts";
import type { PasskeyRefusal, SealRefusal } from "../recap/people.ts";

const text = (id: string, en: string): Text => ({ id, en });
export const NO_SESSION = text(
  "Belum ada yang masuk di perangkat ini. Masuk dahulu.",
  "Nobody is signed in on this device. Sign in first.",
);
export const NOT_OFFICER = text(
  "Hanya petugas rapat yang dapat melakukan ini.",
  "Only an officer of the plenary can do this.",
);
export const OTHER_HALL = text(
  "Anda masuk di rapat lain. Masuk di rapat ini dahulu.",
  "You are signed in to another plenary. Sign in to this one first.",
);
export const NO_HALL = text("Rapat wilayah ini tidak diadakan di sini.", "There is no plenary of this region here.");
export const UNKNOWN = text(
  "Alamat ini tidak ada. Kembali ke halaman depan.",
  "There is nothing at this address. Go back to the front page.",
);
export const NOT_OWN = text(
  "Permintaan ini bukan dari halaman meja pleno. Buka halamannya sendiri.",
  "This request does not come from the desk's page. Open the page itself.",
);
export const MALFORMED = text(
  "Permintaan ini tidak sesuai bentuknya. Muat ulang halaman.",
  "This request has not the form that it must have. Reload the page.",
);
export const TOO_LARGE = text("Yang dikirim terlalu besar.", "What was sent is too large.");
export const TOO_OFTEN = text(
  "Terlalu banyak percobaan. Tunggu sebentar, lalu coba lagi.",
  "Too many attempts. Wait a little and try again.",
);
export const LINK_USED = text(
  "Tautan layar ini sudah dipakai atau kedaluwarsa. Minta yang baru kepada petugas.",
  "This screen's link has been used or is too old. Ask an officer for a new one.",
);
export const NEEDS_TLS = text(
  "Lewat jaringan, meja pleno dibuka dengan https saja. Buka alamat laptop induk dan ikuti langkahnya.",
  "Over the network the plenary desk is opened by https only. Open the main laptop's address and follow the steps.",
);
export const NEEDS_PAIRING = text(
  "Perangkat ini belum dipasangkan dengan laptop induk. Minta kode di halaman Sambungan laptop induk.",
  "This device has not been paired with the main laptop. Ask for a code on its page Connection.",
);
export const CODE_USED = text(
  "Kode ini tidak cocok, sudah dipakai, atau lewat sepuluh menit. Minta kode baru di laptop induk.",
  "This code does not fit, has been used, or is older than ten minutes. Ask for a new one at the main laptop.",
);
export const SET_UP = text(
  "Meja ini sudah disiapkan. Minta ketua membuat kartu.",
  "This desk has been set up. Ask the chair for a card.",
);
export const WRONG_SECRET = text(
  "Kode dari layar komputer induk tidak cocok. Ketik lagi dengan teliti.",
  "This is not the code that the main machine's console shows. Type it again with care.",
);
export const BROKEN = text(
  "Ada gangguan di program meja. Yang sudah dinyatakan aman; coba lagi.",
  "Something is wrong with the desk's program. What has been stated is safe; try again.",
);
export const SEAL_WORDS: Readonly<Record<SealRefusal, Text>> = {
  unknown: text("Kunci ini tidak disimpan di sini.", "This key is not kept here."),
  used: text(
    "PIN untuk kartu ini sudah dipilih. Jika lupa, minta kartu baru kepada ketua.",
    "The PIN of this card has been chosen. If it is forgotten, ask the chair for a new card.",
  ),
  signature: text(
    "Hanya pemegang kartu yang dapat memilih PIN-nya.",
    "Only the holder of the card can choose its PIN.",
  ),
};
export const PASSKEY_WORDS: Readonly<Record<PasskeyRefusal | "late", Text>> = {
  unknown: SEAL_WORDS.unknown,
  signature: text(
    "Hanya pemegang kunci yang dapat menambah passkey-nya. Ulangi dengan kartu dan PIN.",
    "Only the holder of the key can add a passkey to it. Try again with card and PIN.",
  ),
  salt: text(
    "Passkey lain baru saja ditambahkan untuk kunci ini. Muat ulang halaman, lalu coba lagi.",
    "Another passkey has just been added to this key. Reload the page and try again.",
  ),
  late: text(
    "Waktu untuk menambah passkey habis. Coba sekali lagi.",
    "The time to add the passkey has run out. Try once more.",
  ),
  many: text(
    "Kunci ini sudah punya lima passkey. Hapus satu dahulu.",
    "This key has five passkeys already. Remove one first.",
  ),
};
export const NOT_YOURS = text(
  "Hanya pemegang kunci yang dapat menghapus passkey-nya. Masuk dengan kunci itu dahulu.",
  "Only the holder of a key can remove its passkeys. Sign in with that key first.",
);
