// Proofs made and checked by two different derivations must agree, and nothing altered may pass.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DecodeError, utf8 } from "./bytes.ts";
import { signCheckpoint } from "./checkpoint.ts";
import { ed25519Signer, ed25519Verifier, NoteError } from "./note.ts";
import {
  consistencyProof,
  formatProof,
  type GetHash,
  inclusionProof,
  openProof,
  ProofError,
  parseProof,
  tileHashReader,
  verifyConsistency,
  verifyInclusion,
} from "./proof.ts";
import { MemoryTiles } from "./testing.ts";
import { TileError } from "./tiles.ts";
import { EMPTY_ROOT, leafHash, nodeHash, rootOf } from "./tree.ts";

const COUNT = 600;
const entries = Array.from({ length: COUNT }, (_, i) => utf8(`entry ${i}`));
const leaves = entries.map(leafHash);
const roots = leaves.map((_, size) => rootOf(leaves.slice(0, size)));
const tiles = new MemoryTiles();
tiles.grow(leaves);

const rootAt = (size: number) => roots[size] ?? EMPTY_ROOT;
const leafAt = (index: number) => leaves[index] ?? EMPTY_ROOT;
const reader = (size: number) => tileHashReader(tiles.read, size);
const range = fc
  .tuple(fc.nat(COUNT - 1), fc.nat(COUNT - 1))
  .map(([a, b]) => (a < b ? [a, b] : [b, a]) as [number, number]);

type Mutation = { kind: "flip" | "drop" | "insert" | "swap"; at: number; bit: number };
const mutation = fc.record<Mutation>({
  kind: fc.constantFrom("flip", "drop", "insert", "swap"),
  at: fc.nat(),
  bit: fc.nat(255),
});

/** The proof with one thing changed: a bit, one hash more, fewer, or out of place. */
function mutate(proof: readonly Uint8Array[], { kind, at, bit }: Mutation): readonly Uint8Array[] {
  const position = at % Math.max(1, proof.length);
  switch (kind) {
    case "insert":
      return proof.toSpliced(at % (proof.length + 1), 0, leafAt(at % COUNT));
    case "drop":
      return proof.toSpliced(position, 1);
    case "swap":
      return [...proof.toSpliced(position, 1), ...proof.slice(position, position + 1)];
    case "flip":
      return proof.map((hash, i) =>
        i === position ? hash.map((byte, k) => (k === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)) : hash,
      );
  }
}

const same = (a: readonly Uint8Array[], b: readonly Uint8Array[]) => a.map(String).join() === b.map(String).join();

test("every entry of every size is proved, and no altered proof, leaf, index, size or root passes", () => {
  fc.assert(
    fc.property(range, mutation, ([index, last], change) => {
      const size = last + 1 < COUNT ? last + 1 : last;
      fc.pre(index < size);
      const proof = inclusionProof(index, size, reader(size));
      const [leaf, root] = [leafAt(index), rootAt(size)];
      assert.ok(verifyInclusion(index, size, leaf, proof, root));
      const changed = mutate(proof, change);
      if (!same(changed, proof)) assert.equal(verifyInclusion(index, size, leaf, changed, root), false);
      assert.equal(verifyInclusion(index, size, leafAt(index + 1), proof, root), false);
      assert.equal(verifyInclusion(index, size, leaf, proof, rootAt(size - 1)), false);
      assert.equal(verifyInclusion(size, size, leaf, proof, root), false);
      if (index > 0) assert.equal(verifyInclusion(index - 1, size, leaf, proof, root), false);
    }),
    { numRuns: 300 },
  );
});

test("every prefix is proved, and no altered proof or root passes", () => {
  fc.assert(
    fc.property(range, mutation, ([m, n], change) => {
      const proof = consistencyProof(m, n, reader(n));
      assert.ok(verifyConsistency(m, n, proof, rootAt(m), rootAt(n)));
      const changed = mutate(proof, change);
      if (!same(changed, proof)) assert.equal(verifyConsistency(m, n, changed, rootAt(m), rootAt(n)), false);
      assert.equal(verifyConsistency(m, n, proof, rootAt(m + 1), rootAt(n)), false);
      if (m > 0) assert.equal(verifyConsistency(m, n, proof, rootAt(m), rootAt(n + 1)), false);
      if (m < n) assert.equal(verifyConsistency(n, m, proof, rootAt(n), rootAt(m)), false);
    }),
    { numRuns: 300 },
  );
});

test("a log that was rewritten has no proof: two histories of one size are a fork", () => {
  const other = rootOf([...leaves.slice(0, 9), EMPTY_ROOT]);
  for (let n = 10; n < 40; n++) {
    assert.equal(verifyConsistency(10, n, consistencyProof(10, n, reader(n)), other, rootAt(n)), false);
  }
});

test("empty and equal trees need an empty proof and the right roots", () => {
  assert.ok(verifyConsistency(0, 5, [], EMPTY_ROOT, rootAt(5)));
  assert.ok(verifyConsistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT));
  assert.ok(verifyConsistency(5, 5, [], rootAt(5), rootAt(5)));
  assert.equal(verifyConsistency(0, 5, [], rootAt(5), rootAt(5)), false);
  assert.equal(verifyConsistency(0, 5, [rootAt(5)], EMPTY_ROOT, rootAt(5)), false);
  assert.equal(verifyConsistency(5, 5, [], rootAt(5), rootAt(4)), false);
  assert.equal(verifyConsistency(5, 5, [rootAt(5)], rootAt(5), rootAt(5)), false);
  assert.equal(verifyConsistency(4, 5, [], rootAt(4), rootAt(5)), false);
});

