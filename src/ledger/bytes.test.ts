// One value, one spelling: the tables list the other spellings that must be refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  compareBytes,
  concat,
  DecodeError,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  parseDecimal,
  toBase64,
  toHex,
  utf8,
} from "./bytes.ts";

test("hex and base64 of any bytes are what Node writes, and come back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.equal(toHex(bytes), Buffer.from(bytes).toString("hex"));
      assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64"));
      assert.deepEqual(fromHex(toHex(bytes)), bytes);
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
    }),
  );
});

test("base64 that decodes at all is the one canonical spelling", () => {
  const unit = fc.constantFrom(..."ABCDwxyz0189+/=-_ \n");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
      try {
        assert.equal(toBase64(fromBase64(text)), text);
      } catch (error) {
        assert.ok(error instanceof DecodeError);
      }
    }),
  );
});

const refused: [string, (text: string) => unknown, string[]][] = [
  ["hex", fromHex, ["0", "AB", "0g", "0x00", " 00", "00\n", "é0", "0\u{1F600}"]],
  [
    "base64",
    fromBase64,
    [
      "A",
      "AA",
      "AAA",
      "AB==",
      "AAB=",
      "A===",
      "====",
      "AA=A",
      "=AAA",
      "AAAA====",
      "AA\n==",
      "AA-_",
      "AAAÿ",
      "AAAĀ",
      " AAA",
    ],
  ],
  [
    "decimal",
    parseDecimal,
    ["", "00", "01", "-1", "+1", "1.0", "1e3", " 1", "1\n", "9007199254740992", "99999999999999999", "١"],
  ],
];

for (const [what, decode, texts] of refused) {
  for (const text of texts) {
    test(`${what} refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => decode(text), DecodeError);
    });
  }
}

test("decimals up to 2^53 - 1 are read exactly", () => {
  for (const value of [0, 1, 4_294_967_296, Number.MAX_SAFE_INTEGER]) assert.equal(parseDecimal(String(value)), value);
});

test("UTF-8 keeps a byte order mark and refuses what it cannot carry both ways", () => {
  assert.equal(fromUtf8(utf8("\ufeffDesa Wéru")), "\ufeffDesa Wéru");
  assert.throws(() => fromUtf8(Uint8Array.of(0xc3)), DecodeError);
  assert.throws(() => fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80)), DecodeError);
  assert.throws(() => utf8("\ud800"), DecodeError);
});

test("comparison of bytes is that of Buffer, and equality is comparison to zero", () => {
  const bytes = fc.uint8Array({ max: 3, maxLength: 4 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      assert.equal(Math.sign(compareBytes(a, b)), Buffer.compare(a, b));
      assert.equal(equalBytes(a, b), compareBytes(a, b) === 0);
      assert.deepEqual(concat(a, b), new Uint8Array([...a, ...b]));
    }),
  );
});
