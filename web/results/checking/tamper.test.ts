import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFixture } from "../testdata/fixture.ts";
import { visitMemory } from "../verify/memory.ts";
import { Reader } from "../verify/verify.ts";
import { recheck } from "./steps.ts";
import { EFFORTS, tamper, targetsOf } from "./tamper.ts";

const { files } = makeFixture();
const reader = new Reader({ fetch: async (path) => files.get(path) ?? null, memory: visitMemory, status: null });

for (const [contest, region] of [
  ["ppwp", "0"],
  ["ppwp", "4101010001"],
  ["dpr", "410101"],
] as const) {
  test(`whatever number of ${contest} in ${region} a visitor changes, however far he goes, it is refused`, async () => {
    const snapshot = await reader.load(contest, region);
    const found = new Set<string | undefined>();
    for (const effort of EFFORTS) {
      for (const target of targetsOf(snapshot)) {
        const fault = await tamper(reader, snapshot, target, target.value + 312, effort);
        assert.equal(fault?.isAlarm, true, `${effort} ${target.label}`);
        found.add(fault?.code);
      }
    }
    // The hash of the changed file or of one above it; then the edition's own place in the log.
    assert.deepEqual([...found].sort(), ["not-in-log", "wrong-hash"]);
  });
}

test("the same number again is believed: it is the change that is refused", async () => {
  const snapshot = await reader.load("ppwp", "41");
  const [target] = targetsOf(snapshot);
  assert.ok(target);
  assert.equal(await tamper(reader, snapshot, target, target.value, "hashes"), null);
});

test("checked again from nothing, a page has the same files, each under the hash that the one above names", async () => {
  const snapshot = await reader.load("ppwp", "410101");
  const again = await recheck(reader, snapshot);
  assert.deepEqual(
    again.files.map(({ region }) => region),
    ["0", "41", "4101", "410101"],
  );
  assert.ok(again.files.every(({ sums, file, hash }) => sums > 0 && file.includes(hash.slice(2))));
});
