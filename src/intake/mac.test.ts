/**
 * The MAC of passes against Node's own.
 */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { hmacSha256, isSameText } from "./mac.ts";

test("is HMAC-SHA-256 for every key of up to 64 bytes and every text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: "grapheme", maxLength: 200 }), (key, text) => {
      const expected = createHmac("sha256", key).update(text).digest("base64url");
      assert.equal(hmacSha256(key)(text), expected);
    }),
  );
});

test("one text after the other, however long, leaves nothing behind in the next", () => {
  const key = Buffer.from("a key");
  const mac = hmacSha256(key);
  for (const length of [0, 500, 3, 5_000, 0, 191, 192, 193]) {
    const text = "é".repeat(length);
    assert.equal(mac(text), createHmac("sha256", key).update(text).digest("base64url"), `${length}`);
  }
});

test("two texts are the same if every character is, and both end", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), (one, other) => {
      assert.equal(isSameText(one, other), one === other);
    }),
  );
});

test("takes no longer key, which would have to be hashed first", () => {
  assert.throws(() => hmacSha256(new Uint8Array(65)), TypeError);
});
