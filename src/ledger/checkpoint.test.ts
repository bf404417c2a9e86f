// A checkpoint is believed only if its own log's key signed it, and read only in its one spelling.

import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "./bytes.ts";
import { CheckpointError, formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { ed25519Signer, ed25519Verifier, NoteError, signNote } from "./note.ts";
import { EMPTY_ROOT } from "./tree.ts";

const ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const log = ed25519Signer("log/a", new Uint8Array(32).fill(1));
const otherLog = ed25519Signer("log/b", new Uint8Array(32).fill(2));
const logKey = ed25519Verifier(log.name, log.publicKey);
const otherKey = ed25519Verifier(otherLog.name, otherLog.publicKey);
const checkpoint = { origin: "log/a", size: Number.MAX_SAFE_INTEGER, root: EMPTY_ROOT };

test("size and root come back, up to the largest size", () => {
  const { origin, size, root } = openCheckpoint(signCheckpoint(checkpoint, [log]), [logKey]);
  assert.deepEqual({ origin, size, root }, checkpoint);
});

test("another log's key does not speak for this log", () => {
  assert.throws(() => openCheckpoint(signCheckpoint(checkpoint, [otherLog]), [logKey, otherKey]), NoteError);
});

test("extension lines of other programs are kept", () => {
  assert.deepEqual(parseCheckpoint(`a\n7\n${ROOT}\nx 1\ny\n`).extensions, ["x 1", "y"]);
  const note = signNote(`log/a\n7\n${ROOT}\nx 1\n`, [log]);
  assert.deepEqual(openCheckpoint(note, [logKey]).extensions, ["x 1"]);
});

for (const text of [
  "",
  "a\n7\n",
  `a\n7\n${ROOT}`,
  `\n7\n${ROOT}\n`,
  `a\n07\n${ROOT}\n`,
  `a\n-7\n${ROOT}\n`,
  `a\n9007199254740992\n${ROOT}\n`,
  `a\n7\n${ROOT.slice(0, -1)}\n`,
  `a\n7\nAAAA\n`,
  `a\n7\n${ROOT}\n\n`,
  `a\n7\n${ROOT}\n\nx\n`,
  `a\r\n7\n${ROOT.replace("=", "")}\n`,
]) {
  test(`${JSON.stringify(text.replace(ROOT, "ROOT"))} is not a checkpoint`, () => {
    assert.throws(() => parseCheckpoint(text), CheckpointError);
    assert.throws(() => parseCheckpoint(utf8(text)), CheckpointError);
  });
}

test("values that no log has are not written", () => {
  for (const change of [
    { origin: "" },
    { origin: "a\nb" },
    { size: -1 },
    { size: 1.5 },
    { root: new Uint8Array(31) },
  ]) {
    assert.throws(() => formatCheckpoint({ ...checkpoint, ...change }), CheckpointError);
  }
});
