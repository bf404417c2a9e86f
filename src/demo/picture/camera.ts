/**
 * A page as a phone sees it at night: lying on a table, not quite straight, brighter under the lamp. The colours are those of
 * paper, print, a blue pen and wood. No noise of the lens: it would be half of the file.
 */
import type { Chance } from "../random.ts";
import { type FormPage, PAGE } from "./form.ts";

/** Pixels of the photograph. */
export const PHOTO = { width: 752, height: 1040 } as const;

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, of each pixel. */
  readonly rgb: Uint8ClampedArray;
}

type Colour = readonly [red: number, green: number, blue: number];
const PAPER: Colour = [236, 232, 222];
const PRINT: Colour = [38, 37, 42];
const INK: Colour = [34, 58, 150];

/** How the phone was held: the corners of the page in the photograph, and where the lamp is. */
interface Shot {
  readonly corners: readonly [Spot, Spot, Spot, Spot];
  readonly lamp: Spot;
  readonly table: Colour;
}
interface Spot {
  readonly x: number;
  readonly y: number;
}

export function photograph(page: FormPage, chance: Chance): Pixels {
  const shot = shotOf(chance);
  const [a, b, c, d, e, f, g, h, i] = toPage(shot.corners);
  const { width, height } = PHOTO;
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const w = g * x + h * y + i;
      const u = ((a * x + b * y + c) / w) * PAGE.width;
      const v = ((d * x + e * y + f) / w) * PAGE.height;
      const light = lightAt(shot, x, y) / 255;
      const at = (y * width + x) * 3;
      if (u < 0 || v < 0 || u >= PAGE.width - 1 || v >= PAGE.height - 1) {
        const wood = grain(x, y);
        for (let k = 0; k < 3; k++) rgb[at + k] = ((shot.table[k] ?? 0) + wood) * light;
        continue;
      }
      const print = sample(page.print.pixels, u, v);
      const ink = sample(page.ink.pixels, u, v);
      for (let k = 0; k < 3; k++) {
        const paper = PAPER[k] ?? 0;
        const printed = paper + ((PRINT[k] ?? 0) - paper) * print;
        rgb[at + k] = (printed + ((INK[k] ?? 0) - printed) * ink) * light;
      }
    }
  }
  return { width, height, rgb };
}

function shotOf(chance: Chance): Shot {
  const corner = (x: number, y: number): Spot => ({ x: x + chance.between(-14, 14), y: y + chance.between(-14, 14) });
  const { width, height } = PHOTO;
  return {
    corners: [corner(24, 24), corner(width - 24, 24), corner(width - 24, height - 24), corner(24, height - 24)],
    lamp: { x: chance.between(0.2, 0.8) * width, y: chance.between(-0.1, 0.35) * height },
    table: chance.pick([
      [120, 92, 66],
      [96, 100, 104],
      [142, 120, 92],
    ] as const),
  };
}

function lightAt({ lamp }: Shot, x: number, y: number): number {
  const far = Math.hypot(x - lamp.x, y - lamp.y) / PHOTO.height;
  return 262 - 74 * far * far;
}

/** Wood, more or less. */
const grain = (x: number, y: number) => 5 * Math.sin(y / 17 + 2 * Math.sin(x / 140));

function sample(pixels: Uint8Array, u: number, v: number): number {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  const [fx, fy] = [u - x, v - y];
  const at = y * PAGE.width + x;
  const top = (pixels[at] ?? 0) * (1 - fx) + (pixels[at + 1] ?? 0) * fx;
  const bottom = (pixels[at + PAGE.width] ?? 0) * (1 - fx) + (pixels[at + PAGE.width + 1] ?? 0) * fx;
  return (top * (1 - fy) + bottom * fy) / 255;
}

/**
 * From a place in the photograph to the place on the page (as a part of its width and height): the matrix, row by row. It is the
 * inverse of the projection that has these corners: Heckbert's square-to-quadrilateral map, then the adjugate of its matrix.
 */
function toPage([a, b, c, d]: Shot["corners"]) {
  const [dx1, dx2, dx3] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, dy3] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const z = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / z;
  const h = (dx1 * dy3 - dx3 * dy1) / z;
  const [m0, m1, m2] = [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x];
  const [m3, m4, m5] = [b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y];
  return [
    ...[m4 - m5 * h, m2 * h - m1, m1 * m5 - m2 * m4],
    ...[m5 * g - m3, m0 - m2 * g, m2 * m3 - m0 * m5],
    ...[m3 * h - m4 * g, m1 * g - m0 * h, m0 * m4 - m1 * m3],
  ] as unknown as readonly [number, number, number, number, number, number, number, number, number];
}
