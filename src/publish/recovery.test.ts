/** Beginning from other disks than those that were left: lost, older, of another history, with damaged snapshots. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, test } from "node:test";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { concat } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import { MemoryMedium, openMemoryStore } from "../store/memory.ts";
import { RestingDiffers } from "../tally/resting.ts";
import { severalDistricts, World } from "../tally/testing.ts";
import { OlderThanPublished } from "./older.ts";
import type { Publisher } from "./publisher.ts";
import { PublisherStopped } from "./publisher.ts";
import { RebuildDiffers } from "./refold.ts";
import { Corrections, type Office, readyOffice } from "./testing.ts";
import { Trouble } from "./trouble.ts";

let office: Office;
let corrections: Corrections;
beforeEach(() => {
  office = readyOffice(new World(severalDistricts()));
  corrections = new Corrections(office);
});
afterEach(() => office.close());

const MINUTE = 60_000;

async function editions(publisher: Publisher, count: number, gap = 1000): Promise<void> {
  for (let i = 0; i < count; i++) {
    await corrections.next();
    office.now += gap;
    await publisher.step();
  }
}

const objectsOf = (publicDir: string): string[] =>
  readdirSync(join(publicDir, "object"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".json"),
  );

/** A copy of a store as it is now: a backup. */
function backup(medium: MemoryMedium): MemoryMedium {
  const copy = new MemoryMedium();
  for (const [name, { entries, frontier, ids, chains }] of medium.logs) {
    const log = {
      entries: [...entries],
      frontier: frontier.clone(),
      ids: new Map(ids),
      chains: structuredClone(chains),
    };
    copy.logs.set(name, log);
  }
  copy.arrivals.push(...medium.arrivals);
  for (const [key, value] of medium.values) copy.values.set(key, value);
  for (const [role, epoch] of medium.epochs) copy.epochs.set(role, epoch);
  copy.lastEpoch = medium.lastEpoch;
  return copy;
}

/** Every file that has a name; those that wait for one have hidden ones. */
function filesOf(dir: string): Map<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8", withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const named = files.filter((path) => !path.startsWith(join(dir, ".spare")));
  return new Map(named.sort().map((path) => [path.slice(dir.length), readFileSync(path, "base64")]));
}

test("a publisher that comes back to complete files writes none and goes on", async () => {
  await editions(await office.open(), 3);
  const before = filesOf(office.publicDir);
  const trouble = new Trouble();
  const publisher = await office.open(trouble);
  assert.equal(await publisher.step(), null);
  assert.deepEqual(filesOf(office.publicDir), before);
  await editions(publisher, 1);
  assert.equal(office.check().length, 4);
});

test("a lost public folder is written again, edition by edition, byte for byte", async () => {
  await editions(await office.open(), 8, 7 * MINUTE);
  const before = filesOf(office.publicDir);
  rmSync(office.publicDir, { recursive: true });
  const publisher = await office.open();
  await publisher.step();
  assert.deepEqual(filesOf(office.publicDir), before);
  office.check();
});

test("no object has a name before its edition is committed", async () => {
  await editions(await office.open(), 1);
  const before = objectsOf(office.publicDir);
  await corrections.next();
  let deaths = 0;
  for (let committed = 1; committed === 1; deaths++) {
    const trouble = new Trouble();
    const publisher = await office.open(trouble);
    trouble.failAfter(deaths);
    await assert.rejects(publisher.step());
    const written = objectsOf(office.publicDir);
    committed = (await office.open()).latest?.edition.number ?? 0;
    if (committed === 1) assert.deepEqual(written, before);
  }
  assert.ok(deaths > 5, "it died while objects were being filled");
});

test("without its index the publisher goes on, and removes nothing that is in use", async () => {
  await editions(await office.open(), 4, 7 * MINUTE);
  office.dropIndex();
  const publisher = await office.open();
  assert.match(office.lines.join(), /their objects stay for ever/);
  await editions(publisher, 4, 7 * MINUTE);
  office.check({ midway: true });
});

test("an older copy of the editions log is refused, and nothing is written", async () => {
  await editions(await office.open(), 2);
  const old = backup(office.ownMedium);
  await editions(await office.open(), 1);
  const before = filesOf(office.publicDir);
  const own = openMemoryStore(old);
  await assert.rejects(office.open(new Trouble(), { own }), (error: Error) => {
    assert.ok(error instanceof OlderThanPublished);
    assert.match(error.message, /the public folder has edition 3, but the newest edition stored here is 2/);
    return true;
  });
  const empty = openMemoryStore(new MemoryMedium());
  await assert.rejects(office.open(new Trouble(), { own: empty }), OlderThanPublished);
  assert.deepEqual(filesOf(office.publicDir), before);
});

