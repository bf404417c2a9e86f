/**
 * Random plenaries and elections: a hall that follows its logs bit by bit stands where one stands that is opened at the end,
 * and its sums are those that are published. TEGUH_RUNS sets how many histories are tried.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isWithin, type RegionCode } from "../election/codes.ts";
import { Tally } from "../tally/fold.ts";
import { Published } from "../tally/testing/published.ts";
import { RandomWorld, STEP_KINDS, type Step } from "../tally/testing/random-world.ts";
import {
  above,
  type Current,
  certifyBelow,
  drawing,
  KAB,
  KEC,
  proposalOf,
  rightRoles,
  STEPS,
  write,
} from "./plenary-random.ts";
import type { PlenaryState } from "./plenary-state.ts";
import { orZeros, recapSums } from "./sums.ts";
import { StoredHall } from "./testing/stored.ts";

const options = { numRuns: Number(process.env.TEGUH_RUNS ?? 40) };
const step = fc.record({
  kind: fc.constantFrom(...STEPS, "reading" as const, "reading" as const, "minutes" as const, "above" as const),
  numbers: fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
  follows: fc.boolean(),
});

for (const region of [KEC, KAB]) {
  test(`a hall of ${region} stands where the logs stand, whether it followed them or is opened anew`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30, size: "max" }), async (steps) => {
        const stored = new StoredHall(region);
        const { desk } = stored;
        const followed = await stored.open();
        const current: Current = new Map();
        for (const { kind, numbers, follows } of steps) {
          const draw = drawing(numbers);
          if (kind === "above") {
            if (region === KEC) above(desk, draw, current);
            else certifyBelow(desk, draw);
          } else {
            const proposal = proposalOf(desk, kind, draw);
            const index = write(desk, proposal, rightRoles(proposal), current);
            desk.follow();
            const entry = desk.entries[index];
            if (entry?.refusal === null && entry.stated.type === "reading") {
              current.set(`${entry.stated.body.contest}/${entry.stated.body.station}`, entry.id);
            }
          }
          if (!follows) continue;
          await stored.store();
          await followed.follow();
        }
        await stored.store();
        await followed.follow();
        const anew = await stored.open();
        assert.deepEqual(shown(followed.state()), shown(desk.state()));
        assert.deepEqual(shown(anew.state()), shown(desk.state()));
        assert.deepEqual(await anew.view(0), await followed.view(0));
        assert.deepEqual(anew.overview(0), followed.overview(0));
      }),
      options,
    );
  });
}

/** All of a state but what it was read from. */
const shown = ({ phase, panels, boxes, results, evidenceMissing, record }: PlenaryState) => {
  const { voids, size, lastAct } = record;
  return { phase, panels, boxes, results, evidenceMissing, voids, size, lastAct };
};

const history = fc.array(
  fc.tuple(
    fc.constantFrom(...STEP_KINDS, "reading" as const, "reading" as const, "reading" as const),
    fc.noBias(fc.maxSafeNat()),
  ),
  { maxLength: 50, size: "max" },
);

test("the sums of a hall are those of the published objects, at every level", () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { world } = new RandomWorld(steps as readonly Step[]);
      const tally = new Tally({ definition: world.definition });
      for (const { log, bytes } of world.order) tally.add(log, bytes);
      const before = sumsOf(tally);
      const published = new Published();
      published.apply(tally.build(world.vkeyOf));
      assert.deepEqual(sumsOf(tally), before);
      for (const { contest, region, recap } of published.results()) {
        const found = tally.model?.contest(contest);
        assert.ok(found);
        for (const { district, votes } of recap.lists ?? []) {
          const named = found.district(district);
          assert.ok(named);
          const sums = orZeros(recapSums(tally, region as RegionCode, named), named);
          assert.deepEqual(sums.votes, votes, `${contest} ${region} ${district}`);
          const others = found.districts.filter(({ desa }) =>
            desa.some(({ code }) => isWithin(code, region as RegionCode)),
          );
          if (others.length === 1) assert.deepEqual(sums.figures, recap.figures);
        }
      }
    }),
    options,
  );
});

/** Every region's sums in every district. */
function sumsOf(tally: Tally) {
  const { model } = tally;
  return model?.contests.flatMap(({ districts }) =>
    districts.flatMap((district) => model.regions.map(({ code }) => recapSums(tally, code, district))),
  );
}
