/** Spare files get their names only when they are placed, whatever a crash left of them. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { utf8 } from "../ledger/bytes.ts";
import { Spares } from "./spares.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "teguh-spares-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const spares = () => new Spares(join(dir, ".spare"));
const waiting = () => readdirSync(join(dir, ".spare"));
const never = (path: string) => assert.fail(`${path} was said to differ`);

test("a filled file has no name before it is placed", () => {
  const own = spares();
  own.fill(join(dir, "deep/a"), utf8("one"), null);
  assert.equal(existsSync(join(dir, "deep")), false);
  own.place(never);
  assert.equal(readFileSync(join(dir, "deep/a"), "utf8"), "one");
  assert.deepEqual(waiting(), []);
});

test("files are made ahead, and those are filled first", () => {
  const own = spares();
  own.stock(3);
  const made = new Set(waiting().map((name) => statSync(join(dir, ".spare", name)).ino));
  own.fill(join(dir, "a"), utf8("one"), null);
  own.place(never);
  assert.ok(made.has(statSync(join(dir, "a")).ino));
  assert.equal(waiting().length, 2);
});

test("what a crash left filled is filled anew, with no trace of what it held", () => {
  spares().fill(join(dir, "lost"), utf8("a longer content than the next"), null);
  const own = spares();
  own.fill(join(dir, "a"), utf8("one"), null);
  own.fill(join(dir, "b"), utf8("two"), null);
  own.place(never);
  assert.deepEqual([readFileSync(join(dir, "a"), "utf8"), readFileSync(join(dir, "b"), "utf8")], ["one", "two"]);
  assert.equal(existsSync(join(dir, "lost")), false);
});

test("a file that is there with the same bytes stays the file it was", () => {
  writeFileSync(join(dir, "a"), "one");
  const { ino } = statSync(join(dir, "a"));
  const own = spares();
  own.fill(join(dir, "a"), utf8("one"), null);
  own.place(never);
  assert.equal(statSync(join(dir, "a")).ino, ino);
  assert.equal(waiting().length, 1);
});

test("a file that is there with other bytes is replaced, and that is told", () => {
  writeFileSync(join(dir, "a"), "other");
  const told: string[] = [];
  const own = spares();
  own.fill(join(dir, "a"), utf8("one"), null);
  own.place((path) => told.push(path));
  assert.equal(readFileSync(join(dir, "a"), "utf8"), "one");
  assert.deepEqual(told, [join(dir, "a")]);
});

test("a file with two names has the second only when it is revealed, and then both are one file", () => {
  const own = spares();
  own.fill(join(dir, "object/a"), utf8("one"), join(dir, "now/region"));
  own.place(never);
  assert.equal(readFileSync(join(dir, "object/a"), "utf8"), "one");
  assert.equal(existsSync(join(dir, "now")), false);
  own.reveal();
  assert.equal(statSync(join(dir, "now/region")).ino, statSync(join(dir, "object/a")).ino);
  assert.deepEqual(waiting(), []);
});

test("the second name goes to whatever file has the first, be it there already, differ, or be revealed again", () => {
  const own = spares();
  for (const before of ["one", "other", "one"]) {
    writeFileSync(join(dir, "a"), before);
    own.fill(join(dir, "a"), utf8("one"), join(dir, "now"));
    own.place(() => undefined);
    own.reveal();
    assert.equal(readFileSync(join(dir, "now"), "utf8"), "one");
    assert.equal(statSync(join(dir, "now")).ino, statSync(join(dir, "a")).ino);
  }
});

test("a file that a crash left placed and not revealed is never filled with anything else", () => {
  const first = spares();
  first.fill(join(dir, "a"), utf8("one"), join(dir, "now"));
  first.place(never);
  const own = spares();
  assert.deepEqual(waiting(), []);
  own.fill(join(dir, "a"), utf8("one"), join(dir, "now"));
  own.fill(join(dir, "b"), utf8("two"), null);
  own.place(never);
  own.reveal();
  assert.equal(readFileSync(join(dir, "a"), "utf8"), "one");
  assert.equal(readFileSync(join(dir, "now"), "utf8"), "one");
});
