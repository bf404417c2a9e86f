import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { diskFolder } from "./folder.ts";
import { PublishIndex } from "./index-db.ts";
import { objectPath } from "./layout.ts";
import { Corrections, type Office, readyOffice } from "./testing.ts";

const offices: Office[] = [];
const newOffice = () => {
  const office = readyOffice();
  offices.push(office);
  return office;
};
after(() => {
  for (const office of offices) office.close();
});

test("an edition is made of what the store has received, and none of nothing", async () => {
  const office = newOffice();
  const publisher = await office.open();
  assert.equal(await publisher.step(), null);
  await new Corrections(office).next();
  assert.equal((await publisher.step())?.number, 1);
  assert.equal(await publisher.step(), null);
  assert.equal(office.check().length, 1);
});

test("every edition extends the one before, and a stranger can check all of it", async () => {
  const office = newOffice();
  const corrections = new Corrections(office);
  const publisher = await office.open();
  for (let i = 0; i < 12; i++) {
    await corrections.next();
    office.now += 1000;
    await publisher.step();
  }
  assert.equal(office.check().length, 12);
});

test("time never falls from one edition to the next, even when the clock is set back", async () => {
  const office = newOffice();
  const corrections = new Corrections(office);
  const publisher = await office.open();
  await corrections.next();
  const first = await publisher.step();
  office.now -= 3_600_000;
  await corrections.next();
  const second = await publisher.step();
  assert.equal(second?.time, first?.time);
  office.check();
});

test("every definition that the log names is published, also two that come between the same editions", async () => {
  const office = newOffice();
  const publisher = await office.open();
  await new Corrections(office).next();
  await publisher.step();
  const { world } = office;
  const renamed = (title: string) => ({ ...world.file, title: { id: title, en: title } });
  const roots = [world.amend(renamed("Kedua")), world.amend(renamed("Ketiga"))];
  await office.receive();
  assert.equal((await publisher.step())?.definition, roots[1]);
  for (const root of roots) assert.ok(existsSync(join(office.publicDir, objectPath(root))), root);
});

test("closed on a disk that has become full, a publisher says so and throws nothing", async () => {
  const office = newOffice();
  const full = Object.assign(new Error("ENOSPC: no space left on device, open"), { code: "ENOSPC" });
  const folder = { ...diskFolder(office.publicDir, () => undefined), close: () => Promise.reject(full) };
  const publisher = await office.open(undefined, { folder, index: PublishIndex.open(join(office.dir, "another.db")) });
  await publisher.close();
  assert.deepEqual(office.lines, ["the public folder: ENOSPC: no space left on device, open"]);
});

test("closed after a failure, a publisher does not say again what the failure said", async () => {
  const office = newOffice();
  const failed = new Error("ENOSPC: no space left on device, write");
  const disk = diskFolder(office.publicDir, () => undefined);
  const folder = { ...disk, place: () => assert.fail(failed), close: () => Promise.reject(failed) };
  const publisher = await office.open(undefined, { folder, index: PublishIndex.open(join(office.dir, "another.db")) });
  await new Corrections(office).next();
  await assert.rejects(publisher.step(), failed);
  await publisher.close();
  assert.deepEqual(office.lines, []);
});
