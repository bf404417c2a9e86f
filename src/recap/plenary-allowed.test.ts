/**
 * Random plenaries: whatever the desk is told that it may do, the fold takes; whatever it is refused, the fold refuses for the same
 * reason; and the state is what a naive reckoning of the same entries gives. A counterexample prints its seed; TEGUH_RUNS
 * sets how many plenaries are tried.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StationCode } from "../election/codes.ts";
import { type Body, type BodyOf, ROLES, type Role } from "../election/statements.ts";
import { ACTS_OF_PLENARY, type ActName, POWERS } from "../tally/powers.ts";
import type { RefusalReason } from "../tally/refusal.ts";
import { allowed, type Proposal } from "./plenary-allowed.ts";
import {
  above,
  type Current,
  certifyBelow,
  drawing,
  KAB,
  KEC,
  proposalOf,
  rightRoles,
  STEPS,
  type StepKind,
  write,
} from "./plenary-random.ts";
import { TestHall } from "./plenary-testing.ts";

const OFTEN = [
  "reading",
  "reading",
  "reading",
  "minutes",
  "minutes",
  "minutes",
  "certificate",
  "above",
  "above",
] as const;
const step = fc.record({
  kind: fc.constantFrom<StepKind | "above">(...STEPS, ...OFTEN),
  /** Null: those who may. */
  roles: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom<Role>(...ROLES), { minLength: 1, maxLength: 2 }) },
  ),
  numbers: fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
});
const plenaries = fc.array(step, { maxLength: 40, size: "max" });
const options = { numRuns: Number(process.env.TEGUH_RUNS ?? 60) };

for (const region of [KEC, KAB]) {
  test(`in pleno/${region} the desk is told exactly what the fold will say, at every step of a random plenary`, () => {
    fc.assert(
      fc.property(plenaries, (steps) => {
        const hall = new TestHall(region);
        const current: Current = new Map();
        for (const { kind, roles: chosen, numbers } of steps) {
          const draw = drawing(numbers);
          if (kind === "above") {
            if (region === KEC) above(hall, draw, current);
            else certifyBelow(hall, draw);
            continue;
          }
          const proposal = proposalOf(hall, kind, draw);
          const roles = chosen ?? rightRoles(proposal);
          hall.world.seeAbove(hall.log);
          const told = allowed(hall.state(), TestHall.signing(roles), proposal);
          const index = write(hall, proposal, roles, current);
          hall.follow();
          const said = hall.verdict(hall.log, index);
          assert.equal(told?.reason ?? null, said, JSON.stringify({ proposal, roles }));
          const written = hall.entries[index];
          if (said === null && proposal.type === "reading" && written) {
            current.set(`${proposal.contest}/${proposal.station}`, written.id);
          }
        }
        checkNaively(hall);
      }),
      options,
    );
  });
}

