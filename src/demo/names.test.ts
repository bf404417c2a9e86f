import assert from "node:assert/strict";
import { test } from "node:test";
import { PAIRS, PARTIES, People } from "./names.ts";
import { Chance } from "./random.ts";

/** Words that would make one think of a party that exists or existed, or of somebody who stood for president. */
const REAL = new RegExp(
  [
    "kebangkitan|gerindra|indonesia raya|demokrasi|perjuangan|golkar|golongan|nasdem|nasional|buruh|gelora|gelombang",
    "keadilan|sejahtera|hanura|hati nurani|garuda|amanat|bulan bintang|bintang|demokrat|solidaritas|perindo|persatuan",
    "pembangunan|ummat|umat|masyumi|merdeka|republik|pelopor|patriot|marhaen|murba|damai|matahari|bangsa|berkarya",
    "beringin|banteng|kedaulatan|prima|rakyat|emas|berdikari|pemuda|aceh|mahasiswa|barisan|pni|pki|psi|pkb|pks|pan|ppp",
    "anies|baswedan|muhaimin|iskandar|prabowo|subianto|gibran|rakabuming|ganjar|pranowo|mahfud|jokowi|widodo|megawati",
    "soekarno|sukarno|suharto|soeharto|habibie|wahid|yudhoyono|kalla|amin|sandiaga|koster|pastika|giri prasta",
  ].join("|"),
  "i",
);
const SHORT = /^(?:pni|pki|psi|pkb|pks|pan|ppp|pdip|pbb|pkn)$/i;

test("no party is called as one that exists or existed", () => {
  const whole = new RegExp(`\\b(?:${REAL.source})\\b`, "i");
  for (const { name, short } of PARTIES) {
    assert.doesNotMatch(name, whole);
    assert.doesNotMatch(short, SHORT);
  }
});

test("no pair and no candidate is called as somebody who stood for president", () => {
  const people = new People(new Chance("1", "people"));
  const names = [...PAIRS.map(({ name }) => name), ...Array.from({ length: 8_000 }, () => people.next())];
  const whole = new RegExp(`\\b(?:${REAL.source})\\b`, "i");
  assert.deepEqual(
    names.filter((name) => whole.test(name)),
    [],
  );
});

test("nobody stands twice", () => {
  const people = new People(new Chance("1", "people"));
  const names = Array.from({ length: 8_000 }, () => people.next());
  assert.equal(new Set(names).size, names.length);
});

/** Björn Ottosson's OKLab: in it a distance below 0.02 can hardly be seen. */
function oklab(colour: string, see: readonly (readonly number[])[]): number[] {
  const linear = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const times = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
    matrix.map((row) => row.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0));
  const seen = times(see, linear).map((value) => Math.min(1, Math.max(0, value)));
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    seen,
  ).map(Math.cbrt);
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}

/** As eyes see that have all cones, no long, no middle ones (Machado, Oliveira and Fernandes 2009, in linear light). */
const EYES = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const;

function closest(colours: readonly string[], eyes: keyof typeof EYES): { distance: number; pair: string } {
  let best = { distance: Number.POSITIVE_INFINITY, pair: "" };
  for (const [i, a] of colours.entries()) {
    for (const b of colours.slice(i + 1)) {
      const one = oklab(a, EYES[eyes]);
      const other = oklab(b, EYES[eyes]);
      const distance = Math.hypot(...one.map((value, j) => value - (other[j] ?? 0)));
      if (distance < best.distance) best = { distance, pair: `${a} ${b}` };
    }
  }
  return best;
}

test("the colours of 18 parties can be told apart, and by eyes that do not see all hues nearly as well", () => {
  const colours = PARTIES.map(({ colour }) => colour);
  const least = { all: 0.15, protanopia: 0.07, deuteranopia: 0.07 };
  for (const eyes of ["all", "protanopia", "deuteranopia"] as const) {
    const { distance, pair } = closest(colours, eyes);
    assert.ok(distance >= least[eyes], `${eyes}: ${pair} are ${distance.toFixed(3)} apart`);
  }
});

test("the colours of the three pairs are far apart for all eyes", () => {
  const colours = PAIRS.map(({ colour }) => colour);
  for (const eyes of ["all", "protanopia", "deuteranopia"] as const) {
    const { distance, pair } = closest(colours, eyes);
    assert.ok(distance >= 0.12, `${eyes}: ${pair} are ${distance.toFixed(3)} apart`);
  }
});
