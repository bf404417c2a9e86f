/**
 * Halts and resumptions as halls live through them: an order for a province, an opened box that may be finished, an order that
 * comes on paper because there is no link.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ContestKind, plenoLog, type RegionCode } from "../election/codes.ts";
import type { ElectionFile } from "../election/definition.ts";
import type { Hash } from "../ledger/hash.ts";
import { Tally } from "./fold.ts";
import { chairOf, smallElection, World } from "./testing.ts";

const KEC = "510101" as RegionCode;
const TPS1 = "5101011001001";
const TPS2 = "5101011001002";
const TPS3 = "5101011001003";
const OTHER_DESA = "5101011002001";
const hash = "0a".repeat(32);

function ready(file?: ElectionFile): World {
  const world = new World(file);
  world.grantAll();
  return world;
}

function fold(world: World): Tally {
  const tally = new Tally({ definition: world.definition });
  for (const { log, bytes } of world.order) tally.add(log, bytes);
  assert.deepEqual(tally.blocked(), []);
  return tally;
}

const reasons = (world: World) =>
  fold(world)
    .voids()
    .map(({ log, reason }) => [log, reason]);
const halted = (world: World, region: RegionCode = KEC) => {
  const { authority } = fold(world);
  return authority.haltOn(authority.log(plenoLog(region)), region);
};
const order = (world: World, type: "halt" | "resume", number: string, regions: readonly string[], at = "0") => {
  const body = { order: number, regions: [...regions] };
  const log = plenoLog(at as RegionCode);
  world.write(log, type, type === "halt" ? body : { ...body, at: null }, [chairOf(at as RegionCode)]);
};
const paper = (world: World, kind: "halt" | "resume", number: string, signers = [`chair ${KEC}`, `member ${KEC}`]) => {
  const act = { what: "paper-order", kind, order: number, dated: 1, letter: hash, at: null };
  return world.write(plenoLog(KEC), "minutes", { act }, signers);
};
const takeUp = (world: World, station: string, contest: ContestKind) =>
  world.write(plenoLog(KEC), "minutes", { act: { what: "take-up", station, contest } }, [`operator ${KEC}`]);
const read = (world: World, station: string, contest: ContestKind = "ppwp", previous: Hash | null = null) =>
  world.reading(KEC, station, contest, contest === "ppwp" ? [1, 2, 3] : [1, 2, 3, 4], previous);

/** A province with 57 kecamatan in 9 kabupaten, as Bali has; one desa and one station in each. */
function bali(): ElectionFile {
  const small = smallElection();
  const perKabupaten = [5, 10, 7, 6, 6, 8, 4, 7, 4];
  const regions: ElectionFile["regions"] = [{ code: "51", name: "Provinsi 51", zone: "WITA" }];
  perKabupaten.forEach((count, i) => {
    const kabupaten = `510${i + 1}`;
    regions.push({ code: kabupaten, name: `Kabupaten ${kabupaten}` });
    for (let n = 1; n <= count; n++) {
      const kecamatan = `${kabupaten}${String(n).padStart(2, "0")}`;
      regions.push({ code: kecamatan, name: `Kecamatan ${kecamatan}` });
      regions.push({ code: `${kecamatan}2001`, name: `Desa ${kecamatan}2001`, stations: [[1, 1]] });
    }
  });
  return { ...small, regions, contests: small.contests.filter(({ kind }) => kind === "ppwp") };
}

const kecamatanOf = (world: World) => world.model.regions.filter(({ level }) => level === "kecamatan");
const firstStation = (code: string) => `${code}2001001`;

test("the morning of 20 February 2024: all 57 kecamatan of Bali are halted, and one act of 09.00 WITA lets all go on", () => {
  const world = ready(bali());
  const kecamatan = kecamatanOf(world).map(({ code }) => code);
  assert.equal(kecamatan.length, 57);
  order(world, "halt", "18/PL.01.8/51/2024", ["51"], "51");
  for (const code of kecamatan) world.reading(code, firstStation(code), "ppwp", [1, 2, 3], null);
  const stopped = fold(world);
  assert.equal(stopped.voids().filter(({ reason }) => reason === "halted").length, 57);
  const nine = Date.parse("2024-02-20T09:00:00+08:00");
  const resume = { at: nine, order: "20/PL.01.8/51/2024", regions: ["51"] };
  world.write("pleno/51", "resume", resume, ["chair 51"]);
  for (const code of kecamatan) world.reading(code, firstStation(code), "ppwp", [1, 2, 3], null);
  const going = fold(world);
  assert.equal(going.voids().length, 57, "nothing but what was void before");
  for (const code of kecamatan) {
    assert.equal(going.authority.haltOn(going.authority.log(plenoLog(code)), code), null);
  }
});

test("a resumption that names some kecamatan leaves the others halted by the same order", () => {
  const world = ready(bali());
  order(world, "halt", "18/PL.01.8/51/2024", ["51"], "51");
  order(world, "resume", "19/PL.01.8/51/2024", ["510301", "5107"], "51");
  for (const { code } of kecamatanOf(world)) world.reading(code, firstStation(code), "ppwp", [1, 2, 3], null);
  const tally = fold(world);
  const went = kecamatanOf(world)
    .map(({ code }) => code)
    .filter((code) => !tally.voids().some(({ log }) => log === plenoLog(code)));
  assert.deepEqual(went, ["510301", "510701", "510702", "510703", "510704"]);
});