test("a proof that ends at the root of a smaller tree does not prove the claimed size", () => {
  assert.equal(verifyInclusion(0, 2, leafAt(0), [], rootAt(1)), false);
  assert.equal(verifyInclusion(0, 1000, leafAt(0), inclusionProof(0, 500, reader(500)), rootAt(500)), false);
  assert.equal(verifyConsistency(1, 4, consistencyProof(1, 2, reader(2)), rootAt(1), rootAt(2)), false);
});

test("numbers that are no sizes and hashes that are no hashes are refused, not computed with", () => {
  const short = new Uint8Array(31);
  for (const bad of [-1, 0.5, Number.NaN, 2 ** 53]) {
    assert.equal(verifyInclusion(bad, 5, leafAt(0), [], rootAt(1)), false);
    assert.equal(verifyInclusion(0, bad, leafAt(0), [], rootAt(1)), false);
    assert.equal(verifyConsistency(bad, 5, [], rootAt(0), rootAt(5)), false);
    assert.throws(() => inclusionProof(bad, 5, reader(5)), RangeError);
    assert.throws(() => consistencyProof(0, bad, reader(5)), RangeError);
  }
  assert.equal(verifyInclusion(0, 2, leafAt(0), [short], rootAt(2)), false);
  assert.throws(() => inclusionProof(5, 5, reader(5)), RangeError);
  assert.throws(() => consistencyProof(6, 5, reader(5)), RangeError);
});

test("sizes beyond 2^32 are proved without losing a bit", () => {
  // A tree of equal leaves: each complete subtree of a level has the same hash, so any size can be had at once.
  const levels = [leafHash(utf8("same"))];
  const hashAt: GetHash = (level) => {
    for (let at = levels.length; at <= level; at++)
      levels.push(nodeHash(levels[at - 1] ?? EMPTY_ROOT, levels[at - 1] ?? EMPTY_ROOT));
    return levels[level] ?? EMPTY_ROOT;
  };
  const rootOfSize = (size: number): Uint8Array => {
    let root: Uint8Array | undefined;
    for (let level = 0, rest = size; rest > 0; level++, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) root = root === undefined ? hashAt(level, 0) : nodeHash(hashAt(level, 0), root);
    }
    return root ?? EMPTY_ROOT;
  };
  const large = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(large, large, (a, b) => {
      const [m, n] = a < b ? [a, b] : [b, a];
      const leaf = hashAt(0, 0);
      assert.ok(verifyInclusion(m - 1, n, leaf, inclusionProof(m - 1, n, hashAt), rootOfSize(n)));
      assert.ok(verifyConsistency(m, n, consistencyProof(m, n, hashAt), rootOfSize(m), rootOfSize(n)));
    }),
  );
});

test("the tile reader asks for published widths and refuses what the tree does not have", () => {
  const asked: string[] = [];
  const getHash = tileHashReader((level, n, width) => {
    asked.push(`${level}/${n}.p/${width}`);
    return tiles.read(level, n, width);
  }, 300);
  getHash(0, 299);
  getHash(8, 0);
  assert.deepEqual(asked, ["0/1.p/44", "1/0.p/1"]);
  assert.throws(() => getHash(0, 300), RangeError);
  assert.throws(() => getHash(3, 37), RangeError);
  assert.throws(() => tileHashReader(() => new Uint8Array(31), 1)(0, 0), TileError);
});

const seed = new Uint8Array(32).fill(1);
const signer = ed25519Signer("log", seed);
const verifier = ed25519Verifier("log", signer.publicKey);

function proofText(index: number, size: number): string {
  const checkpoint = signCheckpoint({ origin: "log", size, root: rootAt(size) }, [signer]);
  return formatProof({
    index,
    hashes: inclusionProof(index, size, reader(size)),
    checkpoint: new TextDecoder().decode(checkpoint),
  });
}

test("an offline proof opens with its entry only, and with the log's key only", () => {
  const text = proofText(41, 500);
  assert.equal(openProof(text, utf8("entry 41"), [verifier]).checkpoint.size, 500);
  assert.throws(() => openProof(text, utf8("entry 42"), [verifier]), ProofError);
  assert.throws(() => openProof(text.replace("index 41", "index 42"), utf8("entry 41"), [verifier]), ProofError);
  assert.throws(() => openProof(text, utf8("entry 41"), []), NoteError);
});

test("an offline proof's parts come back, extra data included", () => {
  const proof = { index: 0, hashes: [leafAt(1)], checkpoint: "a\n\nb\n", extra: utf8("hello") };
  assert.deepEqual(parseProof(formatProof(proof)), proof);
});

test("a text that is not exactly a proof is refused", () => {
  const good = formatProof({ index: 1, hashes: [leafAt(1)], checkpoint: "x\n" });
  for (const bad of [
    "",
    good.replace("@v1", "@v2"),
    good.replace("\n\n", "\n"),
    good.replace("index 1", "index 01"),
    good.replace("index 1\n", ""),
    good.replace("index 1", "extra !\nindex 1"),
    good.replace("index 1", "index 1\nAAAA"),
    good.replace("index 1", `index 1${"\n".concat(good.split("\n")[2] ?? "").repeat(63)}`),
  ]) {
    assert.throws(() => parseProof(bad), ProofError, bad);
    assert.throws(
      () => parseProof(bad),
      (error) => !(error instanceof DecodeError),
    );
  }
});
