import assert from "node:assert/strict";
import { test } from "node:test";
import { checkElection } from "../election/check-election.ts";
import type { RegionCode } from "../election/codes.ts";
import { modelOf } from "../election/testing.ts";
import { regionNames } from "../store/geography.ts";
import { ALL_STATIONS, LEAST_STATIONS, SPLIT, STATIONS } from "./bali.ts";
import { demoElection } from "./election.ts";

const names = regionNames();
const file = demoElection(names, { seed: "1", stations: ALL_STATIONS });
const model = modelOf(file);

test("the whole of Bali takes part: 9 kabupaten/kota, 57 kecamatan, 716 desa, 12,809 stations", () => {
  const count = (digits: number) => file.regions.filter(({ code }) => code.length === digits).length;
  assert.deepEqual([count(4), count(6), count(10), model.stationCount], [9, 57, 716, 12_809]);
  assert.deepEqual(
    file.regions.filter(({ code, name }) => name !== names.get(code as RegionCode)).map(({ code }) => code),
    ["0"],
  );
});

test("each kabupaten has its real number of stations, each desa at least one", () => {
  for (const [code, stations] of Object.entries(STATIONS)) {
    const region = model.region(code);
    assert.equal((region?.stationTo ?? 0) - (region?.stationFrom ?? 0), stations, code);
  }
  assert.ok(model.regions.every(({ level, stations }) => level !== "desa" || stations.length > 0));
});

test("an election of any size is one that can be founded", () => {
  for (const stations of [LEAST_STATIONS, 60, 300, 2_000, 6_000]) {
    const checked = checkElection(demoElection(names, { seed: "1", stations }));
    assert.deepEqual("faults" in checked ? checked.faults : [], [], `${stations} stations`);
    const small = modelOf(demoElection(names, { seed: "1", stations }));
    assert.equal(small.stationCount, stations);
  }
});

test("exactly one kecamatan lies in two districts of its council", () => {
  const split = model.regions.filter(({ level, children }) => {
    const districts = new Set(children.map((desa) => model.contest("dprdk")?.districtOf(desa)?.code));
    return level === "kecamatan" && districts.size > 1;
  });
  assert.deepEqual(
    split.map(({ code }) => code),
    [SPLIT],
  );
});

test("five contests: three pairs, 17 senators, 18 parties with a candidate for every seat", () => {
  const sizes = model.contests.map(({ kind, districts }) => [kind, districts.length, districts[0]?.choices.length]);
  assert.deepEqual(sizes.slice(0, 4), [
    ["ppwp", 1, 3],
    ["dpr", 1, 18 * 10],
    ["dpd", 1, 17],
    ["dprdp", 9, 18 * (1 + (model.contest("dprdp")?.districts[0]?.seats ?? 0))],
  ]);
  const seats = model.contest("dprdp")?.districts.reduce((sum, district) => sum + district.seats, 0);
  assert.equal(seats, 55);
  for (const { code, seats: own } of model.contest("dprdk")?.districts ?? []) assert.ok(own >= 3 && own <= 12, code);
});

test("at most 300 voters are registered at a station, and as many as in Bali on average", () => {
  const registered = file.regions.flatMap((region) => region.registered ?? []).map(Number);
  const sum = registered.reduce((a, b) => a + b, 0);
  assert.ok(Math.max(...registered) <= 300);
  assert.ok(Math.abs(sum / registered.length - 255) < 5, String(sum / registered.length));
});

test("the same seed gives the same election, another seed another", () => {
  assert.deepEqual(demoElection(names, { seed: "1", stations: ALL_STATIONS }), file);
  assert.notEqual(modelOf(demoElection(names, { seed: "2", stations: ALL_STATIONS })).root, model.root);
});
