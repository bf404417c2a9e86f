// One value, one text. The table lists texts that JSON.parse accepts, or nearly, and that are not that one text.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "./bytes.ts";
import { CanonicalError, type CanonicalReason, canonical, type Json, MAX_DEPTH, parseCanonical } from "./canonical.ts";

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((value) => (value === 0 ? 0 : value)),
    fc.string({ unit: "grapheme" }).map((text) => text.normalize("NFC")),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-zA-Z0-9/."\\-]{1,8}$/), tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test("every value has a text that is parsed back to it, and no other", () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonical(value);
      assert.deepEqual(parseCanonical(utf8(text)), value);
      assert.deepEqual(JSON.parse(text), value);
      assert.equal(canonical(JSON.parse(text)), text);
    }),
  );
});

test("keys stand in order, whatever order they were given in", () => {
  assert.equal(canonical({ b: 1, a: [true, null], B: "é\n\u2028" }), '{"B":"é\\n\u2028","a":[true,null],"b":1}');
  assert.equal(canonical({ 10: 0, 9: 0 }), '{"10":0,"9":0}');
});

const refused: [string, CanonicalReason][] = [
  ["", "syntax"],
  ["{", "syntax"],
  ["NaN", "syntax"],
  ["01", "syntax"],
  ["\ufeff1", "syntax"],
  ["[1,]", "syntax"],
  ["1.5", "number"],
  ["1e400", "number"],
  ["-0", "number"],
  ["9007199254740992", "number"],
  ["9007199254740993", "number"],
  ["-9007199254740992", "number"],
  ["1.0", "form"],
  ["1e2", "form"],
  [" 1", "form"],
  ["1\n", "form"],
  ['{"a": 1}', "form"],
  ['{"b":1,"a":2}', "form"],
  ['{"a":1,"a":1}', "form"],
  ['{"a":1,"a":2}', "form"],
  ['"\\u0041"', "form"],
  ['"\\/"', "form"],
  ['"\\u000A"', "form"],
  ['"e\u0301"', "string"],
  ['"\\ud800"', "string"],
  ['{"é":1}', "key"],
  ['{"":1}', "key"],
  ['{"a\\n":1}', "key"],
  ['{"__proto__":1}', "key"],
  [`${"[".repeat(MAX_DEPTH + 1)}${"]".repeat(MAX_DEPTH + 1)}`, "depth"],
  [`${"[".repeat(30_000)}${"]".repeat(30_000)}`, "depth"],
];

for (const [text, reason] of refused) {
  test(`${JSON.stringify(text.slice(0, 40))} is refused for its ${reason}`, () => {
    assert.throws(
      () => parseCanonical(utf8(text)),
      (error) => error instanceof CanonicalError && error.reason === reason,
    );
  });
}

test("bytes that are not UTF-8 are refused", () => {
  assert.throws(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22)), { reason: "utf8" });
});

test("the message names the place", () => {
  assert.throws(() => canonical({ votes: [1, { a: 2.5 }] }), /\$\.votes\[1\]\.a must be a whole number/);
  assert.throws(() => parseCanonical(utf8('{"a": 1}')), /white space at character 5/);
});

test("what JSON would silently drop or convert is refused", () => {
  const values: unknown[] = [undefined, { a: undefined }, [undefined], 1n, () => 0, new Date(0), new Map()];
  for (const value of values) assert.throws(() => canonical(value as Json), { reason: "type" });
});

test("every change of a byte is refused or is another value", () => {
  const text = utf8('{"a":[1,20,-3],"b":"x y","c":null}');
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.nat(255), (position, byte) => {
      const changed = text.slice();
      changed[position] = byte;
      try {
        assert.deepEqual(utf8(canonical(parseCanonical(changed))), changed);
      } catch (error) {
        assert.ok(error instanceof CanonicalError);
      }
    }),
    { numRuns: 500 },
  );
});
