/**
 * The parser of notes against another that is as plain as the specification, on broken notes: both accept the same bytes, and
 * what is accepted is written back to the same bytes.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromUtf8, toBase64, utf8 } from "./bytes.ts";
import { ed25519Signer, formatNote, MAX_SIGNATURES, NoteError, parseNote, signNote } from "./note.ts";
import { MAX_STATEMENT, parseStatement, StatementError, signStatement } from "./statement.ts";
import { broken, fuzzing } from "./testing/fuzz.ts";

const [alice, badu] = ["alice", "desa/é"].map((name, i) => ed25519Signer(name, new Uint8Array(32).fill(i + 1)));
assert.ok(alice && badu);

const SEEDS = [
  signNote("text\n", [alice]),
  signNote("Désa\n\n— alice AAAAAAAA\n\nlast\n", [alice, badu]),
  signStatement("teguh/sheet/v1", { a: 1, b: [null, "c"], time: 1_865_000_000_000 }, [alice, badu]),
];
const TOKENS = [
  "\n",
  "\n\n",
  "— ",
  "— alice ",
  "— alice AAAA\n",
  " ",
  "+",
  "=",
  "==",
  "AAAAAAAA",
  "\u0000",
  "\r",
  "\u00a0",
  "é",
  "{}",
  "\u007f",
];

/** Signed note, word for word: UTF-8, the last empty line, then lines "— name base64". Null: it is none. */
function plainly(bytes: Uint8Array): { readonly text: string; readonly lines: readonly string[] } | null {
  let note: string;
  try {
    note = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
  const split = note.length < 3 ? -1 : note.lastIndexOf("\n\n", note.length - 3);
  if (split < 0 || !note.endsWith("\n")) return null;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split("\n");
  if ([...text].some((char) => char < " " && char !== "\n") || lines.length > MAX_SIGNATURES) return null;
  return lines.every(isSignature) ? { text, lines } : null;
}

function isSignature(line: string): boolean {
  const [, name = "", base64 = ""] = /^— ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
  if (name === "" || /[+\p{White_Space}\p{Cc}]/u.test(name)) return false;
  const bytes = Buffer.from(base64, "base64");
  return bytes.length >= 5 && toBase64(bytes) === base64;
}

function orNull<T>(read: () => T, error: new (...args: never[]) => Error): T | null {
  try {
    return read();
  } catch (thrown) {
    assert.ok(thrown instanceof error, String(thrown));
    return null;
  }
}

test("of broken notes those are accepted that the specification accepts, and no others", (context) => {
  const options = fuzzing(context, 10_000);
  let accepted = 0;
  fc.assert(
    fc.property(broken(SEEDS, TOKENS), (bytes) => {
      const note = orNull(() => parseNote(bytes), NoteError);
      const expected = plainly(bytes);
      assert.equal(note === null, expected === null);
      if (note === null || expected === null) return;
      accepted++;
      assert.equal(fromUtf8(note.text), expected.text);
      assert.equal(note.signatures.length, expected.lines.length);
      assert.deepEqual(Buffer.from(formatNote(note)), Buffer.from(bytes));
    }),
    options,
  );
  assert.ok(
    accepted > options.numRuns / 50,
    `only ${accepted} were accepted: the fuzzer breaks too much to say anything`,
  );
});

test("of broken statements those are accepted that are a note of two lines, a type first", (context) => {
  fc.assert(
    fc.property(broken(SEEDS, [...TOKENS, "teguh/sheet/v1", "\n{}\n"]), (bytes) => {
      const statement = orNull(() => parseStatement(bytes), StatementError);
      const lines = plainly(bytes)?.text.split("\n") ?? [];
      const isOne =
        lines.length === 3 && /^[a-z0-9][a-z0-9/.-]{0,63}$/.test(lines[0] ?? "") && bytes.length <= MAX_STATEMENT;
      assert.equal(statement !== null, isOne);
      if (statement === null) return;
      assert.equal(statement.type, lines[0]);
      assert.deepEqual(Buffer.from(statement.body), Buffer.from(utf8(lines[1] ?? "")));
    }),
    fuzzing(context, 5_000),
  );
});
