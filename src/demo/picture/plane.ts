/**
 * A plane of coverage: how much of each pixel is covered, 0 to 255. One for what is printed, one for what was written by hand; a camera
 * gives them colour. Only what a form needs: boxes, filled outlines, and the strokes of a pen.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines of sampling within a pixel; beside them coverage is exact. */
const SUB = 4;

export class Plane {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
  }

  /** Covers a box; its edges may lie within pixels. `cover`: 0 to 1. */
  box(x: number, y: number, width: number, height: number, cover = 1): void {
    for (let row = Math.floor(y); row < y + height; row++) {
      const tall = Math.min(row + 1, y + height) - Math.max(row, y);
      for (let column = Math.floor(x); column < x + width; column++) {
        const wide = Math.min(column + 1, x + width) - Math.max(column, x);
        this.#add(column, row, tall * wide * cover);
      }
    }
  }

  /** The four lines around a box. */
  frame(x: number, y: number, width: number, height: number, line = 1): void {
    this.box(x, y, width, line);
    this.box(x, y + height - line, width, line);
    this.box(x, y, line, height);
    this.box(x + width - line, y, line, height);
  }

  /** Covers what lies within outlines, holes left out as their direction says. */
  fill(outlines: readonly (readonly Point[])[], cover = 1): void {
    const edges = outlines.flatMap((outline) =>
      outline.map((from, i) => [from, outline[(i + 1) % outline.length] ?? from]),
    );
    const ys = edges.map(([from]) => from?.y ?? 0);
    const bottom = Math.min(this.height, Math.ceil(Math.max(...ys)));
    for (let row = Math.max(0, Math.floor(Math.min(...ys))); row < bottom; row++) {
      for (let sub = 0; sub < SUB; sub++) this.#fillLine(edges, row, row + (sub + 0.5) / SUB, cover / SUB);
    }
  }

  /** A pen's stroke along a line, its width in pixels. */
  stroke(line: readonly Point[], width: number, cover = 1): void {
    for (let i = 1; i < line.length; i++) this.#segment(line[i - 1] ?? ORIGIN, line[i] ?? ORIGIN, width / 2, cover);
  }

  #segment(from: Point, to: Point, radius: number, cover: number): void {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = dx * dx + dy * dy || 1;
    const reach = radius + 1;
    for (let y = Math.floor(Math.min(from.y, to.y) - reach); y <= Math.max(from.y, to.y) + reach; y++) {
      for (let x = Math.floor(Math.min(from.x, to.x) - reach); x <= Math.max(from.x, to.x) + reach; x++) {
        const along = Math.min(1, Math.max(0, ((x + 0.5 - from.x) * dx + (y + 0.5 - from.y) * dy) / length));
        const away = Math.hypot(x + 0.5 - from.x - along * dx, y + 0.5 - from.y - along * dy);
        // As dark as the darkest stroke through a pixel: where strokes meet is no blot.
        this.#atLeast(x, y, Math.min(1, radius + 0.5 - away) * cover);
      }
    }
  }

  #fillLine(edges: readonly (readonly Point[])[], row: number, y: number, cover: number): void {
    const crossings: { x: number; turn: number }[] = [];
    for (const [from = ORIGIN, to = ORIGIN] of edges) {
      if (from.y <= y === to.y <= y) continue;
      const x = from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x);
      crossings.push({ x, turn: from.y < to.y ? 1 : -1 });
    }
    crossings.sort((a, b) => a.x - b.x);
    let winding = 0;
    crossings.forEach(({ x, turn }, i) => {
      winding += turn;
      if (winding !== 0) this.#span(x, crossings[i + 1]?.x ?? x, row, cover);
    });
  }

  #span(from: number, to: number, row: number, cover: number): void {
    for (let x = Math.floor(from); x < to; x++) {
      this.#add(x, row, (Math.min(x + 1, to) - Math.max(x, from)) * cover);
    }
  }

  #add(x: number, y: number, cover: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = y * this.width + x;
    this.pixels[at] = Math.min(255, (this.pixels[at] ?? 0) + cover * 255);
  }

  #atLeast(x: number, y: number, cover: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height || cover <= 0) return;
    const at = y * this.width + x;
    this.pixels[at] = Math.max(this.pixels[at] ?? 0, cover * 255);
  }
}

const ORIGIN: Point = { x: 0, y: 0 };
