import assert from "node:assert/strict";
import { test } from "node:test";
import { Counters, type DoorFigures } from "../../intake/figures.ts";
import type { Seen } from "./figures.ts";
import { Watch } from "./watch.ts";

function door(accepted: number, unsigned: number): DoorFigures {
  const counters = new Counters();
  counters.byStep.pass.refused = unsigned;
  counters.accepted = accepted;
  const { byStep, duplicates, passes } = counters;
  const waiting = { sheet: 0 };
  const calm = { waiting, appending: 0, queueDelay: 0, perSecond: 0, overloaded: false, late: 0 };
  return { byStep, accepted, duplicates, passes, ...calm };
}

function seen(at: number, accepted: number, unsigned: number, restarts = 0): Seen {
  const figures = { cpu: at / 2000, memory: 1, delay: 1, door: door(accepted, unsigned) };
  return { at, roles: [{ name: "intake", readySince: 0, restarts, figures }] };
}

test("nothing is known before the supervisor has said anything", () => {
  assert.equal(new Watch().now, null);
});

test("what is counted becomes so much a second, over the last seconds", () => {
  const watch = new Watch();
  for (let second = 0; second <= 20; second++) watch.tell(seen(second * 1000, second * 100, second < 10 ? 0 : 5_000));
  const { door: shown, roles } = watch.now ?? assert.fail();
  assert.equal(shown?.rates?.accepted, 100);
  assert.equal(shown?.rates?.refused.pass, 0);
  assert.equal(roles[0]?.load, 0.5);
});

test("a process that begins anew is not taken for one that runs backwards", () => {
  const watch = new Watch();
  watch.tell(seen(1_000, 5_000, 0));
  watch.tell(seen(2_000, 3, 0, 1));
  const { door: shown, roles } = watch.now ?? assert.fail();
  assert.equal(shown?.rates, null);
  assert.equal(shown?.figures.accepted, 3);
  assert.equal(roles[0]?.load, null);
});
