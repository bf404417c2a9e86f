// Who is let in over the hall's network, by which code, for how long.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Devices } from "./devices.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function opened() {
  const data = mkdtempSync(join(tmpdir(), "teguh-devices-"));
  folders.push(data);
  const time = { now: 1_000_000 };
  const open = () =>
    new Devices({ data, clock: () => time.now, random: (count) => new Uint8Array(randomBytes(count)) });
  return { data, time, open, devices: open() };
}

test("a code lets one device in, however it is typed, and nobody after it", () => {
  const { devices } = opened();
  const { code } = devices.invite();
  const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `.replaceAll("0", "o").replaceAll("1", "l");
  const token = devices.admit(typed, "Laptop panel 2");
  assert.ok(token);
  assert.ok(devices.of(token));
  assert.equal(devices.admit(code, "Laptop lain"), null);
  assert.deepEqual(
    devices.views().map(({ name }) => name),
    ["Laptop panel 2"],
  );
});

test("a code ends after ten minutes, and another's is none", () => {
  const { devices, time } = opened();
  const { code, until } = devices.invite();
  assert.equal(devices.admit("ZZZZZZZZ", "Laptop"), null);
  time.now = until;
  assert.equal(devices.admit(code, "Laptop"), null);
});

test("a device stays let in over a restart, and its token is not in the folder", () => {
  const { data, open, devices } = opened();
  const token = devices.admit(devices.invite().code, "Proyektor") ?? "";
  const again = open();
  assert.ok(again.of(token));
  assert.doesNotMatch(readFileSync(join(data, "network", "devices.json"), "utf8"), new RegExp(token));
});

test("a device that was put out is a stranger, and the others stay", () => {
  const { devices, open } = opened();
  const [lost, kept] = ["Ponsel hilang", "Laptop"].map((name) => devices.admit(devices.invite().code, name) ?? "");
  assert.equal(devices.remove(devices.of(lost ?? "") ?? ""), true);
  for (const each of [devices, open()]) {
    assert.equal(each.of(lost ?? ""), null);
    assert.ok(each.of(kept ?? ""));
  }
  assert.equal(devices.remove("0000000000000000"), false);
});

test("a device is shown with when it was last seen", () => {
  const { devices, time } = opened();
  const token = devices.admit(devices.invite().code, "Laptop") ?? "";
  assert.equal(devices.views()[0]?.seenAt, null);
  time.now += 5_000;
  devices.of(token);
  assert.deepEqual(
    devices.views().map(({ pairedAt, seenAt }) => [pairedAt, seenAt]),
    [[1_000_000, 1_005_000]],
  );
  assert.equal(devices.of(null), null);
});
