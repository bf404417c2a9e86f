import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Publisher } from "./publisher.ts";
import { sideProcess } from "./side-handle.ts";
import { Corrections, type Office, readyOffice } from "./testing.ts";

const office: Office = readyOffice();
const lines: string[] = [];
const side = sideProcess(office.publicDir, (line) => lines.push(line));
after(() => {
  side.close();
  office.close();
});

const corrections = new Corrections(office);

/** Publishes one more sheet. */
async function edition(publisher: Publisher): Promise<void> {
  await corrections.next();
  office.now += 1000;
  assert.ok(await publisher.step());
}

/** Another process brings it about, and nobody announces it. */
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 3000 && !condition(); i++) await pause(20);
  assert.ok(condition());
}

test("beside the publisher its process makes the files, and says which downloads are ready", async () => {
  const publisher = await office.open(undefined, { side });
  await edition(publisher);
  await until(() => existsSync(join(office.publicDir, "feed/0.atom")) && side.downloads !== null);
  assert.equal(side.downloads?.edition, 1);
  assert.ok(existsSync(join(office.publicDir, `download/${side.downloads?.hash}.json`)));
  await edition(publisher);
  assert.deepEqual(publisher.latest?.edition.downloads, side.downloads);
});

test("what the disk refuses is told in one line, and editions go on", async () => {
  const hindered = readyOffice();
  const told: string[] = [];
  const beside = sideProcess(hindered.publicDir, (line) => told.push(line));
  // A file where a folder belongs: no right of the superuser overcomes it.
  mkdirSync(hindered.publicDir, { recursive: true });
  writeFileSync(join(hindered.publicDir, "feed"), "");
  const publisher = await hindered.open(undefined, { side: beside });
  await new Corrections(hindered).next();
  hindered.now += 1000;
  assert.ok(await publisher.step());
  await until(() => told.length > 1);
  assert.match(told.join("\n"), /^search, feed and downloads: E[A-Z]+: .*\n.* have stopped .* editions go on[^\n]*$/);
  beside.close();
  hindered.close();
});

test("when the process dies editions go on, and a person is told", async () => {
  const publisher = await office.open(undefined, { side });
  const [pid] = side.pids;
  assert.ok(pid);
  process.kill(pid, "SIGKILL");
  await until(() => lines.length > 0);
  assert.match(lines[0] ?? "", /have stopped .* editions go on/);
  await edition(publisher);
  await edition(publisher);
  assert.equal(office.check().length, 4);
});
