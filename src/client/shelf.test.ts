import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { MemoryShelf, type Shelf } from "./shelf.ts";
import { FileShelves } from "./shelf-node.ts";
import { type Reopen, SHELF_RULES } from "./testing/shelf-conformance.ts";

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), "shelf-"));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
}

/** Opens shelves in a folder that are closed with the test. */
function opener(t: TestContext, at: string, flush = true): () => FileShelves {
  return () => {
    const shelves = new FileShelves(at, { flush });
    t.after(() => shelves.close());
    return shelves;
  };
}

const SHELVES: Readonly<Record<string, (t: TestContext) => { shelf: Shelf; reopen: Reopen }>> = {
  "in memory": () => {
    const shelf = new MemoryShelf();
    return { shelf, reopen: async () => shelf };
  },
  "in files": (t) => {
    const open = opener(t, folder(t));
    return { shelf: open().of("phone"), reopen: async () => open().of("phone") };
  },
};

for (const [where, make] of Object.entries(SHELVES)) {
  for (const [rule, check] of Object.entries(SHELF_RULES)) {
    test(`a shelf ${where}: ${rule}`, async (t) => {
      const { shelf, reopen } = make(t);
      await check(shelf, reopen);
    });
  }
}

test("devices on one machine do not see each other's things", async (t) => {
  const shelves = opener(t, folder(t))();
  await shelves.of("a").put("x", { n: 1 });
  await shelves.of("a").putBytes("x", Uint8Array.of(1));
  assert.equal((await shelves.of("b").records()).size, 0);
  assert.equal(await shelves.of("b").bytes("x"), null);
});

test("a line that a crash has cut off is forgotten, and what was kept before it is not", async (t) => {
  const at = folder(t);
  const open = opener(t, at);
  await open().of("a").put("x", { n: 1 });
  appendFileSync(join(at, "records.jsonl"), '["a","x","{\\"n\\"');
  const again = open();
  await again.of("a").put("y", { n: 2 });
  assert.deepEqual(
    [...(await open().of("a").records())],
    [
      ["x", { n: 1 }],
      ["y", { n: 2 }],
    ],
  );
});

test("a file of many changes is short again when it is opened", async (t) => {
  const at = folder(t);
  const open = opener(t, at, false);
  const shelf = open().of("a");
  for (let n = 0; n < 50; n++) await shelf.put("x", { n });
  const path = join(at, "records.jsonl");
  const before = statSync(path).size;
  assert.deepEqual([...(await open().of("a").records())], [["x", { n: 49 }]]);
  assert.ok(statSync(path).size < before / 10);
  assert.equal(readFileSync(path, "utf8").split("\n").length, 2);
});
