/**
 * A baseline JPEG (ITU T.81) of a photograph: colour at half the resolution, the standard's own tables. Written here since the
 * machine's picture libraries are native and this one has two hundred lines; it is for invented photographs alone.
 */
import type { Pixels } from "./camera.ts";

const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];
const CHROMA = Array.from({ length: 64 }, (_, i) => {
  const [row, column] = [i >> 3, i & 7];
  return row < 4 && column < 4
    ? ([17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99][row * 4 + column] ?? 99)
    : 99;
});
/** The place in a block of each coefficient, in the order of the file. */
const ZIGZAG = [...Array(64).keys()].sort((a, b) => {
  const [ra, ca, rb, cb] = [a >> 3, a & 7, b >> 3, b & 7];
  const [da, db] = [ra + ca, rb + cb];
  return da - db || (da % 2 === 0 ? rb - ra : ra - rb);
});

interface Table {
  /** Numbers of codes of each length from 1 to 16, and the values in the order of their codes. */
  readonly lengths: readonly number[];
  readonly values: readonly number[];
}
const bytes = (hex: string) => Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const DC: readonly Table[] = [
  { lengths: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], values: [...Array(12).keys()] },
  { lengths: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], values: [...Array(12).keys()] },
];
const AC: readonly Table[] = [
  {
    lengths: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
    values: bytes(
      "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a" +
        "434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9" +
        "aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa",
    ),
  },
  {
    lengths: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
    values: bytes(
      "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a" +
        "434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8" +
        "a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa",
    ),
  },
];

type Code = readonly [bits: number, length: number];

/** The codes of a table by their values (T.81 annex C). */
function codesOf({ lengths, values }: Table): ReadonlyMap<number, Code> {
  const codes = new Map<number, Code>();
  let code = 0;
  let at = 0;
  lengths.forEach((count, i) => {
    for (let n = 0; n < count; n++) codes.set(values[at++] ?? 0, [code++, i + 1]);
    code <<= 1;
  });
  return codes;
}
const DC_CODES = DC.map(codesOf);
const AC_CODES = AC.map(codesOf);

/** The transform's cosines, scaled so that rows and columns can be done one after the other. */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [k, n] = [i >> 3, i & 7];
  return (k === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * n + 1) * k * Math.PI) / 16);
});

