/** What the fold makes of the minutes of a plenary: who may do what, what is void, and that nobody was forgotten. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plenoLog, type RegionCode } from "../election/codes.ts";
import { ACT_NAMES, type MinutesAct, type MinutesActOf } from "../election/minutes.ts";
import { ROLES, type Role } from "../election/statements.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { type Hash, sha256 } from "../ledger/hash.ts";
import { Tally } from "./fold.ts";
import { POWERS } from "./powers.ts";
import { sayRefusal } from "./refusal.ts";
import { World } from "./testing.ts";

const KEC = "510101" as RegionCode;
const LOG = plenoLog(KEC);
const STATION = "5101011001001";
const hash = "0a".repeat(32) as Hash;
const personOf = (name: string) => toHex(sha256(utf8(name)).subarray(0, 16));

/** The election with a key of every role in the kecamatan, and a supervisor of the kabupaten. */
function ready(): World {
  const world = new World();
  world.grantAll();
  const grant = (name: string, role: Role, region: string) => ({
    key: toHex(world.signer(name).publicKey),
    person: personOf(name),
    region,
    role,
  });
  const list = [...ROLES.map((role) => grant(`${role} key`, role, KEC)), grant("above", "supervisor", "5101")];
  world.write("pleno/5101", "grant", { list }, ["chair 5101"]);
  world.seeAbove(LOG);
  return world;
}

function fold(world: World): Tally {
  const tally = new Tally({ definition: world.definition });
  for (const { log, bytes } of world.order) tally.add(log, bytes);
  return tally;
}

const say = (world: World, act: MinutesAct, signers: readonly string[] = ["operator key"]) =>
  world.write(LOG, "minutes", { act: act as unknown as JsonObject }, signers);
const reasons = (world: World) =>
  fold(world)
    .voids()
    .map(({ reason }) => reason);

/** A world in which every act can be done, and the acts. */
function everyAct(): { world: World; acts: { readonly [W in MinutesAct["what"]]: MinutesActOf<W> } } {
  const world = ready();
  const change = { outcome: "recount" };
  const reading = world.reading(KEC, STATION, "ppwp", [1, 2, 3], null, change, ["operator key"]).id;
  const certificate = world.certify(KEC, "ppwp", "0").id;
  const advice = say(
    world,
    { what: "advice", contest: null, kind: "other", objection: null, papers: null, station: null },
    ["supervisor key"],
  ).id;
  const about = { contest: "ppwp", district: "0" as MinutesActOf<"signature">["district"] } as const;
  const draft = { root: hash, size: 1 };
  const station = STATION as MinutesActOf<"postpone">["station"];
  const desa = STATION.slice(0, 10) as RegionCode;
  return {
    world,
    acts: {
      schedule: { what: "schedule", at: 1, place: null },
      open: { what: "open" },
      attendance: { what: "attendance", observers: 0, panel: 0, participants: ["p1"], supervisors: 1 },
      mandate: {
        what: "mandate",
        letter: hash,
        participant: "p1",
        person: personOf("saksi"),
        seated: true,
        withdrawn: false,
      },
      box: {
        what: "box",
        contest: "ppwp",
        desa,
        from: "pps",
        photo: null,
        received: 1,
        seal: "whole",
        station: null,
      },
      agenda: { what: "agenda", panel: 1, queue: [{ contest: "dpr", desa }] },
      postpone: { what: "postpone", contest: "ppwp", reason: "box-missing", station },
      "take-up": { what: "take-up", contest: "ppwp", station },
      inspection: {
        what: "inspection",
        ...about,
        draft,
        outcome: "agreed",
        papers: null,
        participant: "p1",
        supervisor: false,
      },
      signature: { what: "signature", ...about, certificate, outcome: "absent", participant: "p1", reason: null },
      scan: { what: "scan", certificate, pages: hash },
      evidence: { what: "evidence", papers: hash, reading },
      advice: { what: "advice", contest: "ppwp", kind: "recount", objection: null, papers: null, station },
      "advice-answer": { what: "advice-answer", advice, followed: true, reason: null },
      "paper-order": { what: "paper-order", at: null, dated: 1, kind: "halt", letter: hash, order: "1/UJI" },
    },
  };
}

