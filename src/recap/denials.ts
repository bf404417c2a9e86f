/** What the desk does not grant, in both languages and with what to do next. */
import type { Text } from "../election/text.ts";

/** Why a request of the desk cannot be granted. */
export interface Denied {
  readonly code: "unknown" | "not-allowed" | "malformed" | "later";
  readonly message: Text;
}

const denied = (code: Denied["code"], id: string, en: string): Denied => ({ code, message: { id, en } });

export const NO_HALL = denied(
  "unknown",
  "Rapat wilayah ini tidak diadakan di sini.",
  "There is no plenary of this region here.",
);
export const NO_ROLE = denied(
  "not-allowed",
  "Kunci ini tidak bertugas di rapat ini. Pilih rapat yang benar, atau hubungi ketua.",
  "This key has no role in this plenary. Choose the right plenary, or ask its chair.",
);
export const LATE = denied(
  "not-allowed",
  "Waktu untuk masuk habis. Coba masuk sekali lagi.",
  "The time to sign in has run out. Try once more.",
);
export const NOT_CHAIR = denied(
  "not-allowed",
  "Hanya ketua yang membuat kartu untuk wilayahnya. Minta ketua masuk dahulu.",
  "Only a chair makes cards for the region. Have the chair sign in first.",
);
export const NOT_TRIED = denied(
  "not-allowed",
  "Peran ini tidak dapat dicoba di sini.",
  "This role cannot be tried here.",
);
export const NO_ROOT = denied(
  "not-allowed",
  "Kunci induk tidak ada di komputer ini. Pasang kembali keys/root, lalu jalankan ulang.",
  "The root key is not on this machine. Bring keys/root back and start again.",
);
export const NO_FIRST_CHAIR = denied(
  "malformed",
  "Daftar ini harus memuat seorang ketua KPU RI.",
  "The list must have a chair of the nation in it.",
);
export const NOT_WRITTEN = denied(
  "later",
  "Catatan belum bisa ditulis saat ini. Coba sekali lagi sebentar lagi.",
  "The log cannot be written right now. Try once more shortly.",
);
