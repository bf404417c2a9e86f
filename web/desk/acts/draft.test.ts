/** Every form, with whatever is typed into it: what it states fits the schema of its type, or it says what it needs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CONTEST_KINDS, type DistrictCode, type RegionCode, type StationCode } from "../../../src/election/codes.ts";
import { FIGURE_COUNT } from "../../../src/election/figures.ts";
import { ADVICE_REASONS, PANELS, SIGNATURE_REASONS } from "../../../src/election/minutes.ts";
import { bodyFaults } from "../../../src/election/statements.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import { certificate, evidence, inspection, scan, signature } from "../certificates/forms.ts";
import { advice, adviceAnswer, objection, reply } from "../objections/forms.ts";
import { halt, paperOrder, reopen, resume } from "../orders/forms.ts";
import { agenda, attendance, box, changedMandate, mandate, schedule } from "../sitting/forms.ts";
import type { Formed } from "./draft.ts";

const ENVELOPE = { by: ["teguh.example/k/0123456789abcdef"], election: "0".repeat(32), time: 1 };
const keysOf = <K extends string>(labels: Readonly<Record<K, unknown>>) => Object.keys(labels) as K[];
const hash = fc.stringMatching(/^[0-9a-f]{64}$/) as fc.Arbitrary<Hash>;
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some);
const typed = fc.oneof(fc.string(), fc.constantFrom("", "0", "12", "1.200", "2029-02-20T09:00", "45/PL.01/51/2029"));
const desa = fc.constantFrom("5103032001", "5103032002") as fc.Arbitrary<RegionCode>;
const station = fc.constantFrom("5103032001001", "5103032002014") as fc.Arbitrary<StationCode>;
const contest = fc.constantFrom(...CONTEST_KINDS);
const district = fc.constant({ code: "BALI" as DistrictCode });
const participant = fc.constantFrom("1", "24", "pair-2");
const person = fc.stringMatching(/^[0-9a-f]{32}$/);
const about = fc.record({ contest, district });
const panel = fc.integer({ min: 0, max: PANELS - 1 });
const status = fc.constantFrom("answered", "accepted", "refused");
const standing = fc.record({ participant, person, name: fc.constant(null), seated: fc.boolean() });
const raised = fc.record({
  id: hash,
  index: fc.nat(),
  time: fc.nat(),
  kind: fc.constantFrom("objection", "incident"),
  contest: maybe(contest),
  station: maybe(station),
  participant: maybe(participant),
  status,
  words: maybe(fc.string()),
});
/** What an objection or a recommendation is about, as chosen and typed. */
const place = { contest: fc.constantFrom("" as const, ...CONTEST_KINDS), station: fc.oneof(station, typed) };
const reported = maybe(fc.nat(999));
const sums = fc.record({
  figures: fc.array(reported, { minLength: FIGURE_COUNT, maxLength: FIGURE_COUNT }),
  votes: fc.array(reported, { minLength: 3, maxLength: 3 }),
});
const child = fc.record({
  region: fc.record({ code: desa, name: fc.string() }),
  certificate: fc.constant(null),
  sums,
  fingerprint: fc.constant(null),
  expected: fc.nat(600),
  read: fc.nat(600),
});