for (const what of ACT_NAMES) {
  test(`the act ${what} is open to exactly the roles of the table`, () => {
    const { roles, persons, chair } = POWERS[what];
    for (const role of ROLES) {
      const { world, acts } = everyAct();
      say(world, acts[what], [`${role} key`]);
      const alone = roles.includes(role) && (!chair || role === "chair");
      const expected = !alone ? ["no-authority"] : persons === 2 ? ["one-person"] : [];
      assert.deepEqual(reasons(world), expected, role);
    }
    const { world, acts } = everyAct();
    say(world, acts[what], roles.includes("member") ? ["chair key", "member key"] : [`${roles[0]} key`]);
    assert.deepEqual(reasons(world), []);
  });
}

test("a supervisor of a level above may advise in the hall; one without a role in it may not", () => {
  const { world, acts } = everyAct();
  say(world, acts.advice, ["above"]);
  say(world, acts.advice, ["chair 510102"]);
  assert.deepEqual(reasons(world), ["no-authority"]);
});

test("two keys of one person are one person", () => {
  const { world, acts } = everyAct();
  const key = toHex(world.signer("second key of the chair").publicKey);
  const list = [{ key, person: personOf("chair key"), region: KEC, role: "member" }];
  world.write("pleno/5101", "grant", { list }, ["chair 5101"]);
  world.seeAbove(LOG);
  say(world, acts["paper-order"], ["chair key", "second key of the chair"]);
  assert.deepEqual(reasons(world), ["one-person"]);
});

const mandate = (person: string, seated: boolean, withdrawn = false, participant = "p1"): MinutesAct => ({
  what: "mandate",
  letter: hash,
  participant,
  person: personOf(person),
  seated,
  withdrawn,
});

test("a participant has two mandates and one seat: a third, or a second seated, is void until one is withdrawn", () => {
  const world = ready();
  say(world, mandate("first", true));
  say(world, mandate("second", true));
  say(world, mandate("second", false));
  say(world, mandate("third", false));
  assert.deepEqual(reasons(world), ["too-many-mandates", "too-many-mandates"]);
  say(world, mandate("first", false, true));
  say(world, mandate("third", true));
  say(world, mandate("first", true, false, "p2"));
  assert.equal(reasons(world).length, 2);
  say(world, mandate("first", false, true));
  assert.deepEqual(reasons(world).slice(2), ["unknown-reference"]);
});

test("witnesses change seats by one leaving first", () => {
  const world = ready();
  for (const [person, seated] of [
    ["first", true],
    ["second", false],
    ["first", false],
    ["second", true],
  ] as const)
    say(world, mandate(person, seated));
  assert.deepEqual(reasons(world), []);
});

test("a plenary is opened once, and not while it is halted", () => {
  const world = ready();
  world.write("pleno/0", "halt", { order: "7/UJI", regions: ["51"] }, ["root"]);
  world.seeAbove(LOG);
  say(world, { what: "open" }, ["chair key"]);
  world.write("pleno/0", "resume", { order: "8/UJI", regions: ["51"], at: null }, ["root"]);
  world.seeAbove(LOG);
  say(world, { what: "open" }, ["chair key"]);
  say(world, { what: "open" }, ["chair key"]);
  assert.deepEqual(reasons(world), ["halted", "already-open"]);
});

