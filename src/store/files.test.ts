import assert from "node:assert/strict";
import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../ledger/bytes.ts";
import { growAt, hardLink, ImmutableFileError, readFileOrNull, syncFolder, writeAtomic, writeNew } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-files-"));
after(() => rmSync(folder, { recursive: true }));

let count = 0;
/** A path whose folder does not exist yet. */
const newPath = () => join(folder, String(++count), "a", "file");
const textOf = (path: string) => readFileSync(path, "utf8");

test("a new file is written once; the same bytes again are no news", () => {
  const path = newPath();
  assert.equal(writeNew(path, utf8("one")), true);
  assert.equal(writeNew(path, utf8("one")), false);
  assert.equal(textOf(path), "one");
});

test("a file that never changes is not written over by other bytes, longer or shorter ones included", () => {
  const path = newPath();
  writeNew(path, utf8("one"));
  for (const other of ["two", "on", "", "oxes"]) {
    assert.throws(() => writeNew(path, utf8(other)), ImmutableFileError, other);
  }
  assert.equal(textOf(path), "one");
});

test("a file that a process died over is finished", () => {
  for (const beginning of ["", "on"]) {
    const path = newPath();
    writeNew(path, utf8(beginning));
    assert.equal(writeNew(path, utf8("one")), true);
    assert.equal(textOf(path), "one");
  }
});

test("a file that changes is another file afterwards, so that who has it open reads on in the old one", () => {
  const path = newPath();
  writeAtomic(path, utf8("one"));
  const before = statSync(path).ino;
  writeAtomic(path, utf8("two"));
  assert.equal(textOf(path), "two");
  assert.notEqual(statSync(path).ino, before);
  assert.deepEqual(readdirSync(join(path, "..")), ["file"]);
});

test("a file that grows in any pieces, each perhaps written twice, is their concatenation", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ piece: fc.uint8Array({ maxLength: 50 }), twice: fc.boolean() })), (pieces) => {
      const path = newPath();
      let size = 0;
      for (const { piece, twice } of pieces) {
        growAt(path, size, piece);
        if (twice) growAt(path, size, piece);
        size += piece.length;
      }
      const whole = concat(...pieces.map(({ piece }) => piece));
      assert.deepEqual(readFileOrNull(path) ?? new Uint8Array(0), whole);
    }),
    { numRuns: 50 },
  );
});

test("a file that grows has no holes", () => {
  const path = newPath();
  growAt(path, 0, utf8("one"));
  assert.throws(() => growAt(path, 4, utf8("two")), /has 3 bytes, the next ones belong at 4/);
  assert.equal(textOf(path), "one");
});

test("a hard link grows with its file", () => {
  const [tile, partial] = [newPath(), newPath()];
  growAt(tile, 0, utf8("one"));
  hardLink(tile, partial);
  growAt(tile, 3, utf8("two"));
  assert.equal(textOf(partial), "onetwo");
});

test("a hard link replaces what its name stood for, again and again, and leaves no temporary name", () => {
  const [one, two, now] = [newPath(), newPath(), newPath()];
  writeNew(one, utf8("one"));
  writeNew(two, utf8("two"));
  for (const [from, text] of [
    [one, "one"],
    [two, "two"],
    [two, "two"],
    [one, "one"],
  ] as const) {
    hardLink(from, now);
    assert.equal(textOf(now), text);
    assert.deepEqual(readdirSync(join(now, "..")), ["file"]);
  }
  assert.equal(textOf(two), "two");
});

test("a temporary name that a crash left behind is in nobody's way", () => {
  const [one, now] = [newPath(), newPath()];
  writeNew(one, utf8("one"));
  writeNew(now, utf8("old"));
  linkSync(one, join(now, "..", ".file.new"));
  hardLink(one, now);
  assert.equal(textOf(now), "one");
  writeFileSync(join(now, "..", ".file.new"), "left behind");
  writeAtomic(now, utf8("two"));
  assert.equal(textOf(now), "two");
  assert.equal(textOf(one), "one");
});

test("a folder is made durable, and a missing one is an error", async () => {
  await syncFolder(folder);
  await assert.rejects(syncFolder(join(folder, "absent")));
});

test("a file that is not there reads as null, whatever stands in its way", () => {
  const path = newPath();
  writeNew(path, utf8("one"));
  for (const absent of [join(folder, "absent"), join(path, "below"), folder])
    assert.equal(readFileOrNull(absent), null);
});