/** The bytes of a picture. `quality`: 1 to 99, as everywhere. */
export function jpegOf({ width, height, rgb }: Pixels, quality: number): Uint8Array {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const quantised = [LUMA, CHROMA].map((table) =>
    table.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100)))),
  );
  const file = new File();
  file.bytes(0xff, 0xd8);
  quantised.forEach((table, id) => {
    file.segment(0xdb, [id, ...ZIGZAG.map((place) => table[place] ?? 1)]);
  });
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  file.segment(0xc0, [8, ...size, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  DC.forEach(({ lengths, values }, id) => {
    file.segment(0xc4, [id, ...lengths, ...values]);
  });
  AC.forEach(({ lengths, values }, id) => {
    file.segment(0xc4, [16 + id, ...lengths, ...values]);
  });
  file.segment(0xda, [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
  const [y, cb, cr] = [0, 1, 2].map((component) => planeOf({ width, height, rgb }, component)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const columns = 16 * Math.ceil(width / 16);
  const before = [0, 0, 0];
  for (let top = 0; top < height; top += 16) {
    for (let left = 0; left < width; left += 16) {
      for (const [dx, dy] of CORNERS) {
        before[0] = file.block(y, columns, left + dx, top + dy, quantised[0] ?? [], 0, before[0] ?? 0);
      }
      before[1] = file.block(cb, columns / 2, left / 2, top / 2, quantised[1] ?? [], 1, before[1] ?? 0);
      before[2] = file.block(cr, columns / 2, left / 2, top / 2, quantised[1] ?? [], 1, before[2] ?? 0);
    }
  }
  file.end();
  return file.done();
}

const CORNERS = [
  [0, 0],
  [8, 0],
  [0, 8],
  [8, 8],
] as const;

/** Brightness, or one of the two of colour at half the resolution; the edge goes on to whole blocks. JFIF's matrix. */
function planeOf({ width, height, rgb }: Pixels, component: number): Float64Array {
  const step = component === 0 ? 1 : 2;
  const columns = (16 * Math.ceil(width / 16)) / step;
  const rows = (16 * Math.ceil(height / 16)) / step;
  const [r = 0, g = 0, b = 0] = MATRIX[component] ?? [];
  const plane = new Float64Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = 3 * (Math.min(height - 1, y * step) * width + Math.min(width - 1, x * step));
      const value = r * (rgb[at] ?? 0) + g * (rgb[at + 1] ?? 0) + b * (rgb[at + 2] ?? 0);
      plane[y * columns + x] = component === 0 ? value - 128 : value;
    }
  }
  return plane;
}
const MATRIX = [
  [0.299, 0.587, 0.114],
  [-0.168736, -0.331264, 0.5],
  [0.5, -0.418688, -0.081312],
] as const;

class File {
  #out = new Uint8Array(1 << 16);
  #length = 0;
  #bits = 0;
  #count = 0;
  readonly #rows = new Float64Array(64);
  readonly #values = new Int32Array(64);

  bytes(...values: readonly number[]): void {
    for (const value of values) this.#push(value);
  }

  segment(marker: number, data: readonly number[]): void {
    const length = data.length + 2;
    this.bytes(0xff, marker, length >> 8, length & 255, ...data);
  }

  /** Writes a block of 8 by 8; returns its mean, from which the next one's is told. */
  block(
    plane: Float64Array,
    columns: number,
    left: number,
    top: number,
    steps: readonly number[],
    table: 0 | 1,
    before: number,
  ): number {
    this.#transform(plane, top * columns + left, columns, steps);
    const dc = DC_CODES[table];
    const ac = AC_CODES[table];
    const mean = this.#values[0] ?? 0;
    this.#number(mean - before, 0, dc);
    let zeros = 0;
    for (let i = 1; i < 64; i++) {
      const value = this.#values[ZIGZAG[i] ?? 0] ?? 0;
      if (value === 0) zeros++;
      else {
        for (; zeros > 15; zeros -= 16) this.#code(ac?.get(0xf0));
        this.#number(value, zeros << 4, ac);
        zeros = 0;
      }
    }
    if (zeros > 0) this.#code(ac?.get(0));
    return mean;
  }

  end(): void {
    // What is left of the last byte is ones.
    this.#put(0x7f, 7);
    this.bytes(0xff, 0xd9);
  }

  done(): Uint8Array {
    return this.#out.slice(0, this.#length);
  }

  /** The cosine transform, divided by the steps of the table. */
  #transform(plane: Float64Array, start: number, columns: number, steps: readonly number[]): void {
    const rows = this.#rows;
    for (let y = 0; y < 8; y++) {
      for (let k = 0; k < 8; k++) {
        let sum = 0;
        for (let x = 0; x < 8; x++) sum += (plane[start + y * columns + x] ?? 0) * (COSINES[k * 8 + x] ?? 0);
        rows[y * 8 + k] = sum;
      }
    }
    for (let x = 0; x < 8; x++) {
      for (let k = 0; k < 8; k++) {
        let sum = 0;
        for (let y = 0; y < 8; y++) sum += (rows[y * 8 + x] ?? 0) * (COSINES[k * 8 + y] ?? 0);
        this.#values[k * 8 + x] = Math.round(sum / (steps[k * 8 + x] ?? 1));
      }
    }
  }

  /** A number: the code of its length (with what came before it), then its bits. */
  #number(value: number, run: number, codes: ReadonlyMap<number, Code> | undefined): void {
    const length = 32 - Math.clz32(Math.abs(value));
    this.#code(codes?.get(run | length));
    if (length > 0) this.#put(value < 0 ? value + (1 << length) - 1 : value, length);
  }

  #code(code: Code | undefined): void {
    if (code === undefined) throw new RangeError("a value that no code of the table stands for");
    this.#put(code[0], code[1]);
  }

  #put(bits: number, length: number): void {
    for (let i = length - 1; i >= 0; i--) {
      this.#bits = (this.#bits << 1) | ((bits >> i) & 1);
      if (++this.#count < 8) continue;
      this.#push(this.#bits);
      // In a scan FF means a marker; a zero after it says that it is none.
      if (this.#bits === 0xff) this.#push(0);
      this.#bits = 0;
      this.#count = 0;
    }
  }

  #push(value: number): void {
    if (this.#length === this.#out.length) {
      const longer = new Uint8Array(2 * this.#length);
      longer.set(this.#out);
      this.#out = longer;
    }
    this.#out[this.#length++] = value;
  }
}
