/** Rows that are copied are those that writing all of them anew would give. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromUtf8 } from "../ledger/bytes.ts";
import { JsonWriter } from "./json-writer.ts";
import { Rows } from "./rows.ts";

/** A child's row; null where it has none. */
const row = fc.option(fc.string({ minLength: 1, maxLength: 12 }), { nil: null, freq: 3 });

function written(rows: Rows, values: readonly (string | null)[]): { readonly json: unknown; readonly fresh: number[] } {
  const fresh: number[] = [];
  const w = new JsonWriter();
  w.reset().open().key("rows").openArray();
  rows.write(w, (place) => {
    fresh.push(place);
    const value = values[place] ?? null;
    if (value !== null) w.string(value);
  });
  w.closeArray().close();
  return { json: JSON.parse(fromUtf8(w.finish())).rows, fresh };
}

test("whatever changes, the rows are those of all children, and only what changed is written", () => {
  const changes = fc.array(fc.array(fc.tuple(fc.nat(7), row), { maxLength: 4 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), changes, (first, editions) => {
      const values = [...first];
      const rows = new Rows(values.length);
      const all = values.map((_, place) => place);
      assert.deepEqual(written(rows, values), { json: values.filter((value) => value !== null), fresh: all });
      for (const edition of editions) {
        const changed = new Set<number>();
        for (const [at, value] of edition) {
          const place = at % values.length;
          values[place] = value;
          rows.forget(place);
          changed.add(place);
        }
        const json = values.filter((value) => value !== null);
        assert.deepEqual(written(rows, values), { json, fresh: [...changed].sort((a, b) => a - b) });
      }
    }),
  );
});
