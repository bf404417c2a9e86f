import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ContestKind, DistrictCode, RegionCode, StationCode } from "../../../src/election/codes.ts";
import { asHash } from "../../../src/ledger/hash.ts";
import type { BoxView, HallView, ObjectionView, ResultView } from "../../../src/recap/wire/views.ts";
import { missingOf } from "./missing.ts";
import { countOf, differences } from "./sums.ts";

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
  reopenedBy: null,
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
  const missing = missingOf(result({ inHand: false, read: 4 }), hall());
  assert.deepEqual(missing[0], { what: "not-up", stations: 2 });
});

test("above the kecamatan, stations that came up unread are left out, and are read there", () => {
  assert.deepEqual(missingOf(result({ read: 4 }), hall())[0], { what: "left-out", stations: 2 });
});

test("a part that was given back is missing until it has come up again", () => {
  const reopenedBy = {
    order: "7/UJI",
    by: { code: "0" as RegionCode, name: "Indonesia" },
    part: { code: "51" as RegionCode, name: "Bali" },
  };
  const [first] = missingOf(result({ stage: "reopened", inHand: false, reopenedBy }), hall());
  assert.deepEqual(first, { what: "given-back", part: "Bali", order: "7/UJI" });
  assert.deepEqual(whats(hall(), result({ stage: "reopened", inHand: true, reopenedBy })), ["inspection"]);
});

test("the stations of a certificate are those of its parts", () => {
  const parts = [
    { read: 2, expected: 3 },
    { read: 4, expected: 4 },
  ];
  assert.deepEqual(countOf(parts), { read: 6, expected: 7 });
});

test("figures differ from themselves nowhere", () => {
  const reported = fc.array(fc.option(fc.nat(999)));
  fc.assert(
    fc.property(fc.record({ figures: reported, votes: reported }), (sums) => differences(sums, sums).length === 0),
  );
});

test("every place where a certificate differs is named with both numbers", () => {
  const same = { figures: [1, 2], votes: [3, null] };
  const [figure, vote] = differences(same, { figures: [1, 4], votes: [3, 0] });
  assert.deepEqual(figure, { of: "figures", at: 1, certified: 2, summed: 4 });
  assert.deepEqual(vote, { of: "votes", at: 1, certified: null, summed: 0 });
});
