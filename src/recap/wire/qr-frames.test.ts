import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import encodeQR from "qr";
import decodeQR from "qr/decode.js";
import { utf8 } from "../../ledger/bytes.ts";
import { Collector, framesOf, PART_BYTES } from "./qr-frames.ts";

const bytes = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 7) % 256);

test("a note comes out whole from its codes, in any order and however often each is read", () => {
  const note = fc.uint8Array({ minLength: 1, maxLength: 5 * PART_BYTES });
  fc.assert(
    fc.property(note, fc.array(fc.nat(), { maxLength: 12 }), (given, chance) => {
      const frames = framesOf(given);
      const read = [...chance.map((n) => frames[n % frames.length] ?? ""), ...frames.toReversed()];
      const collector = new Collector();
      const whole = read.map((frame) => collector.take(frame)).find(({ kind }) => kind === "whole");
      assert.deepEqual(whole, { kind: "whole", note: given });
    }),
    { numRuns: 60 },
  );
});

test("the codes are of the characters that QR packs tightly, as RFC 9285 has them", () => {
  for (const frame of framesOf(bytes(2_000))) assert.match(frame, /^[0-9A-Z $%*+\-./:]+$/);
  assert.match(framesOf(utf8("Hello!!"))[0] ?? "", /\/%69 VD92EX0$/);
});

test("a code is read back from what a screen shows", () => {
  for (const frame of framesOf(bytes(900))) {
    const modules = encodeQR(frame, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4 });
    const scale = 4;
    const side = modules.length * scale;
    const data = new Uint8Array(side * side * 4).fill(255);
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)])
          data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    assert.equal(decodeQR({ width: side, height: side, data }), frame);
  }
});

test("two phones may be held up in turn, and what is no code of ours is passed over", () => {
  const [one, two] = [bytes(500, 1), bytes(500, 2)];
  const collector = new Collector();
  const [a1 = "", a2 = ""] = framesOf(one);
  const [b1 = "", b2 = ""] = framesOf(two);
  assert.equal(collector.take("https://pemilu.example/").kind, "other");
  assert.equal(collector.take(a1).kind, "part");
  assert.equal(collector.take(b1).kind, "part");
  assert.deepEqual(collector.take(a2), { kind: "whole", note: one });
  assert.deepEqual(collector.take(b2), { kind: "whole", note: two });
});

test("codes under a name that is not theirs make no sheet", () => {
  const [a1 = "", a2 = ""] = framesOf(bytes(500, 1));
  const [, b2 = ""] = framesOf(bytes(500, 2));
  const name = a2.split("/")[1] ?? "";
  const forged = b2.replace(/^TEGUH1\/[0-9A-F]+/, `TEGUH1/${name}`);
  const collector = new Collector();
  collector.take(a1);
  assert.equal(collector.take(forged).kind, "broken");
  assert.equal(collector.take(a1).kind, "part");
  assert.deepEqual(collector.take(a2), { kind: "whole", note: bytes(500, 1) });
});

test("whatever is read, nothing is thrown and little is kept", () => {
  const collector = new Collector();
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(999), fc.nat(999), (text, at, count) => {
      collector.take(text);
      collector.take(`TEGUH1/0123456789ABCDEF/${at}/${count}/${text.toUpperCase()}`);
    }),
  );
});
