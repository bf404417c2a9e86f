import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ContestKind, DistrictCode, RegionCode } from "../../../src/election/codes.ts";
import type { BoxView } from "../../../src/recap/wire/views.ts";
import { changedPanels, defaultQueues, moveBox, type Queues, queuesOf } from "./queues.ts";

const box = (desa: string, contest: ContestKind): BoxView => ({
  desa: { code: desa as RegionCode, name: desa },
  contest,
  district: "D" as DistrictCode,
  stations: 3,
  read: 0,
  postponed: 0,
  withSheet: 3,
  held: 0,
  open: false,
});
const DESA = ["5103032001", "5103032002", "5103032003"];
const BOXES = (["dpr", "ppwp"] as const).flatMap((contest) => DESA.map((desa) => box(desa, contest)));
const said = (queues: Queues) =>
  queues.map((queue) => queue.map(({ desa, contest }) => `${contest}/${desa.slice(-1)}`));

test("by default one panel reads contest by contest, president first, desa by code", () => {
  const all = ["ppwp/1", "ppwp/2", "ppwp/3", "dpr/1", "dpr/2", "dpr/3"];
  assert.deepEqual(said(defaultQueues(BOXES, 1)), [all, [], [], []]);
});

test("two panels share the desa, so that a saksi knows in which room a desa is read", () => {
  const [first, second] = said(defaultQueues(BOXES, 2));
  assert.deepEqual(first, ["ppwp/1", "ppwp/2", "dpr/1", "dpr/2"]);
  assert.deepEqual(second, ["ppwp/3", "dpr/3"]);
});

test("a box that no panel's queue names stands at the end of the first", () => {
  const stated = [{ desa: DESA[1] as RegionCode, contest: "dpr" as const }];
  const queues = queuesOf([{ panel: 1, paused: false, queue: stated, at: 0, station: null }], BOXES.slice(0, 3));
  assert.deepEqual(said(queues), [["dpr/1", "dpr/3"], ["dpr/2"], [], []]);
});

test("a box moves within its queue, and to another panel's", () => {
  const queues = defaultQueues(BOXES, 1);
  const up = moveBox(queues, { panel: 0, at: 3 }, { panel: 0, at: 0 });
  assert.deepEqual(said(up)[0], ["dpr/1", "ppwp/1", "ppwp/2", "ppwp/3", "dpr/2", "dpr/3"]);
  const away = moveBox(queues, { panel: 0, at: 5 }, { panel: 2, at: 0 });
  assert.deepEqual(said(away), [["ppwp/1", "ppwp/2", "ppwp/3", "dpr/1", "dpr/2"], [], ["dpr/3"], []]);
  assert.deepEqual(changedPanels(queues, away), [0, 2]);
});

test("however boxes are moved, each stays in exactly one queue", () => {
  const place = fc.record({ panel: fc.integer({ min: -1, max: 5 }), at: fc.integer({ min: -1, max: 8 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(fc.tuple(place, place)), (panels, moves) => {
      const before = defaultQueues(BOXES, panels);
      const after = moves.reduce((queues, [from, to]) => moveBox(queues, from, to), before);
      assert.deepEqual(said(after).flat().sort(), said(before).flat().sort());
    }),
  );
});
