import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { severalDistricts, World } from "../tally/testing.ts";
import { diskFolder } from "./folder.ts";
import { PublishIndex } from "./index-db.ts";
import { objectPath, STATUS } from "./layout.ts";
import { statusEdition } from "./now.ts";
import { Corrections, type Office, readyOffice } from "./testing.ts";

const offices: Office[] = [];
const newOffice = () => {
  const office = readyOffice(new World(severalDistricts()));
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

test("whoever waits for an edition is told as soon as readers see it, before what is done for the next ones", async () => {
  const office = newOffice();
  const publisher = await office.open();
  await new Corrections(office).next();
  const told: [number, number, number][] = [];
  await publisher.step(({ number }) => {
    const outlined = PublishIndex.look(office.indexPath);
    told.push([number, statusEdition(readFileSync(join(office.publicDir, STATUS))), outlined?.outlined() ?? -1]);
    outlined?.close();
  });
  await publisher.step((edition) => told.push([edition.number, 0, 0]));
  assert.deepEqual(told, [[1, 1, 0]]);
  const index = PublishIndex.look(office.indexPath);
  assert.equal(index?.outlined(), 1);
  index?.close();
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
