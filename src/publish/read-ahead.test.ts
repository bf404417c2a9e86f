import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { utf8 } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import { openMemoryStore } from "../store/memory.ts";
import type { NewEntry } from "../store/store.ts";
import { PublishIndex } from "./index-db.ts";
import { movedSince } from "./read-ahead.ts";

const entry = (log: string, n: number): NewEntry => {
  const bytes = utf8(`${log} ${n}`);
  return { log, id: new Uint8Array(32).fill(n), chain: null, hot: false, bytes };
};

test("what is read ahead is what came after the edition, of kecamatan alone", async () => {
  const store = openMemoryStore();
  const epoch = await store.claim("core");
  const logs = ["pleno/0", "pleno/51", "tps/510302", "tps/510301", "pleno/510303", "tps/510304"];
  await store.append(
    logs.flatMap((log) => [entry(log, 1), entry(log, 2)]),
    epoch,
  );
  const root = hashHex(utf8(""));
  const cut = new Map([
    ["tps/510304", { size: 2, root }],
    ["tps/510302", { size: 1, root }],
  ]);
  assert.deepEqual(await movedSince(cut, store), ["510301", "510302", "510303"]);
});

function indexPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "teguh-index-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, "publish-index.db");
}

test("an index can be read beside the one who writes it, and cannot be changed so", (t) => {
  const path = indexPath(t);
  const index = PublishIndex.open(path);
  const region = "510303" as RegionCode;
  index.putUnits([[region, utf8("snapshot")]]);
  const beside = PublishIndex.look(path);
  assert.deepEqual(beside?.unit(region), utf8("snapshot"));
  beside?.readAhead(region);
  assert.throws(() => beside?.putUnits([[region, utf8("another")]]), /readonly/);
  beside?.close();
  index.close();
});
