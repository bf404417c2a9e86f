import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { canonical, type JsonObject } from "../ledger/canonical.ts";
import { HotSheet } from "./sheet.ts";
import { parseHot } from "./sheet-parser.ts";
import { readings, sheets, written } from "./testing/hot-sheets.ts";

const hot = new HotSheet();

for (const [type, bodies] of [
  ["sheet", sheets],
  ["reading", readings],
] as const) {
  test(`every canonical ${type} is read as JSON.parse reads it, also into a used record`, () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const text = canonical(body as JsonObject);
        assert.ok(parseHot(type, utf8(text), hot), text);
        assert.equal(canonical(written(type, hot)), text);
        assert.equal(hot.kecamatan, body.station.slice(0, 6));
        assert.equal(String(hot.desa), body.station.slice(0, 10));
        assert.equal(hot.stationNumber, Number(body.station.slice(10)));
      }),
    );
  });

  test(`whatever is accepted as a ${type} after a change of its bytes is still canonical`, () => {
    const change = fc.record({
      at: fc.nat(5000),
      cut: fc.nat(2),
      insert: fc.constantFrom("", ...'0123456789,:[]{}"\\ nula-.e'),
    });
    fc.assert(
      fc.property(bodies, change, (body, { at, cut, insert }) => {
        const text = canonical(body as JsonObject);
        const place = at % text.length;
        const changed = text.slice(0, place) + insert + text.slice(place + cut);
        if (!parseHot(type, utf8(changed), hot)) return;
        assert.equal(canonical(JSON.parse(changed)), changed);
        assert.equal(canonical(written(type, hot)), changed);
      }),
      { numRuns: 2000 },
    );
  });
}

test("a sheet is not a reading, and an empty or cut body is neither", () => {
  const [body] = fc.sample(sheets, { numRuns: 1, seed: 1 });
  const bytes = utf8(canonical(body as JsonObject));
  assert.equal(parseHot("reading", bytes, hot), false);
  for (let length = 0; length < bytes.length; length++)
    assert.equal(parseHot("sheet", bytes.subarray(0, length), hot), false);
});

test("more votes or parties than the record holds are refused, not cut", () => {
  const [body] = fc.sample(sheets, { numRuns: 1, seed: 1 });
  for (const [votes, parties, fits] of [
    [1024, 64, true],
    [1025, 64, false],
    [1024, 65, false],
  ] as const) {
    const full = { ...body, votes: new Array(votes).fill(1), parties: new Array(parties).fill(2) };
    assert.equal(parseHot("sheet", utf8(canonical(full as unknown as JsonObject)), hot), fits);
  }
});