/** Each form with what may be typed into it. */
const FORMS: Readonly<Record<string, fc.Arbitrary<Formed>>> = {
  schedule: fc.record({ at: typed, place: maybe(hash) }).map((form) => schedule(form, "WITA")),
  attendance: fc
    .record({ panel, participants: fc.array(participant), supervisors: typed, observers: typed })
    .map(attendance),
  mandate: fc
    .tuple(
      fc.record({
        participant: fc.oneof(participant, fc.constant("")),
        name: fc.constantFrom("", " ", "Ketut Contoh"),
        person,
        seated: fc.boolean(),
        letter: maybe(hash),
      }),
      fc.array(standing, { maxLength: 2 }),
    )
    .map(([form, mandates]) => mandate(form, { mandates })),
  "mandate changed": fc
    .tuple(standing, fc.record({ withdrawn: fc.boolean(), seated: fc.boolean() }), maybe(hash), fc.array(standing))
    .map(([one, change, letter, mandates]) => changedMandate(one, change, letter, { mandates })),
  box: fc
    .record({
      desa: maybe(desa),
      contest: maybe(contest),
      station: maybe(station),
      received: typed,
      seal: maybe(fc.constantFrom("whole", "broken")),
      photo: maybe(hash),
    })
    .map((form) => box(form, "WIT")),
  agenda: fc
    .tuple(panel, fc.uniqueArray(fc.record({ desa, contest }), { selector: (one) => one.desa + one.contest }))
    .map(([where, queue]) => ({ draft: agenda(where, queue) })),
  objection: fc
    .tuple(
      fc.record({
        ...place,
        kind: fc.constantFrom("objection", "incident"),
        participant: maybe(participant),
        words: fc.string(),
      }),
      maybe(hash),
    )
    .map((args) => objection(...args)),
  reply: fc.tuple(raised, status, maybe(hash)).map((args) => reply(...args)),
  advice: fc
    .tuple(
      fc.record({
        ...place,
        kind: maybe(fc.constantFrom("correct", "recount", "revote", "other")),
        objection: maybe(raised),
        words: fc.string(),
      }),
      maybe(hash),
    )
    .map((args) => advice(...args)),
  "advice answered": fc
    .tuple(
      hash,
      fc.record({ followed: maybe(fc.boolean()), reason: maybe(fc.constantFrom(...keysOf(ADVICE_REASONS))) }),
    )
    .map((args) => adviceAnswer(...args)),
  halt: fc
    .record({ order: typed, regions: fc.array(desa), dated: typed, letter: maybe(hash) })
    .map((form) => halt(form, "WIT")),
  resume: fc
    .record({ order: typed, regions: fc.array(desa), at: typed, dated: typed, letter: maybe(hash) })
    .map((form) => resume(form, "WIB")),
  "paper order": fc
    .record({
      kind: maybe(fc.constantFrom("halt", "resume")),
      order: typed,
      dated: typed,
      at: typed,
      letter: maybe(hash),
    })
    .map((form) => paperOrder(form, "+09:30")),
  reopen: fc
    .record({
      region: maybe(desa),
      result: maybe(fc.record({ contest, district: fc.constant("BALI" as DistrictCode) })),
      order: typed,
    })
    .map(reopen),
  inspection: fc
    .tuple(
      about,
      fc.record({
        by: fc.oneof(fc.record({ participant }), fc.constant("supervisor" as const), fc.constant(null)),
        outcome: maybe(fc.constantFrom("agreed", "remarks")),
      }),
      fc.record({ size: fc.nat(), root: hash }),
      maybe(hash),
    )
    .map((args) => inspection(...args)),
  certificate: fc
    .tuple(about, desa, fc.record({ total: sums, children: fc.array(child) }))
    .map((args) => certificate(...args)),
  signature: fc
    .tuple(
      about,
      hash,
      participant,
      fc.record({
        outcome: maybe(fc.constantFrom("signed-wet", "refused", "absent")),
        reason: maybe(fc.constantFrom(...keysOf(SIGNATURE_REASONS))),
      }),
    )
    .map((args) => signature(...args)),
  scan: fc.tuple(hash, hash).map((args) => ({ draft: scan(...args) })),
  evidence: fc.tuple(hash, hash).map((args) => ({ draft: evidence(...args) })),
};

for (const [name, form] of Object.entries(FORMS)) {
  test(`whatever is typed, ${name} states what fits the schema or says what it needs`, () => {
    fc.assert(
      fc.property(form, ({ draft, needs }) => {
        if (draft === undefined) return needs.length > 0 && needs.every(({ what }) => what.id !== "" && what.en !== "");
        assert.deepEqual(bodyFaults(draft.type, { ...ENVELOPE, ...draft.body }), []);
        return true;
      }),
    );
  });
}
