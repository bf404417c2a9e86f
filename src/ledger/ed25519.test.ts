// Node and browser must give one answer on every signature, above all on those made to divide them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Point } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { concat, fromHex, toHex, utf8 } from "./bytes.ts";
import * as browser from "./ed25519-browser.ts";
import * as node from "./ed25519-node.ts";
import { isAcceptableKey } from "./ed25519-rules.ts";

const ORDER = Point.CURVE().n;
const seed = new Uint8Array(32).fill(7);
const message = utf8("TPS 001\n");
const publicKey = node.publicKeyOf(seed);
const signature = node.sign(seed, message);

/** Both answers, which must be one. */
function verifyBoth(key: Uint8Array, sig: Uint8Array, msg: Uint8Array): boolean {
  const answer = node.verify(key, sig, msg);
  assert.equal(browser.verify(key, sig, msg), answer, `key ${toHex(key)} signature ${toHex(sig)}`);
  return answer;
}

function toLittleEndian(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, "0")).reverse();
}

function fromLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

test("both make the same keys and signatures, aside as well, and accept them", async () => {
  const anySeed = fc.uint8Array({ minLength: 32, maxLength: 32 });
  await fc.assert(
    fc.asyncProperty(anySeed, fc.uint8Array({ maxLength: 100 }), async (someSeed, someMessage) => {
      const key = node.publicKeyOf(someSeed);
      const made = node.sign(someSeed, someMessage);
      assert.deepEqual(browser.publicKeyOf(someSeed), key);
      assert.deepEqual(browser.sign(someSeed, someMessage), made);
      for (const { signingKey } of [node, browser]) {
        const signing = signingKey(someSeed);
        assert.deepEqual(signing.sign(someMessage), made);
        assert.deepEqual(await signing.signAside(someMessage), made);
      }
      assert.ok(verifyBoth(key, made, someMessage));
    }),
    { numRuns: 20 },
  );
});

test("RFC 8032 test 3 gives its key and signature", () => {
  const rfcSeed = fromHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
  assert.equal(toHex(node.publicKeyOf(rfcSeed)), "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  assert.equal(
    toHex(node.sign(rfcSeed, fromHex("af82"))),
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  );
});

test("any changed bit of key, signature or message is refused by both", () => {
  fc.assert(
    fc.property(fc.nat(32 + 64 + message.length - 1), fc.nat(7), (position, bit) => {
      const all = concat(publicKey, signature, message);
      all[position] = (all[position] ?? 0) ^ (1 << bit);
      assert.equal(verifyBoth(all.slice(0, 32), all.slice(32, 96), all.slice(96)), false);
    }),
    { numRuns: 60 },
  );
});

test("S increased by the group order, which satisfies the equation, is refused", () => {
  const s = fromLittleEndian(signature.subarray(32)) + ORDER;
  assert.equal(verifyBoth(publicKey, concat(signature.subarray(0, 32), toLittleEndian(s)), message), false);
});

test("a key of small order, for which one signature fits every message, is refused", () => {
  const keys = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  ];
  const r = Point.BASE.toBytes();
  for (const key of keys) {
    for (let i = 0; i < 8; i++) {
      assert.equal(verifyBoth(fromHex(key), concat(r, toLittleEndian(1n)), utf8(String(i))), false);
    }
  }
});

test("second spellings of a key and keys off the curve are refused", () => {
  for (let low = 0xed; low <= 0xff; low++) {
    const key = concat(Uint8Array.of(low), new Uint8Array(30).fill(0xff), Uint8Array.of(0x7f));
    assert.equal(isAcceptableKey(key), false);
    assert.equal(verifyBoth(key, signature, message), false);
  }
  const largestSpelling = concat(Uint8Array.of(0xeb), new Uint8Array(30).fill(0xff), Uint8Array.of(0x7f));
  assert.equal(isAcceptableKey(largestSpelling), true);
  assert.equal(verifyBoth(toLittleEndian(2n), signature, message), false);
  assert.equal(verifyBoth(publicKey.subarray(1), signature, message), false);
  assert.equal(verifyBoth(publicKey, signature.subarray(1), message), false);
});

test("a key with a component of small order, on which verifiers of other kinds disagree, gets one answer", () => {
  const torsion = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", false);
  const secret = 123_456_789n;
  const key = Point.BASE.multiply(secret, false).add(torsion).toBytes();
  const nonce = 987_654_321n;
  const r = Point.BASE.multiply(nonce, false).toBytes();
  const answers = new Set<boolean>();
  for (let i = 0; i < 40; i++) {
    const text = utf8(String(i));
    const challenge = fromLittleEndian(sha512(concat(r, key, text))) % ORDER;
    const s = (nonce + challenge * secret) % ORDER;
    answers.add(verifyBoth(key, concat(r, toLittleEndian(s)), text));
  }
  // Only a challenge that is a multiple of 8 satisfies the cofactorless equation: about one in eight.
  assert.deepEqual([...answers].sort(), [false, true]);
});

test("a seed of another length is a mistake of the caller", () => {
  for (const implementation of [node, browser]) {
    assert.throws(() => implementation.publicKeyOf(new Uint8Array(31)), TypeError);
    assert.throws(() => implementation.sign(new Uint8Array(64), message), TypeError);
  }
});
