/** What follows from certificates, and the story of a result that was ruled on, annulled or given back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ContestKind,
  NATION,
  parentOf,
  plenoLog,
  type RegionCode,
  type StationCode,
} from "../../election/codes.ts";
import { recountIn } from "../../election/testing.ts";
import { smallElection, World } from "../../tally/testing.ts";
import { StoredHall } from "../testing/stored.ts";

const KEC = "510101" as RegionCode;
const KAB = "5101" as RegionCode;
const A = "5101011001001" as StationCode;

/** Reads every station of a district with these votes, and certifies it up to a region. */
function certifyUpTo(
  stored: StoredHall,
  top: RegionCode,
  contest: ContestKind,
  code: string,
  votes: readonly number[],
) {
  const { world } = stored.desk;
  const district = world.model.contest(contest)?.district(code);
  assert.ok(district);
  const stations = district.desa.flatMap(({ code }) => world.stationsOf(code));
  for (const station of stations) world.reading(station.slice(0, 6) as RegionCode, station, contest, votes, null);
  let level = [...new Set(stations.map((station) => station.slice(0, 6) as RegionCode))];
  for (;;) {
    const signers = (region: RegionCode) =>
      region === NATION ? ["root", "member 0"] : [`chair ${region}`, `member ${region}`];
    for (const region of level) {
      const log = plenoLog(region);
      world.seeAbove(log);
      const about = { contest, district: code, region, stations: 0, read: 0, papers: null, votes: [] };
      world.write(log, "certificate", { ...about, figures: new Array<number>(25).fill(0) }, signers(region));
      const parent = parentOf(region);
      if (parent) world.see(plenoLog(parent), log);
    }
    if (level.includes(top)) return;
    level = [...new Set(level.flatMap((region) => parentOf(region) ?? []))];
  }
}

test("the seats of a council are shown by the level that declares them, once it has certified, and only then", async () => {
  const stored = new StoredHall(KAB);
  const { world } = stored.desk;
  const kabupaten = await stored.open(KAB);
  assert.equal(await kabupaten.seats("dprdk", "510101"), null);
  certifyUpTo(stored, KEC, "dprdk", "510101", [1, 5, 4, 1, 2, 1]);
  await stored.store();
  await kabupaten.follow();
  assert.equal(await kabupaten.seats("dprdk", "510101"), null);
  world.certify(KAB, "dprdk", "510101");
  await stored.store();
  await kabupaten.follow();
  const view = await kabupaten.seats("dprdk", "510101");
  assert.equal(view?.seats, 3);
  assert.ok(view?.working.kind === "parties");
  // Three stations: A has 30, B 12; 30, 12, 10.
  assert.deepEqual(
    view.working.result.seats.map(
      (seat) => seat.kind === "given" && [seat.won.party, seat.won.votes, seat.won.divisor],
    ),
    [
      ["a", 30, 1],
      ["b", 12, 1],
      ["a", 30, 3],
    ],
  );
  assert.deepEqual(
    view.working.result.parties.map(({ election }) => election.elected.map(({ candidate }) => candidate)),
    [["510101-a1", "510101-a2"], ["510101-b1"]],
  );
  assert.equal(await (await stored.open(KEC)).seats("dprdk", "510101"), null);
  assert.equal(await (await stored.open("51" as RegionCode)).seats("dprdk", "510101"), null);

  world.see("pleno/51", plenoLog(KAB));
  const reading = (await kabupaten.station("dprdk", A))?.reading;
  world.reading("51" as RegionCode, A, "dprdk", [90, 0, 0, 0, 0, 0], reading?.id ?? null, { outcome: "corrected" }, [
    "operator 51",
    "chair 51",
  ]);
  await stored.store();
  await kabupaten.follow();
  assert.deepEqual(await kabupaten.seats("dprdk", "510101"), view);
});

test("the senators of a province follow from the nation's certificate, a tie at the last place by the spread", async () => {
  const stored = new StoredHall(KEC);
  const { world } = stored.desk;
  seatNation(world);
  certifyUpTo(stored, NATION, "dpd", "52", [4, 3, 2, 1]);
  const nation = await stored.open(NATION);
  const view = await nation.seats("dpd", "52");
  assert.ok(view?.working.kind === "candidates");
  assert.deepEqual(
    view.working.result.elected.map(({ candidate, votes }) => [candidate, votes]),
    [
      ["52-1", 24],
      ["52-2", 18],
      ["52-3", 12],
      ["52-4", 6],
    ],
  );
  assert.equal(await nation.seats("dpd", "51"), null);
  certifyUpTo(stored, NATION, "ppwp", "0", [50, 30, 10]);
  await stored.store();
  await nation.follow();
  const president = await nation.seats("ppwp", "0");
  assert.ok(president?.working.kind === "pairs");
  assert.deepEqual([president.working.majority, president.working.spread], [null, null]);
  assert.deepEqual(president.working.result.outcome, { kind: "elected", pair: "p1", rule: "most-votes" });
});