test("what an act refers to must stand in the same log, and be what it is said to be", () => {
  const { world, acts } = everyAct();
  const objection = { contest: null, kind: "objection", papers: null, participant: "p1", ref: null, station: null };
  const { id } = world.write(LOG, "objection", { ...objection, status: "filed" }, ["operator key"]);
  say(world, { ...acts.advice, objection: id }, ["supervisor key"]);
  assert.deepEqual(reasons(world), []);
  say(world, { ...acts.advice, objection: acts.scan.certificate }, ["supervisor key"]);
  say(world, { ...acts.scan, certificate: id });
  say(world, { ...acts.signature, certificate: hash });
  say(world, { ...acts.signature, contest: "dpd", district: "51" as MinutesActOf<"signature">["district"] });
  say(world, { ...acts["advice-answer"], advice: id }, ["chair key"]);
  assert.deepEqual(reasons(world), Array(5).fill("unknown-reference"));
});

test("a certificate that was void is none to sign", () => {
  const { world, acts } = everyAct();
  const body = { contest: "ppwp", district: "0", region: KEC, votes: [], stations: 0, read: 0, papers: null };
  const figures = new Array<number>(25).fill(0);
  const second = world.write(LOG, "certificate", { ...body, figures }, ["chair key", "member key"]);
  say(world, { ...acts.signature, certificate: second.id });
  assert.deepEqual(reasons(world), ["no-pen", "unknown-reference"]);
});

test("an act that names a place outside the hall's region, or a contest that the place lacks, is malformed", () => {
  const { world, acts } = everyAct();
  const far = "5201011001001" as typeof acts.postpone.station;
  const wrong: readonly MinutesAct[] = [
    { ...acts.postpone, station: far },
    { ...acts.postpone, station: `${STATION.slice(0, 10)}999` as typeof far },
    { ...acts["take-up"], contest: "dprdp" },
    { ...acts.box, desa: "5101021001" as RegionCode },
    { ...acts.box, station: "5101011002001" as typeof far },
    { ...acts.agenda, queue: [{ contest: "dprdp", desa: acts.box.desa }] },
    { ...acts.inspection, district: "5200" as typeof acts.inspection.district },
    { ...acts.inspection, contest: "dpr", district: "5200" as typeof acts.inspection.district },
  ];
  for (const act of wrong) say(world, act);
  assert.deepEqual(reasons(world), Array(wrong.length).fill("malformed"));
});

test("a draft cannot have been printed from more of the log than there was", () => {
  const { world, acts } = everyAct();
  say(world, { ...acts.inspection, draft: { root: hash, size: 1_000 } });
  assert.deepEqual(reasons(world), ["wrong-root"]);
});

test("minutes stand in a plenary's log alone, after a definition, in their own election", () => {
  const { world, acts } = everyAct();
  world.write("tps/510101", "minutes", { act: acts.open as unknown as JsonObject }, ["chair key"]);
  const act = acts.open as unknown as JsonObject;
  world.write(LOG, "minutes", { act, election: "0".repeat(32) }, ["chair key"]);
  assert.deepEqual(reasons(world), ["other-election", "wrong-log"]);
});

test("a refusal for a halt says which order, in both languages", () => {
  const { id, en } = sayRefusal({ reason: "halted", fault: false, order: "12/PL.01/2029" });
  for (const text of [id, en]) assert.match(text, /12\/PL\.01\/2029/);
});

test("evidence is of a reading of this plenary that stands, and that is not simply as the sheet says", () => {
  const world = ready();
  const evidence = (reading: typeof hash) => say(world, { what: "evidence", papers: hash, reading });
  const read = (station: string, outcome: string, signers = ["operator key", "member key"]) =>
    world.reading(KEC, station, "ppwp", [1, 2, 3], null, { outcome }, signers).id;
  evidence(read("5101011001001", "corrected"));
  evidence(read("5101011001002", "recount"));
  assert.deepEqual(reasons(world), []);
  evidence(hash);
  evidence(read("5101011001003", "same"));
  evidence(read("5101011002001", "corrected", ["operator key"]));
  assert.deepEqual(reasons(world), ["unknown-reference", "unknown-reference", "one-person", "unknown-reference"]);
});
