// Photographs of sheets that travel with a bundle, from what a centre has published to what a hall's public view serves.
import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { keyOf, openWorld, sheetNote } from "../core/testing.ts";
import { checkElection } from "../election/check-election.ts";
import { definitionObjects } from "../election/definition-tree.ts";
import { writePages } from "../election/page-list.ts";
import { png } from "../election/testing/photos.ts";
import { exampleFile } from "../election/testing.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { writeDurable } from "../store/durable.ts";
import { readBundle, writeBundle } from "./bundle.ts";
import { appendPhotos, photosOf, receivePhotos } from "./bundle-photos.ts";
import { readBundleFile } from "./node-folder.ts";
import { SyncRefused } from "./refusals.ts";
import { firstVkey, genesisOf, REGION } from "./testing.ts";

const OPEN = { genesis: null, region: null };
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "teguh-bundle-photos-"));
  folders.push(made);
  return made;
}

const PAGE = png();
const LIST = writePages([hashHex(PAGE), "ab".repeat(32) as Hash]);

const published = (data: string) => {
  try {
    return readdirSync(join(data, "public", "photo")).sort();
  } catch {
    return [];
  }
};

const reasonOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof SyncRefused ? error.reason : error;
  }
};

/** A centre with a sheet of two pages, of which one has come, and the bundle with it. */
async function bundled() {
  const data = folder();
  for (const bytes of [PAGE, LIST]) writeDurable(join(data, "public", "photo", hashHex(bytes)), bytes, 0o644);
  writeDurable(join(data, "public", "photo", hashHex(new Uint8Array(3))), new Uint8Array(3), 0o644);
  const world = await openWorld();
  const checked = checkElection(exampleFile());
  assert.ok("ok" in checked);
  const logs = [];
  for (const log of ["pleno/0", "pleno/71", "pleno/7101", "pleno/710101"])
    logs.push({ log, vkey: firstVkey(log), checkpoint: null, entries: await world.store.read(log, 0, 99) });
  const sheets = [sheetNote(world, { papers: hashHex(LIST) }), sheetNote(world, { papers: null })];
  const photos = photosOf(data, sheets);
  const { objects } = definitionObjects(checked.ok);
  const whole = {
    genesis: genesisOf(world),
    region: REGION,
    time: 1,
    endpoints: null,
    people: null,
    objects,
    logs,
    photos,
  };
  const path = join(folder(), "bundle");
  writeFileSync(path, writeBundle(whole, keyOf("centre").signer));
  appendPhotos(path, data, photos);
  return { path, photos, data };
}

test("what is published of the sheets' pages comes along, each once, and nothing else", async () => {
  const { path, photos } = await bundled();
  assert.deepEqual(photos.map(({ hash }) => hash).sort(), [hashHex(LIST), hashHex(PAGE)].sort());
  const laptop = folder();
  const bundle = readBundleFile(path, OPEN);
  assert.deepEqual(bundle.photos, photos);
  assert.equal(receivePhotos(laptop, path, bundle.photosAt, bundle), 2);
  assert.deepEqual(published(laptop), [hashHex(LIST), hashHex(PAGE)].sort());
  assert.deepEqual(readFileSync(join(laptop, "public", "photo", hashHex(PAGE))), Buffer.from(PAGE));
  assert.equal(receivePhotos(laptop, path, bundle.photosAt, bundle), 0, "twice is once");
});

test("a photo that was altered is not taken, and those before it are", async () => {
  const { path, photos } = await bundled();
  const bytes = readFileSync(path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const laptop = folder();
  const bundle = readBundleFile(path, OPEN);
  assert.equal(
    reasonOf(() => receivePhotos(laptop, path, bundle.photosAt, bundle)),
    "altered",
  );
  assert.deepEqual(published(laptop), [photos[0]?.hash]);
});

test("a file that is cut short among its photos, or goes on after them, is no bundle, and neither is one whose photos are missing", async () => {
  const { path, data, photos } = await bundled();
  const bytes = readFileSync(path);
  const { photosAt } = readBundleFile(path, OPEN);
  assert.deepEqual(readBundle(bytes.subarray(0, photosAt), OPEN).photos, photos);
  appendFileSync(path, "x");
  assert.equal(
    reasonOf(() => readBundleFile(path, OPEN)),
    "too-long",
  );
  for (const length of [bytes.length - 1, photosAt]) {
    truncateSync(path, length);
    assert.equal(
      reasonOf(() => readBundleFile(path, OPEN)),
      "cut-short",
    );
  }
  rmSync(join(data, "public", "photo", hashHex(PAGE)));
  assert.equal(
    reasonOf(() => appendPhotos(path, data, photos)),
    "altered",
  );
});
