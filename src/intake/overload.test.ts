/**
 * The queue and the policy together, in simulated time: a worker that does one job in a millisecond, under a herd and under more
 * work than it can ever do.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Admission, type Lane } from "./admission.ts";
import { LANE_LIMITS, type LaneLimits, Lanes } from "./lanes.ts";

/** Milliseconds that a job takes. */
const COST = 1;

interface Arrival {
  /** Milliseconds from the start. */
  readonly at: number;
  readonly lane: Lane;
  /** Milliseconds for which its sender waits. */
  readonly patience: number;
}

interface Outcome {
  /** Milliseconds from arrival to the end of the job; null: never done. */
  readonly took: number | null;
  readonly lane: Lane;
}

const play = async (arrivals: readonly Arrival[], limits?: LaneLimits) => (await playWith(arrivals, limits)).outcomes;

/** Lets all arrive, on the worker's own clock; what became of each, in order, and how many were let in and dropped. */
async function playWith(
  arrivals: readonly Arrival[],
  limits: LaneLimits = LANE_LIMITS,
): Promise<{ outcomes: Outcome[]; late: number }> {
  const time = { now: 0 };
  const clock = () => time.now;
  let dice = 0;
  const admission = new Admission(clock, () => (dice = (dice + 0.618) % 1));
  const lanes = new Lanes(limits, admission, clock);
  const results: Promise<Outcome>[] = [];
  let next = 0;
  while (next < arrivals.length) {
    const before = time.now;
    for (let one = arrivals[next]; one !== undefined && one.at <= time.now; one = arrivals[++next]) {
      const { at, lane, patience } = one;
      const job = () => {
        time.now += COST;
        return time.now - at;
      };
      const hasRoom = admission.admits(lane, null) && (lane !== "sheet" || lanes.ahead <= patience / 2);
      const took = hasRoom ? lanes.run(lane, at + patience, job) : Promise.resolve(null);
      results.push(took.then((took) => ({ took, lane })));
    }
    // One turn of the event loop: the worker does its share.
    await new Promise((resolve) => setImmediate(resolve));
    if (time.now === before) time.now = Math.max(time.now + COST, arrivals[next]?.at ?? 0);
  }
  return { outcomes: await Promise.all(results), late: lanes.late };
}

const spread = (count: number, over: number, lane: Lane, patience: number): Arrival[] =>
  Array.from({ length: count }, (_, i) => ({ at: (i * over) / count, lane, patience }));
const merged = (...lists: readonly Arrival[][]): Arrival[] => lists.flat().sort((a, b) => a.at - b.at);
const doneIn = (outcomes: readonly Outcome[], lane: Lane): number =>
  outcomes.filter((one) => one.lane === lane && one.took !== null).length;

test("a herd of ten seconds' work that comes within one is all taken in at the first attempt", async () => {
  const outcomes = await play(spread(10_000, 1_000, "sheet", 30_000));
  assert.equal(doneIn(outcomes, "sheet"), 10_000);
  assert.ok(Math.max(...outcomes.map(({ took }) => took ?? 0)) <= 11_000);
});

test("under three times as much as can be done, as much is done as can be, and nobody who is let in waits in vain", async () => {
  const patience = 2_000;
  const { outcomes, late } = await playWith(spread(30_000, 10_000, "sheet", patience));
  const done = doneIn(outcomes, "sheet");
  assert.ok(done >= 9_500, `${done} of the 10,000 that are possible`);
  assert.ok(outcomes.every(({ took }) => took === null || took <= patience + COST * 40));
  assert.equal(late, 0);
});

test("those below give way to sheets, and are never shut out", async () => {
  const load = merged(
    spread(9_500, 10_000, "sheet", 5_000),
    spread(10_000, 10_000, "pass", 5_000),
    spread(5_000, 10_000, "sync", 5_000),
  );
  const outcomes = await play(load);
  const sheets = doneIn(outcomes, "sheet");
  assert.ok(sheets >= 9_000, `${sheets} of 9,500 sheets`);
  assert.ok(doneIn(outcomes, "pass") >= 100, `${doneIn(outcomes, "pass")} passes`);
});

test("whatever comes, everything is either done once or told in time that it is not", async () => {
  const arrival = fc.record({
    at: fc.nat(500),
    lane: fc.constantFrom<Lane>("sheet", "sync", "renewal", "pass"),
    patience: fc.nat(300),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(arrival, { maxLength: 400 }), async (list) => {
      const outcomes = await play(merged(list), { sheet: 50, sync: 20, renewal: 10, pass: 5 });
      assert.equal(outcomes.length, list.length);
      for (const { took } of outcomes) assert.ok(took === null || took <= 300 + COST * 40);
    }),
    { numRuns: 50 },
  );
});
