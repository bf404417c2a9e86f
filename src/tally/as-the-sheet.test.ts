/** X504 in the published objects: what another program wrote as "as the sheet says", where the figures say otherwise. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { Tally } from "./fold.ts";
import { Published } from "./testing/published.ts";
import { World } from "./testing.ts";

const STATION = "5101011001001";
const KEC = "510101" as RegionCode;

function ready(): World {
  const world = new World();
  world.grantAll();
  return world;
}

type Order = World["order"];

/** Folds in some order, building after every entry, so that whatever a build kept would show. */
function published(world: World, order: Order): Published {
  const tally = new Tally({ definition: world.definition });
  const all = new Published();
  for (const { log, bytes } of order) {
    tally.add(log, bytes);
    if (tally.model) all.apply(tally.build(world.vkeyOf));
  }
  return all;
}

const flagsIn = (all: Published) => ({
  station: all.result("ppwp", "5101011001")?.stations?.find(({ n }) => n === "001")?.recap?.flags,
  count: all.result("ppwp", "5101011001")?.stations?.find(({ n }) => n === "001")?.count?.flags,
  nation: all.result("ppwp", "0")?.recap.flags,
});

const flagged = (world: World, order: Order = world.order) =>
  flagsIn(published(world, order)).station?.includes("X504");

test("a reading as the sheet says with other figures is flagged at its station and counted up to the nation", () => {
  for (const outcome of ["same", "noted"]) {
    const world = ready();
    const sheet = world.sheet(STATION, "ppwp", [10, 20, 30], null);
    const signers = ["operator 510101", "chair 510101"];
    world.reading(KEC, STATION, "ppwp", [40, 20, 30], null, { outcome, sheet: sheet.id }, signers);
    const { station, count, nation } = flagsIn(published(world, world.order));
    assert.ok(station?.includes("X504"), outcome);
    assert.ok(!count?.includes("X504"));
    assert.equal(nation?.X504, 1);
  }
});

test("equal figures, a correction, a recount and a station without a sheet are not flagged", () => {
  const cases = [
    { votes: [10, 20, 30], outcome: "same", hasSheet: true },
    { votes: [40, 20, 30], outcome: "corrected", hasSheet: true },
    { votes: [40, 20, 30], outcome: "recount", hasSheet: true },
    { votes: [40, 20, 30], outcome: "same", hasSheet: false },
  ];
  for (const { votes, outcome, hasSheet } of cases) {
    const world = ready();
    if (hasSheet) world.sheet(STATION, "ppwp", [10, 20, 30], null);
    world.reading(KEC, STATION, "ppwp", votes, null, { outcome }, ["operator 510101", "chair 510101"]);
    assert.equal(flagged(world), false, outcome);
  }
});

test("the flag is the same whichever came first, appears with a later sheet, and goes with a right reading", () => {
  const world = ready();
  const begun = world.order.length;
  const first = world.reading(KEC, STATION, "ppwp", [40, 20, 30], null);
  assert.equal(flagged(world), false);
  const sheet = world.sheet(STATION, "ppwp", [10, 20, 30], null);
  assert.equal(flagged(world), true);
  // The log of sheets saw no reading, and the plenary's no sheet: each may arrive before the other.
  const [before, after] = [world.order.slice(0, begun), world.order.slice(begun)];
  const byLog = (name: string) => after.filter(({ log }) => log === name);
  for (const logs of [
    ["tps/510101", "pleno/510101"],
    ["pleno/510101", "tps/510101"],
  ]) {
    assert.equal(flagged(world, [...before, ...logs.flatMap(byLog)]), true);
  }
  world.sheet(STATION, "ppwp", [40, 20, 30], sheet.id);
  assert.equal(flagged(world), false, "the sheet that stands now is as it was read");
  world.sheet(STATION, "ppwp", [10, 20, 31], null);
  assert.equal(flagged(world), false, "a rival is not the sheet that stands");
  world.reading(KEC, STATION, "ppwp", [41, 20, 30], first.id);
  assert.equal(flagged(world), true);
});
