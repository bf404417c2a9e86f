/**
 * One attempt to bring a photo to the door for photos, by tus with its own client (tus-js-client): it asks how much is there, and goes
 * on from that. Nothing is remembered of an upload: its address follows from the photo.
 */
import { DetailedError, Upload, type UploadOptions } from "tus-js-client";
import { reasonsIn } from "./door.ts";
import type { PhotoName, Reason } from "./outbox.ts";

export type PhotoAnswer =
  | { readonly kind: "published" }
  | { readonly kind: "refused"; readonly reasons: readonly Reason[] }
  | { readonly kind: "later"; readonly milliseconds: number }
  | { readonly kind: "no-pass" }
  | { readonly kind: "away" };

/** Bytes in memory, read alike in a browser and under node: the library's own readers differ. */
const BYTES: NonNullable<UploadOptions["fileReader"]> = {
  openFile: async (bytes: Uint8Array) => ({
    size: bytes.length,
    slice: async (from, to) => {
      const value = bytes.slice(from, to);
      // The library asks every kind of value for its size, as a Blob has it.
      return { value: Object.assign(value, { size: value.length }), done: to >= bytes.length };
    },
    close: () => undefined,
  }),
};

/** Brings a photo to a host (an address that ends with a slash); what a test puts in its place. */
export type SendPhoto = (
  host: string,
  name: PhotoName,
  bytes: Uint8Array,
  pass: string,
  signal: AbortSignal,
) => Promise<PhotoAnswer>;

/** Bytes in one request: so much is lost at most where a proxy swallows what does not arrive whole. */
const CHUNK = 512 * 1024;

export const sendPhoto: SendPhoto = (host, { station, contest, list, paper }, bytes, pass, signal) => {
  const { promise, resolve } = Promise.withResolvers<PhotoAnswer>();
  const endpoint = `${host}photo`;
  const upload = new Upload(bytes as unknown as Blob, {
    endpoint,
    fileReader: BYTES,
    uploadUrl: `${endpoint}/${paper}`,
    metadata: { station, contest, list, paper },
    headers: { authorization: `Teguh ${pass}` },
    chunkSize: CHUNK,
    // The courier decides when to try again: it knows of the sheets.
    retryDelays: null,
    storeFingerprintForResuming: false,
    onSuccess: () => resolve({ kind: "published" }),
    onError: (error) => resolve(answerIn(error)),
  });
  const stop = () => {
    void upload.abort();
    resolve({ kind: "away" });
  };
  signal.addEventListener("abort", stop, { once: true });
  upload.start();
  return promise.finally(() => signal.removeEventListener("abort", stop));
};

/** What was damaged on the way is sent again. */
const MENDED_BY_SENDING = new Set(["wrong-hash"]);

function answerIn(error: Error | DetailedError): PhotoAnswer {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (response === null) return { kind: "away" };
  if (response.getStatus() === 401) return { kind: "no-pass" };
  const seconds = Number(response.getHeader("retry-after") ?? Number.NaN);
  if (seconds >= 0) return { kind: "later", milliseconds: seconds * 1000 };
  const isRefusal = response.getStatus() >= 400 && response.getStatus() < 500;
  const reasons = isRefusal ? reasonsIn(response.getBody()) : null;
  if (reasons === null || reasons.every(({ code }) => MENDED_BY_SENDING.has(code))) return { kind: "away" };
  return { kind: "refused", reasons };
}
