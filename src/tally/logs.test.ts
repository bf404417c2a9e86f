import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { leafHash, rootOf } from "../ledger/tree.ts";
import { LogState } from "./logs.ts";

test("a log tells the root of any prefix, in whatever order they are asked for", () => {
  const entries = Array.from({ length: 40 }, (_, i) => leafHash(utf8(`entry ${i}`)));
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 20 }), fc.nat(40), (sizes, grown) => {
      const log = new LogState("pleno/51");
      for (const leaf of entries.slice(0, grown)) log.push(leaf);
      for (const [i, size] of sizes.entries()) {
        if (i === 10) for (const leaf of entries.slice(grown)) log.push(leaf);
        if (size > log.size) assert.throws(() => log.root(size), RangeError);
        else assert.deepEqual(log.root(size), rootOf(entries.slice(0, size)));
      }
    }),
  );
});
