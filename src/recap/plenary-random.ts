/**
 * Random plenaries for tests: what people in a hall might state, and what may happen above them meanwhile, drawn from numbers, the
 * ordinary first, so that a counterexample shrinks to plain steps.
 */
import assert from "node:assert/strict";
import { type ContestKind, type DistrictCode, plenoLog, type RegionCode, type StationCode } from "../election/codes.ts";
import type { MinutesAct, MinutesActOf } from "../election/minutes.ts";
import { OUTCOMES } from "../election/sheet.ts";
import type { Role } from "../election/statements.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import type { Hash } from "../ledger/hash.ts";
import { type ActName, POWERS, readingAct } from "../tally/powers.ts";
import type { Proposal } from "./plenary-allowed.ts";
import { TestHall } from "./plenary-testing.ts";

export const KEC = "510101" as RegionCode;
export const KAB = "5101" as RegionCode;
const STATIONS = [
  "5101011001001",
  "5101011001002",
  "5101011001003",
  "5101011002001",
  "5101021001001",
  "5201011001001",
  "5101011001999",
] as StationCode[];
/** Results: of the hall, and two that are none. */
const RESULTS = [
  ["ppwp", "0"],
  ["ppwp", "0"],
  ["dpd", "51"],
  ["dprdk", "510101"],
  ["dprdk", "510102"],
  ["dpr", "5200"],
  ["dprdp", "0"],
] as const;
const HASH = "0a".repeat(32) as Hash;

/** Draws what a step needs from its numbers, the ordinary first. */
type Draw = <T>(from: readonly T[]) => T;

export function drawing(numbers: readonly number[]): Draw {
  let at = 0;
  return (from) => {
    const drawn = from[(numbers[at++ % numbers.length] ?? 0) % from.length];
    if (drawn === undefined) throw new RangeError("nothing to draw from");
    return drawn;
  };
}

const contestOf = (draw: Draw): ContestKind => draw(["ppwp", "ppwp", "dpd", "dprdk", "dprdp"]);
function resultOf(draw: Draw): { contest: ContestKind; district: DistrictCode } {
  const [contest, district] = draw(RESULTS);
  return { contest, district: district as DistrictCode };
}
const hashOf = (hall: TestHall, draw: Draw): Hash => draw([...hall.entries.slice(-6).map(({ id }) => id), HASH]);

/** Acts of the minutes with a chance to stand, and to fall. */
const ACTS: { readonly [W in MinutesAct["what"]]: (hall: TestHall, draw: Draw) => MinutesActOf<W> } = {
  schedule: () => ({ what: "schedule", at: 1, place: null }),
  open: () => ({ what: "open" }),
  attendance: () => ({ what: "attendance", observers: 0, panel: 0, participants: [], supervisors: 0 }),
  mandate: (_, draw) => ({
    what: "mandate",
    letter: HASH,
    participant: draw(["p1", "p1", "p2"]),
    person: draw(["aa", "bb", "cc"]).repeat(8),
    seated: draw([false, true]),
    withdrawn: draw([false, false, true]),
  }),
  box: (_, draw) => ({
    what: "box",
    contest: draw([null, "ppwp", "dprdp"]),
    desa: draw(STATIONS).slice(0, 10) as RegionCode,
    from: "pps",
    photo: null,
    received: 1,
    seal: "whole",
    station: draw([null, ...STATIONS]),
  }),
  agenda: (_, draw) => ({
    what: "agenda",
    panel: draw([0, 1, 2, 3]),
    queue: [{ contest: contestOf(draw), desa: draw(STATIONS).slice(0, 10) as RegionCode }],
  }),
  postpone: (_, draw) => ({
    what: "postpone",
    contest: contestOf(draw),
    reason: "box-missing",
    station: draw(STATIONS),
  }),
  "take-up": (_, draw) => ({ what: "take-up", contest: contestOf(draw), station: draw(STATIONS) }),
  inspection: (hall, draw) => ({
    what: "inspection",
    ...resultOf(draw),
    draft: { root: HASH, size: draw([0, hall.record.size, hall.record.size + 5]) },
    outcome: "agreed",
    papers: null,
    participant: "p1",
    supervisor: false,
  }),
  signature: (hall, draw) => ({
    what: "signature",
    certificate: draw([...certificatesOf(hall), hashOf(hall, draw)]),
    ...resultOf(draw),
    outcome: "absent",
    participant: draw(["p1", "p2"]),
    reason: null,
  }),
  scan: (hall, draw) => ({
    what: "scan",
    certificate: draw([...certificatesOf(hall), hashOf(hall, draw)]),
    pages: HASH,
  }),
  evidence: (hall, draw) => ({ what: "evidence", papers: HASH, reading: hashOf(hall, draw) }),
  advice: (hall, draw) => ({
    what: "advice",
    contest: draw([null, "ppwp", "dprdp"]),
    kind: "recount",
    objection: draw([null, hashOf(hall, draw)]),
    papers: null,
    station: draw([null, ...STATIONS]),
  }),
  "advice-answer": (hall, draw) => ({
    what: "advice-answer",
    advice: hashOf(hall, draw),
    followed: true,
    reason: null,
  }),
  "paper-order": (hall, draw) => ({
    what: "paper-order",
    at: null,
    dated: 1,
    kind: draw(["halt", "resume"]),
    letter: HASH,
    order: draw(["1/UJI", "2/UJI", `${hall.record.size}/UJI`]),
  }),
};

const certificatesOf = ({ record }: TestHall): Hash[] => [...record.certificates.values()].flat().map(({ id }) => id);

