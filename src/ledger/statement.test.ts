// The envelope: what stays the same when signatures change, and what nobody can change unnoticed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, fromUtf8, toHex, utf8 } from "./bytes.ts";
import { CanonicalError } from "./canonical.ts";
import { sha256 } from "./hash.ts";
import { ed25519Signer, ed25519Verifier, formatNote, parseNote, signNote } from "./note.ts";
import {
  checkSignature,
  keyName,
  MAX_STATEMENT,
  openBody,
  parseStatement,
  StatementError,
  shortKey,
  signStatement,
} from "./statement.ts";

const ELECTION = "pemilu.example/2029";

function keyOf(fill: number) {
  const seed = new Uint8Array(32).fill(fill);
  const { publicKey } = ed25519Signer("any", seed);
  return { publicKey, signer: ed25519Signer(keyName(ELECTION, publicKey), seed) };
}

const first = keyOf(1);
const second = keyOf(2);
const body = { time: "2029-02-14T14:05:00Z", election: "00112233445566778899aabbccddeeff", votes: [3, 2] };
const bytes = signStatement("teguh/sheet/v1", body, [first.signer, second.signer]);

test("a statement is two lines, the second canonical with the signing keys in order", () => {
  const statement = parseStatement(bytes);
  const by = `["${first.signer.name}","${second.signer.name}"]`;
  assert.equal(
    fromUtf8(statement.text),
    `teguh/sheet/v1\n{"by":${by},"election":"00112233445566778899aabbccddeeff","time":"2029-02-14T14:05:00Z","votes":[3,2]}\n`,
  );
  assert.equal(statement.type, "teguh/sheet/v1");
  assert.deepEqual(openBody(statement), { ...body, by: [first.signer.name, second.signer.name] });
});

test("the id is of the text alone and does not depend on the signatures", () => {
  const note = parseNote(bytes);
  const fewer = formatNote({ text: note.text, signatures: note.signatures.slice(0, 1) });
  assert.deepEqual(parseStatement(bytes).id, sha256(note.text));
  assert.deepEqual(parseStatement(fewer).id, parseStatement(bytes).id);
});

test("a signature taken away, added or moved is seen in the body", () => {
  const { text, signatures } = parseNote(bytes);
  for (const others of [signatures.slice(0, 1), [...signatures, ...signatures], signatures.toReversed()]) {
    const statement = parseStatement(formatNote({ text, signatures: others }));
    assert.throws(() => openBody(statement), StatementError);
  }
});

test("each signature is checked against its own key", () => {
  const statement = parseStatement(bytes);
  assert.ok(checkSignature(statement, 0, first.publicKey));
  assert.ok(checkSignature(statement, 1, second.publicKey));
  assert.equal(checkSignature(statement, 0, second.publicKey), false);
  assert.equal(checkSignature(statement, 2, first.publicKey), false);
});

test("a good signature under a name that is not its key's is refused", () => {
  const alias = ed25519Signer(second.signer.name, new Uint8Array(32).fill(1));
  const statement = parseStatement(signStatement("teguh/sheet/v1", body, [alias]));
  assert.equal(checkSignature(statement, 0, first.publicKey), false);
  assert.equal(checkSignature(statement, 0, second.publicKey), false);
});

test("a wrong key id and a changed text are refused", () => {
  const { text, signatures } = parseNote(bytes);
  const wrongId = signatures.map((line) => ({ ...line, keyId: Uint8Array.of(1, 2, 3, 4) }));
  assert.equal(checkSignature(parseStatement(formatNote({ text, signatures: wrongId })), 0, first.publicKey), false);
  const changed = utf8(fromUtf8(text).replace("[3,2]", "[4,2]"));
  assert.equal(checkSignature(parseStatement(formatNote({ text: changed, signatures })), 0, first.publicKey), false);
});

test("a key's name is made of its fingerprint and read back", () => {
  const name = keyName(ELECTION, first.publicKey);
  assert.equal(name, `${ELECTION}/k/${toHex(sha256(first.publicKey)).slice(0, 16)}`);
  assert.equal(shortKey(name), name.slice(-16));
  assert.equal(ed25519Verifier(name, first.publicKey).name, name);
  for (const other of ["", "x", `${name}0`, name.toUpperCase(), `${name}\n`]) {
    assert.throws(() => shortKey(other), StatementError);
  }
});

const refusedTexts: [string, string][] = [
  ["one line", "teguh/sheet/v1\n"],
  ["three lines", "teguh/sheet/v1\n{}\n{}\n"],
  ["an empty type", "\n{}\n"],
  ["a type with a space", "teguh sheet\n{}\n"],
  ["a type with a capital", "Teguh/sheet/v1\n{}\n"],
  ["a type that is too long", `${"a".repeat(65)}\n{}\n`],
];

for (const [what, text] of refusedTexts) {
  test(`a note with ${what} is no statement`, () => {
    assert.throws(() => parseStatement(signNote(text, [first.signer])), StatementError);
  });
}

test("what is not even a note is no statement", () => {
  assert.throws(() => parseStatement(utf8("teguh/sheet/v1\n{}\n")), /not a signed note/);
});

test("a body that is not a canonical object is refused when opened", () => {
  for (const line of ["{}", "[]", "null", '{"by": []}', "{", '{"by":"x"}']) {
    const statement = parseStatement(signNote(`teguh/sheet/v1\n${line}\n`, [first.signer]));
    assert.throws(() => openBody(statement), StatementError, line);
  }
});

test("the bound on length holds for writer and reader", () => {
  const overhead = signStatement("teguh/sheet/v1", { x: "" }, [first.signer]).length;
  const longest = signStatement("teguh/sheet/v1", { x: "a".repeat(MAX_STATEMENT - overhead) }, [first.signer]);
  assert.equal(parseStatement(longest).text.length > 0, true);
  assert.equal(longest.length, MAX_STATEMENT);
  const tooLong = { x: "a".repeat(MAX_STATEMENT - overhead + 1) };
  assert.throws(() => signStatement("teguh/sheet/v1", tooLong, [first.signer]), StatementError);
  assert.throws(() => parseStatement(concat(longest, utf8("x"))), StatementError);
});

test("impossible types and values are refused before signing", () => {
  assert.throws(() => signStatement("Teguh", {}, [first.signer]), StatementError);
  assert.throws(() => signStatement("teguh/sheet/v1", { votes: 1.5 }, [first.signer]), CanonicalError);
});
