import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { toHex } from "../ledger/bytes.ts";
import { createKeys, KeysError, loadKeys, logSeed } from "./keys.ts";

const parent = mkdtempSync(join(tmpdir(), "teguh-keys-"));
after(() => rmSync(parent, { recursive: true }));

let count = 0;
const newFolder = () => join(parent, String(++count));
/** Not random: 1, 1, 1, … then 2, 2, 2, … */
const counting = () => {
  let n = 0;
  return (bytes: number) => new Uint8Array(bytes).fill(++n);
};

test("keys that were made are the keys that are loaded, and only the user can read them", () => {
  const folder = newFolder();
  const keys = createKeys(folder, counting());
  assert.deepEqual(loadKeys(folder), keys);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  for (const name of ["master", "root"]) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
});

test("existing keys are never replaced", () => {
  const folder = newFolder();
  createKeys(folder, counting());
  const before = readFileSync(join(folder, "master"));
  assert.throws(() => createKeys(folder, (bytes) => new Uint8Array(bytes).fill(9)), KeysError);
  assert.deepEqual(readFileSync(join(folder, "master")), before);
});

test("every purpose and every origin has a seed of its own, the same each time", () => {
  const { master, root, editions, centre } = createKeys(newFolder(), counting());
  const logs = ["e", "e/log/tps/510303", "e/log/pleno/51", "editions", "centre"].map((origin) =>
    logSeed(master, origin),
  );
  const seeds = [master, root ?? new Uint8Array(0), editions, centre, ...logs].map(toHex);
  assert.equal(new Set(seeds).size, seeds.length);
  assert.ok(seeds.every((seed) => seed.length === 64));
  assert.deepEqual(logSeed(master, "e"), logs[0]);
  // HKDF-SHA256 with 32 bytes of 1, no salt, info "teguh/v1 log e", worked out with Python's hmac.
  assert.equal(seeds[4], "a422a25aee10f66f62de747bf0f268a69ca70aa91483cb92aa9bc11f9a5ab5dd");
});

test("the root of authority may be taken away", () => {
  const folder = newFolder();
  const keys = createKeys(folder, counting());
  rmSync(join(folder, "root"));
  assert.deepEqual(loadKeys(folder), { ...keys, root: null });
});

test("keys that are missing, cut short, blank or open to others are refused with what to do", () => {
  const damages: [RegExp, (master: string) => void][] = [
    [/is missing: restore it/, (master) => rmSync(master)],
    [/is damaged: expected 32 random bytes/, (master) => truncateSync(master, 31)],
    [/is damaged/, (master) => writeFileSync(master, new Uint8Array(32))],
    [/run chmod 600/, (master) => chmodSync(master, 0o640)],
  ];
  for (const [message, damage] of damages) {
    const folder = newFolder();
    createKeys(folder, counting());
    damage(join(folder, "master"));
    assert.throws(() => loadKeys(folder), message);
  }
});
