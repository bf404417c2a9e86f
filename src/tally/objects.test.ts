/** What stands in the rows of a desa, and what apart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Tally } from "./fold.ts";
import { MOST_WHOLE_ROWS } from "./objects.ts";
import { type DetailJson, Published } from "./testing/published.ts";
import { checkSums } from "./testing/sums.ts";
import { crowdedElection, World } from "./testing.ts";

const DESA = "5101011001";

/** An election in whose first desa there are so many stations, two of which have reported: one right, one held. */
function published(stations: number) {
  const world = new World(crowdedElection(stations));
  world.grantAll();
  world.sheet(`${DESA}001`, "dpr", [5, 10, 15, 1, 2, 3], null);
  world.sheet(`${DESA}002`, "dpr", [1, 1, 1, 1, 1, 1], null, { figures: world.form(`${DESA}001`, "dpr", [9]).figures });
  world.sheet(`${DESA}001`, "ppwp", [10, 20, 30], null);
  const tally = new Tally({ definition: world.definition });
  tally.addAll(world.order);
  const all = new Published();
  assert.deepEqual(all.apply(tally.build(world.vkeyOf)), []);
  checkSums(all, world.model);
  return all;
}

test("the rows of a desa say all, party totals and candidates", () => {
  const desa = published(MOST_WHOLE_ROWS).result("dpr", DESA);
  assert.equal(desa?.detail, null);
  const [first, second, third] = desa?.stations ?? [];
  assert.deepEqual(
    [first?.count?.parties, first?.count?.votes],
    [
      [30, 6],
      [5, 10, 15, 1, 2, 3],
    ],
  );
  assert.equal(first?.count?.figures?.length, 25);
  assert.deepEqual([second?.count?.state, second?.count?.votes], ["held", [1, 1, 1, 1, 1, 1]]);
  assert.equal(third?.count, null);
});

test("of a desa with more stations than that the figures and candidates stand in its detail", () => {
  const all = published(MOST_WHOLE_ROWS + 1);
  const desa = all.result("dpr", DESA);
  const [first] = desa?.stations ?? [];
  assert.deepEqual(
    [first?.count?.parties, first?.count?.votes, first?.count?.figures],
    [[30, 6], undefined, undefined],
  );
  assert.ok(desa?.detail);
  const [detail] = all.read<DetailJson>(desa.detail).stations;
  assert.deepEqual(detail?.count?.votes, [5, 10, 15, 1, 2, 3]);
  assert.equal(all.result("ppwp", DESA)?.detail, null, "where there are no parties there is none");
});
