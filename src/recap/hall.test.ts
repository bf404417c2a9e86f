/** A hall read from a store: what its desk shows while a plenary goes on, and after a start. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plenoLog, type RegionCode, type StationCode } from "../election/codes.ts";
import { FIGURE } from "../election/figures.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import { openMemoryStore } from "../store/memory.ts";
import { smallElection, World } from "../tally/testing.ts";
import { Hall, HallError } from "./hall.ts";
import { StoredHall, storeOf } from "./testing/stored.ts";

const KEC = "510101" as RegionCode;
const KAB = "5101" as RegionCode;
const DESA = "5101011001" as RegionCode;
const A = "5101011001001" as StationCode;
const B = "5101011001002" as StationCode;
const NOW = 1_865_100_000_000;
const PAPERS = asHash("0b".repeat(32));

test("a kecamatan before its plenary has boxes, panels, results and participants, and nothing read", async () => {
  const hall = await new StoredHall(KEC).open();
  const view = await hall.view(NOW);
  assert.deepEqual(view.region, { code: KEC, name: "Kecamatan 510101", level: "kecamatan", zone: "WITA" });
  assert.deepEqual(view.above, [
    { code: "51", name: "Provinsi 51" },
    { code: "5101", name: "Kabupaten 5101" },
  ]);
  assert.deepEqual(view.phase, { phase: "unscheduled" });
  assert.deepEqual(
    view.contests.map(({ kind }) => kind),
    ["ppwp", "dpr", "dpd", "dprdk"],
  );
  assert.equal(view.boxes.length, 8);
  assert.deepEqual(view.boxes[0], {
    desa: { code: DESA, name: `Desa ${DESA}` },
    contest: "ppwp",
    district: "0",
    stations: 3,
    read: 0,
    postponed: 0,
    withSheet: 0,
    held: 0,
    open: false,
  });
  assert.deepEqual(view.panels[0]?.station, A);
  assert.deepEqual(
    view.results.map(({ contest, district, stage, inHand, expected, read, fingerprint }) => [
      contest,
      district.code,
      stage,
      inHand,
      expected,
      read,
      fingerprint,
    ]),
    [
      ["ppwp", "0", "reading", true, 7, 0, null],
      ["dpr", "5100", "reading", true, 7, 0, null],
      ["dpd", "51", "reading", true, 7, 0, null],
      ["dprdk", "510101", "reading", true, 3, 0, null],
      ["dprdk", "510102", "reading", true, 4, 0, null],
    ],
  );
  const party = view.participants.find(({ id }) => id === "a");
  assert.deepEqual(party, { id: "a", number: 1, name: "Partai A", contests: ["dpr", "dprdk"] });
  assert.equal(view.participants.length, 3 + 2 + 4);
  assert.equal(view.deadline, null);
});

test("where the definition says the day of the vote a hall counts down to the end of its level's last day", async () => {
  const stored = new StoredHall(KEC, new World({ ...smallElection(), votingDay: "2029-02-14" }));
  const deadlines: string[] = [];
  for (const region of [KEC, KAB, "51" as RegionCode]) {
    const { deadline } = await (await stored.open(region)).view(NOW);
    deadlines.push(new Date(deadline ?? 0).toISOString());
  }
  // WITA is eight hours ahead.
  assert.deepEqual(deadlines, ["2029-03-03T15:59:59.999Z", "2029-03-06T15:59:59.999Z", "2029-03-11T15:59:59.999Z"]);
});

test("a reading as the sheet says that another program wrote with other figures is remarked at its station", async () => {
  const stored = new StoredHall(KEC);
  const { world } = stored.desk;
  const sheet = world.sheet(A, "ppwp", [10, 20, 30], null);
  world.reading(KEC, A, "ppwp", [40, 20, 30], null, { sheet: sheet.id }, ["operator key"]);
  const hall = await stored.open();
  const remarks = async () => (await hall.station("ppwp", A))?.reading?.remarks.map(({ code }) => code);
  assert.deepEqual(await remarks(), ["X504"]);
  world.sheet(A, "ppwp", [40, 20, 30], sheet.id);
  await stored.store();
  await hall.follow();
  assert.deepEqual(await remarks(), []);
});

test("a station is shown with its sheet, its rival, what the rules remark, and the reading that stands", async () => {
  const stored = new StoredHall(KEC);
  const { world } = stored.desk;
  const good = world.form(A, "ppwp", [10, 20, 30]);
  const figures = [...good.figures];
  figures[FIGURE.total] = 999;
  const sheet = world.sheet(A, "ppwp", [10, 20, 30], null, { figures, papers: PAPERS });
  const rival = world.sheet(A, "ppwp", [1, 2, 3], null);
  const pages = ["0c", "0d"].map((byte) => asHash(byte.repeat(32)));
  const apart = { pages: async (list: Hash) => (list === PAPERS ? pages : []), words: async () => null };
  const hall = await stored.open(KEC, { apart });

  const before = await hall.station("ppwp", A);
  assert.equal(before?.sheet?.id, sheet.id);
  assert.deepEqual(before?.sheet?.votes, [10, 20, 30]);
  assert.deepEqual(before?.sheet?.pages, pages);
  assert.equal(before?.sheet?.by, world.shortOf(`station ${A}`));
  assert.equal(before?.sheet?.held, true);
  assert.deepEqual(
    before?.rivals.map(({ id, held }) => [id, held]),
    [[rival.id, false]],
  );
  const codes = before?.sheet?.remarks.map(({ code }) => code) ?? [];
  assert.ok(codes.includes("W407"), codes.join());
  assert.ok(before?.sheet?.remarks.some(({ severity, holds }) => severity === "E" && holds));
  assert.deepEqual([before?.reading, before?.refusal, before?.number], [null, null, "001"]);
  assert.equal((await hall.view(NOW)).boxes[0]?.held, 1);

  const reading = stored.desk.read(A, "ppwp", { outcome: "corrected", roles: ["operator", "member"] });
  stored.desk.say({ what: "evidence", papers: PAPERS, reading: reading.id });
  await stored.store();
  assert.equal(await hall.follow(), true);
  assert.equal(await hall.follow(), false);
  const after = await hall.station("ppwp", A);
  assert.deepEqual(
    [after?.reading?.id, after?.reading?.outcome, after?.reading?.region, after?.reading?.evidence],
    [reading.id, "corrected", KEC, PAPERS],
  );
  assert.deepEqual(after?.reading?.votes, [1, 2, 3]);
  assert.equal(await hall.station("dprdp", A), null);
  assert.equal(await hall.station("ppwp", "5101021001001" as StationCode), null);
  assert.equal(await hall.station("ppwp", "5101011001999" as StationCode), null);
});

test("a correction by one person alone does nothing, and is listed among the void acts", async () => {
  const stored = new StoredHall(KEC);
  const { index } = stored.desk.read(A, "ppwp", { outcome: "corrected", roles: ["operator"] });
  const hall = await stored.open();
  const { voids } = await hall.view(NOW);
  assert.deepEqual(
    voids.map((one) => [one.index, one.act]),
    [[index, "correction"]],
  );
  assert.match(voids[0]?.reason.id ?? "", /dua orang/);
  assert.equal((await hall.station("ppwp", A))?.reading, null);
});

test("a desa adds up what has been read, and lists its stations", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  desk.world.sheet(A, "dpr", [1, 2, 3, 4, 5, 6], null);
  desk.read(A, "dpr");
  desk.read(B, "dpr");
  desk.say({ what: "postpone", contest: "dpr", reason: "box-missing", station: "5101011001003" as StationCode });
  const hall = await stored.open();
  const desa = hall.desa("dpr", DESA);
  assert.deepEqual(desa?.sums.votes, [2, 4, 6, 8, 10, 12]);
  assert.equal(desa?.sums.figures[FIGURE.valid], 42);
  assert.deepEqual(
    desa?.lines.map(({ number, sheet, read, postponed }) => [number, sheet, read, postponed]),
    [
      ["001", "posted", "same", false],
      ["002", "none", "same", false],
      ["003", "none", null, true],
    ],
  );
  assert.deepEqual(desa?.log, hall.log());
  assert.equal(hall.district("dpr", "5100")?.object, desa?.districtObject);
  assert.equal(hall.district("dpr", "5200"), null);
  assert.equal(hall.desa("dpr", "5101021001" as RegionCode), null);
});

test("a pause, and a halt from above once it is seen, show in the phase and on the station", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  const { world } = desk;
  const hall = await stored.open();
  const phase = async () => {
    await stored.store();
    await hall.follow();
    return (await hall.view(NOW)).phase.phase;
  };
  desk.say({ what: "open" }, ["chair"]);
  assert.equal(await phase(), "open");
  world.write(desk.log, "pause", { panel: null }, ["chair key"]);
  assert.equal(await phase(), "paused");
  world.write(desk.log, "unpause", { panel: null }, ["chair key"]);
  world.write("pleno/51", "halt", { order: "7/UJI", regions: [KEC] }, ["chair 51"]);
  assert.equal(await phase(), "open");
  world.seeAbove(desk.log);
  assert.equal(await phase(), "halted");
  const { halts } = await hall.view(NOW);
  assert.deepEqual(halts, [{ order: "7/UJI", by: { code: "51", name: "Provinsi 51" }, onPaper: false }]);
  assert.match((await hall.station("ppwp", A))?.refusal?.id ?? "", /7\/UJI/);
  world.write("pleno/51", "resume", { at: null, order: "8/UJI", regions: [KEC] }, ["chair 51"]);
  world.seeAbove(desk.log);
  assert.equal(await phase(), "open");
});

test("a certificate passes a result up, and an order that the hall sees gives it back", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  const { world } = desk;
  for (const station of world.stationsOf(KEC)) desk.read(station, "ppwp");
  const certificate = desk.certify("ppwp", "0");
  desk.say({
    what: "signature",
    certificate: certificate.id,
    contest: "ppwp",
    district: "0" as never,
    outcome: "absent",
    participant: "p1",
    reason: null,
  });
  const hall = await stored.open();
  const result = async () => (await hall.view(NOW)).results[0];
  const certified = await result();
  assert.deepEqual([certified?.stage, certified?.inHand, certified?.read], ["certified", false, 7]);
  assert.equal(certified?.certificate?.id, certificate.id);
  assert.equal(certified?.certificate?.reopened, false);
  assert.equal(certified?.certificate?.signatures[0]?.outcome, "absent");
  assert.match((await hall.station("ppwp", A))?.refusal?.id ?? "", /tidak sedang di tangan/);
  world.see(plenoLog(KAB), desk.log);
  world.write(plenoLog(KAB), "reopen", { contest: "ppwp", district: "0", order: "9/UJI", region: KEC }, [
    `chair ${KAB}`,
  ]);
  world.seeAbove(desk.log);
  await stored.store();
  await hall.follow();
  const reopened = await result();
  assert.deepEqual([reopened?.stage, reopened?.inHand, reopened?.certificate?.reopened], ["reopened", true, true]);
});

test("a hall without the logs of its neighbours stands as with them, and a new one as the old", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  desk.world.certify("510102" as RegionCode, "ppwp", "0");
  desk.world.see(plenoLog(KAB), "pleno/510102");
  desk.world.seeAbove(desk.log);
  desk.read(A, "ppwp");
  const whole = await stored.open();
  const own = ["pleno/0", "pleno/51", "pleno/5101", "pleno/510101"];
  const alone = await storeOf(desk.world.order.filter(({ log }) => own.includes(log)));
  const hall = await Hall.open({ store: alone, definition: desk.world.definition, region: KEC });
  assert.equal(hall.log().size, desk.world.logs.get(desk.log)?.length);
  assert.deepEqual(await hall.view(NOW), await whole.view(NOW));
});

test("a hall says what is missing when there is no definition, or no such region in it", async () => {
  const { definition } = new StoredHall(KEC).desk.world;
  const open = (region: string, store = openMemoryStore()) =>
    Hall.open({ store, definition, region: region as RegionCode });
  await assert.rejects(open(KEC), HallError);
  await assert.rejects(open("610101", await new StoredHall(KEC).store()), HallError);
});
