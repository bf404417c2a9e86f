/**
 * Reads a QR code from its modules, after ISO/IEC 18004 and not after the encoder: versions 1 to 13 with error correction M,
 * undamaged. The syndromes of every block are checked, so that a phone's reader could also mend it.
 */
import assert from "node:assert/strict";
import type { Matrix } from "../qr.ts";

/** Per version at level M: check words of each block, then how many blocks hold how many data words. */
const BLOCKS: readonly (readonly [check: number, ...groups: (readonly [blocks: number, words: number])[]])[] = [
  [10, [1, 16]],
  [16, [1, 28]],
  [26, [1, 44]],
  [18, [2, 32]],
  [24, [2, 43]],
  [16, [4, 27]],
  [18, [4, 31]],
  [22, [2, 38], [2, 39]],
  [22, [3, 36], [2, 37]],
  [26, [4, 43], [1, 44]],
  [30, [1, 50], [4, 51]],
  [22, [6, 36], [2, 37]],
  [22, [8, 37], [1, 38]],
];

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => ((i >> 1) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** The text of a code in byte mode. */
export function readQr(matrix: Matrix): string {
  const size = matrix.length;
  const version = (size - 17) / 4;
  const [check, ...groups] = BLOCKS[version - 1] ?? assert.fail(`version ${version} is not known here`);
  const format = [0, 1, 2, 3, 4].reduce((bits, column) => bits * 2 + Number(matrix[8]?.[column]), 0) ^ 0b10101;
  assert.equal(format >> 3, 0, "error correction level M");
  const words = readWords(matrix, version, MASKS[format & 7] ?? assert.fail("a mask"));
  const lengths = groups.flatMap(([blocks, length]) => Array.from({ length: blocks }, () => length));
  const data = lengths.map((): number[] => []);
  let at = 0;
  for (let i = 0; i < Math.max(...lengths); i++) {
    lengths.forEach((length, block) => {
      if (i < length) data[block]?.push(words[at++] ?? 0);
    });
  }
  for (let i = 0; i < check; i++) for (const block of data) block.push(words[at++] ?? 0);
  data.forEach((block) => {
    checkSyndromes(block, check);
  });
  return readBytes(
    data.flatMap((block, index) => block.slice(0, lengths[index])),
    version,
  );
}

/** The words in the order of the zigzag, from the lower right corner on, without the mask. */
function readWords(matrix: Matrix, version: number, mask: (row: number, column: number) => boolean): number[] {
  const size = matrix.length;
  const bits: number[] = [];
  let upwards = true;
  for (let pair = size - 1; pair > 0; pair -= 2) {
    if (pair === 6) pair--; // the timing column carries nothing
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step;
      for (const column of [pair, pair - 1]) {
        if (isFunction(row, column, size, version)) continue;
        bits.push(Number(matrix[row]?.[column] !== mask(row, column)));
      }
    }
    upwards = !upwards;
  }
  return Array.from({ length: bits.length >> 3 }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((word, bit) => word * 2 + bit, 0),
  );
}

/** Whether a module is part of a finder, timing or alignment pattern, or of the format or version. */
function isFunction(row: number, column: number, size: number, version: number): boolean {
  const far = size - 8;
  if (row === 6 || column === 6) return true;
  if ((row < 9 && column < 9) || (row < 9 && column >= far) || (row >= far && column < 9)) return true;
  if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) return true;
  const middles = alignment(version, size);
  return middles.some((y) =>
    middles.some((x) => {
      const onFinder = (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6);
      return !onFinder && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2;
    }),
  );
}

function alignment(version: number, size: number): number[] {
  if (version === 1) return [];
  return version < 7 ? [6, size - 7] : [6, size - 7 - 2 * (version + 1), size - 7];
}

/** In GF(256) over 0x11d a block is a polynomial that is zero at the first `check` powers of 2. */
function checkSyndromes(block: readonly number[], check: number): void {
  for (let power = 0, root = 1; power < check; power++, root = double(root)) {
    const value = block.reduce((sum, word) => multiply(sum, root) ^ word, 0);
    assert.equal(value, 0, `syndrome ${power} of a block`);
  }
}

const double = (a: number): number => (a << 1) ^ (a & 0x80 ? 0x11d : 0);

function multiply(a: number, b: number): number {
  let product = 0;
  for (let x = a, y = b; y > 0; x = double(x), y >>= 1) if (y & 1) product ^= x;
  return product;
}

function readBytes(words: readonly number[], version: number): string {
  const bits = words.map((word) => word.toString(2).padStart(8, "0")).join("");
  assert.equal(bits.slice(0, 4), "0100", "byte mode");
  const from = version < 10 ? 12 : 20;
  const length = Number.parseInt(bits.slice(4, from), 2);
  const byte = (_: unknown, i: number) => Number.parseInt(bits.slice(from + 8 * i, from + 8 * i + 8), 2);
  return new TextDecoder().decode(Uint8Array.from({ length }, byte));
}
