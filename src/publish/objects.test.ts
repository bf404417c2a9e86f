/** Objects get their names with their edition; those that had to get them sooner are found again. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { utf8 } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import type { BuiltObject } from "../tally/output.ts";
import { diskFolder } from "./folder.ts";
import { PublishIndex } from "./index-db.ts";
import { objectPath } from "./layout.ts";
import { forgetUncommitted, ObjectWriter } from "./objects.ts";

const dir = mkdtempSync(join(tmpdir(), "teguh-objects-"));
after(() => rmSync(dir, { recursive: true }));

const object = (region: string): BuiltObject => {
  const bytes = utf8(`object of ${region}`);
  return {
    hash: hashHex(bytes),
    bytes,
    kind: "result",
    contest: "ppwp",
    region: region as RegionCode,
    level: "kecamatan",
    replaces: null,
  };
};

test("names come with the edition, or in portions that the next start finds", () => {
  const folder = diskFolder(join(dir, "public"), (line) => assert.fail(line));
  const index = PublishIndex.open(join(dir, "index.db"));
  const objects = ["510101", "510102", "510103"].map(object);
  const named = () => objects.map(({ hash }) => folder.read(objectPath(hash)) !== null);
  const write = (edition: number) => {
    index.begin(edition, 0, 0);
    const writer = new ObjectWriter(index, folder, edition, 2);
    objects.forEach(writer.take);
    return writer;
  };
  write(1);
  assert.deepEqual(named(), [true, true, false]);
  forgetUncommitted(index, folder, 0);
  assert.deepEqual(named(), [false, false, false]);
  assert.equal(write(1).place(), 3);
  assert.deepEqual(named(), [true, true, true]);
  assert.equal(folder.read("now/ppwp/510101.json"), null);
  folder.reveal();
  assert.deepEqual(readdirSync(join(dir, "public/now/ppwp")), ["510101.json", "510102.json", "510103.json"]);
  assert.equal(index.unsorted().length, 3);
  index.close();
});
