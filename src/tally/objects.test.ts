/** What stands in the rows of a desa, and what apart; where the candidates of a region stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Tally } from "./fold.ts";
import { MOST_WHOLE_ROWS } from "./objects.ts";
import { type DetailJson, type ListsJson, Published, type ResultJson } from "./testing/published.ts";
import { checkSums } from "./testing/sums.ts";
import { crowdedElection, severalDistricts, World } from "./testing.ts";

const DESA = "5101011001";

/** An election in whose first desa there are so many stations, two of which have reported: one right, one held. */
function published(stations: number) {
  const world = new World(crowdedElection(stations));
  world.grantAll();
  world.sheet(`${DESA}001`, "dpr", [5, 10, 15, 1, 2, 3], null);
  world.sheet(`${DESA}002`, "dpr", [1, 1, 1, 1, 1, 1], null, { figures: world.form(`${DESA}001`, "dpr", [9]).figures });
  world.sheet(`${DESA}001`, "ppwp", [10, 20, 30], null);
  return fold(world);
}

function fold(world: World): Published {
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

/** The object of a region of that contest as it was published, and the one that it names for its candidates. */
function asPublished(all: Published, region: string) {
  const hash = all.places.get(`result dprdp ${region}`) ?? assert.fail(region);
  const object = all.read<ResultJson>(hash);
  return { object, apart: object.lists ? all.read<ListsJson>(object.lists) : null };
}

/** Provinsi 51 has two districts, each with a part of both its kabupaten; provinsi 52 has one. */
function severalPublished(...stations: readonly string[]): Published {
  const world = new World(severalDistricts());
  world.grantAll();
  for (const station of stations) world.sheet(station, "dprdp", [1, 2, 3, 4, 5, 6], null);
  return fold(world);
}

test("above the kecamatan the candidates of several districts stand in an object of their own", () => {
  const all = severalPublished("5101011001001", "5101021001001");
  for (const region of ["51", "5101"]) {
    const { object, apart } = asPublished(all, region);
    assert.equal(object.count.lists, undefined);
    assert.deepEqual(object.count.parties?.votes, [12, 30]);
    assert.deepEqual(
      apart?.count?.map(({ district, votes }) => [district, votes]),
      [
        ["5101", [1, 2, 3, 4, 5, 6]],
        ["5102", [1, 2, 3, 4, 5, 6]],
      ],
    );
    assert.deepEqual(
      [apart?.format, apart?.contest, apart?.region, apart?.recap],
      ["teguh/lists/v1", "dprdp", region, null],
    );
  }
});

test("they do from the first report on, whichever of the districts it is from", () => {
  const { object, apart } = asPublished(severalPublished("5101021001001"), "51");
  assert.equal(object.count.lists, undefined);
  assert.deepEqual(
    apart?.count?.map(({ district }) => district),
    ["5102"],
  );
});

test("a kecamatan has the candidates of its districts itself, as has a region of one district; the nation has none", () => {
  const all = severalPublished("5102011001001", "5102011002001", "5201011001001");
  const districts = (region: string) => {
    const { object, apart } = asPublished(all, region);
    assert.equal(apart, null, region);
    return object.count.lists?.map(({ district }) => district);
  };
  assert.deepEqual(["510201", "52", "5201", "0"].map(districts), [["5101", "5102"], ["5200"], ["5200"], []]);
});
