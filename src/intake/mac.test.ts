/**
 * The MAC of passes against Node's own.
 */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { hmacSha256 } from "./mac.ts";

test("is HMAC-SHA-256 for every key of up to 64 bytes and every text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: "grapheme", maxLength: 200 }), (key, text) => {
      const expected = createHmac("sha256", key).update(text).digest();
      assert.deepEqual(Buffer.from(hmacSha256(key)(text)), expected);
    }),
  );
});

test("takes no longer key, which would have to be hashed first", () => {
  assert.throws(() => hmacSha256(new Uint8Array(65)), TypeError);
});
