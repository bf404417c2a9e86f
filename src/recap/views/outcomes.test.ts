/** What follows from certificates, and the story of a result that was ruled on, annulled or given back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NATION, plenoLog, type RegionCode, type StationCode } from "../../election/codes.ts";
import { recountIn } from "../../election/testing.ts";
import { smallElection, World } from "../../tally/testing.ts";
import { certifyUpTo, seatNation } from "../testing/certified.ts";
import { StoredHall } from "../testing/stored.ts";

const KEC = "510101" as RegionCode;
const KAB = "5101" as RegionCode;
const A = "5101011001001" as StationCode;

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

  // The provinsi only lists a kabupaten's council: what it would correct or certify does nothing.
  world.see("pleno/51", plenoLog(KAB));
  const reading = (await kabupaten.station("dprdk", A))?.reading;
  world.certify("51" as RegionCode, "dprdk", "510101");
  world.reading("51" as RegionCode, A, "dprdk", [90, 0, 0, 0, 0, 0], reading?.id ?? null, { outcome: "corrected" }, [
    "operator 51",
    "chair 51",
  ]);
  await stored.store();
  await kabupaten.follow();
  assert.deepEqual(await kabupaten.seats("dprdk", "510101"), view);
  const provinsi = await stored.open("51" as RegionCode);
  const shown = await provinsi.view(0);
  assert.deepEqual(
    shown.voids.map(({ act, reason }) => [act, /tidak sedang di tangan/.test(reason.id)]),
    [
      ["correction", true],
      ["certificate", true],
    ],
  );
  assert.ok(!shown.results.some(({ contest }) => contest === "dprdk"));
  assert.deepEqual(
    shown.listed.map(({ contest, region, districts }) => [
      contest,
      region.code,
      ...districts.map(({ code, isCertified }) => `${code} ${isCertified}`),
    ]),
    [
      ["dprdk", "5101", "510101 true", "510102 false"],
      ["dprdk", "5102", "510201 false"],
    ],
  );
  assert.equal(await provinsi.form("dprdk", "510101"), null);
  assert.notEqual(await kabupaten.form("dprdk", "510101"), null);
});

test("a council's result that the level above only lists is given back by its order, and by no other", async () => {
  const stored = new StoredHall(KAB);
  const { world } = stored.desk;
  certifyUpTo(stored, KAB, "dprdk", "510101", [1, 5, 4, 1, 2, 1]);
  world.see("pleno/51", plenoLog(KAB));
  const kabupaten = await stored.open(KAB);
  const result = async () => (await kabupaten.view(0)).results.find(({ district }) => district.code === "510101");
  assert.equal((await result())?.stage, "certified");
  world.write("pleno/51", "reopen", { contest: "dprdk", district: "510101", order: "3/UJI", region: KAB }, [
    "chair 51",
  ]);
  world.seeAbove(plenoLog(KAB));
  await stored.store();
  await kabupaten.follow();
  const reopened = await result();
  assert.deepEqual([reopened?.stage, reopened?.inHand, reopened?.reopenedBy?.order], ["reopened", true, "3/UJI"]);
});

test("the nation's certificate falls with whatever moves its result after it, and seats wait for a new one", async () => {
  const stored = new StoredHall(KEC);
  const { world } = stored.desk;
  seatNation(world);
  certifyUpTo(stored, NATION, "dpd", "52", [4, 3, 2, 1]);
  const nation = await stored.open(NATION);
  const result = async () => {
    await stored.store();
    await nation.follow();
    return (await nation.view(0)).results.find(({ contest, district }) => contest === "dpd" && district.code === "52");
  };
  assert.equal((await result())?.stage, "certified");
  assert.notEqual(await nation.seats("dpd", "52"), null);

  const prov = "52" as RegionCode;
  world.write("pleno/0", "reopen", { contest: "dpd", district: "52", order: "7/UJI", region: prov }, ["root"]);
  const fallen = await result();
  assert.deepEqual([fallen?.stage, fallen?.inHand], ["reopened", false]);
  assert.equal(fallen?.certificate?.reopened, true);
  assert.deepEqual(fallen?.reopenedBy, {
    order: "7/UJI",
    by: { code: "0", name: "Indonesia" },
    part: { code: "52", name: "Provinsi 52" },
  });
  assert.equal(await nation.seats("dpd", "52"), null);
  const story = await nation.story("dpd", { district: "52" });
  assert.deepEqual(
    story?.entries.map(({ what, decree, text }) => [what, decree, text.id.endsWith("Provinsi 52")]),
    [
      ["certificate", null, false],
      ["reopen", "7/UJI", true],
    ],
  );
  world.certify(prov, "dpd", "52");
  world.see("pleno/0", "pleno/52");
  assert.equal((await result())?.stage, "reopened", "what came up again is not yet certified again");
  const certify = () =>
    world.write(
      "pleno/0",
      "certificate",
      {
        contest: "dpd",
        district: "52",
        region: "0",
        stations: 0,
        read: 0,
        papers: null,
        votes: [],
        figures: new Array<number>(25).fill(0),
      },
      ["root", "member 0"],
    );
  certify();
  assert.deepEqual([(await result())?.stage, (await result())?.reopenedBy], ["certified", null]);
  assert.notEqual(await nation.seats("dpd", "52"), null);

  const station = world.stationsOf("520101" as RegionCode)[0] ?? "";
  const reading = await nation.station("dpd", station as StationCode);
  world.reading(NATION, station, "dpd", [9, 3, 2, 1], reading?.reading?.id ?? null, { outcome: "corrected" }, [
    "root",
    "member 0",
  ]);
  const corrected = await result();
  assert.deepEqual([corrected?.stage, corrected?.inHand], ["reopened", true]);
  assert.deepEqual(corrected?.reopenedBy, { order: null, by: { code: "0", name: "Indonesia" }, part: null });
  certify();
  assert.equal((await result())?.stage, "certified");
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
  assert.deepEqual((await result())?.reopenedBy, {
    order: "9/UJI",
    by: { code: KAB, name: "Kabupaten 5101" },
    part: null,
  });
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
