import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, openWorld } from "../core/testing.ts";
import { checkElection } from "../election/check-election.ts";
import type { RegionCode } from "../election/codes.ts";
import { definitionObjects } from "../election/definition-tree.ts";
import { exampleFile } from "../election/testing.ts";
import { utf8 } from "../ledger/bytes.ts";
import { type BundledLog, type BundleOptions, readBundle, writeBundle } from "./bundle.ts";
import { makeBundle } from "./make-bundle.ts";
import { SyncRefused } from "./refusals.ts";
import { firstKey, firstVkey, genesisOf, REGION } from "./testing.ts";

const OPEN = { genesis: null, region: null };

function reasonOf(read: () => unknown): unknown {
  try {
    read();
    return "read";
  } catch (error) {
    return error instanceof SyncRefused ? error.reason : error;
  }
}

async function office() {
  const world = await openWorld();
  const checked = checkElection(exampleFile());
  assert.ok("ok" in checked);
  const { objects } = definitionObjects(checked.ok);
  const logs: BundledLog[] = [];
  for (const log of ["pleno/0", "pleno/71", "pleno/7101", "pleno/710101"]) {
    logs.push({ log, vkey: firstVkey(log), checkpoint: null, entries: await world.store.read(log, 0, 99) });
  }
  const nobody = { endpoints: null, people: null, photos: [] };
  const whole: BundleOptions = { ...nobody, genesis: genesisOf(world), region: REGION, time: 1, objects, logs };
  return { world, objects, whole, centre: keyOf("centre").signer };
}

test("a bundle has the kecamatan's logs and objects, each with what proves it, and no others", async () => {
  const { world, objects, centre } = await office();
  await world.grant("far", "72", "chair");
  const bytes = await makeBundle({
    store: world.store,
    standings: world.sequencer.standings,
    genesis: genesisOf(world),
    region: REGION,
    time: 1,
    object: (hash) => objects.get(hash),
    model: () => world.model,
    logKey: firstKey,
    centre,
    endpoints: null,
    people: utf8("[]"),
    photos: [],
  });
  const bundle = readBundle(bytes, { genesis: genesisOf(world).id, region: REGION });
  assert.deepEqual(
    bundle.logs.map(({ log }) => log),
    ["pleno/0", "pleno/71", "pleno/7101", "pleno/710101", "tps/710101"],
  );
  // What has not begun has nothing to be signed; its key comes all the same.
  assert.ok(bundle.logs.every(({ checkpoint, entries }) => (checkpoint === null) === (entries.length === 0)));
  assert.ok(bundle.objects.size < objects.size);
  assert.deepEqual(bundle.people, utf8("[]"));
});

test("even the centre cannot make a bundle that names a path, the log of another kecamatan, or a log twice", async () => {
  const { whole, centre } = await office();
  const [first] = whole.logs;
  assert.ok(first);
  const withLogs = (logs: readonly BundledLog[]) =>
    reasonOf(() => readBundle(writeBundle({ ...whole, logs }, centre), OPEN));
  assert.equal(withLogs(whole.logs), "read");
  assert.equal(withLogs([...whole.logs, { ...first, log: "../../etc/passwd" }]), "not-this-format");
  assert.equal(withLogs([...whole.logs, { ...first, log: "editions" }]), "altered");
  assert.equal(withLogs([...whole.logs, { ...first, log: "tps/720101" }]), "altered");
  assert.equal(withLogs([...whole.logs, first]), "altered");
  assert.equal(withLogs(whole.logs.slice(1)), "altered", "nothing rests on a genesis");
});

test("a bundle that the centre has not signed, or that lacks an object, is refused", async () => {
  const { whole, centre } = await office();
  const read = (options: BundleOptions, signer = centre) =>
    reasonOf(() => readBundle(writeBundle(options, signer), OPEN));
  assert.equal(read(whole, keyOf("mallory").signer), "altered");
  assert.equal(read(whole, { ...keyOf("mallory").signer, name: centre.name }), "altered");
  assert.equal(read({ ...whole, objects: new Map() }), "altered");
  const elsewhere = { ...whole, region: "7101" as RegionCode };
  assert.equal(read(elsewhere), "not-this-format");
});
