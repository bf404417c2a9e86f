// Both implementations of SHA-256 are the same function.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DecodeError, utf8 } from "./bytes.ts";
import { asHash, hashHex } from "./hash.ts";
import { sha256 as browserSha256 } from "./sha256-browser.ts";
import { sha256 as nodeSha256 } from "./sha256-node.ts";

test("Node and browser agree on SHA-256 of any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
      assert.deepEqual(nodeSha256(data), browserSha256(data));
    }),
  );
});

test("a view of larger memory is hashed alone", () => {
  const memory = utf8("xxabcxx");
  assert.equal(hashHex(memory.subarray(2, 5)), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("only 64 lower-case hex digits are a Hash", () => {
  const hash = hashHex(utf8(""));
  assert.equal(asHash(hash), hash);
  for (const text of ["", hash.slice(1), `${hash}0`, hash.toUpperCase(), `${hash}\n`, "g".repeat(64)]) {
    assert.throws(() => asHash(text), DecodeError);
  }
});
