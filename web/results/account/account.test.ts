import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Fault } from "../verify/fault.ts";
import { accountOf } from "./account.ts";

test("the five lines of an account add up, whatever was reported and corrected in between", () => {
  const posting = fc.record({ first: fc.nat(400), raised: fc.nat(400), removed: fc.nat(400) });
  type Posting = Readonly<Record<"first" | "raised" | "removed", number>>;
  const sum = (some: readonly Posting[], key: keyof Posting) => some.reduce((total, each) => total + each[key], 0);
  fc.assert(
    fc.property(fc.array(posting), fc.nat(20), (postings, split) => {
      const counters = (until: number) => {
        const some = postings.slice(0, until);
        const [raised, removed] = [sum(some, "raised"), sum(some, "removed")];
        return { raised, removed, votes: sum(some, "first") + raised - removed };
      };
      const between = postings.slice(split);
      const account = accountOf(counters(split), counters(postings.length), 0, "");
      assert.equal(account.opening + account.first + account.raised - account.removed, account.closing);
      for (const key of ["first", "raised", "removed"] as const) assert.equal(account[key], sum(between, key), key);
    }),
  );
});

test("a counter that fell between two editions is an alarm", () => {
  const fell = (error: unknown) => error instanceof Fault && error.code === "counter-fell" && error.isAlarm;
  const votes = (votes: number, raised: number, removed: number) => ({ votes, raised, removed });
  // 312 removed, and later nobody knows of them.
  assert.throws(() => accountOf(votes(100, 0, 312), votes(100, 0, 0), 0, ""), fell);
  // 412 votes became 100 without any having been removed.
  assert.throws(() => accountOf(votes(412, 0, 0), votes(100, 0, 0), 0, ""), fell);
  // 312 raised by corrections turn into votes of stations that never reported anew.
  assert.throws(() => accountOf(votes(412, 312, 0), votes(412, 0, 0), 0, ""), fell);
});