/** A second person beside the root key, so that the nation can certify. */
function seatNation(world: World): void {
  const key = Buffer.from(world.signer("member 0").publicKey).toString("hex");
  const list = [{ key, person: "ab".repeat(16), region: NATION, role: "member" }];
  world.write(plenoLog(NATION), "grant", { list }, ["root"]);
}

test("with a national threshold no district has seats before all are certified, and who is below it takes no part", async () => {
  const file = smallElection();
  const contests = file.contests.map((one) => (one.kind === "dpr" ? { ...one, thresholds: { party: 3000 } } : one));
  const world = new World({ ...file, contests });
  const stored = new StoredHall(KEC, world);
  seatNation(world);
  certifyUpTo(stored, NATION, "dpr", "5100", [9, 9, 9, 0, 1, 0]);
  const nation = await stored.open(NATION);
  assert.equal(await nation.seats("dpr", "5100"), null);
  certifyUpTo(stored, NATION, "dpr", "5200", [1, 1, 1, 1, 1, 1]);
  await stored.store();
  await nation.follow();
  const view = await nation.seats("dpr", "5100");
  assert.ok(view?.working.kind === "parties");
  assert.equal(view.working.threshold, 3000);
  // A: 14 stations of 27 and 6 of 3, B: 14 of 1 and 6 of 3; B has 32 of 428.
  assert.deepEqual(
    view.working.result.parties.map(({ party, votes, excluded, seats }) => [party, votes, excluded, seats]),
    [
      ["a", 14 * 27, null, 3],
      ["b", 14, "below-threshold", 0],
    ],
  );
});

test("a result that was given back says by which order, and its story has the ruling, the certificate and the order", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  const { world, log } = desk;
  for (const station of world.stationsOf(KEC)) desk.read(station, "ppwp");
  const ruling = { kind: "ruling", number: "5/PHPU", contest: "ppwp", district: "0", region: KEC, deltas: [[0, 2]] };
  world.write(log, "order", ruling as never, ["chair key"]);
  desk.certify("ppwp", "0");
  world.see(plenoLog(KAB), log);
  const reopen = { contest: "ppwp", district: "0", region: KEC };
  world.write(plenoLog(KAB), "reopen", { ...reopen, order: "9/UJI" }, [`chair ${KAB}`]);
  const hall = await stored.open(KEC);
  const result = async () => (await hall.view(0)).results[0];
  assert.equal((await result())?.reopenedBy, null);
  world.seeAbove(log);
  await stored.store();
  await hall.follow();
  assert.deepEqual((await result())?.reopenedBy, { order: "9/UJI", by: { code: KAB, name: "Kabupaten 5101" } });
  const story = await hall.story("ppwp", { district: "0" });
  assert.deepEqual(
    story?.entries.map(({ what, decree, deltas }) => [what, decree, deltas]),
    [
      ["ruling", "5/PHPU", [[0, 2]]],
      ["certificate", null, []],
      ["reopen", "9/UJI", []],
    ],
  );
  assert.equal(await hall.story("dprdk", { district: "510201" }), null);
});

test("a revote is one story: the sheet, the amendment with its decree, the annulment, the new sheet, the reading", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  const { world } = desk;
  const first = world.sheet(A, "ppwp", [1, 2, 3], null);
  const file = structuredClone(world.file);
  const desa = file.regions.find(({ code }) => code === A.slice(0, 10));
  assert.ok(desa);
  desa.registered = [300, 290, 280];
  world.amend(file);
  world.seeAbove(`tps/${KEC}`);
  world.write(`tps/${KEC}`, "annul", { reason: "revote", sheet: first.id }, [`chair ${KEC}`]);
  const second = world.sheet(A, "ppwp", [3, 2, 1], null);
  world.seeAbove(desk.log);
  desk.read(A, "ppwp", { outcome: "corrected", roles: ["operator"] });
  desk.read(A, "ppwp", { outcome: "recount" });
  const hall = await stored.open(KEC);
  const story = await hall.story("ppwp", { station: A });
  assert.deepEqual(
    story?.entries.map(({ what, decree, refusal, id }) => [
      what,
      decree,
      refusal !== null,
      id === first.id,
      id === second.id,
    ]),
    [
      ["sheet", null, false, true, false],
      ["definition", "2/UJI", false, false, false],
      ["annul", null, false, false, false],
      ["sheet", null, false, false, true],
      ["reading", null, true, false, false],
      ["reading", null, false, false, false],
    ],
  );
  assert.match(story?.entries[2]?.text.id ?? "", /Pemungutan suara ulang/);
  const { recount } = recountIn("recount");
  assert.deepEqual(
    story?.entries.map((entry) => entry.recount),
    [null, null, null, null, null, recount],
  );
  assert.deepEqual((await hall.station("ppwp", A))?.reading?.recount, recount);
  assert.equal((await hall.station("ppwp", A))?.sheet?.id, second.id);
  assert.equal((await hall.station("ppwp", A))?.registered, 300);
  assert.equal(await hall.story("ppwp", { station: "5201011001001" as StationCode }), null);
});
