// The frontier against the recursive definition of RFC 6962, and its serialised form.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "./bytes.ts";
import { sha256 } from "./hash.ts";
import { EMPTY_ROOT, Frontier, FrontierError, leafHash, nodeHash, rootOf } from "./tree.ts";

const leaves = Array.from({ length: 300 }, (_, i) => leafHash(utf8(`leaf ${i}`)));

/** Section 2.1 of RFC 6962, word for word. */
function definition(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length <= 1) return hashes[0] ?? sha256(new Uint8Array(0));
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(definition(hashes.slice(0, k)), definition(hashes.slice(k)));
}

test("the frontier's root is that of the definition at every size", () => {
  const frontier = new Frontier();
  for (let size = 0; size <= leaves.length; size++) {
    assert.equal(frontier.size, size);
    assert.deepEqual(frontier.root(), definition(leaves.slice(0, size)));
    frontier.push(leaves[size] ?? EMPTY_ROOT);
  }
});

test("a frontier stored and read again goes on as if nothing had happened", () => {
  fc.assert(
    fc.property(fc.nat(leaves.length), (size) => {
      const frontier = new Frontier();
      for (const leaf of leaves.slice(0, size)) frontier.push(leaf);
      const again = Frontier.fromBytes(frontier.toBytes());
      for (const leaf of leaves.slice(size)) again.push(leaf);
      assert.equal(frontier.size, size);
      assert.deepEqual(again.root(), rootOf(leaves));
    }),
  );
});

test("a clone grows on its own", () => {
  const frontier = new Frontier();
  for (const leaf of leaves.slice(0, 7)) frontier.push(leaf);
  const before = frontier.root();
  frontier.clone().push(EMPTY_ROOT);
  assert.deepEqual(frontier.root(), before);
});

test("what a caller does to a root does not reach the tree", () => {
  rootOf([]).fill(0);
  assert.deepEqual(rootOf([]), sha256(new Uint8Array(0)));
});

test("sizes beyond 2^32 keep every bit", () => {
  const size = 2 ** 40 + 2 ** 33 + 1;
  const stored = new Uint8Array(8 + 3 * 32).fill(9);
  new DataView(stored.buffer).setBigUint64(0, BigInt(size));
  const frontier = Frontier.fromBytes(stored);
  assert.deepEqual(frontier.toBytes(), stored);
  frontier.push(EMPTY_ROOT);
  assert.equal(frontier.size, size + 1);
  assert.equal(frontier.toBytes().length, 8 + 3 * 32);
  frontier.push(EMPTY_ROOT);
  assert.equal(frontier.toBytes().length, 8 + 4 * 32);

  const allOnes = new Uint8Array(8 + 33 * 32);
  new DataView(allOnes.buffer).setBigUint64(0, BigInt(2 ** 33 - 1));
  const full = Frontier.fromBytes(allOnes);
  full.push(EMPTY_ROOT);
  assert.equal(full.toBytes().length, 8 + 32);
});

test("bytes that cannot be a frontier are refused", () => {
  const good = new Frontier();
  for (const leaf of leaves.slice(0, 5)) good.push(leaf);
  const bytes = good.toBytes();
  const huge = new Uint8Array(8).fill(255);
  for (const bad of [new Uint8Array(0), bytes.slice(0, -1), concat(bytes, Uint8Array.of(0)), huge]) {
    assert.throws(() => Frontier.fromBytes(bad), FrontierError);
  }
  assert.throws(() => good.push(new Uint8Array(31)), TypeError);
});

test("a leaf is never a node, and an entry of any length is hashed whole", () => {
  const [a = EMPTY_ROOT, b = EMPTY_ROOT] = leaves;
  assert.notDeepEqual(leafHash(concat(a, b)), nodeHash(a, b));
  for (const length of [0, 65_535, 65_536, 70_000]) {
    const entry = new Uint8Array(length).fill(5);
    assert.deepEqual(leafHash(entry), sha256(concat(Uint8Array.of(0), entry)));
  }
});
