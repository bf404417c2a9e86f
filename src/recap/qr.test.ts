import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FormError } from "./form.ts";
import { qrMatrix, qrText } from "./qr.ts";
import { HEADING, PAPER } from "./testing/forms.ts";
import { readQr } from "./testing/read-qr.ts";

const ASCII = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((n) => String.fromCharCode(n)),
  minLength: 1,
  maxLength: 330,
});

test("the code says where the region is and which state of the log the paper was made from", () => {
  const text = qrText({ ...PAPER, heading: HEADING });
  assert.equal(
    text,
    `https://hasil.example/#/dpr/71/7101/710101/kertas?log=pemilu.example/2029/log/pleno/710101&size=12345&root=${PAPER.log.root}`,
  );
  assert.equal(readQr(qrMatrix(text)), text);
});

test("any printable text comes back from its code, with the check words of the standard", () => {
  fc.assert(
    fc.property(ASCII, (text) => {
      assert.equal(readQr(qrMatrix(text)), text);
    }),
    { numRuns: 40 },
  );
});

test("a link that is not ASCII is refused, since phones read such codes differently", () => {
  assert.throws(
    () => qrText({ ...PAPER, heading: HEADING, link: "https://hasil.example/dpr/Banyuwangi é" }),
    FormError,
  );
});
