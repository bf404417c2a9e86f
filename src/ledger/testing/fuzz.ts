/**
 * What every fuzzer here shares: valid bytes, broken in the ways in which bytes are broken, by accident or by an adversary who
 * knows the format; and how many of them to try. A short run is part of the tests, `npm run fuzz` makes the long one.
 *
 * A failure prints its seed and path; `TEGUH_FUZZ_SEED=… npm run fuzz -- FILE` makes the same bytes again.
 */
import type { TestContext } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../bytes.ts";

/** Options of a property: as many runs as `TEGUH_FUZZ_RUNS` says, else `short`; the seed is told in the test's report. */
export function fuzzing(context: TestContext, short: number): { readonly numRuns: number; readonly seed: number } {
  const numRuns = Number(process.env.TEGUH_FUZZ_RUNS ?? short);
  const seed = Number(process.env.TEGUH_FUZZ_SEED ?? Date.now() % 2 ** 31);
  context.diagnostic(`${numRuns} inputs from seed ${seed}`);
  return { numRuns, seed };
}

/** One change; the numbers are taken modulo what is there. */
interface Edit {
  readonly kind: number;
  readonly at: number;
  readonly length: number;
  readonly value: number;
}

const edit: fc.Arbitrary<Edit> = fc
  .tuple(fc.nat(6), fc.nat(0xffff), fc.nat(40), fc.nat(0xffff))
  .map(([kind, at, length, value]) => ({ kind, at, length, value }));

/** Some seed with up to four changes, `tokens` of the format among them; sometimes the seed itself. */
export function broken(seeds: readonly Uint8Array[], tokens: readonly string[]): fc.Arbitrary<Uint8Array> {
  const words = tokens.map(utf8);
  return fc
    .tuple(fc.nat(seeds.length - 1), fc.array(edit, { maxLength: 4 }))
    .map(([which, edits]) => edits.reduce((bytes, one) => changed(bytes, one, seeds, words), seeds[which] ?? EMPTY));
}

const EMPTY = new Uint8Array(0);

function changed(
  bytes: Uint8Array,
  { kind, at, length, value }: Edit,
  seeds: readonly Uint8Array[],
  words: readonly Uint8Array[],
): Uint8Array {
  const place = at % (bytes.length + 1);
  const before = bytes.subarray(0, place);
  const piece = bytes.subarray(place, place + length);
  const after = bytes.subarray(place + length);
  switch (kind) {
    case 0: // another byte
      return concat(before, Uint8Array.of(value & 0xff), bytes.subarray(place + 1));
    case 1: // one bit
      return concat(before, Uint8Array.of((bytes[place] ?? 0) ^ (1 << (value & 7))), bytes.subarray(place + 1));
    case 2: // left out
      return concat(before, after);
    case 3: // twice
      return concat(before, piece, piece, after);
    case 4: // a word of the format, put in or in place of as much
      return concat(before, words[value % words.length] ?? EMPTY, value % 2 === 0 ? after : bytes.subarray(place));
    case 5: // a piece of another
      return concat(before, (seeds[value % seeds.length] ?? EMPTY).subarray(value % 97, (value % 97) + length), after);
    default: // cut off
      return before;
  }
}
