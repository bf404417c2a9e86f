/**
 * Everything that the door can answer. A caller learns from the status alone whether trying again can help; the body says in
 * both languages what to do. `Retry-After` is spread at random, so that those turned away together do not return together.
 */
import type { Fault, Latest } from "../core/submission.ts";

export interface Answer {
  readonly status: number;
  readonly type: "text/plain; charset=utf-8" | "application/json";
  readonly body: string;
  /** Seconds; absent where trying again without a change cannot help. */
  readonly retryAfter?: number;
  /** Each character of the body is one byte of it: such a body leaves without being encoded (measured: a third of a refusal). */
  readonly isBytes?: true;
}

/** A text as bytes that are the characters of a string: see {@link Answer}. */
export function asBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** What an answer's body says. */
export function textOf({ body, isBytes }: Answer): string {
  return isBytes ? Buffer.from(body, "latin1").toString() : body;
}

/** 200, with a receipt: the note of a `teguh/receipt/v1`, {@link asBytes}. */
export function receiptAnswer(receipt: string): Answer {
  return { status: 200, type: "text/plain; charset=utf-8", body: receipt, isBytes: true };
}

export function jsonAnswer(status: number, value: unknown, retryAfter?: number): Answer {
  const answer = { status, type: "application/json", body: JSON.stringify(value) } as const;
  return retryAfter === undefined ? answer : { ...answer, retryAfter };
}

/** Refused for these reasons, all of them. */
export function faultsAnswer(status: number, faults: readonly Fault[], retryAfter?: number): Answer {
  return jsonAnswer(status, { faults }, retryAfter);
}

/** 409: not appended, since this is the current sheet (null: there is none). */
export function conflictAnswer(latest: Latest | null): Answer {
  return jsonAnswer(409, { latest: latest === null ? null : { id: latest.id, index: latest.index } });
}

const fault = (code: string, id: string, en: string, path?: string): Fault => ({
  code,
  ...(path === undefined ? {} : { path }),
  message: { id, en },
});

/** A refusal for one reason, put together once: a flood is answered with the same text again and again. */
const refusal = (status: number, code: string, id: string, en: string, path?: string): Answer => ({
  ...faultsAnswer(status, [fault(code, id, en, path)]),
  isBytes: true,
});

/** The same answer, with the whole seconds after which to come back. */
export function later(answer: Answer, seconds: number): Answer {
  return { ...answer, retryAfter: seconds };
}