/** What somebody in the hall would state, with a right previous reading and right figures. */
export function proposalOf(hall: TestHall, kind: StepKind, draw: Draw): Proposal {
  if (kind === "minutes") {
    const what = draw(Object.keys(ACTS) as MinutesAct["what"][]);
    return { type: "minutes", act: ACTS[what](hall, draw) };
  }
  const [station, contest] = [draw(STATIONS.slice(0, 4)), contestOf(draw)];
  switch (kind) {
    case "reading": {
      const fits = contest === "dprdp" ? "ppwp" : contest;
      return { type: "reading", station, contest: fits, outcome: draw(OUTCOMES) };
    }
    case "certificate":
      return { type: "certificate", ...resultOf(draw) };
    case "halt":
    case "resume":
      return {
        type: kind,
        regions: [draw(kind === "halt" ? ["510102", "510102", KEC] : [KEC, KEC, "510102"]) as RegionCode],
      };
    case "reopen":
      return { type: "reopen", ...resultOf(draw), region: draw([KEC, "510102"]) as RegionCode };
    default:
      return { type: kind };
  }
}

export const STEPS = [
  "reading",
  "minutes",
  "certificate",
  "objection",
  "pause",
  "unpause",
  "halt",
  "resume",
  "reopen",
] as const;
export type StepKind = (typeof STEPS)[number];

/** The reading that stands for a station, wherever it was given. */
export type Current = Map<string, Hash>;

/** Writes what is proposed; where in the log it stands. */
export function write(hall: TestHall, proposal: Proposal, roles: readonly Role[], current: Current): number {
  const keys = TestHall.keys(roles);
  const { world, log } = hall;
  switch (proposal.type) {
    case "minutes":
      return hall.say(proposal.act, roles).index;
    case "reading": {
      const { station, contest, outcome } = proposal;
      return hall.read(station, contest, { outcome, roles, previous: current.get(`${contest}/${station}`) ?? null })
        .index;
    }
    case "certificate":
      return hall.certify(proposal.contest, proposal.district, roles).index;
    case "objection": {
      const body = { contest: null, kind: "incident", papers: null, participant: null, ref: null, station: null };
      return world.write(log, "objection", { ...body, status: "filed" }, keys).index;
    }
    case "pause":
    case "unpause":
      return world.write(log, proposal.type, { panel: null }, keys).index;
    case "halt":
    case "resume": {
      const body = { order: `${hall.record.size}/HALL`, regions: [...proposal.regions] };
      return world.write(log, proposal.type, proposal.type === "halt" ? body : { ...body, at: null }, keys).index;
    }
    case "reopen": {
      const { type: _, ...about } = proposal;
      return world.write(log, "reopen", { ...about, order: "3/UJI" } satisfies JsonObject, keys).index;
    }
  }
}

/** What happens above the hall meanwhile, and whether the hall hears of it. */
export function above(hall: TestHall, draw: Draw, current: Current): void {
  const { world, log } = hall;
  const contest = contestOf(draw);
  const district = contest === "ppwp" ? "0" : contest === "dpd" ? "51" : draw(["510101", "510102"]);
  const numbered = { order: draw(["1/UJI", "2/UJI", "5/UJI"]), regions: [draw(["51", "510102"])] };
  switch (draw(["see", "halt", "resume", "reopen", "read"])) {
    case "halt":
      world.write("pleno/0", "halt", numbered, ["root"]);
      break;
    case "resume":
      world.write("pleno/0", "resume", { ...numbered, at: null }, ["root"]);
      break;
    case "reopen":
      world.see(plenoLog(KAB), log);
      world.write(plenoLog(KAB), "reopen", { contest, district, order: "6/UJI", region: KEC }, [`chair ${KAB}`]);
      break;
    case "read":
      readAbove(hall, draw(STATIONS.slice(0, 4)), draw(["ppwp", "dpd"]), current);
      break;
  }
  if (draw([true, false])) world.seeAbove(log);
}

function readAbove(hall: TestHall, station: StationCode, contest: ContestKind, current: Current): void {
  const { world, log, tally } = hall;
  world.see(plenoLog(KAB), log);
  const key = `${contest}/${station}`;
  const votes = contest === "ppwp" ? [4, 4, 4] : [4, 4, 4, 4];
  const { index, id } = world.reading(KAB, station, contest, votes, current.get(key) ?? null);
  hall.follow();
  assert.equal(tally.size(plenoLog(KAB)), index + 1);
  if (hall.verdict(plenoLog(KAB), index) !== null) return;
  current.set(key, id);
  hall.readAbove.add(key);
}

/** The row of the table of powers that a proposal falls under. */
function actOf(proposal: Proposal): ActName {
  if (proposal.type === "minutes") return proposal.act.what;
  return proposal.type === "reading" ? readingAct(proposal.outcome) : proposal.type;
}

/** Roles that may do it, as a well-run hall would choose them. */
export function rightRoles(proposal: Proposal): Role[] {
  const { roles, persons } = POWERS[actOf(proposal)];
  return [...roles.slice(0, persons)];
}

/** The kecamatan below a kabupaten certify, and it hears of them. */
export function certifyBelow({ world, log }: TestHall, draw: Draw): void {
  const { contest, district } = resultOf(draw);
  for (const kecamatan of [KEC, "510102" as RegionCode]) {
    world.certify(kecamatan, contest, district);
    if (draw([true, true, false])) world.see(log, plenoLog(kecamatan));
  }
}
