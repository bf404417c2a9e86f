/**
 * Who is let in by the headers alone, while more comes than can be done.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Admission, TARGET, WINDOW } from "./admission.ts";
import { Entrance } from "./entrance.ts";
import { Counters } from "./figures.ts";
import { Lanes } from "./lanes.ts";
import { DOOR_LIMITS, MAX_BUNDLE_BODY, SMALL_BODY } from "./limits.ts";
import { PassOffice } from "./pass.ts";

test("while bundles give way, what a phone has saved up is let in like a single sheet, and large bundles come again", () => {
  const time = { now: 1_000_000 };
  const clock = () => time.now;
  const passes = new PassOffice({ secret: new Uint8Array(32).fill(9), clock, random: () => new Uint8Array(16) });
  const admission = new Admission(clock, () => 0.5);
  const lanes = new Lanes(DOOR_LIMITS.lanes, admission, clock);
  const limits = DOOR_LIMITS;
  const told = { passes, clock, random: () => 0.5, limits, admission, lanes };
  const entrance = new Entrance({ ...told, counters: new Counters() });
  for (let window = 0; window < 40; window++) {
    time.now += WINDOW;
    admission.waited(TARGET * 10, true);
  }
  assert.ok(admission.share("sync") < 0.1, `${admission.share("sync")} of bundles are let in`);
  const letIn = (length: number): number => {
    let count = 0;
    for (let phone = 0; phone < 100; phone++) {
      const pass = passes.issue(String(phone).padStart(16, "0"), "5101021001001");
      const head = { contentLength: `${length}`, authorization: `Teguh ${pass}` };
      const rest = { transferEncoding: undefined, contentEncoding: undefined, patience: undefined };
      const admitted = entrance.admit({ ...head, ...rest }, "sync", MAX_BUNDLE_BODY);
      if ("entrant" in admitted) count++;
    }
    return count;
  };
  assert.equal(letIn(SMALL_BODY), 100);
  assert.ok(letIn(SMALL_BODY + 1) < 20);
});

test("while too much waits for somebody's patience, sheets are given numbers, and a number lets in when its time has come", async () => {
  const time = { now: 1_000_000 };
  const clock = () => time.now;
  const passes = new PassOffice({ secret: new Uint8Array(32).fill(9), clock, random: () => new Uint8Array(16) });
  const admission = new Admission(clock, () => 0.5);
  const lanes = new Lanes(DOOR_LIMITS.lanes, admission, clock);
  const told = { passes, clock, random: () => 0.5, limits: DOOR_LIMITS, admission, lanes };
  const entrance = new Entrance({ ...told, counters: new Counters() });
  const admit = (device: string, patience: string) => {
    const authorization = `Teguh ${passes.issue(device.padStart(16, "0"), "5101021001001")}`;
    const shape = { contentLength: "800", transferEncoding: undefined, contentEncoding: undefined };
    const admitted = entrance.admit({ ...shape, authorization, patience }, "sheet", MAX_BUNDLE_BODY);
    return "entrant" in admitted ? "in" : admitted.refused.retryAfter;
  };
  // Five seconds' work at the pace that is taken to be possible.
  const jobs = Array.from({ length: 5_000 }, () => lanes.run("sheet", Number.MAX_SAFE_INTEGER, () => 0));
  assert.equal(admit("1", "8000"), "in");
  assert.equal(admit("2", "6000"), 2, "whoever would have given up before is told when to come");
  assert.equal(admit("3", "8000"), 3, "and whoever comes after waits for a number too");
  time.now += 900;
  assert.deepEqual(
    [admit("4", "8000"), admit("2", "8000")],
    [2, 2],
    "one after the last that was promised; the same as before",
  );
  time.now += 1_100;
  assert.equal(admit("2", "8000"), "in");
  await Promise.all(jobs);
  assert.equal(admit("4", "8000"), "in", "a door that has little to do keeps nobody waiting");
});
