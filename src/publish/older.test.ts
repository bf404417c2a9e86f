/** The quick look before appending: by the publisher's own log where that is what is shown, else file by file. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { MemoryMedium, openMemoryStore } from "../store/memory.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { assertNotOlder, OlderThanPublished } from "./older.ts";
import { Corrections, type Office, readyOffice } from "./testing.ts";
import { Trouble } from "./trouble.ts";

let office: Office;
let data: string;
beforeEach(async () => {
  office = readyOffice();
  data = office.dir;
  const own = openSqliteStore(join(data, "publish.db"));
  const publisher = await office.open(new Trouble(), { own });
  await new Corrections(office).next();
  await publisher.step();
  await own.close();
});
afterEach(() => office.close());

const empty = () => openMemoryStore(new MemoryMedium());

test("a store that has all that is published may be appended to, one that lost its end may not", async () => {
  await assertNotOlder(data, office.store);
  await assert.rejects(assertNotOlder(data, empty()), /an edition has pleno\/0 up to/);
});

test("where the publisher's own log is not what is shown, the folder's checkpoints are asked", async () => {
  const shown = join(data, "public", "checkpoint");
  writeFileSync(shown, `${readFileSync(shown, "utf8")}\n`);
  await assertNotOlder(data, office.store);
  await assert.rejects(assertNotOlder(data, empty()), /checkpoint is of size/);
  rmSync(join(data, "publish.db"));
  await assert.rejects(assertNotOlder(data, empty()), OlderThanPublished);
});
