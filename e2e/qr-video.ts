/** What a camera would see of codes on a phone's screen: a film for Chromium's false camera, and single pictures. */
import { crc32, deflateSync } from "node:zlib";
import encodeQR from "qr";

const [WIDTH, HEIGHT] = [640, 480];
/** Frames for which each code is shown, of ten a second. */
const SHOWN = 6;

/** Brightness of each pixel, row by row: a code in the middle of a white sheet; nothing without a text. */
function pixelsOf(text: string | null): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(235);
  if (text === null) return pixels;
  const modules = encodeQR(text, "raw", { ecc: "medium", border: 4 });
  const scale = Math.floor(HEIGHT / modules.length);
  const [left, top] = [WIDTH, HEIGHT].map((length) => Math.floor((length - modules.length * scale) / 2)) as [
    number,
    number,
  ];
  for (const [y, row] of modules.entries())
    for (const [x, isDark] of row.entries())
      for (let line = 0; isDark && line < scale; line++) {
        const start = (top + y * scale + line) * WIDTH + left + x * scale;
        pixels.fill(16, start, start + scale);
      }
  return pixels;
}

/** A film of these codes in turn, as YUV4MPEG2; Chromium plays it over and over. */
export function videoOf(texts: readonly string[]): Buffer {
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.from("FRAME\n");
  const frames = texts.flatMap((text) => {
    const shown = Buffer.concat([frame, pixelsOf(text), grey]);
    return Array.from({ length: SHOWN }, () => shown);
  });
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frames]);
}

/** A picture of one code, as PNG; of a white sheet without a text. */
export function pictureOf(text: string | null): Buffer {
  const pixels = pixelsOf(text);
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) rows.set(pixels.subarray(y * WIDTH, (y + 1) * WIDTH), y * (WIDTH + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function chunk(type: string, bytes: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), bytes]);
  const [sum, length] = [Buffer.alloc(4), Buffer.alloc(4)];
  sum.writeUInt32BE(crc32(body));
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, body, sum]);
}
