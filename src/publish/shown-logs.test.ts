import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { diskFolder } from "./folder.ts";
import { shownLogs, shownLogsAside } from "./shown-logs.ts";
import { Corrections, type Office, readyOffice } from "./testing.ts";

let office: Office;
beforeEach(async () => {
  office = readyOffice();
  const publisher = await office.open();
  await new Corrections(office).next();
  await publisher.step();
});
afterEach(() => office.close());

test("a thread reads of the logs what the folder shows, and every log of the store is there", async () => {
  const shown = await shownLogsAside(office.publicDir);
  assert.deepEqual(shown, [...shownLogs(diskFolder(office.publicDir, assert.fail))]);
  const heads = await office.store.heads();
  assert.deepEqual(
    new Set(shown.map(({ log, size }) => `${log} ${size}`)),
    new Set([...heads].map(([log, { size }]) => `${log} ${size}`)),
  );
});

test("a file that is no checkpoint is said by the thread as it would be here", async () => {
  writeFileSync(join(office.publicDir, "log", "pleno", "0", "checkpoint"), "no note");
  let here: unknown;
  assert.throws(
    () => [...shownLogs(diskFolder(office.publicDir, assert.fail))],
    (error) => {
      here = error;
      return true;
    },
  );
  await assert.rejects(shownLogsAside(office.publicDir), { message: (here as Error).message });
});
