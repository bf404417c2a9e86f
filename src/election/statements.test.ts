import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../ledger/bytes.ts";
import { canonical, type JsonObject } from "../ledger/canonical.ts";
import {
  BodyError,
  bodyFaults,
  decode,
  decodeBody,
  STATEMENT_TYPES,
  type StatementType,
  statementType,
  typeLine,
} from "./statements.ts";
import { exampleFile, exampleSheet, modelOf, recountIn } from "./testing.ts";

const hash = "0a".repeat(32);
const figures = new Array(25).fill(null);
const common = { by: ["contoh.example/2029/k/0123456789abcdef"], election: "0f".repeat(16), time: 1 };
const { by: _, election: __, time: ___, ...sheet } = exampleSheet(modelOf(exampleFile()));
const { papers: ____, ...read } = sheet;
const order = "12/PL.01.8-Kpt/7101/2029";

/** One right body per type, without the common fields. */
const EXAMPLES: Readonly<Record<StatementType, JsonObject>> = {
  genesis: { centre: hash, editions: hash, fold: 1, name: "contoh.example/2029", root: hash, rules: 1 },
  definition: { decree: order, note: "first", root: hash },
  rules: { decree: order, fold: 2, rules: 2 },
  grant: {
    list: [
      { key: hash, person: "00112233445566778899aabbccddeeff", region: "7101012001001", role: "station" },
      { key: hash, person: "0011223344556677", region: "0", role: "chair" },
    ],
  },
  revoke: { keys: ["0123456789abcdef"], undo: true },
  seen: { log: "pleno/71", root: hash, size: 3 },
  custody: {
    epoch: 2,
    log: "pleno/710101",
    root: hash,
    size: 0,
    vkey: "contoh.example/log/pleno/710101+c4a8bee2+AQ==",
  },
  sheet: sheet as unknown as JsonObject,
  reading: {
    ...(read as unknown as JsonObject),
    evidence: hash,
    fields: ["valid", "voters.dpt.male", "votes.3"],
    incident: 4,
    initialled: ["P1"],
    outcome: "corrected",
    reason: "sum-error",
    refused: [],
    sheet: hash,
  },
  annul: { reason: "wrong-station", sheet: hash },
  pause: { panel: 2 },
  unpause: { panel: null },
  halt: { dated: 1, letter: hash, order, regions: ["7101"] },
  resume: { at: 5, order, regions: ["7101"] },
  reopen: { contest: "dpr", district: "71", order, region: "710101" },
  order: {
    contest: "dpr",
    deltas: [
      [0, -5],
      [3, 5],
    ],
    district: "71",
    kind: "ruling",
    number: order,
    region: "71",
  },
  objection: {
    contest: null,
    kind: "objection",
    papers: null,
    participant: "P1",
    ref: null,
    station: null,
    status: "filed",
  },
  certificate: {
    contest: "dpr",
    district: "71",
    figures,
    papers: null,
    read: 4,
    region: "710101",
    stations: 4,
    votes: [1, 2, null],
  },
  minutes: { act: { what: "schedule", at: 1, place: hash } },
  cosign: { vkey: "pemantau.example+c4a8bee2+BA==" },
  edition: {
    advance: hash,
    definition: hash,
    districts: hash,
    downloads: null,
    fold: 1,
    heads: hash,
    number: 1,
    previous: null,
    results: { ppwp: hash },
    rules: 1,
  },
  receipt: { id: hash, index: 3, log: "tps/710101" },
};

/** Fields that a body may do without. */
const OPTIONAL: readonly string[] = ["index", "dated", "letter"];

const RECOUNT = { ...recountIn("recount").recount };

const bytesOf = (body: JsonObject) => utf8(canonical(body));
const bodyOf = (type: StatementType): JsonObject => ({ ...common, ...EXAMPLES[type] });

for (const type of STATEMENT_TYPES) {
  test(`a ${type} is read, and refused with a field missing, added or of another type`, () => {
    const body = bodyOf(type);
    assert.deepEqual(decode(type, bytesOf(body)), { type, body });
    assert.throws(() => decodeBody(type, bytesOf({ ...body, name2: "x" })), /name2 is not a known field/);
    for (const key of Object.keys(body)) {
      const { [key]: __, ...rest } = body;
      if (!OPTIONAL.includes(key)) assert.throws(() => decodeBody(type, bytesOf(rest)), BodyError, `without ${key}`);
      assert.throws(() => decodeBody(type, bytesOf({ ...body, [key]: { no: 1 } })), BodyError, `with another ${key}`);
    }
  });
}

test("a type is read from line 1, and unknown ones are not guessed", () => {
  for (const type of STATEMENT_TYPES) assert.equal(statementType(typeLine(type)), type);
  for (const line of ["teguh/sheet/v2", "teguh/vote/v1", "sheet", "teguh/constructor/v1", " teguh/sheet/v1", ""]) {
    assert.equal(statementType(line), null, line);
  }
});

test("every fault of a body is named", () => {
  const body = bytesOf({ ...bodyOf("seen"), log: "tps/71", size: -1, root: "0A" });
  assert.throws(
    () => decodeBody("seen", body),
    (error: unknown) => {
      assert.ok(error instanceof BodyError);
      assert.deepEqual(error.faults.map(({ path }) => path).sort(), ["log", "root", "size"]);
      return true;
    },
  );
});

test("a body that is not canonical is refused even where its values are right", () => {
  const text = canonical(bodyOf("seen"));
  for (const bad of [text.replace(":", ": "), text.replace('"size":3', '"size":3.0'), `${text} `, "[", ""]) {
    assert.throws(() => decodeBody("seen", utf8(bad)), /is not canonical JSON/);
  }
});

const recounts: readonly [string, JsonObject, boolean][] = [
  ["a recount that a participant asked for", { outcome: "recount", recount: RECOUNT }, true],
  [
    "a recount that the supervisor asked for",
    { outcome: "recount", recount: { ...RECOUNT, asked: [], supervisor: true } },
    true,
  ],
  [
    "a recount that a court ordered",
    { outcome: "recount", reason: "court-ruling", recount: { ...RECOUNT, asked: [] } },
    true,
  ],
  ["a recount without a word of who asked and counted", { outcome: "recount" }, false],
  ["a recount that nobody asked for", { outcome: "recount", recount: { ...RECOUNT, asked: [] } }, false],
  ["a recount that nobody counted", { outcome: "recount", recount: { ...RECOUNT, counted: [] } }, false],
  ["a recount counted by a name", { outcome: "recount", recount: { ...RECOUNT, counted: ["Ni Luh"] } }, false],
  ["a correction with counters", { outcome: "corrected", recount: RECOUNT }, false],
];

for (const [what, change, fits] of recounts) {
  test(`${what} is ${fits ? "read" : "refused"}`, () => {
    const body = { ...bodyOf("reading"), ...change };
    if (fits) assert.deepEqual(decodeBody("reading", bytesOf(body)), body);
    else assert.throws(() => decodeBody("reading", bytesOf(body)), BodyError);
    assert.equal(bodyFaults("reading", body).length === 0, fits);
  });
}
