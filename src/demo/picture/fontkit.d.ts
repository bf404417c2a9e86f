/** What is used of fontkit, which has no types of its own. */
declare module "fontkit" {
  export interface Glyph {
    /** In units of the font. */
    readonly advanceWidth: number;
    readonly path: {
      readonly commands: readonly {
        readonly command: "moveTo" | "lineTo" | "quadraticCurveTo" | "bezierCurveTo" | "closePath";
        readonly args: readonly number[];
      }[];
    };
  }
  export interface Font {
    readonly unitsPerEm: number;
    glyphForCodePoint(code: number): Glyph;
  }
  export function openSync(path: string): Font;
}
