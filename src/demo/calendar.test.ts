import assert from "node:assert/strict";
import { test } from "node:test";
import { desaOf, NATION, type RegionCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { modelOf } from "../election/testing.ts";
import { regionNames } from "../store/geography.ts";
import { ALL_STATIONS } from "./bali.ts";
import { clockText, DemoClock, EVENING } from "./calendar.ts";
import { demoElection } from "./election.ts";
import { planOf } from "./phones.ts";
import { type Act, actsOf } from "./sittings.ts";
import { desaLeft, visitorPlenaries } from "./visitor.ts";

const SEED = "1";
const model: Model = modelOf(demoElection(regionNames(), { seed: SEED, stations: ALL_STATIONS }));
const plan = planOf(model, SEED);
const acts = actsOf(model, SEED);

test("the clock begins at 15.00, and the night is left out", () => {
  assert.equal(clockText(0), "15.00 WITA");
  assert.equal(clockText(3 * 3600 + 40 * 60), "18.40 WITA");
  assert.equal(clockText(EVENING - 60), "hari ke-2 00.59 WITA");
  assert.equal(clockText(EVENING), "hari ke-2 08.00 WITA");
});

test("the clock goes on from where it was, at the speed that was asked for", () => {
  let now = 1_000_000;
  const clock = new DemoClock({ from: 600, began: now, speed: 24 }, () => now);
  now += 10_000;
  assert.equal(clock.now(), 840);
  assert.equal(clock.until(840 + 24), 1_000);
  assert.equal(clock.timeOf(0), 1_000_000, "what was due before is due at once");
});

test("the first sheets come in the first minute, PPWP before the others, most of all in the evening", () => {
  assert.ok((plan[0]?.at ?? 99) < 60 && (plan[20]?.at ?? 99) < 60);
  const ppwp = plan.findIndex(({ kind }) => kind === "ppwp");
  assert.ok(ppwp < plan.findIndex(({ kind }) => kind === "dprdk"));
  const evening = plan.filter(({ at }) => at <= EVENING).length / plan.length;
  assert.ok(evening > 0.85 && evening < 0.97, String(evening));
});

test("what a phone does later, comes later", () => {
  const first = new Map<string, number>();
  for (const { at, station, kind, step } of plan) {
    if (step === 0) first.set(`${station} ${kind}`, at);
    else assert.ok(at > (first.get(`${station} ${kind}`) ?? at), station);
  }
});

test("the same seed gives the same night", () => {
  assert.deepEqual(planOf(model, SEED), plan);
  assert.deepEqual([...actsOf(model, SEED)], [...acts]);
  assert.notDeepEqual(planOf(model, "2").slice(0, 50), plan.slice(0, 50));
});

test("some plenaries read while sheets still come, so that both books are seen early", () => {
  const opening = [...acts].filter(([code]) => code.length === 6).map(([, list]) => list[0]?.at ?? 0);
  assert.ok(opening.filter((at) => at < 3600).length >= 3);
  assert.ok(opening.filter((at) => at < EVENING).length >= 10);
  assert.ok(opening.every((at) => at < 2 * EVENING));
});

const actsIn = (code: string): readonly Act[] => acts.get(code as RegionCode) ?? [];

test("a plenary reads every station's five boxes, then certifies every district that it has a part of", () => {
  const [code, list] = [...acts].find(([region]) => region.length === 6) ?? [NATION, []];
  const stations = (model.region(code)?.stationTo ?? 0) - (model.region(code)?.stationFrom ?? 0);
  assert.equal(list.filter(({ deed }) => deed.type === "reading").length, stations * 5);
  assert.equal(list.at(-1)?.deed.type, "certificate");
  const split = actsIn("510806").filter(({ deed }) => deed.type === "certificate");
  assert.equal(split.length, 6);
});

test("one kecamatan is halted by the province in the middle of its reading, and goes on after", () => {
  const orders = actsIn("51").slice(0, 2);
  assert.deepEqual(
    orders.map(({ deed }) => deed.type),
    ["halt", "resume"],
  );
  const waiting = [...acts].filter(([, list]) => list.some(({ after }) => after.some(({ region }) => region === "51")));
  assert.deepEqual(waiting.map(([code]) => code.length).sort(), [1, 6]);
});

test("a level certifies when all acts below it are done", () => {
  for (const code of ["5103", "51", "0"]) {
    const first = actsIn(code).find(({ deed }) => deed.type === "certificate");
    const below = model.region(code)?.children.map((child) => child.code) ?? [];
    assert.deepEqual(
      first?.after,
      below.map((region) => ({ region, acts: actsIn(region).length })),
      code,
    );
  }
});

test("of the visitor's kecamatan all but the smallest desa is read early, then it rests; the end of it waits for all others", () => {
  const [kecamatan, ...above] = visitorPlenaries(model);
  const region = model.region(kecamatan ?? NATION);
  assert.deepEqual([region?.code, ...above], ["510603", "5106", "51", "0"]);
  const list = actsIn("510603");
  const stations = (left: boolean) =>
    new Set(list.flatMap((act) => (act.deed.type === "reading" && act.left === left ? [act.deed.station] : [])));
  const [smallest] = region ? desaLeft(region) : [];
  assert.deepEqual([...stations(true)].map(desaOf), new Array(3).fill(smallest));
  assert.equal(stations(false).size + stations(true).size, (region?.stationTo ?? 0) - (region?.stationFrom ?? 0));
  const rest = list.findIndex(({ left }) => left);
  assert.deepEqual([list[rest - 1]?.deed.type, list[rest]?.deed.type], ["pause", "unpause"]);
  assert.ok((list[rest - 1]?.at ?? 0) < 3600);
  const others = [...acts].filter(([code]) => code.length === 6 && code !== "510603");
  assert.ok((list[rest]?.at ?? 0) >= Math.max(...others.map(([, plan]) => plan.at(-1)?.at ?? 0)));
  assert.ok(others.every(([, plan]) => plan.every(({ left }) => !left)));
});

test("a kecamatan of a few stations is left to the visitor from its opening on", () => {
  const small = modelOf(demoElection(regionNames(), { seed: SEED, stations: 60 }));
  const [kecamatan = NATION] = visitorPlenaries(small);
  assert.ok(
    actsOf(small, SEED)
      .get(kecamatan)
      ?.every(({ left }) => left),
  );
});
