import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { fromUtf8 } from "../ledger/bytes.ts";
import type { Build } from "./build.ts";
import { Tally } from "./fold.ts";
import { figuresFor, World } from "./testing.ts";

const TPS1 = "5101011001001";
const TPS2 = "5101011001002";
const KEC = "510101" as RegionCode;

function fold(world: World) {
  const tally = new Tally({ definition: world.definition });
  for (const { log, bytes } of world.order) tally.add(log, bytes);
  assert.deepEqual(tally.blocked(), []);
  return tally;
}

// biome-ignore lint/suspicious/noExplicitAny: objects are read as a stranger would
type Loose = any;

function objectsOf(build: Build) {
  return (contest: string, region: string): Loose => {
    const found = build.objects.findLast(
      (object) => object.kind === "result" && object.contest === contest && object.region === region,
    );
    assert.ok(found, `no object for ${contest} ${region}`);
    return JSON.parse(fromUtf8(found.bytes));
  };
}

function ready(): World {
  const world = new World();
  world.grantAll();
  return world;
}

test("a sheet that adds up is counted at every level", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  const tally = fold(world);
  assert.deepEqual(tally.voids(), []);
  const object = objectsOf(tally.build(world.vkeyOf));
  for (const region of ["5101011001", "510101", "5101", "51", "0"]) {
    assert.deepEqual(object("ppwp", region).count.lists[0].votes, [100, 60, 40], region);
    assert.equal(object("ppwp", region).count.posted, 1);
  }
});

test("a sheet whose votes do not add up is shown and held", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [100, 60, 40], null, { figures: figuresFor(199, 6) });
  const object = objectsOf(fold(world).build(world.vkeyOf))("ppwp", "51");
  assert.deepEqual(object.count.lists[0].votes, [0, 0, 0]);
  assert.deepEqual(object.count.lists[0].held, [
    [0, 100],
    [1, 60],
    [2, 40],
  ]);
  assert.equal(object.count.held, 1);
  assert.deepEqual(object.count.flags, { E304: 1 });
});

test("a corrected sheet posts the difference: what it adds is counted as raised, what fell as removed", () => {
  const world = ready();
  const first = world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  world.sheet(TPS1, "ppwp", [90, 65, 40], first.id);
  const object = objectsOf(fold(world).build(world.vkeyOf))("ppwp", "0");
  assert.deepEqual(object.count.lists[0].votes, [90, 65, 40]);
  assert.deepEqual(object.count.lists[0].raised, [[1, 5]]);
  assert.deepEqual(object.count.lists[0].removed, [[0, 10]]);
});

test("a rival posts nothing and raises W407 where its figures differ", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  const rival = world.sheet(TPS1, "ppwp", [101, 60, 40], null);
  const object = objectsOf(fold(world).build(world.vkeyOf))("ppwp", "5101011001");
  assert.deepEqual(object.stations[0].count.votes, [100, 60, 40]);
  assert.deepEqual(object.stations[0].count.rivals, [rival.index]);
  assert.deepEqual(object.stations[0].count.flags, ["W407"]);
});

test("a posted station with a later held sheet stays posted, and is flagged", () => {
  const world = ready();
  const first = world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  world.sheet(TPS1, "ppwp", [100, 60, 50], first.id, { figures: figuresFor(200, 5) });
  const object = objectsOf(fold(world).build(world.vkeyOf))("ppwp", "5101011001");
  assert.deepEqual(object.count.lists[0].votes, [100, 60, 40]);
  assert.equal(object.stations[0].count.state, "posted");
  assert.deepEqual(object.stations[0].count.counted, [100, 60, 40]);
  assert.ok(object.stations[0].count.flags.includes("E304"));
});

test("a party whose total is not its lines has only its own lines held", () => {
  const world = ready();
  world.sheet(TPS1, "dpr", [5, 10, 15, 1, 2, 3], null, { parties: [31, 6] });
  const object = objectsOf(fold(world).build(world.vkeyOf))("dpr", "5101011001");
  assert.deepEqual(object.count.lists[0].votes, [0, 0, 0, 1, 2, 3]);
  assert.deepEqual(object.count.parties.votes, [0, 6]);
  assert.deepEqual(object.count.parties.held, [[0, 30]]);
  assert.deepEqual(object.count.flags, { E305: 1 });
});

