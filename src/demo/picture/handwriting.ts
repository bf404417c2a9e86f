/** Figures as officers write them into boxes at night: the strokes of a ball pen, no two alike. */
import type { Chance } from "../random.ts";
import type { Plane, Point } from "./plane.ts";

/** Strokes of each digit in a box of 10 by 16, from its top left corner; a curve is given by the points that it passes. */
const DIGITS: readonly (readonly (readonly number[])[])[] = [
  [[7, 1, 3, 2, 1, 6, 1, 11, 4, 15, 7, 14, 9, 10, 9, 5, 7, 1, 5, 1]],
  [[2, 4, 5, 1, 5, 6, 5, 15]],
  [[1, 4, 3, 1, 7, 1, 9, 4, 7, 8, 4, 11, 1, 15, 5, 14, 9, 15]],
  [[1, 2, 5, 1, 8, 3, 7, 6, 4, 7, 8, 8, 9, 12, 6, 15, 1, 14]],
  [
    [6, 1, 3, 6, 1, 10, 5, 10, 9, 10],
    [7, 6, 7, 11, 6, 16],
  ],
  [[8, 1, 3, 1, 2, 7, 6, 6, 9, 9, 8, 13, 5, 15, 1, 14]],
  [[8, 1, 4, 4, 1, 9, 2, 14, 5, 15, 8, 13, 8, 10, 5, 8, 2, 10]],
  [[1, 1, 5, 1, 9, 1, 6, 8, 4, 15]],
  [[8, 3, 5, 1, 2, 3, 4, 7, 7, 9, 8, 13, 5, 15, 2, 13, 3, 9, 6, 7, 8, 4, 8, 2]],
  [[9, 4, 6, 1, 2, 3, 2, 7, 5, 8, 8, 6, 9, 3, 8, 9, 6, 15]],
];
/** How one person writes: slant, pressure, and how unsteady the hand is. */
export interface Hand {
  readonly slant: number;
  readonly pen: number;
  readonly unsteady: number;
}

export function handOf(chance: Chance): Hand {
  return { slant: chance.between(-0.05, 0.3), pen: chance.between(1.5, 2.1), unsteady: chance.between(0.3, 0.7) };
}

/** Writes a digit into a box. */
export function writeDigit(
  plane: Plane,
  digit: number,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  hand: Hand,
  chance: Chance,
): void {
  const size = Math.min(box.width / 14, box.height / 21) * chance.between(0.92, 1.08);
  const left = box.x + (box.width - 10 * size) / 2 + chance.between(-1, 1);
  const top = box.y + (box.height - 16 * size) / 2 + chance.between(-1, 1);
  for (const stroke of DIGITS[digit] ?? []) {
    const points: Point[] = [];
    for (let i = 0; i < stroke.length; i += 2) {
      const u = (stroke[i] ?? 0) + hand.unsteady * (chance.next() - 0.5);
      const v = (stroke[i + 1] ?? 0) + hand.unsteady * (chance.next() - 0.5);
      points.push({ x: left + (u + hand.slant * (8 - v)) * size, y: top + v * size });
    }
    plane.stroke(smooth(points), Math.max(1.3, hand.pen * Math.min(1, size)), 0.95);
  }
}

/** Something like a signature. */
export function sign(plane: Plane, x: number, y: number, width: number, hand: Hand, chance: Chance): void {
  const points: Point[] = [];
  const steps = 6 + chance.below(5);
  for (let i = 0; i <= steps; i++) {
    const high = i % 2 === 0 ? 1 : -1;
    points.push({ x: x + (width * i) / steps + chance.between(-4, 4), y: y + high * chance.between(2, 11) });
  }
  plane.stroke(smooth([...points, { x: x + width * 0.2, y: y + 9 }]), hand.pen, 0.85);
}

/** Points along a curve through the given ones (Catmull-Rom). */
function smooth(points: readonly Point[]): Point[] {
  const curve: Point[] = [];
  points.forEach((from, i) => {
    const to = points[i + 1];
    if (to === undefined) {
      curve.push(from);
      return;
    }
    const before = points[i - 1] ?? from;
    const after = points[i + 2] ?? to;
    for (let t = 0; t < 1; t += 0.25) {
      const at = (a: number, b: number, c: number, d: number) =>
        b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
      curve.push({ x: at(before.x, from.x, to.x, after.x), y: at(before.y, from.y, to.y, after.y) });
    }
  });
  return curve;
}
