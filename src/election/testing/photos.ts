/** Photos for tests, made by hand: containers that are right in every part, around pixels that nobody decodes. */
import { concat, utf8 } from "../../ledger/bytes.ts";

const uint16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 255);
const uint32 = (value: number): Uint8Array => concat(uint16(value >>> 16), uint16(value & 65_535));
const reversed = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();

/** A segment of a JPEG. */
export function segment(marker: number, data: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0xff, marker), uint16(data.length + 2), data);
}

/** A JPEG with these segments before its picture. */
export function jpeg({ width = 640, height = 480, extra = [] as readonly Uint8Array[] } = {}): Uint8Array {
  const frame = segment(0xc0, concat(Uint8Array.of(8), uint16(height), uint16(width), Uint8Array.of(1, 1, 0x11, 0)));
  const scan = concat(segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)), Uint8Array.of(1, 0xff, 0, 2, 0xff, 0xd3, 3));
  const start = Uint8Array.of(0xff, 0xd8);
  return concat(start, segment(0xe0, utf8("JFIF\0")), ...extra, frame, scan, Uint8Array.of(0xff, 0xd9));
}

/** A chunk of a PNG; nobody here checks its sum. */
export function pngChunk(name: string, data: Uint8Array): Uint8Array {
  return concat(uint32(data.length), utf8(name), data, uint32(0));
}

/** A PNG with these chunks before its picture. */
export function png({ width = 640, height = 480, extra = [] as readonly Uint8Array[] } = {}): Uint8Array {
  const magic = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const header = pngChunk("IHDR", concat(uint32(width), uint32(height), Uint8Array.of(8, 2, 0, 0, 0)));
  return concat(magic, header, ...extra, pngChunk("IDAT", Uint8Array.of(1, 2, 3)), pngChunk("IEND", new Uint8Array(0)));
}

/** A chunk of a WebP. */
export function webpChunk(name: string, data: Uint8Array): Uint8Array {
  return concat(utf8(name), reversed(uint32(data.length)), data, new Uint8Array(data.length % 2));
}

/** A lossless WebP with these chunks after its picture. */
export function webp({ width = 640, height = 480, extra = [] as readonly Uint8Array[] } = {}): Uint8Array {
  const size = reversed(uint32((width - 1) | ((height - 1) << 14)));
  const picture = webpChunk("VP8L", concat(Uint8Array.of(0x2f), size, new Uint8Array(6)));
  const chunks = concat(utf8("WEBP"), picture, ...extra);
  return concat(utf8("RIFF"), reversed(uint32(chunks.length)), chunks);
}
