import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { EDITIONS_LOG } from "../election/codes.ts";
import { concat, equalBytes, utf8 } from "../ledger/bytes.ts";
import { openCheckpoint, signCheckpoint } from "../ledger/checkpoint.ts";
import { sha256 } from "../ledger/hash.ts";
import { ed25519Signer, ed25519Verifier } from "../ledger/note.ts";
import { growTiles, parseBundle, TILE_WIDTH, tilePath, tilesForSize } from "../ledger/tiles.ts";
import { Frontier, HASH_BYTES, leafHash } from "../ledger/tree.ts";
import { openMemoryStore } from "../store/memory.ts";
import type { Store } from "../store/store.ts";
import { diskFolder } from "./folder.ts";
import { LogWriter } from "./tiles.ts";

const LOG = "tps/510101";
const signer = ed25519Signer(`uji.example/log/${LOG}`, sha256(utf8("log key")));

let dir: string;
let store: Store;
let entries: Uint8Array[];
let epoch: number;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "teguh-tiles-"));
  store = openMemoryStore();
  epoch = await store.claim("core");
  entries = [];
});
afterEach(() => rmSync(dir, { recursive: true }));

async function append(log: string, count: number): Promise<void> {
  const added = Array.from({ length: count }, (_, i) => utf8(`entry ${entries.length + i} ${"x".repeat(500)}`));
  entries.push(...added);
  await store.append(
    added.map((bytes) => ({ log, bytes, id: sha256(bytes), chain: null, hot: false })),
    epoch,
  );
}

function rootAt(size: number): Uint8Array {
  const frontier = new Frontier();
  for (const entry of entries.slice(0, size)) frontier.push(leafHash(entry));
  return frontier.root();
}

const checkpointAt = (size: number): Uint8Array =>
  signCheckpoint({ origin: signer.name, size, root: rootAt(size) }, [signer]);

/** Every width that was published is a name, and its first hashes and entries are right. */
function checkSize(prefix: string, size: number): void {
  for (const { level, n, width } of tilesForSize(size)) {
    if (level !== "entries") continue;
    const bundle = parseBundle(readFileSync(join(prefix, tilePath(level, n, width))), width);
    const expected = entries.slice(n * TILE_WIDTH, n * TILE_WIDTH + width);
    assert.ok(equalBytes(concat(...bundle), concat(...expected)), `${size}: bundle ${n}`);
  }
  const leaves = entries.slice(0, size).map(leafHash);
  for (const { level, n, width, bytes } of growTiles(0, leaves, () => assert.fail())) {
    const tile = readFileSync(join(prefix, tilePath(level, n, width)));
    assert.ok(equalBytes(tile.subarray(0, width * HASH_BYTES), bytes), `${size}: ${level}/${n}`);
  }
}

test("each published size stays served while the log grows, across full tiles", async () => {
  const writer = new LogWriter(diskFolder(dir, assert.fail), store);
  const sizes = [1, 3, 200, 255, 256, 257, 600, 1100];
  let from = 0;
  for (const to of sizes) {
    await append(LOG, to - from);
    await writer.grow(LOG, from, to);
    writer.prepare(LOG, checkpointAt(to));
    writer.show(LOG);
    const note = readFileSync(join(dir, "log", LOG, "checkpoint"));
    assert.equal(openCheckpoint(note, [ed25519Verifier(signer.name, signer.publicKey)]).size, to);
    from = to;
  }
  for (const size of sizes) checkSize(join(dir, "log", LOG), size);
});

test("a log published entry by entry costs its entries once, not once for every size", async () => {
  const writer = new LogWriter(diskFolder(dir, assert.fail), store);
  for (let to = 1; to <= 120; to++) {
    await append(LOG, 1);
    await writer.grow(LOG, to - 1, to);
    writer.prepare(LOG, checkpointAt(to));
    writer.show(LOG);
  }
  const inodes = new Map<number, number>();
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    const stat = statSync(join(dir, name));
    if (stat.isFile()) inodes.set(stat.ino, stat.size);
  }
  const written = [...inodes.values()].reduce((sum, size) => sum + size, 0);
  const content = entries.reduce((sum, entry) => sum + entry.length, 0);
  assert.equal(inodes.size, 4, "a bundle, a tile, and two files that are the checkpoint in turn");
  assert.ok(written <= 2 * content, `${written} bytes for ${content}`);
});

test("growth that was written in part, or whole, is written again to the same bytes", async () => {
  await append(LOG, 300);
  const writer = new LogWriter(diskFolder(dir, assert.fail), store);
  await writer.grow(LOG, 0, 100);
  writer.prepare(LOG, checkpointAt(100));
  for (let again = 0; again < 2; again++) {
    const other = new LogWriter(diskFolder(dir, assert.fail), store);
    await other.grow(LOG, 100, 300);
    other.prepare(LOG, checkpointAt(300));
    checkSize(join(dir, "log", LOG), 300);
  }
});

test("the editions log has an exact file for each width, until half a tile after it is full", async () => {
  const writer = new LogWriter(diskFolder(dir, assert.fail), store);
  for (let to = 1; to <= TILE_WIDTH + TILE_WIDTH / 2; to++) {
    await append(EDITIONS_LOG, 1);
    await writer.copy(EDITIONS_LOG, to - 1, to);
    if (to === 300) assert.equal(readFileSync(join(dir, tilePath(0, 0, 7))).length, 7 * HASH_BYTES);
  }
  assert.throws(() => readFileSync(join(dir, tilePath(0, 0, 7))), { code: "ENOENT" });
  checkSize(dir, TILE_WIDTH + TILE_WIDTH / 2);
});

test("a tile that should be there and is not is named", async () => {
  await append(LOG, 300);
  const writer = new LogWriter(diskFolder(dir, assert.fail), store);
  await writer.grow(LOG, 0, 100);
  writer.prepare(LOG, checkpointAt(100));
  rmSync(join(dir, "log", LOG, tilePath(0, 0, 100)));
  await assert.rejects(writer.grow(LOG, 100, 300), {
    name: "TileMissing",
    message: /tile\/0\/000\.p\/100/,
  });
});
