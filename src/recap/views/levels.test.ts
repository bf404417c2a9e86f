/** What the levels above a kecamatan see of it: how it gets on, what it certified, what its readings add up to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plenoLog, type RegionCode, type StationCode } from "../../election/codes.ts";
import { smallElection, World } from "../../tally/testing.ts";
import { StoredHall } from "../testing/stored.ts";

const KEC = "510101" as RegionCode;
const KAB = "5101" as RegionCode;
const A = "5101011001001" as StationCode;

test("a kecamatan's overview counts its boxes, what was put off and what papers are missing", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  desk.say({ what: "open" }, ["chair"]);
  for (const station of desk.world.stationsOf(KEC).slice(0, 4)) desk.read(station, "ppwp");
  desk.say({ what: "postpone", contest: "dpd", reason: "sheet-missing", station: A });
  desk.follow();
  const previous = must(desk.record.read.get(`ppwp/${A}`));
  desk.read(A, "ppwp", { outcome: "corrected", previous: previous.reading, roles: ["operator", "member"] });
  const hall = await stored.open(KEC);
  const overview = hall.overview(1_900_000_000_000);
  assert.deepEqual(
    [overview.pace.boxes, overview.pace.boxesLeft, overview.pace.stations, overview.pace.stationsLeft],
    [8, 7, 28, 24],
  );
  // A station a second: three of a desa of three, one of a desa of four.
  assert.equal(Math.round((overview.pace.secondsPerBox ?? 0) * 1000), Math.round((4 / (1 + 1 / 4)) * 1000));
  assert.deepEqual(overview.children, []);
  assert.deepEqual(
    overview.postponed.map(({ station, reason }) => [station, reason]),
    [[A, "sheet-missing"]],
  );
  assert.equal(overview.papersMissing, 1);
});

test("a kabupaten sees which of its kecamatan read, rest, dispute, wait for sheets to be matched, and are behind", async () => {
  const stored = new StoredHall(KEC, new World({ ...smallElection(), votingDay: "2029-01-01" }));
  const { desk } = stored;
  const { world, log } = desk;
  desk.say({ what: "open" }, ["chair"]);
  for (const station of world.stationsOf(KEC).slice(0, 4)) desk.read(station, "ppwp");
  const filed = { contest: null, kind: "incident", papers: null, participant: null, ref: null, station: null };
  world.write(log, "objection", { ...filed, status: "filed" }, ["operator key"]);
  world.write(log, "pause", { panel: null }, ["chair key"]);
  const figures = [...world.form(A, "dpd", [1, 2, 3, 4]).figures];
  figures[22] = 900;
  world.sheet(A, "dpd", [1, 2, 3, 4], null, { figures });
  const hall = await stored.open(KAB);
  const [first, second] = hall.overview(1_900_000_000_000).children;
  assert.deepEqual(first?.region, { code: KEC, name: "Kecamatan 510101" });
  assert.deepEqual(first?.phase, { phase: "paused" });
  assert.deepEqual([first?.held, first?.openObjections, first?.isBehind], [1, 1, true]);
  assert.equal(typeof first?.lastAct, "number");
  assert.deepEqual([second?.phase.phase, second?.pace.stationsLeft], ["unscheduled", 8]);
  assert.equal(hall.overview(1_000_000_000_000).children[1]?.isBehind, false);
});

test("a provinsi sees every kecamatan with the kabupaten that it is in, and a kabupaten within it by itself", async () => {
  const stored = new StoredHall(KEC);
  stored.desk.world.write(stored.desk.log, "pause", { panel: null }, ["chair key"]);
  const hall = await stored.open("51" as RegionCode);
  const codes = (view: ReturnType<typeof hall.overviewOf>) => view?.children.map(({ region }) => region.code);
  assert.deepEqual(codes(hall.overviewOf(0, "51" as RegionCode, false)), ["5101", "5102"]);
  const every = hall.overviewOf(0, "51" as RegionCode, true);
  assert.deepEqual(codes(every), ["510101", "510102", "510201"]);
  assert.deepEqual(every?.children[0]?.phase, { phase: "paused" });
  assert.equal(every?.children[0]?.parent.code, KAB);
  const within = hall.overviewOf(0, KAB, false);
  assert.deepEqual(codes(within), ["510101", "510102"]);
  assert.deepEqual(
    within?.above.map(({ code }) => code),
    ["51"],
  );
  assert.equal(hall.overviewOf(0, "52" as RegionCode, false), null);
  assert.equal(hall.overviewOf(0, KAB, true), null);
});

test("a kabupaten has each certificate beside what the readings add up to, and both fingerprints are the same", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  const { world, log } = desk;
  for (const station of world.stationsOf(KEC)) desk.read(station, "ppwp");
  const kecamatan = await stored.open(KEC);
  const own = must(await kecamatan.below("ppwp", "0"));
  assert.deepEqual(
    own.children.map(({ region, certificate, read, fingerprint }) => [region.code, certificate, read, fingerprint]),
    [
      ["5101011001", null, 3, null],
      ["5101011002", null, 4, null],
    ],
  );
  const body = { contest: "ppwp", district: "0", region: KEC, stations: 7, read: 7, papers: null, ...own.total };
  const given = world.write(log, "certificate", body as never, ["chair key", "member key"]);
  world.see(plenoLog(KAB), log);
  const hall = await stored.open(KAB);
  const [first, second] = must(await hall.below("ppwp", "0")).children;
  assert.equal(first?.certificate?.id, given.id);
  assert.equal(first?.certificate?.reopened, false);
  assert.deepEqual(first?.certificate?.votes, [7, 14, 21]);
  assert.deepEqual(first?.certificate?.votes, first?.sums.votes);
  assert.deepEqual(first?.certificate?.figures, first?.sums.figures);
  assert.deepEqual(first?.certificate?.remarks, []);
  await kecamatan.follow();
  const fingerprint = async () => {
    await stored.store();
    await kecamatan.follow();
    return (await kecamatan.view(0)).results[0]?.fingerprint;
  };
  assert.equal(first?.fingerprint, await fingerprint());
  assert.deepEqual([second?.certificate, second?.read, second?.expected, second?.fingerprint], [null, 0, 2, null]);
  assert.equal(await hall.below("dprdk", "510201"), null);
  const view = await hall.view(0);
  assert.deepEqual([view.boxes, view.results[0]?.inHand], [[], false]);
});

test("a certificate over unread stations, or with other figures than its readings, is remarked here and above", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  const { world, log } = desk;
  for (const station of world.stationsOf(KEC).slice(1)) desk.read(station, "ppwp");
  const { total } = must(await (await stored.open(KEC)).below("ppwp", "0"));
  const about = { contest: "ppwp", district: "0", region: KEC, stations: 7, read: 6, papers: null };
  const body = { ...about, figures: [...total.figures], votes: [6, 13, 18] };
  world.write(log, "certificate", body, ["chair key", "member key"]);
  world.see(plenoLog(KAB), log);
  const kabupaten = await stored.open(KAB);
  const remarks = async () => must(await kabupaten.below("ppwp", "0")).children[0]?.certificate?.remarks;
  const own = (await (await stored.open(KEC)).view(0)).results[0]?.certificate?.remarks;
  assert.deepEqual(
    own?.map(({ code, text }) => [code, text.id.slice(text.id.indexOf(": ") + 2)]),
    [
      ["X501", "Paslon 2 13, jumlahnya 12"],
      ["X503", "1 TPS"],
    ],
  );
  assert.deepEqual(await remarks(), own);
  // What the level above reads later was not there when it was given.
  world.reading(KAB, A, "ppwp", [1, 2, 3], null, {}, [`operator ${KAB}`]);
  await stored.store();
  await kabupaten.follow();
  assert.deepEqual(await remarks(), own);
});

test("in a kecamatan of two districts each result has the figures of its own desa alone", async () => {
  const stored = new StoredHall(KEC);
  const { desk } = stored;
  for (const station of desk.world.stationsOf(KEC)) desk.read(station, "dprdk");
  const hall = await stored.open(KAB);
  for (const [district, stations] of [
    ["510101", 3],
    ["510102", 4],
  ] as const) {
    const below = must(await hall.below("dprdk", district));
    assert.deepEqual(
      below.children[0]?.sums.votes,
      [1, 2, 3, 4, 5, 6].map((votes) => votes * stations),
    );
    const parts = must(await (await stored.open(KEC)).below("dprdk", district));
    assert.deepEqual(parts.total, below.children[0]?.sums);
  }
});

function must<T>(value: T | null | undefined): T {
  assert.ok(value !== null && value !== undefined);
  return value;
}
