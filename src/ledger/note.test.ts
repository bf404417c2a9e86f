// The format of signed notes and the rules of belief: unknown keys are ignored, a known key that fails rejects.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, fromUtf8, utf8 } from "./bytes.ts";
import {
  cosign,
  ed25519Signer,
  ed25519Verifier,
  formatNote,
  MAX_SIGNATURES,
  NoteError,
  type NoteReason,
  openNote,
  parseNote,
  parseVkey,
  signNote,
  verifyCosignature,
  vkeyOf,
} from "./note.ts";

const seedOf = (fill: number) => new Uint8Array(32).fill(fill);
const alice = ed25519Signer("alice", seedOf(1));
const badu = ed25519Signer("badu", seedOf(2));
const aliceKey = ed25519Verifier("alice", alice.publicKey);
const baduKey = ed25519Verifier("badu", badu.publicKey);

function refuses(act: () => unknown, reason: NoteReason): void {
  assert.throws(act, (error) => error instanceof NoteError && error.reason === reason);
}

test("any text survives: also one with empty lines and with lines that look like signatures", () => {
  const line = fc.constantFrom("", "a", "— alice AAAAAAAA", "Désa", "teguh/sheet/v1", "\u007f");
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      const text = `${lines.join("\n")}\n`;
      const opened = openNote(signNote(text, [alice, badu]), [aliceKey, baduKey]);
      assert.equal(fromUtf8(opened.text), text);
      assert.deepEqual(opened.verified, [aliceKey, baduKey]);
    }),
    { numRuns: 40 },
  );
});

test("parsed parts are written back to the same bytes", () => {
  const bytes = signNote("a\n\nb\n", [alice, badu]);
  assert.deepEqual(formatNote(parseNote(bytes)), bytes);
});

test("a signature of an unknown key is ignored, also of a known name with another key", () => {
  const impostor = ed25519Signer("alice", seedOf(3));
  const bytes = signNote("x\n", [impostor, badu, alice]);
  assert.deepEqual(openNote(bytes, [aliceKey]).verified, [aliceKey]);
});

test("no known key is an error of its own", () => {
  refuses(() => openNote(signNote("x\n", [alice]), [baduKey]), "no-known-key");
  refuses(() => openNote(signNote("x\n", [alice]), []), "no-known-key");
});

test("one failing known key rejects the note, though another verifies", () => {
  const { signatures } = parseNote(signNote("x\n", [alice, badu]));
  const bytes = formatNote({
    text: utf8("y\n"),
    signatures: [...parseNote(signNote("y\n", [alice])).signatures, ...signatures.slice(1)],
  });
  assert.deepEqual(openNote(bytes, [aliceKey]).verified, [aliceKey]);
  refuses(() => openNote(bytes, [aliceKey, baduKey]), "bad-signature");
});

test("a key that signs twice is verified twice and listed once", () => {
  assert.deepEqual(openNote(signNote("x\n", [alice, alice]), [aliceKey]).verified, [aliceKey]);
});

test("16 signatures are read, and more up to the bound", () => {
  const signers = Array.from({ length: MAX_SIGNATURES }, (_, i) => ed25519Signer(`key${i}`, seedOf(i)));
  assert.equal(parseNote(signNote("x\n", signers.slice(0, 16))).signatures.length, 16);
  assert.equal(parseNote(signNote("x\n", signers)).signatures.length, MAX_SIGNATURES);
  refuses(() => signNote("x\n", [...signers, alice]), "malformed");
  const tooMany = concat(signNote("x\n", signers), utf8("— alice AAAAAAAA\n"));
  refuses(() => parseNote(tooMany), "malformed");
});