export const NO_LENGTH = refusal(
  411,
  "no-length",
  "Kepala permintaan harus memuat Content-Length; pengiriman berpotongan (chunked) tidak diterima.",
  "The request's headers must state Content-Length; chunked bodies are not accepted.",
);
export const BAD_LENGTH = refusal(
  400,
  "no-length",
  "Content-Length harus berupa bilangan bulat dalam angka desimal.",
  "Content-Length must be a whole number in decimal digits.",
);
export const TOO_LONG = refusal(
  413,
  "too-long",
  "Kiriman terlalu besar. Foto dikirim terpisah, bukan bersama lembar ini.",
  "The request is too large. Photos are sent separately, not with the sheet.",
);
export const ENCODED = refusal(
  415,
  "encoded",
  "Kiriman tidak boleh dimampatkan (Content-Encoding).",
  "The request must not be compressed (Content-Encoding).",
);
export const NO_PASS = refusal(
  401,
  "no-pass",
  "Diperlukan pas yang masih berlaku: minta tantangan di /pass, tanda tangani, lalu kirim ulang dengan pas itu.",
  "A valid pass is needed: ask /pass for a challenge, sign it, then send again with that pass.",
);
export const TOO_OFTEN = refusal(
  429,
  "too-often",
  "Dengan pas ini terlalu banyak dikirim. Tunggu sebentar; lembar tetap tersimpan di perangkat.",
  "Too much was sent with this pass. Wait a moment; the sheet stays safe on the device.",
);
export const PASS_ABUSED = refusal(
  401,
  "pass-abused",
  "Pas ini disalahgunakan, mungkin oleh orang lain. Minta pas baru di /pass sekarang, lalu kirim ulang; pas lama berakhir.",
  "This pass was abused, perhaps by somebody else. Ask /pass for a new pass now, then send again; that ends the old one.",
);
export const PLACE_BUSY = refusal(
  429,
  "kecamatan-busy",
  "Kiriman dari kecamatan ini sedang terlalu banyak. Tunggu sebentar; lembar tetap tersimpan di perangkat.",
  "Too much is being sent from this kecamatan. Wait a moment; the sheet stays safe on the device.",
);
export const PASSES_SPENT = refusal(
  429,
  "too-often",
  "Kunci ini baru saja mendapat pas. Pakai pas itu, atau tunggu.",
  "This key was given a pass just now. Use it, or wait.",
);
export const BUSY = refusal(
  503,
  "busy",
  "Server sedang penuh. Coba lagi sebentar lagi; lembar tetap tersimpan di perangkat.",
  "The server is busy. Try again in a moment; the sheet stays safe on the device.",
);
export const TOO_SLOW = refusal(
  408,
  "too-slow",
  "Kiriman terhenti di tengah jalan. Kirim ulang seluruhnya.",
  "The request came to a halt half-way. Send all of it again.",
);
export const UNAVAILABLE = refusal(
  503,
  "unavailable",
  "Penyimpanan sedang tidak dapat dipakai. Coba lagi nanti; mengirim ulang aman.",
  "The store cannot be used at present. Try again later; sending again is safe.",
);
export const FULL = refusal(
  507,
  "full",
  "Tempat penyimpanan server penuh. Lembar ini belum tersimpan di sini; coba lagi nanti.",
  "The server's storage is full. This sheet has not been stored here; try again later.",
);
export const FAILED = refusal(
  500,
  "failed",
  "Terjadi kesalahan pada server. Kirim ulang nanti; mengirim ulang aman.",
  "Something failed in the server. Send again later; sending again is safe.",
);
export const BAD_CHALLENGE = refusal(
  401,
  "bad-challenge",
  "Tantangan ini bukan dari sini, sudah kedaluwarsa, atau sudah dijawab. Minta tantangan baru.",
  "This challenge was not made here, has expired or was answered already. Ask for a new one.",
  "challenge",
);
export const NOT_FOUND = refusal(404, "not-found", "Alamat ini tidak ada.", "There is nothing at this address.");
export const BAD_SIGNATURE = fault(
  "D",
  "Tanda tangan tidak cocok dengan isi lembar dan kunci perangkat.",
  "The signature does not fit the sheet and the device's key.",
  "signature",
);
export const ONE_SIGNATURE = fault(
  "D",
  "Lembar ditandatangani oleh tepat satu kunci dari pemilihan ini.",
  "A sheet is signed by exactly one key of this election.",
  "by",
);
export const NOT_A_SHEET = fault(
  "D",
  'Baris pertama harus "teguh/sheet/v1": hanya lembar C.Hasil diterima di sini.',
  'The first line must be "teguh/sheet/v1": only sheets are accepted here.',
  "type",
);
export const OTHER_ELECTION = fault(
  "D",
  "Lembar ini milik pemilihan lain.",
  "This sheet belongs to another election.",
  "election",
);
export const UNKNOWN_REGION = fault(
  "D",
  "Wilayah atau TPS ini tidak ada dalam pemilihan ini.",
  "This region or station is not part of this election.",
  "region",
);

/** What the centre has refused for good, as the place says that had handed it on. */
export function refusedElsewhere(code: string): Fault {
  return fault(
    code,
    "Lembar ini ditolak pusat. Bawa lembar kertasnya ke PPK; di rapat dapat diketik dari kertas.",
    "The centre has refused this sheet. Take the paper to the kecamatan committee; in the plenary it can be typed from paper.",
  );
}

/** A request whose form is wrong: `what` is the reader's own message, which is English and names the place. */
export function malformedNote(what: string): Fault {
  return fault("D", `Bentuk kiriman salah: ${what}`, `The request is malformed: ${what}`);
}
