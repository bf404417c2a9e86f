import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { checkElection } from "../election/check-election.ts";
import { regionCode } from "../election/codes.ts";
import { definitionObjects } from "../election/definition-tree.ts";
import type { Model } from "../election/model.ts";
import { exampleFile } from "../election/testing.ts";
import { fromUtf8 } from "../ledger/bytes.ts";
import { DefinitionMissing, definitionsIn } from "./definitions.ts";

const checked = checkElection(exampleFile());
assert.ok("ok" in checked);
const { root, objects } = definitionObjects(checked.ok);

/** A folder with all objects of the example. */
function folderWithObjects(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "teguh-definition-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [hash, bytes] of objects) writeFileSync(join(folder, `${hash}.json`), bytes);
  return folder;
}

const ground = (folder: string) => join(folder, `${root}.ground`);

/** All that a model says, in a form that can be compared. */
function said({ regions, contests, stationCount, stationAt, kindAt, registeredAt, ...model }: Model) {
  const stations = Array.from({ length: stationCount }, (_, i) => [stationAt(i), kindAt(i), registeredAt(i)]);
  return {
    head: [model.root, model.origin, model.title, model.simulation, model.archive, model.votingDay, model.nation.code],
    regions: regions.map((region) => [
      region.index,
      region.end,
      region.code,
      region.name,
      region.level,
      region.parent?.code,
      region.children.map(({ code }) => code),
      region.zone,
      region.noken,
      [...region.stations],
      region.stationFrom,
      region.stationTo,
    ]),
    stations,
    contests: contests.map(({ districts, kind, name, object, thresholds }) => {
      const inside = districts.map(({ choices, code, container, desa, object: hash, parties, parts, seats }) => {
        const codes = [container, ...parts, ...desa].map((region) => region.code);
        return { choices, code, codes, hash, parties, seats };
      });
      return { kind, name, object, thresholds, districts: inside };
    }),
  };
}

/** Takes away all objects but the ballots: with them alone nothing can be read that was not kept. */
function leaveBallots(folder: string, model: Model): void {
  for (const hash of objects.keys()) {
    if (model.districtByObject(hash) === undefined) rmSync(join(folder, `${hash}.json`));
  }
}

test("a definition that was kept is the same without its objects", (t) => {
  const folder = folderWithObjects(t);
  const read = definitionsIn(folder, { keep: true }).model(root);
  leaveBallots(folder, read);
  assert.deepEqual(said(definitionsIn(folder).model(root)), said(read));
});

test("who does not write the logs keeps nothing", (t) => {
  const folder = folderWithObjects(t);
  definitionsIn(folder).model(root);
  assert.equal(readdirSync(folder).length, objects.size);
});

test("what is kept and damaged is left aside: the objects are read", (t) => {
  const folder = folderWithObjects(t);
  const whole = said(definitionsIn(folder, { keep: true }).model(root));
  const kept = readFileSync(ground(folder));
  for (const at of [0, 4, 40, kept.length - 1]) {
    const bytes = Buffer.from(kept);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(ground(folder), bytes);
    assert.deepEqual(said(definitionsIn(folder).model(root)), whole);
  }
  for (const length of [0, 3, 4, kept.length - 1]) {
    writeFileSync(ground(folder), kept.subarray(0, length));
    assert.deepEqual(said(definitionsIn(folder).model(root)), whole);
  }
});

test("what another program kept is left aside: the objects are read", (t) => {
  const folder = folderWithObjects(t);
  const whole = said(definitionsIn(folder, { keep: true }).model(root));
  // Of a version of the engine that is not yet known; and of another shape.
  for (const body of [Buffer.from([0xff, 0x7f, 0x6f]), serialize({ format: 0, ground: { root } }), serialize(null)]) {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    writeFileSync(ground(folder), Buffer.concat([sum, body]));
    assert.deepEqual(said(definitionsIn(folder).model(root)), whole);
  }
});

test("a part is read from its objects, and is not kept for the whole", (t) => {
  const folder = folderWithObjects(t);
  const region = regionCode("7101");
  const part = definitionsIn(folder, { region, keep: true }).model(root);
  assert.equal(part.region("7102"), undefined);
  assert.equal(readdirSync(folder).length, objects.size);
});

test("without room to keep it a definition is read all the same", (t) => {
  const folder = folderWithObjects(t);
  // Where the file would be put together there is a folder.
  mkdirSync(join(folder, `.${root}.ground.new`));
  assert.ok(definitionsIn(folder, { keep: true }).model(root));
  assert.ok(!existsSync(ground(folder)));
});

test("the objects of a definition are all of them, kept or not", (t) => {
  const folder = folderWithObjects(t);
  for (const keep of [true, false]) {
    const definitions = definitionsIn(folder, { keep });
    assert.ok(definitions.model(root));
    const found = [...definitions.objects(root)].map(([hash, bytes]) => [hash, fromUtf8(bytes)] as const);
    assert.deepEqual(new Map(found), new Map([...objects].map(([hash, bytes]) => [hash, fromUtf8(bytes)])));
  }
});

test("an object that is missing is named with what can be done", (t) => {
  const folder = folderWithObjects(t);
  rmSync(join(folder, `${root}.json`));
  assert.throws(() => definitionsIn(folder).model(root), DefinitionMissing);
});
