import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Fault } from "../verify/fault.ts";
import { accountOf } from "./account.ts";

test("an account is opening + added − removed = closing, whatever was added and removed in between", () => {
  const posting = fc.record({ added: fc.nat(400), removed: fc.nat(400) });
  fc.assert(
    fc.property(fc.array(posting), fc.nat(20), (postings, split) => {
      const counters = (until: number) => {
        const some = postings.slice(0, until);
        const removed = some.reduce((sum, each) => sum + each.removed, 0);
        return { removed, votes: some.reduce((sum, each) => sum + each.added, 0) - removed };
      };
      const between = postings.slice(split);
      const account = accountOf(counters(split), counters(postings.length), 0, "");
      assert.equal(account.opening + account.added - account.removed, account.closing);
      assert.equal(
        account.removed,
        between.reduce((sum, each) => sum + each.removed, 0),
      );
      assert.equal(
        account.added,
        between.reduce((sum, each) => sum + each.added, 0),
      );
    }),
  );
});

test("a counter that fell between two editions is an alarm", () => {
  const fell = (error: unknown) => error instanceof Fault && error.code === "counter-fell" && error.isAlarm;
  // 312 removed, and later nobody knows of them.
  assert.throws(() => accountOf({ votes: 100, removed: 312 }, { votes: 100, removed: 0 }, 0, ""), fell);
  // 412 votes became 100 without any having been removed.
  assert.throws(() => accountOf({ votes: 412, removed: 0 }, { votes: 100, removed: 0 }, 0, ""), fell);
});
