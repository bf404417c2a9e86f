/**
 * The publisher dies at every write, in both ways: the write did not happen, or it happened and was said to have failed. After
 * each death the whole folder is checked from its published form, another publisher opens on the same disks, and it is checked
 * again.
 */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import fc from "fast-check";
import { severalDistricts, World } from "../tally/testing.ts";
import { Corrections, type Office, readyOffice } from "./testing.ts";
import { type Failing, Trouble } from "./trouble.ts";

let office: Office;
let corrections: Corrections;
beforeEach(() => {
  office = readyOffice(new World(severalDistricts()));
  corrections = new Corrections(office);
});
afterEach(() => office.close());

const MINUTE = 60_000;

/** One edition by a publisher that dies at a write; whether it died. */
async function dieAt(write: number, how: Failing): Promise<boolean> {
  const trouble = new Trouble(write, how);
  try {
    const publisher = await office.open(trouble);
    await publisher.step();
  } catch {
    assert.ok(trouble.writes > write, "nothing else fails");
    office.check({ midway: true });
    return true;
  }
  return false;
}

for (const how of ["not-done", "done"] as const) {
  test(`whichever write of an edition fails (${how}), the next publisher ends the work`, async () => {
    for (let write = 0, died = true; died; write++) {
      await corrections.next();
      office.now += 3 * MINUTE;
      died = await dieAt(write, how);
      const next = await office.open();
      const ended = next.latest?.edition.number ?? 0;
      await next.step();
      const editions = office.check();
      assert.ok(editions.length >= ended, `after write ${write}`);
      assert.equal(await next.step(), null, "nothing is left to publish");
    }
  });
}

test("it may die again and again while it ends the work of one that died", async () => {
  const deaths = fc.array(fc.tuple(fc.nat(70), fc.constantFrom<Failing>("not-done", "done")), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(deaths, async (list) => {
      await corrections.next();
      office.now += MINUTE;
      for (const [write, how] of list) await dieAt(write, how);
      const last = await office.open();
      await last.step();
      office.check();
    }),
    { numRuns: 10 },
  );
});

test("whatever a power cut takes of what was not flushed, the next publisher writes it again", async () => {
  const cuts = fc.tuple(fc.nat(90), fc.nat(60), fc.constantFrom<Failing>("not-done", "done"));
  await fc.assert(
    fc.asyncProperty(cuts, async ([write, kept, how]) => {
      await corrections.next();
      office.now += 2 * MINUTE;
      await dieAt(write, how);
      office.losePower(kept);
      office.check({ midway: true });
      const next = await office.open();
      await next.step();
      office.check();
    }),
    { numRuns: 30 },
  );
});