test("a mirror that knows a newer edition stops an older copy even where the public folder is as old", async () => {
  await editions(await office.open(), 2);
  const old = backup(office.ownMedium);
  const folder = filesOf(office.publicDir);
  await editions(await office.open(), 1);
  const note = readFileSync(join(office.publicDir, "checkpoint"));
  rmSync(office.publicDir, { recursive: true });
  office.restorePublic(folder);
  const change = { own: openMemoryStore(old), mirrors: [{ from: "mirror.example", note }] };
  await assert.rejects(office.open(new Trouble(), change), /mirror\.example has edition 3/);
});

test("two histories of the editions are told apart even at the same size", async () => {
  await editions(await office.open(), 1);
  const old = backup(office.ownMedium);
  await editions(await office.open(), 1);
  const note = readFileSync(join(office.publicDir, "checkpoint"));
  rmSync(office.publicDir, { recursive: true });
  office.ownMedium = old;
  office.now += MINUTE;
  await editions(await office.open(), 1);
  const change = { mirrors: [{ from: "mirror.example", note }] };
  await assert.rejects(office.open(new Trouble(), change), /edition 2 of another history/);
});

test("a store that lost its end is refused", async () => {
  const old = backup(office.medium);
  await editions(await office.open(), 1);
  await assert.rejects(office.open(new Trouble(), { store: openMemoryStore(old) }), OlderThanPublished);
});

test("a checkpoint by another key is refused", async () => {
  await editions(await office.open(), 1);
  const path = join(office.publicDir, "checkpoint");
  const note = readFileSync(path, "utf8");
  writeFileSync(
    path,
    note.replace(/.(?=..\n$)/, (digit) => (digit === "A" ? "B" : "A")),
  );
  await assert.rejects(office.open(), { name: "NoteError" });
});

test("snapshots are only a cache: with them, without them, and with damaged ones the state is the same", async () => {
  const publisher = await office.open();
  await editions(publisher, 5);
  const again = await office.open();
  assert.deepEqual(office.lines, []);
  await editions(again, 1);
  office.check();
  for (const damage of ["UPDATE unit SET bytes = zeroblob(100)", "UPDATE unit SET bytes = x'00'", "DELETE FROM unit"]) {
    office.closeIndex();
    const db = new DatabaseSync(office.indexPath);
    db.exec(damage);
    db.close();
    await editions(await office.open(), 1);
    office.check();
  }
  assert.match(office.lines.join("\n"), /snapshot of kecamatan 510101 does not fit/);
});

test("outlines that are not those of their edition are dropped, and everything is folded anew", async () => {
  await editions(await office.open(), 3);
  office.closeIndex();
  const db = new DatabaseSync(office.indexPath);
  db.exec("DELETE FROM outline WHERE contest = 0");
  db.close();
  await editions(await office.open(), 1);
  assert.match(office.lines.join("\n"), /dropped, since with them edition 3 does not come out/);
  office.check();
});

test("a snapshot that comes out otherwise than was published stops the publisher, and the next goes on without it", async () => {
  const vote = async (previous: Hash | null) => {
    const { id } = office.world.sheet("5102011001001", "ppwp", [previous ? 10 : 20, 30, 40], previous);
    await office.receive();
    return id;
  };
  const first = await vote(null);
  await (await office.open()).step();
  office.closeIndex();
  const db = new DatabaseSync(office.indexPath);
  const row = db.prepare("SELECT bytes FROM unit WHERE region = '510201'").get();
  db.prepare("UPDATE unit SET bytes = ? WHERE region = '510201'").run(otherObject(row?.bytes as Uint8Array));
  db.close();
  const publisher = await office.open();
  await vote(first);
  await assert.rejects(publisher.step(), RestingDiffers);
  await (await office.open()).step();
  assert.equal(office.check().length, 2);
  assert.deepEqual(office.lines, []);
});

/** A snapshot, whole by its checksum, in which the kecamatan has another object than was published. */
function otherObject(bytes: Uint8Array): Uint8Array {
  const body = deserialize(bytes.subarray(4));
  body.unit.unit.blocks[0].object = "0".repeat(64);
  const changed = serialize(body);
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, crc32(changed));
  return concat(sum, changed);
}

test("what cannot be rebuilt is not published", async () => {
  await editions(await office.open(), 2);
  const definition = office.definitions.model;
  const definitions = {
    ...office.definitions,
    model: (root: Parameters<typeof definition>[0]) => ({ ...definition(root), region: () => undefined }),
  };
  office.dropIndex();
  await assert.rejects(office.open(new Trouble(), { definitions }), RebuildDiffers);
});

test("once another publisher has taken over, this one stops for good", async () => {
  const first = await office.open();
  await editions(first, 1);
  const second = await office.open();
  await corrections.next();
  await assert.rejects(first.step(), { name: "StaleEpoch" });
  await assert.rejects(first.step(), PublisherStopped);
  await second.step();
  assert.equal(office.check().length, 2);
});