test("a sheet by a key of another station is void, and a fault", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [1, 2, 3], null, {}, `station ${TPS2}`);
  const [refused] = fold(world).voids();
  assert.equal(refused?.reason, "no-authority");
  assert.equal(refused?.fault, true);
});

test("a key revoked with all it did has its current sheets annulled where the revocation is seen", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  world.write(`pleno/${KEC}`, "revoke", { keys: [world.shortOf(`station ${TPS1}`)], undo: true }, [`chair ${KEC}`]);
  world.sheet(TPS2, "ppwp", [1, 1, 1], null);
  const tally = fold(world);
  const object = objectsOf(tally.build(world.vkeyOf))("ppwp", "510101");
  assert.deepEqual(object.count.lists[0].votes, [1, 1, 1]);
  assert.deepEqual(object.count.lists[0].removed, [
    [0, 100],
    [1, 60],
    [2, 40],
  ]);
  world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  assert.equal(fold(world).voids()[0]?.reason, "no-authority");
});

test("a reading is posted in the recap book alone, by the hall that holds the pen", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  world.reading(KEC, TPS1, "ppwp", [100, 61, 39], null, { outcome: "corrected" }, [`operator ${KEC}`, `chair ${KEC}`]);
  const object = objectsOf(fold(world).build(world.vkeyOf))("ppwp", "51");
  assert.deepEqual(object.count.lists[0].votes, [100, 60, 40]);
  assert.deepEqual(object.recap.lists[0].votes, [100, 61, 39]);
  assert.equal(object.recap.read, 1);
});

test("a correction needs two persons, and figures that do not add up must be adopted", () => {
  const world = ready();
  world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null, { outcome: "corrected" });
  world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null, { figures: figuresFor(7, 5) });
  world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null, { figures: figuresFor(7, 5), outcome: "noted", incident: 1 }, [
    `operator ${KEC}`,
    `chair ${KEC}`,
  ]);
  const tally = fold(world);
  assert.deepEqual(
    tally.voids().map(({ reason, fault }) => [reason, fault]),
    [
      ["one-person", false],
      ["does-not-add-up", false],
    ],
  );
  assert.deepEqual(objectsOf(tally.build(world.vkeyOf))("ppwp", "51").recap.lists[0].votes, [1, 2, 3]);
});

test("a certificate passes the pen to the parent that has seen it, and a reopening gives it back", () => {
  const world = ready();
  const first = world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null);
  world.certify(KEC, "ppwp", "0");
  world.reading(KEC, TPS1, "ppwp", [2, 2, 3], first.id);
  world.see("pleno/5101", `pleno/${KEC}`);
  const second = world.reading("5101" as RegionCode, TPS1, "ppwp", [3, 2, 3], first.id);
  const reopen = { contest: "ppwp", district: "0", region: KEC, order: "3/UJI" };
  world.write("pleno/5101", "reopen", reopen, ["chair 5101"]);
  world.reading(KEC, TPS1, "ppwp", [4, 2, 3], second.id);
  const tally = fold(world);
  assert.deepEqual(
    tally.voids().map(({ log, reason }) => [log, reason]),
    [[`pleno/${KEC}`, "no-pen"]],
  );
  const object = objectsOf(tally.build(world.vkeyOf))("ppwp", "510101");
  assert.deepEqual(object.recap.lists[0].votes, [4, 2, 3]);
  assert.deepEqual(
    object.journal.recap.map(({ log }: { log: string }) => log),
    ["pleno/5101", `pleno/${KEC}`],
  );
});

const OTHER_DESA = "5101011002001";

