// The threat model of docs/DEFEND.md names a test or an attack for each of its answers; here it is looked whether they are there.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ATTACKS } from "../attack/attacks/all.ts";

const DOCS = join(import.meta.dirname, "..", "docs");
const page = readFileSync(join(DOCS, "DEFEND.md"), "utf8");
const table = page.slice(page.indexOf("| who | with what"));
/** The last cell of each row. */
const proofs = [...table.matchAll(/^\|(?: [^|]*\|){3} ([^|]*) \|$/gm)].slice(2).map(([, cell = ""]) => cell);

test("every threat names what shows its answer", () => {
  assert.ok(proofs.length > 20);
  for (const proof of proofs) assert.match(proof, /attacks? `|\]\(.*\): "/, proof);
});

test("every test that a threat names is there, by that name", () => {
  const named = [...table.matchAll(/\]\((\S+)\): ((?:"[^"]+"(?:, )?)+)/g)];
  assert.ok(named.length > 20);
  for (const [, file = "", names = ""] of named) {
    const path = join(DOCS, file);
    assert.ok(existsSync(path), file);
    const text = readFileSync(path, "utf8");
    for (const [, name = ""] of names.matchAll(/"([^"]+)"/g)) assert.ok(text.includes(`"${name}"`), `${file}: ${name}`);
  }
});

test("every attack that a threat names can be run, and none is forgotten", () => {
  const named = [...table.matchAll(/attacks? ((?:`[a-z0-9-]+`(?:, )?)+)/g)].flatMap(([, names = ""]) =>
    [...names.matchAll(/`([a-z0-9-]+)`/g)].map(([, name = ""]) => name),
  );
  const known = ATTACKS.map(({ name }) => name);
  assert.deepEqual(
    named.filter((name) => !known.includes(name)),
    [],
  );
  assert.deepEqual(
    known.filter((name) => !named.includes(name)),
    [],
  );
});