/** Reckons the state again from the entries that stand, each question by itself and without any memory between them. */
function checkNaively(hall: TestHall): void {
  const { record, boxes, evidenceMissing, panels } = hall.state();
  const standing = hall.entries.filter(({ refusal }) => refusal === null);
  const of = <T extends Body["type"]>(type: T) =>
    standing.flatMap(({ stated, id }) => (stated.type === type ? [{ id, body: stated.body as BodyOf<T> }] : []));
  const acts = of("minutes").map(({ body, id }) => ({ act: body.act, id }));
  assert.equal(record.voids.length, hall.entries.length - standing.length);

  for (const { contest, read, postponed, waiting, desa } of boxes) {
    for (const station of hall.world.stationsOf(desa) as StationCode[]) {
      const isRead =
        of("reading").some(({ body }) => body.station === station && body.contest === contest) ||
        hall.readAbove.has(`${contest}/${station}`);
      const last = standing.findLast(({ stated }) => isAbout(stated, station, contest))?.stated;
      const isLate = last?.type === "minutes" && last.body.act.what === "postpone";
      assert.equal(read.includes(station), isRead);
      assert.equal(
        postponed.some((late) => late.station === station),
        isLate,
      );
      assert.equal(waiting.includes(station), !isRead && !isLate);
    }
  }

  const lastReadings = of("reading").filter(
    ({ body }, i, all) => !all.slice(i + 1).some((later) => isSame(later.body, body)),
  );
  const missing = lastReadings.filter(
    ({ body, id }) => body.outcome !== "same" && !acts.some(({ act }) => act.what === "evidence" && act.reading === id),
  );
  assert.deepEqual(evidenceMissing.map(({ reading }) => reading).sort(), missing.map(({ id }) => id).sort());

  const mandates = acts.flatMap(({ act }) => (act.what === "mandate" ? [act] : []));
  const valid = mandates.filter(
    ({ participant, person, withdrawn }, i) =>
      !withdrawn &&
      !mandates.slice(i + 1).some((later) => later.participant === participant && later.person === person),
  );
  for (const participant of ["p1", "p2"]) {
    const persons = valid.filter((mandate) => mandate.participant === participant);
    assert.ok(persons.length <= 2 && persons.filter(({ seated }) => seated).length <= 1);
    assert.deepEqual(
      [...(record.mandates.get(participant)?.keys() ?? [])].sort(),
      persons.map(({ person }) => person).sort(),
    );
  }

  const pauses = standing.filter(({ stated }) => stated.type === "pause" || stated.type === "unpause");
  const isPaused = pauses.at(-1)?.stated.type === "pause";
  assert.deepEqual(
    panels.map(({ paused }) => paused),
    panels.map(() => isPaused),
  );
  assert.equal(
    record.openedAt !== null,
    acts.some(({ act }) => act.what === "open"),
  );
}

const isSame = (one: BodyOf<"reading">, other: BodyOf<"reading">) =>
  one.station === other.station && one.contest === other.contest;

/** Whether a statement reads a station, puts it off or takes it up. */
function isAbout(stated: Body, station: string, contest: string): boolean {
  if (stated.type === "reading") return stated.body.station === station && stated.body.contest === contest;
  if (stated.type !== "minutes") return false;
  const { act } = stated.body;
  return (act.what === "postpone" || act.what === "take-up") && act.station === station && act.contest === contest;
}

/** A proposal that falls under each row of the table that a hall's own desk can state. */
const PROPOSALS: Readonly<Partial<Record<ActName, Proposal>>> = {
  reading: { type: "reading", station: "5101011001001" as StationCode, contest: "ppwp", outcome: "same" },
  correction: { type: "reading", station: "5101011001001" as StationCode, contest: "ppwp", outcome: "corrected" },
  objection: { type: "objection" },
  pause: { type: "pause" },
  unpause: { type: "unpause" },
  halt: { type: "halt", regions: [KEC] },
  resume: { type: "resume", regions: [KEC] },
  certificate: { type: "certificate", contest: "ppwp", district: "0" },
};
const HALL_ACTS = ACTS_OF_PLENARY.filter((act) => PROPOSALS[act] !== undefined);

for (const act of HALL_ACTS) {
  test(`${act} is open to exactly the roles of the table, at the desk as in the fold`, () => {
    const proposal = PROPOSALS[act];
    assert.ok(proposal);
    const { roles: may, persons, chair } = POWERS[act];
    for (const first of ROLES) {
      for (const second of [null, ...ROLES.filter((role) => role !== first)]) {
        const roles = second === null ? [first] : [first, second];
        const hall = new TestHall(KEC);
        const told: RefusalReason | null = allowed(hall.state(), TestHall.signing(roles), proposal)?.reason ?? null;
        const index = write(hall, proposal, roles, new Map());
        hall.follow();
        const mayAll = roles.every((role) => may.includes(role)) && (!chair || roles.includes("chair"));
        const expected = !mayAll ? "no-authority" : roles.length < persons ? "one-person" : null;
        assert.deepEqual([told, hall.verdict(hall.log, index)], [expected, expected], roles.join(" and "));
      }
    }
  });
}
