import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ContestKind, DistrictCode, RegionCode, StationCode } from "../../../src/election/codes.ts";
import { FIGURE_COUNT } from "../../../src/election/figures.ts";
import { asHash } from "../../../src/ledger/hash.ts";
import type { BoxView, HallView, ObjectionView, ResultView } from "../../../src/recap/wire/views.ts";
import { missingOf } from "./missing.ts";
import { differences, sumOf } from "./sums.ts";

const HASH = asHash("ab".repeat(32));
const BALI = "BALI" as DistrictCode;
const box = (desa: string, over: Partial<BoxView> = {}): BoxView => ({
  desa: { code: desa as RegionCode, name: desa },
  contest: "ppwp",
  district: BALI,
  stations: 3,
  read: 3,
  postponed: 0,
  withSheet: 3,
  held: 0,
  open: false,
  ...over,
});
const result = (over: Partial<ResultView> = {}): ResultView => ({
  contest: "ppwp",
  district: { code: BALI, name: "Bali" },
  stage: "read",
  inHand: true,
  expected: 6,
  read: 6,
  inspections: [],
  certificate: null,
  fingerprint: null,
  ...over,
});
type Hall = Pick<HallView, "boxes" | "evidenceMissing" | "objections">;
const hall = (over: Partial<Hall> = {}): Hall => ({ boxes: [], evidenceMissing: [], objections: [], ...over });
const objection = (contest: ContestKind | null, status: ObjectionView["status"]): ObjectionView => ({
  id: HASH,
  index: 1,
  time: 1,
  kind: "objection",
  contest,
  station: null,
  participant: null,
  status,
  words: null,
});
const whats = (view: Hall, of = result()) => missingOf(of, view).map(({ what }) => what);

test("unread stations are said first, box by box, then those put off", () => {
  const boxes = [box("5103032001"), box("5103032002", { read: 1, postponed: 1 })];
  const [unread, postponed] = missingOf(result(), hall({ boxes }));
  assert.ok(unread?.what === "unread" && unread.stations === 2 && unread.box.desa.code === "5103032002");
  assert.ok(postponed?.what === "postponed" && postponed.stations === 1);
});

test("boxes, evidence and objections of another result are not this one's", () => {
  const boxes = [box("5103032001", { contest: "dpr", read: 0 })];
  const evidenceMissing = [
    { station: "5103032001001" as StationCode, contest: "dpr" as const, reading: HASH },
    { station: "5103032001002" as StationCode, contest: "ppwp" as const, reading: HASH },
  ];
  const objections = [objection("dpr", "filed"), objection("ppwp", "accepted")];
  assert.deepEqual(whats(hall({ boxes, evidenceMissing, objections })), ["evidence", "inspection"]);
});

test("an objection without a contest is about every result, until it is decided", () => {
  assert.deepEqual(whats(hall({ objections: [objection(null, "answered")] })), ["objections", "inspection"]);
  assert.deepEqual(whats(hall({ objections: [objection(null, "refused")] })), ["inspection"]);
});

test("above the kecamatan, stations that have not come up are missing", () => {
  const missing = missingOf(result({ read: 4 }), hall());
  assert.deepEqual(missing[0], { what: "not-up", stations: 2 });
});

const reported = fc.option(fc.nat(999));
const sums = (votes: number) =>
  fc.record({
    figures: fc.array(reported, { minLength: FIGURE_COUNT, maxLength: FIGURE_COUNT }),
    votes: fc.array(reported, { minLength: votes, maxLength: votes }),
  });
const child = fc.record({ sums: sums(4), read: fc.nat(9), expected: fc.nat(9) });

test("a sum does not depend on the order of its parts, and differs from itself nowhere", () => {
  fc.assert(
    fc.property(fc.array(child), (children) => {
      const whole = sumOf(children);
      assert.deepEqual(sumOf([...children].reverse()), whole);
      assert.deepEqual(differences(whole, sumOf(children)), []);
    }),
  );
});

test("a figure that nobody reported is not reported in the sum, and is no 0", () => {
  const figures = new Array(FIGURE_COUNT).fill(null);
  const whole = sumOf([
    { sums: { figures, votes: [null, 0] }, read: 1, expected: 1 },
    { sums: { figures, votes: [null, 5] }, read: 1, expected: 1 },
  ]);
  assert.deepEqual([whole.figures[0], ...whole.votes], [null, null, 5]);
});

test("every place where a certificate differs is named with both numbers", () => {
  const same = { figures: [1, 2], votes: [3, null] };
  const [figure, vote] = differences(same, { figures: [1, 4], votes: [3, 0] });
  assert.deepEqual(figure, { of: "figures", at: 1, certified: 2, summed: 4 });
  assert.deepEqual(vote, { of: "votes", at: 1, certified: null, summed: 0 });
});

test("parts of two districts cannot be added up", () => {
  const one = { sums: { figures: [], votes: [1] }, read: 1, expected: 1 };
  assert.throws(() => sumOf([one, { ...one, sums: { figures: [], votes: [1, 2] } }]), RangeError);
});