const malformed: [string, string][] = [
  ["nothing", ""],
  ["no final newline", "x\n\n— a AAAAAAAA"],
  ["no empty line", "x\n— a AAAAAAAA\n"],
  ["no text", "\n— a AAAAAAAA\n"],
  ["no signature", "x\n\n"],
  ["a hyphen for the dash", "x\n\n- a AAAAAAAA\n"],
  ["no name", "x\n\n—  AAAAAAAA\n"],
  ["no signature after the name", "x\n\n— a\n"],
  ["two spaces", "x\n\n— a  AAAAAAAA\n"],
  ["a space after the signature", "x\n\n— a AAAAAAAA \n"],
  ["a plus in the name", "x\n\n— a+b AAAAAAAA\n"],
  ["a Unicode space in the name", "x\n\n— a\u00a0b AAAAAAAA\n"],
  ["a signature of no bytes after the key id", "x\n\n— a AAAAAA==\n"],
  ["base64 not canonical", "x\n\n— a AAAAAAB=\n"],
  ["base64 of the URL alphabet", "x\n\n— a AAAAAAA_\n"],
  ["a carriage return", "x\r\n\n— a AAAAAAAA\n"],
  ["a tab in the text", "x\ty\n\n— a AAAAAAAA\n"],
  ["a NUL in the text", "x\0\n\n— a AAAAAAAA\n"],
  ["a carriage return after the signature", "x\n\n— a AAAAAAAA\r\n"],
];

for (const [what, text] of malformed) {
  test(`a note with ${what} is malformed`, () => {
    refuses(() => parseNote(utf8(text)), "malformed");
  });
}

test("text and names that are not UTF-8 are malformed", () => {
  refuses(() => parseNote(concat(Uint8Array.of(0xff), utf8("\n\n— a AAAAAAAA\n"))), "malformed");
  refuses(() => parseNote(concat(utf8("x\n\n— "), Uint8Array.of(0xff), utf8(" AAAAAAAA\n"))), "malformed");
});

test("a text without final newline or with control characters is not signed", () => {
  for (const text of ["", "x", "x\r\n", "\u0007\n"]) refuses(() => signNote(text, [alice]), "malformed");
});

test("any changed byte of a note is refused, unless it makes the signer unknown", () => {
  const bytes = signNote("pemilu\n3\n", [alice]);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
      const changed = bytes.slice();
      changed[position] = (changed[position] ?? 0) ^ change;
      assert.throws(() => openNote(changed, [aliceKey]), NoteError);
    }),
    { numRuns: 300 },
  );
});

test("a vkey is read back, and any other text refused", () => {
  const vkey = vkeyOf("alice", alice.publicKey);
  assert.deepEqual(parseVkey(vkey).keyId, aliceKey.keyId);
  const [name = "", id = "", key = ""] = vkey.split("+");
  const smallOrder = `AQEA${"A".repeat(40)}`;
  for (const text of [
    "",
    name,
    `${name}+${id}`,
    `bob+${id}+${key}`,
    `${name}+${id.toUpperCase()}+${key}`,
    `${name}+${id}+${key.slice(0, -4)}`,
    `${name}+${id}+${smallOrder}`,
    `+${id}+${key}`,
    `${vkey}\n`,
  ]) {
    refuses(() => parseVkey(text), "malformed");
  }
});

test("a cosignature vouches for its time; the latest counts", () => {
  const text = utf8("log\n3\nroot\n");
  const cosigner = parseVkey(vkeyOf("w1", badu.publicKey, 4));
  const note = { text, signatures: [cosign(text, "w1", seedOf(2), 200), cosign(text, "w1", seedOf(2), 100)] };
  assert.equal(verifyCosignature(note, cosigner), 200);
  assert.deepEqual(openNote(formatNote(note), [cosigner]).verified, [cosigner]);
});

test("a cosignature with another time, of another text or absent is refused", () => {
  const text = utf8("log\n3\nroot\n");
  const cosigner = parseVkey(vkeyOf("w1", badu.publicKey, 4));
  const line = cosign(text, "w1", seedOf(2), 100);
  const later = { ...line, signature: line.signature.map((byte, i) => (i === 7 ? byte + 1 : byte)) };
  refuses(() => verifyCosignature({ text, signatures: [later] }, cosigner), "bad-signature");
  refuses(() => verifyCosignature({ text: utf8("x\n"), signatures: [line] }, cosigner), "bad-signature");
  refuses(() => verifyCosignature({ text, signatures: [] }, cosigner), "no-known-key");
  assert.throws(() => cosign(text, "w1", seedOf(2), 1.5), TypeError);
});
