/** What is particular to the SQLite engine: how it fails, and that nothing is lost when it does. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import fc from "fast-check";
import { assertHeads } from "./conformance.ts";
import { BATCH, entriesOf, entryOf } from "./doomed-writer.ts";
import { openSqliteStore } from "./sqlite.ts";
import { type Store, StoreFull, StoreUnusable } from "./store.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-sqlite-"));
after(() => rmSync(folder, { recursive: true }));

/** Appends batches of 20 until the store refuses; returns how many entries were acknowledged. */
async function fill(store: Store, epoch: number): Promise<number> {
  for (let n = 0; ; n += 20) {
    try {
      await store.append(entriesOf(n, 20), epoch);
    } catch (error) {
      assert.ok(error instanceof StoreFull, String(error));
      return n;
    }
  }
}

async function countOf(store: Store): Promise<number> {
  return [...(await store.heads()).values()].reduce((sum, head) => sum + head.size, 0);
}

test("a file that may not grow refuses with StoreFull, loses nothing, and takes the same batch once it may", async () => {
  const path = join(folder, "small.db");
  const small = openSqliteStore(path, { maxPages: 100 });
  const epoch = await small.claim("core");
  const stored = await fill(small, epoch);
  assert.ok(stored >= 100);
  assert.equal(await countOf(small), stored);
  await assertHeads(small);
  await assert.rejects(small.append(entriesOf(stored, 20), epoch), /no room left/);
  assert.equal((await small.append([entryOf(0)], epoch))[0]?.kind, "duplicate");
  await small.close();

  const larger = openSqliteStore(path, { maxPages: 1_000 });
  const outcomes = await larger.append(entriesOf(stored - 20, 40), await larger.claim("core"));
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    [...Array(20).fill("duplicate"), ...Array(20).fill("appended")],
  );
  await assertHeads(larger);
  await larger.close();
});

test("a full disk refuses with StoreFull, loses nothing, and the same handle goes on once there is room", async (t) => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], { stdio: "ignore" });
  } catch {
    return t.skip("mounting a small disk needs root");
  }
  try {
    const ballast = join(disk, "ballast");
    writeFileSync(ballast, new Uint8Array(1_000_000));
    const store = openSqliteStore(join(disk, "store.db"));
    const epoch = await store.claim("core");
    const stored = await fill(store, epoch);
    assert.ok(stored > 0);
    assert.equal(await countOf(store), stored);
    rmSync(ballast);
    const outcomes = await store.append(entriesOf(stored - 20, 40), epoch);
    assert.deepEqual(outcomes.filter(({ kind }) => kind === "appended").length, 20);
    await assertHeads(store);
    await store.close();
    assert.throws(() => writeFileSync(ballast, new Uint8Array(3_000_000)), /ENOSPC/);
    assert.throws(() => openSqliteStore(join(disk, "another.db")), StoreFull);
    assert.throws(() => openSqliteStore(join(disk, "store.db")), StoreFull);
    rmSync(ballast);
    const reopened = openSqliteStore(join(disk, "store.db"));
    assert.equal(await countOf(reopened), stored + 20);
    await reopened.close();
  } finally {
    // Lazily: a failed assertion leaves a store open, and must not leave a mounted disk behind.
    execFileSync("umount", ["-l", disk]);
  }
});

test("a writer killed at any moment has stored everything that it acknowledged, in whole batches", async () => {
  const path = join(folder, "killed.db");
  const program = join(import.meta.dirname, "doomed-writer.ts");
  let acknowledged = 0;
  for (let round = 0; round < 5; round++) {
    const writer = spawn(process.execPath, [program, path, String(acknowledged)]);
    const ended = once(writer, "exit");
    let said = "";
    for await (const chunk of writer.stdout) {
      said += chunk;
      // Another number of batches each round, so that the blow falls at another point of the write.
      if (said.split("\n").length > 3 + round * 4) writer.kill("SIGKILL");
    }
    await ended;
    const heard = Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));
    const reopened = openSqliteStore(path);
    const found = await countOf(reopened);
    assert.ok(found >= heard, `${found} entries found, ${heard} were acknowledged`);
    assert.equal(found % BATCH, 0, "a batch is there whole or not at all");
    await assertHeads(reopened);
    await reopened.close();
    acknowledged = found;
  }
});

test("a write-ahead log that was cut short or garbled at its end still holds whole batches from the start", async () => {
  const path = join(folder, "torn.db");
  const store = openSqliteStore(path);
  const epoch = await store.claim("core");
  for (let n = 0; n < 20; n++) await store.append(entriesOf(n * BATCH, BATCH), epoch);
  const [file, log] = [readFileSync(path), readFileSync(`${path}-wal`)];
  const whole = await countOf(store);
  await store.close();

  const anyEnd = fc.record({ kept: fc.nat(log.length), garbled: fc.boolean() });
  let copies = 0;
  await fc.assert(
    fc.asyncProperty(anyEnd, async ({ kept, garbled }) => {
      const copy = join(folder, `torn-${++copies}.db`);
      writeFileSync(copy, file);
      writeFileSync(
        `${copy}-wal`,
        garbled ? Buffer.concat([log.subarray(0, kept), Buffer.alloc(9_000, 7)]) : log.subarray(0, kept),
      );
      const torn = openSqliteStore(copy);
      const found = await countOf(torn);
      assert.equal(found % BATCH, 0);
      if (kept === log.length) assert.equal(found, whole);
      await torn.append(entriesOf(0, 30 * BATCH), await torn.claim("core"));
      assert.equal(await countOf(torn), 30 * BATCH);
      await assertHeads(torn);
      await torn.close();
    }),
    { numRuns: 30, examples: [[{ kept: log.length, garbled: true }], [{ kept: 0, garbled: false }]] },
  );
});

test("a reader follows a writer through a handle of its own and cannot write", async () => {
  const path = join(folder, "two-handles.db");
  const writer = openSqliteStore(path);
  const epoch = await writer.claim("core");
  const reader = openSqliteStore(path, { readOnly: true });
  await writer.append(entriesOf(0, 5), epoch);
  const { cursor, entries } = await reader.changes(0, 100);
  assert.equal(entries.length, 5);
  await writer.append([{ ...entryOf(6), log: "log/new" }], epoch);
  assert.deepEqual(
    (await reader.changes(cursor, 100)).entries.map(({ log }) => log),
    ["log/new"],
  );
  await assert.rejects(reader.append(entriesOf(5, 1), epoch), /opened for reading only/);
  await assert.rejects(reader.claim("core"), StoreUnusable);
  await reader.close();
  await writer.close();
});

test("what is not a store is refused with the reason, and left as it is", async () => {
  assert.throws(() => openSqliteStore(join(folder, "absent.db"), { readOnly: true }), StoreUnusable);
  assert.throws(() => openSqliteStore(join(folder, "no-folder", "store.db")), StoreUnusable);
  const text = join(folder, "text.db");
  writeFileSync(text, "this is a letter, not a database. ".repeat(100));
  assert.throws(() => openSqliteStore(text), StoreUnusable);
  const future = join(folder, "future.db");
  const db = new DatabaseSync(future);
  db.exec("PRAGMA user_version = 99");
  db.close();
  assert.throws(() => openSqliteStore(future), /version 99, this program reads version 1/);
});
