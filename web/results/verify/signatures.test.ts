import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { publicKeyOf, sign } from "../../../src/ledger/ed25519-node.ts";
import { settled, verify } from "./signatures.ts";

const SEED = new Uint8Array(32).fill(5);
const KEY = publicKeyOf(SEED);

test("a signature is believed only after the browser has answered, and a wrong one never", async () => {
  const message = utf8("230 suara");
  const signature = sign(SEED, message);
  assert.equal(verify(KEY, signature, message), false);
  assert.equal(await settled(() => verify(KEY, signature, message)), true);
  assert.equal(await settled(() => verify(KEY, signature, utf8("231 suara"))), false);
});

test("a check that stops at its first signature is run again until all are answered", async () => {
  const texts = ["satu", "dua", "tiga"].map(utf8);
  const signatures = texts.map((text) => sign(SEED, text));
  const check = () => {
    texts.forEach((text, i) => {
      if (!verify(KEY, signatures[i] ?? KEY, text)) throw new RangeError(`signature ${i}`);
    });
    return "semua";
  };
  assert.equal(await settled(check), "semua");
  signatures[2] = sign(SEED, utf8("lain"));
  await assert.rejects(settled(check), { message: "signature 2" });
});

test("without the browser's own Ed25519 the library decides, alike", async (t) => {
  t.mock.method(crypto.subtle, "importKey", () => Promise.reject(new Error("not supported")));
  const message = utf8("tanpa WebCrypto");
  const signature = sign(SEED, message);
  assert.equal(await settled(() => verify(KEY, signature, message)), true);
  assert.equal(await settled(() => verify(KEY, signature, utf8("lain lagi"))), false);
});