test("an opened box is finished under a halt; no other is begun, and what is complete stays as it was", () => {
  const world = ready();
  const first = read(world, TPS1);
  order(world, "halt", "1/UJI", ["51"]);
  read(world, TPS2);
  read(world, OTHER_DESA);
  read(world, TPS1, "dpd");
  const again = read(world, TPS1, "ppwp", first.id);
  read(world, TPS3);
  read(world, TPS1, "ppwp", again.id);
  assert.deepEqual(reasons(world), Array(3).fill([`pleno/${KEC}`, "halted"]));
});

test("a box is open from the moment one of its stations is taken up, and under a halt none is taken up from a new one", () => {
  const world = ready();
  takeUp(world, TPS1, "ppwp");
  order(world, "halt", "1/UJI", [KEC]);
  world.seeAbove(plenoLog(KEC));
  takeUp(world, TPS2, "ppwp");
  takeUp(world, OTHER_DESA, "ppwp");
  read(world, OTHER_DESA);
  read(world, TPS2);
  assert.deepEqual(reasons(world), Array(2).fill([`pleno/${KEC}`, "halted"]));
});

test("a station that an amendment adds keeps a box open only once the hall has seen the amendment", () => {
  const world = ready();
  for (const station of [TPS1, TPS2]) read(world, station);
  const third = read(world, TPS3);
  const larger = smallElection();
  const desa = larger.regions.find(({ code }) => code === "5101011001");
  assert.ok(desa);
  desa.stations = [[1, 4]];
  order(world, "halt", "1/UJI", ["51"]);
  world.seeAbove(plenoLog(KEC));
  world.amend(larger);
  const body = {
    ...world.form(TPS3, "ppwp", [1, 2, 3]),
    evidence: null,
    fields: [],
    incident: null,
    initialled: [],
    outcome: "same",
    previous: third.id,
    reason: null,
    refused: [],
    sheet: null,
  };
  world.write(plenoLog(KEC), "reading", body, [`operator ${KEC}`]);
  assert.deepEqual(reasons(world), [[`pleno/${KEC}`, "halted"]]);
  read(world, TPS3, "ppwp", third.id);
  assert.equal(reasons(world).length, 1);
});

test("a halt that a hall enters from paper binds it until it enters the resumption", () => {
  const world = ready();
  world.seeAbove(plenoLog(KEC));
  paper(world, "halt", "12/UJI");
  assert.equal(halted(world), "12/UJI");
  read(world, TPS1);
  paper(world, "resume", "13/UJI");
  assert.equal(halted(world), null);
  read(world, TPS1);
  assert.deepEqual(reasons(world), [[`pleno/${KEC}`, "halted"]]);
});

test("a paper order binds the hall that entered it and no other", () => {
  const world = ready();
  world.seeAbove(plenoLog(KEC));
  paper(world, "halt", "12/UJI");
  assert.equal(halted(world, "510102" as RegionCode), null);
});

test("a paper order needs the chair and a second person", () => {
  const world = ready();
  world.seeAbove(plenoLog(KEC));
  paper(world, "halt", "12/UJI", [`chair ${KEC}`]);
  paper(world, "halt", "12/UJI", [`member ${KEC}`, `operator ${KEC}`]);
  paper(world, "halt", "12/UJI", [`chair ${KEC}`, `station ${TPS1}`]);
  assert.deepEqual(
    reasons(world).map(([, reason]) => reason),
    ["one-person", "no-authority", "no-authority"],
  );
  assert.equal(halted(world), null);
});

test("once the real order of the same number is seen it rules, and only its own resumption lifts it", () => {
  const world = ready();
  world.seeAbove(plenoLog(KEC));
  paper(world, "halt", "12/UJI");
  order(world, "halt", "12/UJI", ["51"]);
  world.seeAbove(plenoLog(KEC));
  assert.deepEqual(
    fold(world)
      .authority.haltsOn(KEC)
      .map(({ order }) => order),
    ["12/UJI"],
  );
  order(world, "resume", "14/UJI", ["51"]);
  world.seeAbove(plenoLog(KEC));
  assert.equal(halted(world), null);
});

test("a paper halt whose real order spares the hall is over when that order is seen", () => {
  const world = ready();
  world.seeAbove(plenoLog(KEC));
  paper(world, "halt", "12/UJI");
  order(world, "halt", "12/UJI", ["52"]);
  world.seeAbove(plenoLog(KEC));
  assert.equal(halted(world), null);
});

test("a resumption from above that the hall had not seen lifts its paper halt, whatever its number", () => {
  const world = ready();
  world.seeAbove(plenoLog(KEC));
  paper(world, "halt", "12/UJI");
  order(world, "resume", "14/UJI", ["51"]);
  world.seeAbove(plenoLog(KEC));
  assert.equal(halted(world), null);
});

test("a resumption on paper lifts a halt that was seen, and none that is seen later", () => {
  const world = ready();
  order(world, "halt", "1/UJI", ["51"]);
  world.seeAbove(plenoLog(KEC));
  paper(world, "resume", "2/UJI");
  assert.equal(halted(world), null);
  order(world, "halt", "3/UJI", ["51"]);
  world.seeAbove(plenoLog(KEC));
  assert.equal(halted(world), "3/UJI");
});

test("a resumption on paper that the real order of its number does not bear out is over, and the halt is back", () => {
  const world = ready();
  order(world, "halt", "1/UJI", ["51"]);
  world.seeAbove(plenoLog(KEC));
  paper(world, "resume", "2/UJI");
  order(world, "resume", "2/UJI", ["52"]);
  world.seeAbove(plenoLog(KEC));
  assert.equal(halted(world), "1/UJI");
});
