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
  const entrance = new Entrance({ passes, clock, limits, admission, lanes, counters: new Counters() });
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
      const admitted = entrance.admit({ ...head, ...rest }, "sync", MAX_BUNDLE_BODY, true);
      if ("entrant" in admitted) count++;
    }
    return count;
  };
  assert.equal(letIn(SMALL_BODY), 100);
  assert.ok(letIn(SMALL_BODY + 1) < 20);
});
