/**
 * Every reason for which the sequencer does not append, in words that tell the person what to do next.
 */
import { MAX_RIVALS } from "../tally/sheets.ts";
import type { KeyStanding } from "./standings.ts";
import type { Fault } from "./submission.ts";

type NotStanding = (KeyStanding & { readonly ok: false })["why"];

const STANDING: Readonly<Record<NotStanding, Fault>> = {
  unknown: {
    code: "key-unknown",
    path: "by",
    message: {
      id: "Kunci perangkat ini belum dikenal di sini; penugasannya mungkin belum tiba. Coba lagi sebentar lagi, lembar ini jangan dihapus.",
      en: "The key of this device is not known here yet; its grant may not have arrived. Try again shortly and keep this sheet.",
    },
  },
  revoked: {
    code: "key-revoked",
    path: "by",
    message: {
      id: "Kunci perangkat ini sudah dicabut. Hubungi PPK untuk mendapat kunci baru.",
      en: "The key of this device has been revoked. Ask the kecamatan committee for a new one.",
    },
  },
  "other-station": {
    code: "D",
    path: "station",
    message: {
      id: "Kunci perangkat ini bukan untuk TPS ini. Periksa nomor TPS, atau hubungi PPK.",
      en: "The key of this device is not granted for this station. Check the station's number, or ask the kecamatan committee.",
    },
  },
  role: {
    code: "key-role",
    path: "by",
    message: {
      id: "Kunci ini tidak ditugaskan untuk mengirim C.Hasil. Gunakan perangkat TPS.",
      en: "This key has no role that may send a sheet. Use the station's device.",
    },
  },
};

/** Why a key may not sign a sheet of the station. */
export function notStanding(why: NotStanding): Fault {
  return STANDING[why];
}

export const TOO_MANY_RIVALS: Fault = {
  code: "too-many-rivals",
  path: "previous",
  message: {
    id: `Kunci ini sudah mengirim ${MAX_RIVALS} versi lain untuk TPS ini. Ambil versi terkini, lalu kirim pembetulan yang menyebut versi itu.`,
    en: `This key has already sent ${MAX_RIVALS} other versions for this station. Fetch the current one and send a correction that names it.`,
  },
};

export const NO_ELECTION: Fault = {
  code: "no-election",
  message: {
    id: "Pemilihan belum dibuka di sini: definisinya belum tersedia. Coba lagi nanti.",
    en: "The election has not been opened here: it has no definition yet. Try again later.",
  },
};

export const WRITTEN_ELSEWHERE: Fault = {
  code: "written-elsewhere",
  message: {
    id: "Catatan wilayah ini sekarang ditulis di tempat lain. Kirim ke tempat itu, atau tanyakan PPK.",
    en: "The log of this region is now written elsewhere. Send it there, or ask the kecamatan committee.",
  },
};
