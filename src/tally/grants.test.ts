// Packed grants against the plain list they stand for: whatever is stated, in whatever portions, is found again as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ROLES } from "../election/statements.ts";
import { shortOf } from "./authority.ts";
import { addGrants, type Grant, type Granted, grantsTo, type Run } from "./grants.ts";

/** A few keys, so that some are granted again and again. */
const keys = Array.from({ length: 12 }, (_, i) => new Uint8Array(32).fill(i + 1));
const digits = (of: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...of), minLength, maxLength });
const granted: fc.Arbitrary<Granted> = fc.record({
  key: fc.constantFrom(...keys),
  person: digits("0123456789abcdef", 16, 32),
  role: fc.constantFrom(...ROLES),
  region: digits("123456789", 1, 13),
});
const statements = fc.array(fc.array(granted, { minLength: 1, maxLength: 8 }), { maxLength: 20 });

const fields = ({ index, short, key, person, role, region }: Grant) => ({ index, short, key, person, role, region });

function runsOf(lists: readonly (readonly Granted[])[], firstIndex: number): Run[] {
  const runs: Run[] = [];
  lists.forEach((list, i) => {
    addGrants(runs, firstIndex + i, list);
  });
  return runs;
}

test("each key's grants are found as they were stated, in the order in which they were, also in a copy", () => {
  fc.assert(
    fc.property(statements, fc.constantFrom(0, 2 ** 31 - 3, 2 ** 32 - 21), (lists, firstIndex) => {
      const runs = runsOf(lists, firstIndex);
      for (const key of keys) {
        const short = shortOf(key);
        const expected = lists.flatMap((list, i) =>
          list.filter((grant) => grant.key === key).map((grant) => ({ ...grant, short, index: firstIndex + i })),
        );
        assert.deepEqual(grantsTo(runs, short).map(fields), expected);
        assert.deepEqual(grantsTo(structuredClone(runs), short).map(fields), expected);
      }
      assert.deepEqual(grantsTo(runs, "0123456789abcdef"), []);
    }),
  );
});

test("a thousand statements of one key each leave a handful of runs to look through", () => {
  const lists = Array.from({ length: 1000 }, (_, i): Granted[] => {
    const key = new Uint8Array(32);
    new DataView(key.buffer).setUint32(0, i);
    return [{ key, person: "a".repeat(16), role: "station", region: String(5_103_032_001_001 + i) }];
  });
  const runs = runsOf(lists, 0);
  assert.ok(runs.length <= 10, `${runs.length} runs`);
  const found = lists.flatMap(([grant]) => (grant ? grantsTo(runs, shortOf(grant.key)) : []));
  assert.deepEqual(
    found.map(({ index, region }) => [index, region]),
    lists.map(([grant], i) => [i, grant?.region]),
  );
});

test("a text that would run into its neighbour is refused", () => {
  const key = keys[0] ?? assert.fail();
  const grant: Granted = { key, person: "a".repeat(33), role: "station", region: "5103032001001" };
  assert.throws(() => addGrants([], 0, [grant]), RangeError);
});
