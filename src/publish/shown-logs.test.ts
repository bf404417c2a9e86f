/** What the folder shows of the logs: read by a thread as it would be here, and compared before a publisher writes anything. */
import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { signCheckpoint } from "../ledger/checkpoint.ts";
import { ed25519Signer } from "../ledger/note.ts";
import { diskFolder } from "./folder.ts";
import { shownLogs, shownLogsAside } from "./shown-logs.ts";
import { Corrections, KEYS, type Office, readyOffice } from "./testing.ts";

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

test("a log that the folder shows further than the store has it is refused before anything is written", async () => {
  const [{ path, log, size } = assert.fail("nothing is shown")] = await shownLogsAside(office.publicDir);
  const note = signCheckpoint({ origin: log, size: size + 1, root: new Uint8Array(32) }, [
    ed25519Signer(log, KEYS.master),
  ]);
  writeFileSync(join(office.publicDir, path), note);
  rmSync(join(office.publicDir, "status.json"));
  await assert.rejects(office.open(), /checkpoint is of size/);
  assert.ok(!existsSync(join(office.publicDir, "status.json")));
});
