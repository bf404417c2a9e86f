import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toHex, utf8 } from "../ledger/bytes.ts";
import { canonical, type JsonObject } from "../ledger/canonical.ts";
import { CONTEST_KINDS } from "./codes.ts";
import { HotSheet, OUTCOMES } from "./sheet.ts";
import { type HotType, parseHot } from "./sheet-parser.ts";

const hexOf = (bytes: number) => fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(toHex);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const count = orNull(fc.oneof(fc.nat(999), fc.nat(999_999_999)));
const plain = fc.string({ unit: fc.constantFrom(..."abcXYZ019._/-+ "), maxLength: 40 });
const common = {
  by: fc.array(plain, { maxLength: 3 }),
  contest: fc.constantFrom(...CONTEST_KINDS),
  district: hexOf(32),
  election: hexOf(16),
  figures: fc.array(count, { minLength: 25, maxLength: 25 }),
  parties: fc.array(count, { maxLength: 24 }),
  previous: orNull(hexOf(32)),
  station: fc.bigInt({ min: 10n ** 12n, max: 10n ** 13n - 1n }).map(String),
  time: fc.maxSafeNat(),
  votes: orNull(fc.array(count, { maxLength: 240 })),
};
const sheets = fc.record({ ...common, papers: orNull(hexOf(32)) });
const recount = fc.record({
  asked: fc.array(plain, { maxLength: 3 }),
  counted: fc.array(plain, { maxLength: 3 }),
  supervisor: fc.boolean(),
});
const readingFields = {
  ...common,
  evidence: orNull(hexOf(32)),
  fields: fc.array(plain, { maxLength: 4 }),
  incident: orNull(fc.nat(999_999_999)),
  initialled: fc.array(plain, { maxLength: 4 }),
  outcome: fc.constantFrom(...OUTCOMES),
  reason: orNull(plain),
  refused: fc.array(plain, { maxLength: 4 }),
  sheet: orNull(hexOf(32)),
};
const readings = fc.oneof(fc.record(readingFields), fc.record({ ...readingFields, recount }));

/** The parsed record as the JSON it came from. */
function written(type: HotType, hot: HotSheet): JsonObject {
  const list = (values: Int32Array, length: number) => [...values.subarray(0, length)].map((v) => (v < 0 ? null : v));
  const id = (has: boolean, bytes: Uint8Array) => (has ? toHex(bytes) : null);
  const body = {
    by: hot.by,
    contest: CONTEST_KINDS[hot.contest] ?? null,
    district: hot.districtHex,
    election: hot.electionHex,
    figures: list(hot.figures, 25),
    parties: list(hot.parties, hot.partyCount),
    previous: id(hot.hasPrevious, hot.previous),
    station: String(hot.station),
    time: hot.time,
    votes: hot.voteCount < 0 ? null : list(hot.votes, hot.voteCount),
  };
  if (type === "sheet") return { ...body, papers: id(hot.hasPapers, hot.papers) };
  return {
    ...body,
    evidence: id(hot.hasEvidence, hot.evidence),
    fields: hot.fields,
    incident: hot.incident < 0 ? null : hot.incident,
    initialled: hot.initialled,
    outcome: OUTCOMES[hot.outcome] ?? null,
    reason: hot.reason,
    ...(hot.recount === undefined ? {} : { recount: { ...hot.recount } }),
    refused: hot.refused,
    sheet: id(hot.hasSheet, hot.sheet),
  };
}

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
