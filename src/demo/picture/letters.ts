/** Printed text: the outlines of the typeface that papers are set in, which comes with the program. */
import { fileURLToPath } from "node:url";
import { type Font, type Glyph, openSync } from "fontkit";
import type { Plane, Point } from "./plane.ts";

export type Face = "regular" | "medium";
const FILES: Readonly<Record<Face, string>> = { regular: "Roboto-Regular.ttf", medium: "Roboto-Medium.ttf" };

export interface Lettering {
  readonly size: number;
  readonly face?: Face;
  readonly align?: "left" | "centre" | "right";
  /** Narrowed to this width, in pixels, if it is longer. */
  readonly most?: number;
  /** 0 to 1. */
  readonly cover?: number;
  /** Turned around its place, in radians. */
  readonly turn?: number;
}

const fonts = new Map<Face, Font>();

function fontOf(face: Face): Font {
  const known = fonts.get(face);
  if (known !== undefined) return known;
  const font = openSync(fileURLToPath(import.meta.resolve(`pdfmake/fonts/Roboto/${FILES[face]}`)));
  fonts.set(face, font);
  return font;
}

/** Writes a line of text with its baseline at `y`. */
export function write(plane: Plane, text: string, x: number, y: number, lettering: Lettering): void {
  const { size, face = "regular", align = "left", most = Number.POSITIVE_INFINITY, cover = 1, turn = 0 } = lettering;
  const font = fontOf(face);
  const scale = size / font.unitsPerEm;
  const glyphs = [...text].map((character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0x20));
  const width = glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth * scale, 0);
  const narrowed = Math.min(1, most / width);
  let at = align === "left" ? 0 : align === "right" ? -width * narrowed : (-width * narrowed) / 2;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (const glyph of glyphs) {
    const place = (px: number, py: number): Point => {
      const [u, v] = [at + px * scale * narrowed, -py * scale];
      return { x: x + u * cos - v * sin, y: y + u * sin + v * cos };
    };
    const outlines = outlinesOf(glyph.path.commands, place);
    if (outlines.length > 0) plane.fill(outlines, cover);
    at += glyph.advanceWidth * scale * narrowed;
  }
}

/** Straight pieces of a curve: letters are small here. */
const PIECES = 3;

function outlinesOf(
  commands: Glyph["path"]["commands"],
  place: (x: number, y: number) => Point,
): readonly (readonly Point[])[] {
  const outlines: Point[][] = [];
  let [x, y] = [0, 0];
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0] = args;
    if (command === "moveTo") outlines.push([]);
    const outline = outlines.at(-1);
    if (command === "quadraticCurveTo") {
      for (let i = 1; i <= PIECES; i++) {
        const t = i / PIECES;
        const s = 1 - t;
        outline?.push(place(s * s * x + 2 * s * t * a + t * t * c, s * s * y + 2 * s * t * b + t * t * d));
      }
      [x, y] = [c, d];
    } else if (command !== "closePath") {
      outline?.push(place(a, b));
      [x, y] = [a, b];
    }
  }
  return outlines.filter((outline) => outline.length > 2);
}
