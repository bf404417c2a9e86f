// Byte for byte against vectors made by an independent implementation (Go's x/mod/sumdb): notes, checkpoints, trees,
// tiles, proofs. If one of these fails, nobody else's tool can read our logs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, fromHex, toBase64, toHex, utf8 } from "./bytes.ts";
import { formatCheckpoint, openCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { sha256 } from "./hash.ts";
import {
  COSIGNATURE,
  cosign,
  ed25519Signer,
  formatNote,
  keyIdOf,
  parseNote,
  parseVkey,
  verifyCosignature,
  vkeyOf,
} from "./note.ts";
import {
  consistencyProof,
  formatProof,
  inclusionProof,
  openProof,
  parseProof,
  tileHashReader,
  verifyConsistency,
  verifyInclusion,
} from "./proof.ts";
import vectors from "./testdata/tlog.json" with { type: "json" };
import { MemoryTiles } from "./testing.ts";
import { growBundles, tilePath } from "./tiles.ts";
import { leafHash, rootOf } from "./tree.ts";

const { decimal, log, paths, three, witness } = vectors;
const signer = ed25519Signer(log.origin, fromHex(log.seed_hex));
const threeLeaves = three.entries.map((entry) => leafHash(utf8(entry)));
const decimalLeaves = Array.from({ length: 70_000 }, (_, i) => leafHash(utf8(String(i))));

test("a seed gives the vector's public key, key id and vkey", () => {
  assert.equal(toHex(signer.publicKey), log.public_hex);
  assert.equal(toHex(keyIdOf(log.origin, 1, signer.publicKey)), log.key_id_hex);
  assert.equal(vkeyOf(log.origin, signer.publicKey), log.vkey);
  assert.deepEqual(parseVkey(log.vkey).publicKey, signer.publicKey);
});

test("checkpoints of sizes 0 to 3 are signed to the same bytes and opened again", () => {
  for (const [size, expected] of Object.entries(three.checkpoints)) {
    const root = rootOf(threeLeaves.slice(0, Number(size)));
    const checkpoint = { origin: log.origin, size: Number(size), root };
    const note = signCheckpoint(checkpoint, [signer]);
    assert.deepEqual(note, utf8(expected));
    const opened = openCheckpoint(note, [parseVkey(log.vkey)]);
    assert.deepEqual({ origin: opened.origin, size: opened.size, root: opened.root }, checkpoint);
  }
});

test("a cosignature is made to the same line and gives its time back", () => {
  const note = parseNote(utf8(three.checkpoints["3"]));
  const line = cosign(note.text, witness.name, fromHex(witness.seed_hex), witness.timestamp);
  const expected = three.checkpoints["3"] + witness.line_on_size_3;
  const cosigned = formatNote({ text: note.text, signatures: [...note.signatures, line] });
  assert.deepEqual(cosigned, utf8(expected));
  const cosigner = parseVkey(witness.vkey);
  assert.equal(verifyCosignature(parseNote(cosigned), cosigner), witness.timestamp);
  assert.equal(vkeyOf(witness.name, fromHex(witness.public_hex), COSIGNATURE), witness.vkey);
  assert.deepEqual(
    openCheckpoint(cosigned, [cosigner, parseVkey(log.vkey)]).verified.map((verifier) => verifier.name),
    [log.origin, witness.name],
  );
});

test("tile paths group their number by thousands", () => {
  for (const [n, path] of Object.entries(paths)) assert.equal(tilePath(0, Number(n), 256), path);
});

test("three entries give the vector's leaf hashes, tile and bundle", () => {
  assert.deepEqual(threeLeaves.map(toHex), three.leaf_hashes_hex);
  const tiles = new MemoryTiles();
  tiles.grow(threeLeaves);
  assert.equal(toHex(tiles.read(0, 0, 3)), three["tile/0/000.p/3_hex"]);
  const [bundle] = growBundles(0, 0, three.entries.map(utf8));
  assert.equal(toHex(bundle?.bytes ?? new Uint8Array()), three["tile/entries/000.p/3_hex"]);
});

test("proofs over three entries are the vector's and verify", () => {
  checkProofs(three, threeLeaves);
});

test("proofs over 70,000 entries are the vector's and verify", () => {
  checkProofs(decimal, decimalLeaves);
});

test("roots of many sizes are the vector's", () => {
  for (const [size, root] of Object.entries(decimal.roots)) {
    assert.equal(toBase64(rootOf(decimalLeaves.slice(0, Number(size)))), root);
  }
});

test("the tiles of 70,000 entries are the vector's", () => {
  const tiles = new MemoryTiles();
  tiles.grow(decimalLeaves);
  for (const [path, { len, sha256: digest }] of Object.entries(decimal.tiles_of_size_70000)) {
    const bytes = tiles.file(path);
    assert.equal(bytes.length, len, path);
    assert.equal(toHex(sha256(bytes)), digest, path);
  }
});

test("the offline proof is the vector's text and opens", () => {
  const hashes = three.inclusion["1 in 3"].map(fromBase64);
  const text = formatProof({ index: 1, hashes, checkpoint: three.checkpoints["3"] + witness.line_on_size_3 });
  assert.equal(text, three.tlog_proof_of_1);
  assert.deepEqual(parseProof(text).hashes, hashes);
  const { index, checkpoint } = openProof(text, utf8("TPS 002"), [parseVkey(log.vkey)]);
  assert.equal(index, 1);
  assert.equal(formatCheckpoint(checkpoint), `${log.origin}\n3\n${toBase64(rootOf(threeLeaves))}\n`);
});

type ProofVectors = {
  inclusion: Record<string, string[]>;
  consistency: Record<string, string[]>;
};

function checkProofs({ inclusion, consistency }: ProofVectors, leaves: readonly Uint8Array[]): void {
  const tiles = new MemoryTiles();
  tiles.grow(leaves);
  for (const [name, expected] of Object.entries(inclusion)) {
    const [index = 0, size = 0] = name.split(" in ").map(Number);
    const proof = inclusionProof(index, size, tileHashReader(tiles.read, size));
    assert.deepEqual(proof.map(toBase64), expected, name);
    const leaf = leaves[index] ?? new Uint8Array();
    assert.ok(verifyInclusion(index, size, leaf, proof, rootOf(leaves.slice(0, size))), name);
  }
  for (const [name, expected] of Object.entries(consistency)) {
    const [m = 0, n = 0] = name.split(" to ").map(Number);
    const proof = consistencyProof(m, n, tileHashReader(tiles.read, n));
    assert.deepEqual(proof.map(toBase64), expected, name);
    assert.ok(verifyConsistency(m, n, proof, rootOf(leaves.slice(0, m)), rootOf(leaves.slice(0, n))), name);
  }
}
