// However a log grows, its tiles end as the same files, and each only ever had bytes added.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "./bytes.ts";
import { MemoryTiles } from "./testing.ts";
import {
  encodeEntry,
  growBundles,
  growTiles,
  MAX_ENTRY,
  newTiles,
  parseBundle,
  TileError,
  tilePath,
  tilesForSize,
  tileWidth,
} from "./tiles.ts";
import { leafHash } from "./tree.ts";

const COUNT = 2 * 65_536 + 300;
const leaves = Array.from({ length: COUNT }, (_, i) => leafHash(utf8(String(i))));
const atOnce = new MemoryTiles();
atOnce.grow(leaves);

test("growth in any steps gives the same files as growth at once", () => {
  const start = fc.constantFrom(0, 250, 65_400, 65_535, 65_536, 131_000);
  const steps = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(start, steps, (from, sizes) => {
      const tiles = new MemoryTiles();
      tiles.grow(leaves.slice(0, from));
      for (const step of sizes) tiles.grow(leaves.slice(tiles.size, tiles.size + step));
      for (const { level, n, width } of tilesForSize(tiles.size)) {
        if (level === "entries") continue;
        assert.deepEqual(tiles.read(level, n, width), atOnce.read(level, n, width), tilePath(level, n, width));
      }
    }),
    { numRuns: 10 },
  );
});

test("old hashes are read only where a tile becomes full", () => {
  const asked: string[] = [];
  const grow = (from: number, count: number) =>
    growTiles(from, leaves.slice(from, from + count), (level, n, width) => {
      asked.push(`${level}/${n} ${width}`);
      return atOnce.read(level, n, width);
    }).map(({ level, n, width, offset }) => `${level}/${n} ${width} at ${offset}`);
  assert.deepEqual(grow(10, 5), ["0/0 15 at 320"]);
  assert.deepEqual(asked, []);
  assert.deepEqual(grow(250, 10), ["0/0 256 at 8000", "0/1 4 at 0", "1/0 1 at 0"]);
  assert.deepEqual(asked, ["0/0 250"]);
  asked.length = 0;
  assert.deepEqual(grow(65_535, 1), ["0/255 256 at 8160", "1/0 256 at 8160", "2/0 1 at 0"]);
  assert.deepEqual(asked, ["0/255 255", "1/0 255"]);
});

test("a tile that cannot give its old hashes stops the growth", () => {
  assert.throws(() => growTiles(255, leaves.slice(255, 256), () => new Uint8Array(32)), TileError);
});

test("what changed between two sizes is what one writes to come from one to the other", () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.nat(3000), (from, added) => {
      const to = from + added;
      const writes = growTiles(from, leaves.slice(from, to), atOnce.read).map(({ level, n, width }) =>
        tilePath(level, n, width),
      );
      const named = [...newTiles(from, to)].filter((tile) => tile.level !== "entries");
      assert.deepEqual(
        named.map(({ level, n, width }) => tilePath(level, n, width)),
        writes,
      );
    }),
    { numRuns: 50 },
  );
});

test("a full tile has a partial one above it at once", () => {
  const paths = [...tilesForSize(256)].map(({ level, n, width }) => tilePath(level, n, width));
  assert.deepEqual(paths, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
  assert.deepEqual([...tilesForSize(0)], []);
});

test("widths and paths are right for sizes beyond 2^32", () => {
  const size = 2 ** 40 + 257;
  assert.equal(tileWidth(0, 2 ** 32, size), 256);
  assert.equal(tileWidth(0, 2 ** 32 + 1, size), 1);
  assert.equal(tileWidth(0, 2 ** 32 + 2, size), 0);
  assert.equal(tileWidth(5, 0, size), 1);
  assert.equal(tilePath(0, 2 ** 32 + 1, 1), "tile/0/x004/x294/x967/297.p/1");
  const changed = [...newTiles(2 ** 40, size)].map(({ level, n, width }) => tilePath(level, n, width));
  assert.deepEqual(changed, [
    "tile/entries/x004/x294/x967/296",
    "tile/entries/x004/x294/x967/297.p/1",
    "tile/0/x004/x294/x967/296",
    "tile/0/x004/x294/x967/297.p/1",
    "tile/1/x016/x777/216.p/1",
  ]);
});

test("tiles that cannot exist have no path", () => {
  const impossible: [number, number, number][] = [
    [-1, 0, 1],
    [8, 0, 1],
    [0, -1, 1],
    [0, 0.5, 1],
    [0, 0, 0],
    [0, 0, 257],
  ];
  for (const [level, n, width] of impossible) assert.throws(() => tilePath(level, n, width), RangeError);
});

test("bundles grow by appending and give their entries back, at every width they ever had", () => {
  const anyEntries = fc.array(fc.uint8Array({ maxLength: 5 }), { maxLength: 600 });
  fc.assert(
    fc.property(anyEntries, fc.nat(600), (entries, cut) => {
      const files = new Map<number, Uint8Array>();
      for (const [from, part] of [
        [0, entries.slice(0, cut)],
        [Math.min(cut, entries.length), entries.slice(cut)],
      ] as const) {
        const oldBytes = files.get(Math.floor(from / 256))?.length ?? 0;
        for (const write of growBundles(from, oldBytes, part)) {
          const old = files.get(write.n) ?? new Uint8Array(0);
          assert.equal(write.offset, old.length);
          files.set(write.n, concat(old, write.bytes));
        }
      }
      assert.deepEqual(
        [...files.values()].flatMap((file) => parseBundle(file)),
        entries,
      );
      const firstBundle = files.get(0) ?? new Uint8Array(0);
      const width = Math.min(cut, entries.length, 256);
      assert.deepEqual(parseBundle(firstBundle, width), entries.slice(0, width));
    }),
    { numRuns: 50 },
  );
});

test("a bundle that is cut short or overfull is refused", () => {
  const bundle = concat(encodeEntry(utf8("abc")), encodeEntry(utf8("de")));
  assert.throws(() => parseBundle(bundle, 3), TileError);
  for (let cut = 1; cut < bundle.length; cut++) {
    if (cut !== 5) assert.throws(() => parseBundle(bundle.subarray(0, cut)), TileError, String(cut));
  }
  assert.throws(() => parseBundle(new Uint8Array(2 * 257)), TileError);
});

test("an entry of 65,535 bytes fits and one more does not", () => {
  const longest = new Uint8Array(MAX_ENTRY).fill(3);
  assert.deepEqual(parseBundle(encodeEntry(longest)), [longest]);
  assert.throws(() => encodeEntry(new Uint8Array(MAX_ENTRY + 1)), RangeError);
});
