/** Files replaced in turn, and what a process that died between the steps leaves. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { Turns } from "./turns.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-turns-"));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
const newPath = () => join(folder, String(files++), "file");
const textOf = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : null);
const namesBeside = (path: string) => readdirSync(dirname(path)).sort();

test("a file shown in turn is the old or the new one, and two files serve for ever", () => {
  const path = newPath();
  const turns = new Turns();
  const inodes = new Set<number>();
  let before: string | null = null;
  for (const text of ["one", "longer than one", "2", "three", "four"]) {
    turns.prepare(path, utf8(text));
    assert.equal(textOf(path), before, "not shown yet");
    turns.show(path);
    assert.equal(textOf(path), text);
    inodes.add(statSync(path).ino);
    before = text;
  }
  assert.equal(inodes.size, 2);
  assert.equal(namesBeside(path).length, 2);
});

test("prepared twice, a file is shown as it was prepared last", () => {
  const path = newPath();
  const turns = new Turns();
  for (const text of ["one", "two"]) {
    turns.prepare(path, utf8("not this"));
    turns.prepare(path, utf8(text));
    turns.show(path);
    assert.equal(textOf(path), text);
  }
  assert.equal(namesBeside(path).length, 2);
});

test("what was not prepared is not shown: the file stays as it is", () => {
  const path = newPath();
  const turns = new Turns();
  assert.throws(() => turns.show(path), /was not prepared/);
  turns.prepare(path, utf8("one"));
  turns.show(path);
  turns.prepare(path, utf8("two"));
  turns.show(path);
  assert.throws(() => turns.show(path), /was not prepared/);
  assert.equal(textOf(path), "two");
});

test("whenever a process dies, the next one shows what it prepares, and nothing is seen before it is shown", () => {
  const step = fc.constantFrom("prepare", "show", "die");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const path = newPath();
      let turns = new Turns();
      let [shown, prepared]: (string | null)[] = [null, null];
      for (const [at, what] of steps.entries()) {
        if (what === "die") {
          turns = new Turns();
          prepared = null;
        } else if (what === "prepare") {
          prepared = `content ${at}`;
          turns.prepare(path, utf8(prepared));
        } else if (prepared !== null) {
          turns.show(path);
          [shown, prepared] = [prepared, null];
        }
        assert.equal(textOf(path), shown);
      }
      if (existsSync(path)) assert.ok(namesBeside(path).length <= 3, "names do not pile up");
    }),
  );
});
