import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { canonical, type JsonObject } from "../ledger/canonical.ts";
import { isWellFormed, malformed } from "./malformed.ts";
import { HotSheet, OUTCOMES, type SheetBody } from "./sheet.ts";
import { parseHot } from "./sheet-parser.ts";
import { exampleFile, exampleSheet, modelOf } from "./testing.ts";

const model = modelOf(exampleFile());
const objectOf = (kind: "ppwp" | "dpr" | "dprdk", code: string) => model.contest(kind)?.district(code)?.object ?? "";

function faults(change: Record<string, unknown>): string[] {
  const body = { ...exampleSheet(model), ...change };
  return malformed("sheet", body, { model }).map(({ path, what }) => `${path}: ${what.en}`);
}

const hot = new HotSheet();
const figures = (at: number, value: number) => new Array(25).fill(null).with(at, value);

const cases: readonly [string, Record<string, unknown>, readonly string[]][] = [
  ["a right sheet", {}, []],
  ["a sheet without votes", { votes: null }, []],
  ["the most that the boxes hold", { votes: [999, 0, null], figures: figures(22, 999) }, []],
  [
    "counts over the boxes",
    { votes: [1000, 0, 0], figures: figures(22, 1000) },
    ["figures[22]: Valid votes: 1000 exceeds the form (999)", "votes[0]: votes.0: 1000 exceeds the form (999)"],
  ],
  ["a ballot box abroad, whose form is wider", { station: "9901010001002", votes: [1000, 0, 99_999] }, []],
  [
    "an ordinary station abroad",
    { station: "9901010001001", votes: [1000, 0, 0] },
    ["votes[0]: votes.0: 1000 exceeds the form (999)"],
  ],
  ["an unknown station", { station: "7101012001004" }, ["station: station 7101012001004 is unknown"]],
  [
    "a district that nobody defined",
    { district: "00".repeat(32) },
    ["district: unknown district; update the definition"],
  ],
  [
    "a contest that this election has not",
    { contest: "dpd" },
    ["contest: this election has no contest dpd", "district: this district is of ppwp"],
  ],
  [
    "a district of another place",
    { contest: "dpr", district: objectOf("dpr", "72"), parties: [0], votes: [0, 0, 0] },
    ["district: this station is in district Satu, not Dua dan Luar Negeri"],
  ],
  [
    "a contest that the region has not",
    { contest: "dprdk", district: objectOf("dprdk", "7101-1"), station: "7201011001001", parties: [0] },
    ["contest: station 7201011001001 does not vote for dprdk"],
  ],
  [
    "wrong numbers of votes, parties and figures",
    { votes: [1, 2], parties: [3], figures: [1] },
    ["figures: too short; at least 25", "votes: 2 numbers; Indonesia has 3", "parties: 1 numbers; Indonesia has 0"],
  ],
  [
    "everything at once",
    { station: "x", time: -1, votes: [-1, 1.5, "2"], extra: true },
    [
      "extra: is not a known field; remove it",
      "time: must be at least 0",
      "station: must match ^[1-9][0-9]{12}$",
      "votes[0]: must be at least 0",
      "votes[1]: must be a whole number",
      "votes[2]: must be a whole number",
    ],
  ],
];

for (const [name, change, expected] of cases) {
  test(`${name}: ${expected.length === 0 ? "well formed" : "every fault is named"}`, () => {
    assert.deepEqual(faults(change).sort(), [...expected].sort());
    const body = { ...exampleSheet(model), ...change } as unknown as JsonObject;
    // The last case has a fraction: canonical JSON cannot even write it.
    if ("extra" in change || !parseHot("sheet", utf8(canonical(body)), hot)) return;
    assert.equal(isWellFormed(hot, { model }), expected.length === 0);
  });
}

test("nothing at all is malformed without an exception", () => {
  for (const body of [null, [], "x", 3, {}]) assert.ok(malformed("reading", body, { model }).length > 0);
});

test("a sheet that names the district of an earlier definition is not refused for that", () => {
  const earlier = modelOf({ ...exampleFile(), title: { id: "Lama", en: "Old" } }).contest("ppwp")?.districts[0];
  assert.ok(earlier);
  const object = "11".repeat(32);
  const district = (asked: string) => (asked === object ? earlier : model.districtByObject(asked));
  assert.deepEqual(malformed("sheet", { ...exampleSheet(model), district: object }, { model, district }), []);
});

test("the door's quick judgement is the same as the explaining one", () => {
  const objects = [objectOf("ppwp", "0"), objectOf("dpr", "71"), objectOf("dpr", "72"), "00".repeat(32)];
  const change = fc.record({
    contest: fc.constantFrom("ppwp", "dpr", "dpd", "dprdk"),
    district: fc.constantFrom(...objects),
    station: fc.constantFrom("7101012001001", "7101012001004", "7201011001001", "9901010001003"),
    votes: fc.option(fc.array(fc.constantFrom(0, 7, 999, 1000, 99_999, 100_000, null), { maxLength: 7 }), {
      nil: null,
    }),
    parties: fc.array(fc.constantFrom(0, 999, 1000, null), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(change, (changed) => {
      const body = { ...exampleSheet(model), ...changed } as unknown as SheetBody;
      assert.ok(parseHot("sheet", utf8(canonical(body as unknown as JsonObject)), hot));
      assert.equal(isWellFormed(hot, { model }), malformed("sheet", body, { model }).length === 0);
    }),
    { numRuns: 500 },
  );
});

test("of a reading too the quick judgement is the explaining one's, also of who asked for a recount", () => {
  const { papers: _, ...form } = exampleSheet(model);
  const decided = { evidence: null, fields: [], incident: null, initialled: [], refused: [], sheet: null };
  const ids = (list: readonly string[]) => fc.subarray([...list]);
  const recount = fc.record({
    asked: ids(["P1", "no participant"]),
    counted: ids(["00112233445566778899aabbccddeeff", "Ni Luh"]),
    supervisor: fc.boolean(),
  });
  const said = fc.record({
    outcome: fc.constantFrom(...OUTCOMES),
    reason: fc.constantFrom(null, "recount", "court-ruling"),
    recount: fc.option(recount, { nil: undefined }),
  });
  fc.assert(
    fc.property(said, ({ recount: named, ...rest }) => {
      const body = { ...form, ...decided, ...rest, ...(named === undefined ? {} : { recount: named }) };
      assert.ok(parseHot("reading", utf8(canonical(body as unknown as JsonObject)), hot));
      assert.equal(isWellFormed(hot, { model }), malformed("reading", body, { model }).length === 0);
    }),
    { numRuns: 500 },
  );
});
