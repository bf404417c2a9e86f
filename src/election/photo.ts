/**
 * Whether bytes are a photo that may be published: JPEG, PNG or WebP from its first byte to its last, and nothing in it that
 * tells where, when or with what it was taken.
 *
 * Only the containers are read, never the pixels: whoever decodes untrusted pictures is attacked by them. What follows the
 * picture is refused too, since phones hide clips and places there.
 */
import type { Text } from "./text.ts";

/** Largest photo that is taken, in bytes. */
export const MOST_PHOTO_BYTES = 8 * 2 ** 20;
const LEAST_SIDE = 16;
const MOST_SIDE = 16_384;

export type PhotoType = "image/jpeg" | "image/png" | "image/webp";

export interface Photo {
  readonly type: PhotoType;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** What is wrong with it, in words that say what to do. */
export const PHOTO_FAULTS = {
  "too-large": {
    id: "Foto ini lebih dari 8 MB. Perkecil, lalu kirim lagi.",
    en: "This photo has more than 8 MB. Make it smaller and send it again.",
  },
  "not-a-photo": {
    id: "Ini bukan foto JPEG, PNG, atau WebP yang utuh. Ambil fotonya lagi.",
    en: "This is no whole JPEG, PNG or WebP photo. Take it again.",
  },
  "odd-size": {
    id: `Ukuran gambar ini tidak wajar: tiap sisi ${LEAST_SIDE} sampai ${MOST_SIDE} piksel.`,
    en: `This picture has an odd size: each side has ${LEAST_SIDE} to ${MOST_SIDE} pixels.`,
  },
  metadata: {
    id: "Foto ini masih memuat keterangan tersembunyi, misalnya lokasi atau nama kamera. Ambil lewat halaman meja pleno atau aplikasi TPS, yang menghapusnya sebelum mengirim.",
    en: "This photo still carries hidden details such as a place or a camera's name. Take it with the desk's page or the station's app, which remove them before sending.",
  },
} as const satisfies Readonly<Record<string, Text>>;
export type PhotoFault = keyof typeof PHOTO_FAULTS;

/** What the bytes are, or why they are no photo for us. Never throws. */
export function inspectPhoto(bytes: Uint8Array): Photo | PhotoFault {
  if (bytes.length > MOST_PHOTO_BYTES) return "too-large";
  const found = isJpeg(bytes) ? jpeg(bytes) : isPng(bytes) ? png(bytes) : isWebp(bytes) ? webp(bytes) : "not-a-photo";
  if (typeof found === "string") return found;
  const sides = [found.width, found.height];
  return sides.every((side) => side >= LEAST_SIDE && side <= MOST_SIDE) ? found : "odd-size";
}

/** The type of a picture by its first bytes; null if they are none of a picture. */
export function photoType(bytes: Uint8Array): PhotoType | null {
  if (isJpeg(bytes)) return "image/jpeg";
  if (isPng(bytes)) return "image/png";
  return isWebp(bytes) ? "image/webp" : null;
}

const isJpeg = (bytes: Uint8Array) => startsWith(bytes, [0xff, 0xd8, 0xff]);
const isPng = (bytes: Uint8Array) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const isWebp = (bytes: Uint8Array) => ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP";

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);
const ascii = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(at, at + length));
const viewOf = ({ buffer, byteOffset, length }: Uint8Array) => new DataView(buffer, byteOffset, length);

// ---------------------------------------------------------------- JPEG (ITU T.81 annex B)

const [SOI, EOI, SOS, APP0, APP15, COM] = [0xd8, 0xd9, 0xda, 0xe0, 0xef, 0xfe];
const SOF = new Set([0xc0, 0xc1, 0xc2]);
/** Application segments that describe the picture: JFIF, colour profile, Adobe's colour transform. */
const DESCRIBING = new Set([0xe0, 0xe2, 0xee]);

function jpeg(bytes: Uint8Array): Photo | PhotoFault {
  const view = viewOf(bytes);
  let size: { width: number; height: number } | null = null;
  let hasData = false;
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return "not-a-photo";
    const marker = bytes[at + 1] ?? 0;
    if (marker === EOI) {
      const isWhole = size !== null && hasData;
      return isWhole && at + 2 === bytes.length && size ? { type: "image/jpeg", ...size } : "not-a-photo";
    }
    if (marker === SOI || at + 4 > bytes.length) return "not-a-photo";
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return "not-a-photo";
    const isApplication = marker >= APP0 && marker <= APP15;
    if ((isApplication && !DESCRIBING.has(marker)) || marker === COM) return "metadata";
    if (SOF.has(marker)) {
      if (length < 8) return "not-a-photo";
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += 2 + length;
    if (marker === SOS) {
      hasData = true;
      at = endOfScan(bytes, at);
    }
  }
  return "not-a-photo";
}

/** Where the next marker stands: in a scan FF is followed by 00, or by a restart marker. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes[at + 1] ?? EOI;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}

// ---------------------------------------------------------------- PNG (ISO/IEC 15948)

/** Chunks that make the picture. Text, time and Exif are not among them. */
const PNG_CHUNKS = new Set("IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs".split(" "));

function png(bytes: Uint8Array): Photo | PhotoFault {
  const view = viewOf(bytes);
  let size: { width: number; height: number } | null = null;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = ascii(bytes, at + 4, 4);
    const end = at + 12 + length;
    if (end > bytes.length || (size === null) !== (name === "IHDR")) return "not-a-photo";
    if (name === "IHDR") size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (!PNG_CHUNKS.has(name)) return "metadata";
    if (name === "IEND") return size !== null && end === bytes.length ? { type: "image/png", ...size } : "not-a-photo";
    at = end;
  }
  return "not-a-photo";
}

// ---------------------------------------------------------------- WebP (RFC 9649)

const WEBP_CHUNKS = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"]);

function webp(bytes: Uint8Array): Photo | PhotoFault {
  const view = viewOf(bytes);
  if (view.getUint32(4, true) + 8 !== bytes.length) return "not-a-photo";
  let size: { width: number; height: number } | null = null;
  let hasData = false;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = ascii(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    const data = at + 8;
    if (data + length > bytes.length) return "not-a-photo";
    if (!WEBP_CHUNKS.has(name)) return "metadata";
    if (name !== "ICCP" && name !== "ALPH") {
      if (length < 10) return "not-a-photo";
      hasData ||= name !== "VP8X";
      size ??= webpSize(view, name, data);
    }
    at = data + length + (length % 2);
  }
  return size !== null && hasData ? { type: "image/webp", ...size } : "not-a-photo";
}

function webpSize(view: DataView, name: string, data: number): { width: number; height: number } {
  if (name === "VP8 ") {
    return { width: view.getUint16(data + 6, true) & 0x3fff, height: view.getUint16(data + 8, true) & 0x3fff };
  }
  if (name === "VP8L") {
    const bits = view.getUint32(data + 1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return { width: uint24(data + 4) + 1, height: uint24(data + 7) + 1 };
}
