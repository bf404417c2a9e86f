import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { hashHex } from "../ledger/hash.ts";
import { severalDistricts, World } from "../tally/testing.ts";
import { objectPath } from "./layout.ts";
import { namesFiles } from "./names.ts";
import { Corrections, type Office, readyOffice } from "./testing.ts";

let office: Office;
beforeEach(() => {
  office = readyOffice();
});
afterEach(() => office.close());

const at = (path: string) => join(office.publicDir, path);

/** The files that the definition asks for: path, and codes of the districts in it. */
function wanted(): Map<string, string> {
  const { model } = office.world;
  return new Map(
    [...namesFiles(model)].map(([path, hashes]) => {
      const codes = hashes.map((hash) => model.districtByObject(hash)?.code ?? assert.fail(hash));
      return [path, codes.join(" ")];
    }),
  );
}

const published = (): string[] => globSync("now/*/*.names.json", { cwd: office.publicDir }).sort();

/** Path, inode and time of each: another inode or time, and it was written. */
const written = () => published().map((path) => [path, statSync(at(path)).ino, statSync(at(path)).ctimeMs]);

test("a region's file has the districts that its object names, and of those below that have no file", () => {
  assert.deepEqual(
    Object.fromEntries(wanted()),
    Object.fromEntries([
      ["now/ppwp/0.names.json", "0"],
      ["now/dpr/5201.names.json", "5200"],
      ["now/dpr/52.names.json", "5200"],
      ["now/dpr/5102.names.json", "5100"],
      ["now/dpr/5101.names.json", "5100"],
      ["now/dpr/51.names.json", "5100"],
      ["now/dpr/0.names.json", "5100"],
      ["now/dpd/52.names.json", "52"],
      ["now/dpd/51.names.json", "51"],
      ["now/dpd/0.names.json", ""],
      ["now/dprdk/510201.names.json", "510201"],
      ["now/dprdk/5102.names.json", "510201"],
      ["now/dprdk/510102.names.json", "510102"],
      ["now/dprdk/510101.names.json", "510102 510101"],
      ["now/dprdk/5101.names.json", "510102 510101"],
      ["now/dprdk/51.names.json", "510101"],
      ["now/dprdk/0.names.json", "510101"],
    ]),
  );
});

test("where candidates stand apart there are the names of the parties alone, but for regions below that use the file", () => {
  const { model } = new World(severalDistricts());
  const files = new Map(
    [...namesFiles(model)].map(([path, hashes]) => [path, hashes.map((hash) => model.districtByObject(hash)?.code)]),
  );
  assert.deepEqual(files.get("now/dprdp/51.names.json"), ["5101"]);
  assert.deepEqual(files.get("now/dprdp/5101.names.json"), ["5101", "5102"]);
});

test("they are published with the first edition, each line an object; of one district it is the object's own file", async () => {
  await new Corrections(office).next();
  await (await office.open()).step();
  assert.deepEqual(published(), [...wanted().keys()].sort());
  for (const [path, hashes] of namesFiles(office.world.model)) {
    const bytes = readFileSync(at(path));
    const lines = bytes.length === 0 ? [] : bytes.toString().split("\n");
    assert.deepEqual(
      lines.map((line) => hashHex(Buffer.from(line))),
      hashes,
    );
    const [first, ...others] = hashes;
    if (first && others.length === 0) assert.equal(statSync(at(path)).ino, statSync(at(objectPath(first))).ino);
  }
});

test("an ordinary edition writes none of them; one with another definition writes those that it asks for", async () => {
  const corrections = new Corrections(office);
  const publisher = await office.open();
  await corrections.next();
  await publisher.step();
  const before = written();
  await corrections.next();
  assert.ok(await publisher.step());
  assert.deepEqual(written(), before);
  const { world } = office;
  const contests = world.file.contests.map((contest) =>
    contest.kind !== "dpd"
      ? contest
      : { ...contest, districts: contest.districts.map((each) => ({ ...each, name: `${each.name} baru` })) },
  );
  world.amend({ ...world.file, contests });
  await office.receive();
  await publisher.step();
  assert.match(readFileSync(at("now/dpd/51.names.json"), "utf8"), /Provinsi 51 baru/);
  office.check();
});

test("a folder of an older program gets them when the publisher opens", async () => {
  await new Corrections(office).next();
  await (await office.open()).step();
  const all = published();
  for (const path of all) rmSync(at(path));
  await office.open();
  assert.deepEqual(published(), all);
  office.check();
});

test("where an object of the definition is missing, the publisher says which", async () => {
  await new Corrections(office).next();
  await (await office.open()).step();
  for (const path of published()) rmSync(at(path));
  const { object } = office.world.model.contest("dprdk")?.district("510101") ?? assert.fail();
  rmSync(at(objectPath(object)));
  await assert.rejects(office.open(), (error: Error) => error.message.startsWith(objectPath(object)));
  assert.ok(!existsSync(at("now/dprdk/0.names.json")));
});
