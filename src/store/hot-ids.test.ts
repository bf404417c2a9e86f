import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toHex } from "../ledger/bytes.ts";
import { findHotId, hotIndices, NO_HOT_IDS, withHotId } from "./hot-ids.ts";

const anyId = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyRecords = fc.uniqueArray(fc.record({ id: anyId, index: fc.nat(2 ** 48 - 1) }), {
  selector: ({ id }) => toHex(id),
});

test("every id that was put in is found with its index, beyond 2^32 too, and no other is", () => {
  fc.assert(
    fc.property(anyRecords, anyId, (records, other) => {
      const ids = records.reduce((blob, { id, index }) => withHotId(blob, id, index), NO_HOT_IDS);
      for (const { id, index } of records) assert.equal(findHotId(ids, id), index);
      assert.deepEqual(
        hotIndices(ids),
        records.map(({ index }) => index),
      );
      fc.pre(!records.some(({ id }) => toHex(id) === toHex(other)));
      assert.equal(findHotId(ids, other), null);
    }),
  );
});

test("an id is found at the start of a record only", () => {
  const id = new Uint8Array(32).fill(7);
  const straddling = withHotId(withHotId(NO_HOT_IDS, new Uint8Array(32).fill(7, 1), 7 * 0x010101010101), id, 3);
  assert.equal(findHotId(straddling, id), 3);
});
