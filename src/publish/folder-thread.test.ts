/** The folder written by a thread is the folder written directly, and its failures come to light. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { FlushFailed } from "./flush.ts";
import { diskFolder, type PublicFolder } from "./folder.ts";
import { Ring } from "./folder-ring.ts";
import { threadedFolder } from "./folder-thread.ts";

const root = mkdtempSync(join(tmpdir(), "teguh-thread-"));
after(() => rmSync(root, { recursive: true }));

let folders = 0;
const newDir = () => join(root, String(folders++));
/** Small, so that the writer waits for room and the end of the ring is passed often. */
const RING_BYTES = 4096;

type Write = (to: PublicFolder) => void;

const names = fc.constantFrom("a", "deep/b", "deep/er/c");
const content = fc.uint8Array({ maxLength: 3000 });
const writes: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(names, content).map(
    ([path, bytes]) =>
      (to: PublicFolder) =>
        to.replace(`now/${path}`, bytes),
  ),
  fc.tuple(names, content).map(([path, bytes]) => (to: PublicFolder) => {
    to.prepare(`log/${path}`, bytes);
    to.show(`log/${path}`);
  }),
  fc.tuple(names, content).map(([path, bytes]) => (to: PublicFolder) => {
    to.replace(`of/${path}`, bytes);
    to.link(`of/${path}`, `name/${path}`);
  }),
  fc.tuple(names, content).map(
    ([path, bytes]) =>
      (to: PublicFolder) =>
        to.grow(`grown/${path}`, to.read(`grown/${path}`)?.length ?? 0, bytes),
  ),
  names.map((path) => (to: PublicFolder) => to.remove(`now/${path}`)),
  fc.tuple(names, content).map(([path, bytes]) => (to: PublicFolder) => {
    to.remove(`once/${path}`);
    to.fill(`once/${path}`, bytes, `shown/${path}`);
    to.place();
    to.reveal();
  }),
  fc.nat({ max: 3 }).map((files) => (to: PublicFolder) => to.stock(files)),
);

const PATHS = ["now", "log", "of", "name", "grown", "once", "shown"].flatMap((top) =>
  ["a", "deep/b", "deep/er/c"].map((path) => `${top}/${path}`),
);

test("any writes leave the same files as without a thread, and a read sees all before it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(writes, { maxLength: 30 }), async (history) => {
      const [direct, threaded] = [newDir(), newDir()];
      const lines: string[] = [];
      const own = diskFolder(direct, (line) => lines.push(line));
      const thread = threadedFolder(threaded, (line) => lines.push(line), RING_BYTES);
      for (const write of history) {
        write(own);
        write(thread);
      }
      for (const path of PATHS) assert.deepEqual(thread.read(path), own.read(path), path);
      for (const path of PATHS) assert.equal(thread.size(path), own.size(path), path);
      await thread.close();
      assert.deepEqual(lines, []);
    }),
    { numRuns: 25 },
  );
});

test("everything is there once the folder has settled", async () => {
  const dir = newDir();
  const folder = threadedFolder(dir, () => undefined, RING_BYTES);
  for (let i = 0; i < 500; i++) folder.writeOnce(`object/${i}.json`, utf8(`content ${i}`));
  await folder.settle();
  for (let i = 0; i < 500; i++) assert.equal(readFileSync(join(dir, `object/${i}.json`), "utf8"), `content ${i}`);
  await folder.close();
});

test("a flush that was begun ahead and failed fails the sync after it, and no other", async () => {
  const dir = newDir();
  const folder = threadedFolder(dir, () => undefined, RING_BYTES);
  folder.startSync();
  await assert.rejects(folder.sync(), FlushFailed);
  mkdirSync(dir);
  await folder.sync();
  await folder.close();
});

test("a file larger than the ring is written in its turn", async () => {
  const dir = newDir();
  const folder = threadedFolder(dir, () => undefined, RING_BYTES);
  folder.replace("file", utf8("before"));
  folder.replace("file", new Uint8Array(100_000).fill(7));
  assert.equal(statSync(join(dir, "file")).size, 100_000);
  folder.replace("file", utf8("after"));
  await folder.settle();
  assert.equal(readFileSync(join(dir, "file"), "utf8"), "after");
  await folder.close();
});

test("a write that fails fails the sync after it, with its code, and nothing after it is done", async () => {
  const dir = newDir();
  mkdirSync(dir);
  writeFileSync(join(dir, "file"), "not a folder");
  const folder = threadedFolder(dir, () => undefined, RING_BYTES);
  folder.writeOnce("file/below", utf8("one"));
  // Whether the thread is there already or not: either this call says so, or the sync.
  await assert.rejects(
    async () => {
      folder.writeOnce("after", utf8("two"));
      await folder.sync();
    },
    { code: /ENOTDIR|EEXIST/ },
  );
  assert.equal(existsSync(join(dir, "after")), false);
  assert.throws(() => folder.read("file"), { code: /ENOTDIR|EEXIST/ });
});

test("a file that held other bytes is written anew, and said", async () => {
  const dir = newDir();
  mkdirSync(dir);
  writeFileSync(join(dir, "object"), "other");
  const { promise, resolve } = Promise.withResolvers<string>();
  const folder = threadedFolder(dir, resolve, RING_BYTES);
  folder.writeOnce("object", utf8("right"));
  await folder.settle();
  assert.equal(readFileSync(join(dir, "object"), "utf8"), "right");
  assert.match(await promise, /held other bytes/);
  await folder.close();
});

test("nobody waits for ever for a thread that has failed", async () => {
  const ring = new Ring(Ring.memory(RING_BYTES));
  ring.put(2, "object");
  const waited = ring.drained();
  ring.fail("it never ran");
  await waited;
  ring.drain();
  assert.equal(ring.failure, "it never ran");
});

test("a folder that failed can be closed, and says once more why", async () => {
  const dir = newDir();
  mkdirSync(dir);
  writeFileSync(join(dir, "file"), "not a folder");
  const folder = threadedFolder(dir, () => undefined, RING_BYTES);
  folder.writeOnce("file/below", utf8("one"));
  await assert.rejects(folder.sync(), { code: /ENOTDIR|EEXIST/ });
  await assert.rejects(folder.close(), { code: /ENOTDIR|EEXIST/ });
});

test("the taker is told of a record that nobody waits for as soon as the other thread has nothing else to do", async () => {
  const memory = Ring.memory(1 << 20);
  const ring = new Ring(memory);
  const told = Atomics.waitAsync(new Int32Array(memory), 0, 0, 10_000);
  ring.put(2, "object");
  assert.equal(await told.value, "ok");
});
