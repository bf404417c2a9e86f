import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { isName, isPerson, Witnesses } from "./witnesses.ts";

const data = mkdtempSync(join(tmpdir(), "teguh-witnesses-"));
after(() => rmSync(data, { recursive: true }));
const [ONE, TWO] = ["ab".repeat(16), "cd".repeat(8)];

test("names of saksi are found again after a start, in files for the desk's user alone", () => {
  const witnesses = Witnesses.open(data);
  witnesses.keep(ONE, "Ketut Contoh");
  witnesses.keep(TWO, "Luh Rekaan");
  witnesses.keep(ONE, "Ketut Contoh, S.H.");
  const folder = join(data, "desk", "witnesses");
  for (const file of readdirSync(folder)) assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600, file);
  assert.deepEqual([...Witnesses.open(data).names()].sort(), [
    [ONE, "Ketut Contoh, S.H."],
    [TWO, "Luh Rekaan"],
  ]);
});

test("a name that is forgotten is gone from the disk, and forgetting nobody does nothing", () => {
  const witnesses = Witnesses.open(data);
  witnesses.forget(ONE);
  witnesses.forget(ONE);
  assert.deepEqual([...witnesses.names().keys()], [TWO]);
  assert.deepEqual([...Witnesses.open(data).names().keys()], [TWO]);
});

test("only a random number names a file, and only words are a name", () => {
  for (const person of ["", "../x", "AB".repeat(16), "ab"]) assert.equal(isPerson(person), false, person);
  for (const name of ["", "<b>", "a\nb", "x".repeat(121), 7]) assert.equal(isName(name), false, String(name));
  assert.equal(isName("I Gusti Ayu Contoh, S.Sos., M.Si."), true);
});
