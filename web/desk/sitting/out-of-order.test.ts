import assert from "node:assert/strict";
import { test } from "node:test";
import { outOfOrder } from "./out-of-order.ts";

const HOUR = 3_600_000;
/** Times in hours, the oldest first. */
const marked = (...hours: readonly (number | null)[]) => {
  const acts = hours.map((hour, index) => ({ index, time: hour === null ? null : (hour + 1_000) * HOUR }));
  return [...outOfOrder(acts.toReversed())].sort();
};

test("a time before that of an earlier entry is marked, whoever of the two is wrong; a minute is borne with", () => {
  assert.deepEqual(marked(1, 2, 3), []);
  assert.deepEqual(marked(1, 9, 2, 3), [2, 3]);
  assert.deepEqual(marked(5, 1, 6), [1]);
  assert.deepEqual(marked(2, 2 - 1 / 120, 3), []);
  assert.deepEqual(marked(2, null, 1), [2], "what cannot be read claims nothing");
});
