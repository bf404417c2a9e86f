/**
 * A hall folds only its own logs and those above: for what concerns it that must be all. Random histories are folded whole and
 * by the scope of one region, and what the region's logs ask is compared. TEGUH_RUNS sets how many histories are tried.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isWithin, plenoLog, type RegionCode } from "../election/codes.ts";
import { Tally } from "./fold.ts";
import { scopeOf } from "./scope.ts";
import { RandomWorld, STEP_KINDS, type Step, type StepKind } from "./testing/random-world.ts";
import type { World } from "./testing.ts";

const options = { numRuns: Number(process.env.TEGUH_RUNS ?? 100) };
const kinds: readonly StepKind[] = [
  ...STEP_KINDS,
  ...(["sheet", "sheet", "reading", "reading", "reading", "reading", "certify", "certify", "certify"] as const),
  ...(["certify", "reopen", "reopen", "see", "see", "see"] as const),
];
const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...kinds), fc.noBias(fc.maxSafeNat()));
const steps = fc.array(step, { maxLength: 60, size: "max" });
const region = fc.constantFrom(...(["510101", "510101", "510102", "5101", "51"] as RegionCode[]));

test("a scope has the logs of its region and the plenaries above it, and no other", () => {
  const scope = scopeOf("510101" as RegionCode);
  const within = ["tps/510101", "pleno/510101", "pleno/5101", "pleno/51", "pleno/0"];
  for (const log of within) assert.ok(scope(log), log);
  for (const log of ["tps/510102", "pleno/510102", "pleno/52", "tps/5101", "editions"]) assert.ok(!scope(log), log);
  assert.ok(scopeOf("5101" as RegionCode)("tps/510102"));
  assert.ok(!scopeOf("5101" as RegionCode)("pleno/5102"));
  assert.ok(scopeOf("0" as RegionCode)("tps/510102"));
});

test("for its own region a fold within the scope is the fold of everything", () => {
  fc.assert(
    fc.property(steps, region, (history, own) => {
      const { world } = new RandomWorld(history);
      const whole = folded(world, () => true);
      // What a scope takes on trust; see TallyOptions.
      fc.pre(!certifiedTooEarly(whole, world, own));
      assert.deepEqual(asked(folded(world, scopeOf(own)), world, own), asked(whole, world, own));
    }),
    options,
  );
});

function folded(world: World, scope: (log: string) => boolean): Tally {
  const tally = new Tally({ definition: world.definition, scope });
  for (const { log, bytes } of world.order) if (scope(log)) tally.add(log, bytes);
  return tally;
}

/** Whether an ancestor gave a certificate without holding the pens of all its parts. */
function certifiedTooEarly(whole: Tally, world: World, own: RegionCode): boolean {
  const above = whole.authority.chain(own).slice(1);
  return whole.voids().some(({ log, index, reason }) => {
    const isAbove = above.some((plenary) => plenary.log === log);
    return isAbove && reason === "no-pen" && textOf(world, log, index).startsWith("teguh/certificate/");
  });
}

const textOf = (world: World, log: string, index: number) => new TextDecoder().decode(world.logs.get(log)?.[index]);

/** All that a region's hall asks of a fold. */
function asked(tally: Tally, world: World, own: RegionCode) {
  assert.deepEqual(tally.blocked(), []);
  const { authority, model } = tally;
  const isOwn = (log: string) => isWithin(log.slice(log.indexOf("/") + 1) as RegionCode, own);
  const plenary = authority.plenary(own);
  const pens = model?.contests.flatMap(({ kind, districts }) =>
    districts.flatMap((district) =>
      [...new Set(district.desa.flatMap(({ parent }) => parent?.code ?? []))]
        .filter((code) => isWithin(code, own))
        .map((code) => [kind, district.code, code, authority.holdsPen(plenary, code, kind, district.code)]),
    ),
  );
  const objects = tally
    .build(world.vkeyOf)
    .objects.filter(
      ({ kind, region }) => (kind === "result" || kind === "detail") && isWithin(region as RegionCode, own),
    )
    .map(({ kind, contest, region, hash }) => `${kind} ${contest} ${region} ${hash}`)
    .sort();
  return {
    voids: tally.voids().filter(({ log }) => isOwn(log)),
    writer: [authority.log(plenary.log).writer, authority.log(plenary.log).epoch],
    halts: authority.haltsOn(own),
    pens,
    objects,
    sums: model?.contests.map((contest) => {
      const found = model.region(own);
      const books = found && Object.values(tally.totals(found, contest).books);
      return books?.map(
        (sums) => sums && [sums.in, sums.figures, [...sums.lists].map(([{ code }, list]) => [code, list])],
      );
    }),
  };
}

test("a prefix of a log out of scope is waited for by nobody, one in scope is", () => {
  const { world } = new RandomWorld([]);
  const scope = scopeOf("510101" as RegionCode);
  world.certify("510102" as RegionCode, "ppwp", "0");
  world.see("pleno/5101", "pleno/510102");
  const seen = world.logs.get("pleno/5101")?.length ?? 0;
  const tally = folded(world, scope);
  assert.equal(tally.size("pleno/5101"), seen);
  assert.equal(tally.size("pleno/510102"), 0);
  world.see("pleno/510101", "pleno/5101");
  const impatient = new Tally({ definition: world.definition, scope });
  for (const bytes of world.logs.get("pleno/0") ?? []) impatient.add("pleno/0", bytes);
  for (const bytes of world.logs.get("pleno/510101") ?? []) impatient.add(plenoLog("510101" as RegionCode), bytes);
  assert.notDeepEqual(impatient.blocked(), []);
});
