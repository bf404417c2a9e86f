/** Answers counted in passing are those that are there, however the network cuts them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Statuses } from "./statuses.ts";

test("every answer is counted once, wherever its bytes are cut", () => {
  const status = fc.constantFrom("200", "401", "429", "503");
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(status), cuts, (statuses, cuts) => {
      const text = statuses.map((one) => `HTTP/1.1 ${one} X\r\ncontent-length: 6\r\n\r\nHTTP/1`).join("");
      const bytes = Buffer.from(text, "latin1");
      const counter = new Statuses();
      const told: string[] = [];
      for (let at = 0, n = 0; at < bytes.length; n++) {
        const end = at + (cuts[n % cuts.length] ?? 1);
        counter.read(bytes.subarray(at, end), (one) => told.push(one));
        at = end;
      }
      assert.deepEqual(told, statuses);
    }),
  );
});
