/** What is remembered under a bound, and what is forgotten first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Recent } from "./recent.ts";

test("half of what may be kept is there still if it was used last, and never more than may be kept", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.nat(30)), (half, uses) => {
      const recent = new Recent<number>(2 * half);
      const order: number[] = [];
      for (const use of uses) {
        if (recent.get(`${use}`) === undefined) recent.set(`${use}`, use);
        order.unshift(use);
      }
      const last = [...new Set(order)];
      const isKept = (use: number) => recent.get(`${use}`) === use;
      // From the last on, since asking is using.
      assert.ok(last.slice(0, half).toReversed().every(isKept));
    }),
  );
  const recent = new Recent<number>(10);
  for (let i = 0; i < 1_000; i++) recent.set(`${i}`, i);
  const kept = Array.from({ length: 1_000 }, (_, i) => i).filter((i) => recent.get(`${i}`) !== undefined);
  assert.ok(kept.length >= 5 && kept.length <= 10, `${kept.length}`);
});
