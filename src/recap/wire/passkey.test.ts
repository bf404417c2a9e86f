import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { isPasskey, openByPasskey, sealForPasskey } from "./passkey.ts";

const random = (count: number) => new Uint8Array(randomBytes(count));
const about = { id: "c2VidWFoLXBhc3NrZXk", salt: "ab".repeat(32), added: "2029-02-20" };
const [seed, secret] = [random(32), random(32)];

test("a seed that was sealed for a passkey is opened by its secret, and by no other", () => {
  const passkey = sealForPasskey(seed, secret, about, random);
  assert.deepEqual(openByPasskey(passkey, secret), seed);
  assert.equal(openByPasskey(passkey, random(32)), null);
  assert.equal(openByPasskey({ ...passkey, id: "another" }, secret), null, "it belongs to its credential");
});

test("a damaged box opens nothing", () => {
  const passkey = sealForPasskey(seed, secret, about, random);
  fc.assert(
    fc.property(fc.nat(passkey.box.length - 1), fc.integer({ min: 1, max: 15 }), (place, change) => {
      const digit = (Number.parseInt(passkey.box[place] ?? "0", 16) ^ change).toString(16);
      const box = passkey.box.slice(0, place) + digit + passkey.box.slice(place + 1);
      assert.equal(openByPasskey({ ...passkey, box }, secret), null);
    }),
  );
});

test("a passkey has exactly its fields, each a text of its form", () => {
  const passkey = sealForPasskey(seed, secret, about, random);
  assert.equal(isPasskey(passkey), true);
  const { added: _, ...without } = passkey;
  const wrong: readonly unknown[] = [
    null,
    without,
    { ...passkey, more: "x" },
    { ...passkey, id: "../x" },
    { ...passkey, id: [passkey.id] },
    { ...passkey, salt: "ab" },
    { ...passkey, box: passkey.box.toUpperCase() },
    { ...passkey, added: "today" },
  ];
  for (const one of wrong) assert.equal(isPasskey(one), false, JSON.stringify(one));
});