test("a halt binds a hall from where it has seen it; what was read before stands", () => {
  const world = ready();
  world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null);
  world.write("pleno/0", "halt", { order: "4/UJI", regions: ["51"] }, ["root"]);
  world.reading(KEC, OTHER_DESA, "ppwp", [1, 2, 3], null);
  world.write("pleno/0", "resume", { order: "5/UJI", regions: ["51"], at: null }, ["root"]);
  world.reading(KEC, OTHER_DESA, "ppwp", [4, 5, 6], null);
  const tally = fold(world);
  assert.deepEqual(
    tally.voids().map(({ reason }) => reason),
    ["halted"],
  );
  assert.deepEqual(objectsOf(tally.build(world.vkeyOf))("ppwp", "51").recap.lists[0].votes, [5, 7, 9]);
});

test("a kecamatan is shown as paused when its whole plenary rests, not when one panel does", () => {
  const statusAfter = (panel: number | null): string => {
    const world = ready();
    world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null);
    world.write(`pleno/${KEC}`, "pause", { panel }, [`chair ${KEC}`]);
    return objectsOf(fold(world).build(world.vkeyOf))("ppwp", KEC).status;
  };
  assert.deepEqual([statusAfter(0), statusAfter(null)], ["open", "paused"]);
});

test("a ruling that names no station is a line of its own in the sum", () => {
  const world = ready();
  world.reading(KEC, TPS1, "ppwp", [10, 20, 30], null);
  const ruling = {
    kind: "ruling",
    number: "7/UJI",
    contest: "ppwp",
    district: "0",
    region: "51",
    deltas: [
      [0, -3],
      [1, 3],
    ],
  };
  world.seeAbove("pleno/51");
  world.write("pleno/51", "order", ruling, ["chair 51"]);
  const object = objectsOf(fold(world).build(world.vkeyOf));
  assert.deepEqual(object("ppwp", "51").recap.lists[0].votes, [7, 23, 30]);
  assert.deepEqual(object("ppwp", "51").recap.lists[0].raised, [[1, 3]]);
  assert.deepEqual(object("ppwp", "51").recap.lists[0].removed, [[0, 3]]);
  assert.equal(object("ppwp", "51").recap.adjustments.length, 1);
  assert.deepEqual(object("ppwp", "0").recap.lists[0].votes, [7, 23, 30]);
});

test("an entry waits for the prefix that it names", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  const tally = new Tally({ definition: world.definition });
  for (const bytes of world.logs.get(`tps/${KEC}`) ?? []) tally.add(`tps/${KEC}`, bytes);
  assert.equal(tally.size(`tps/${KEC}`), 0);
  assert.equal(tally.offered(`tps/${KEC}`), 5);
  for (const [log, entries] of world.logs)
    if (log.startsWith("pleno/")) for (const bytes of entries) tally.add(log, bytes);
  assert.equal(tally.size(`tps/${KEC}`), 5);
  assert.deepEqual(tally.blocked(), []);
});

test("candidates go no higher than the region that holds their district; parties go to the nation", () => {
  const world = ready();
  world.sheet(TPS1, "dprdk", [1, 2, 3, 4, 5, 6], null);
  const object = objectsOf(fold(world).build(world.vkeyOf));
  assert.equal(object("dprdk", "510101").count.lists.length, 0);
  assert.deepEqual(object("dprdk", "5101011001").count.lists[0].votes, [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(object("dprdk", "0").count.parties.votes, [6, 15]);
});

test("the row of a child has three of its figures, and in contests with parties their totals but no candidates", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  world.sheet(TPS1, "dpr", [1, 2, 3, 4, 5, 6], null);
  const object = objectsOf(fold(world).build(world.vkeyOf));
  const counts = { expected: 3, flags: {}, held: 0, in: 1, posted: 1, withVotes: 1 };
  const list = { held: [], raised: [], removed: [], votes: [100, 60, 40] };
  const [pairs] = object("ppwp", "510101").children;
  assert.deepEqual(pairs.count, { ...counts, invalid: 5, lists: [{ district: "0", ...list }], total: 205, valid: 200 });
  const [candidates] = object("dpr", "510101").children;
  const parties = { held: [], raised: [], removed: [], votes: [6, 15] };
  assert.deepEqual(candidates.count, { ...counts, invalid: 5, parties, total: 26, valid: 21 });
  assert.equal(object("dpr", "510101").count.lists.length, 1);
});
