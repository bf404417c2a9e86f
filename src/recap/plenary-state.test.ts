/** One kecamatan's plenary from its invitation to its certificates and back, as its state tells it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DistrictCode, RegionCode, StationCode } from "../election/codes.ts";
import type { MinutesActOf } from "../election/minutes.ts";
import { toHex } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import { PlenaryRecord } from "./plenary-record.ts";
import type { Phase } from "./plenary-state.ts";
import { TestHall } from "./plenary-testing.ts";

const KEC = "510101" as RegionCode;
const KAB = "5101" as RegionCode;
const DESA = ["5101011001", "5101011002"] as RegionCode[];
const [FIRST, SECOND] = ["5101011001001", "5101011001002"] as [StationCode, StationCode];
const RESULTS = [
  ["ppwp", "0"],
  ["dpr", "5100"],
  ["dpd", "51"],
  ["dprdk", "510101"],
  ["dprdk", "510102"],
] as const;
const hash = "0a".repeat(32) as Hash;

const phase = (hall: TestHall): Phase["phase"] => hall.state().phase.phase;

function readAll(hall: TestHall): void {
  for (const { contest, waiting } of hall.state().boxes) for (const station of waiting) hall.read(station, contest);
}

function inspect(hall: TestHall, contest: MinutesActOf<"inspection">["contest"], district: string): void {
  hall.follow();
  const draft = { size: hall.record.size, root: toHex(hall.tally.root(hall.log)) as Hash };
  const about = { contest, district: district as DistrictCode, draft, participant: "p1", supervisor: false };
  hall.say({ what: "inspection", ...about, outcome: "agreed", papers: null });
}

const stages = (hall: TestHall) => hall.state().results.map(({ stage }) => stage.stage);

test("a plenary goes from its invitation to its certificates", () => {
  const hall = new TestHall(KEC);
  assert.equal(phase(hall), "unscheduled");
  hall.say({ what: "schedule", at: 5, place: null }, ["chair"]);
  assert.deepEqual(hall.state().phase, { phase: "scheduled", at: 5 });
  hall.say({ what: "open" }, ["chair"]);
  assert.equal(phase(hall), "open");
  hall.read(FIRST, "ppwp");
  hall.world.write(hall.log, "pause", { panel: null }, ["chair key"]);
  assert.equal(phase(hall), "paused");
  hall.world.write(hall.log, "unpause", { panel: null }, ["chair key"]);
  assert.equal(phase(hall), "open");
  readAll(hall);
  assert.equal(phase(hall), "read");
  for (const [contest, district] of RESULTS) inspect(hall, contest, district);
  assert.equal(phase(hall), "inspected");
  for (const [contest, district] of RESULTS) hall.certify(contest, district);
  assert.equal(phase(hall), "certified");
});

test("a certificate passes the result on, and a reopening brings it back with its certificate beside it", () => {
  const hall = new TestHall(KEC);
  readAll(hall);
  const given = hall.certify("ppwp", "0");
  hall.world.see(`pleno/${KAB}`, hall.log);
  assert.deepEqual(stages(hall), ["certified", "read", "read", "read", "read"]);
  const order = { contest: "ppwp", district: "0", order: "9/UJI", region: KEC };
  hall.world.write(`pleno/${KAB}`, "reopen", order, [`chair ${KAB}`]);
  hall.world.seeAbove(hall.log);
  const [result] = hall.state().results;
  assert.ok(result?.stage.stage === "reopened");
  assert.equal(result.stage.before.id, given.id);
  assert.equal(result.stage.next, "read");
  assert.equal(phase(hall), "reopened");
});

test("a reading after the draft was printed sends its result, and no other, back to inspection", () => {
  const hall = new TestHall(KEC);
  readAll(hall);
  for (const [contest, district] of RESULTS) inspect(hall, contest, district);
  const before = hall.record.read.get(`dprdk/${FIRST}`);
  assert.ok(before);
  hall.read(FIRST, "dprdk", { previous: before.reading, outcome: "recount" });
  assert.deepEqual(stages(hall), ["inspected", "inspected", "inspected", "read", "inspected"]);
});

test("a halt is shown with the numbers of its orders, whatever the hall was doing", () => {
  const hall = new TestHall(KEC);
  for (const number of ["1/UJI", "2/UJI"]) {
    hall.world.write("pleno/0", "halt", { order: number, regions: ["51"] }, ["root"]);
  }
  hall.world.seeAbove(hall.log);
  assert.deepEqual(hall.state().phase, { phase: "halted", orders: ["1/UJI", "2/UJI"] });
});

test("the first panel reads every box in the order of the contests, desa by code, until queues are stated", () => {
  const hall = new TestHall(KEC);
  const [first, second] = hall.state().panels;
  assert.deepEqual(
    first?.queue.map(({ contest, desa }) => `${contest} ${desa.slice(6)}`),
    ["ppwp", "dpr", "dpd", "dprdk"].flatMap((contest) => [`${contest} 1001`, `${contest} 1002`]),
  );
  assert.deepEqual(second?.queue, []);
});

test("a stated queue replaces a panel's, and its place follows the readings", () => {
  const hall = new TestHall(KEC);
  const queue = DESA.map((desa) => ({ contest: "dpd" as const, desa }));
  hall.say({ what: "agenda", panel: 2, queue });
  for (const station of hall.world.stationsOf(KEC).slice(0, 3)) hall.read(station, "dpd");
  hall.world.write(hall.log, "pause", { panel: 2 }, ["chair key"]);
  const [first, , third] = hall.state().panels;
  assert.equal(first?.queue.length, 6, "what another panel has stated is no longer the first panel's");
  assert.deepEqual(third, { panel: 2, paused: true, queue, at: 1 });
  assert.equal(first?.paused, false);
});

test("a station that is put off is no longer waiting, keeps its box open, and waits again once it is taken up", () => {
  const hall = new TestHall(KEC);
  hall.read(FIRST, "ppwp");
  hall.say({ what: "postpone", contest: "ppwp", reason: "box-missing", station: SECOND });
  const [box] = hall.state().boxes;
  assert.deepEqual(
    [box?.read.length, box?.postponed.map(({ station }) => station), box?.waiting.length, box?.open],
    [1, [SECOND], 1, true],
  );
  hall.say({ what: "take-up", contest: "ppwp", station: SECOND });
  assert.equal(hall.state().boxes[0]?.waiting.length, 2);
});

test("evidence of a correction may follow; until then it is missing", () => {
  const hall = new TestHall(KEC);
  hall.read(FIRST, "ppwp");
  const corrected = hall.read(SECOND, "ppwp", { outcome: "corrected", roles: ["operator", "chair"] });
  assert.deepEqual(
    hall.state().evidenceMissing.map(({ reading }) => reading),
    [corrected.id],
  );
  hall.say({ what: "evidence", papers: hash, reading: corrected.id });
  assert.deepEqual(hall.state().evidenceMissing, []);
});

test("an objection keeps its place while its status moves, however it is referred to", () => {
  const hall = new TestHall(KEC);
  const about = { contest: "ppwp", kind: "objection", papers: null, participant: "p1", station: FIRST };
  const object = (status: string, ref: Hash | null) =>
    hall.world.write(hall.log, "objection", { ...about, ref, status }, ["operator key"]).id;
  const read = hall.read(FIRST, "ppwp");
  const filed = object("filed", read.id);
  const answered = object("answered", filed);
  object("refused", answered);
  const { objections } = hall.state().record;
  assert.deepEqual(
    [...objections.values()].map(({ id, status }) => [id, status]),
    [[filed, "refused"]],
  );
});

test("advice stands with its answer, signatures and scan with their certificate", () => {
  const hall = new TestHall(KEC);
  const advice = { what: "advice", contest: "ppwp", kind: "recount", objection: null, papers: null } as const;
  const { id } = hall.say({ ...advice, station: FIRST }, ["supervisor"]);
  hall.say({ what: "advice-answer", advice: id, followed: false, reason: "no-ground" }, ["chair"]);
  const certificate = hall.certify("ppwp", "0").id;
  const sign = { what: "signature", certificate, contest: "ppwp", district: "0" as DistrictCode } as const;
  hall.say({ ...sign, outcome: "refused", participant: "p1", reason: "figures-disputed" });
  hall.say({ ...sign, outcome: "signed-wet", participant: "p1", reason: null });
  hall.say({ ...sign, outcome: "absent", participant: "p2", reason: null });
  hall.say({ what: "scan", certificate, pages: hash });
  const { record } = hall.state();
  assert.equal(record.advice.get(id)?.answer?.followed, false);
  const [kept] = record.certificates.get("ppwp/0") ?? [];
  assert.equal(kept?.scan, hash);
  assert.deepEqual(
    [...(kept?.signatures ?? [])].map(([participant, { outcome }]) => [participant, outcome]),
    [
      ["p1", "signed-wet"],
      ["p2", "absent"],
    ],
  );
});

test("what the fold refused is listed with its reason and changes nothing", () => {
  const hall = new TestHall(KEC);
  hall.say({ what: "open" }, ["operator"]);
  const state = hall.state();
  assert.equal(state.phase.phase, "unscheduled");
  assert.deepEqual(state.record.voids, [{ index: state.record.size - 1, act: "open", reason: "no-authority" }]);
});

test("a plenary above is through with reading when every kecamatan's result has come up", () => {
  const hall = new TestHall(KAB);
  assert.deepEqual(stages(hall).slice(0, 1), ["reading"]);
  for (const kecamatan of ["510101", "510102"] as RegionCode[]) {
    hall.world.certify(kecamatan, "ppwp", "0");
    hall.world.see(hall.log, `pleno/${kecamatan}`);
  }
  assert.deepEqual(stages(hall).slice(0, 1), ["read"]);
  inspect(hall, "ppwp", "0");
  assert.deepEqual(stages(hall).slice(0, 1), ["inspected"]);
});

test("a record takes its entries one after the other", () => {
  const hall = new TestHall(KEC);
  const [first, second] = hall.entries;
  assert.ok(first && second);
  const record = new PlenaryRecord(KEC);
  record.add(first);
  assert.throws(() => record.add(first), RangeError);
  record.add(second);
});
