import assert from "node:assert/strict";
import { test } from "node:test";
import { smallElection, World } from "../tally/testing.ts";
import type { RegionCode } from "./codes.ts";
import { DefinitionError } from "./definition-objects.ts";
import type { District, Model } from "./model.ts";
import { readDefinition } from "./read-definition.ts";

const REGION = "510101" as RegionCode;
const world = new World(smallElection());

/** Every object that reading for the region asks for and that there is. */
function needed(): Map<string, Uint8Array> {
  const { model, objects } = world;
  const here = new Set(districtsOf(model).map(({ object }) => object));
  const isOther = (hash: string) => model.districtByObject(hash) !== undefined && !here.has(hash as never);
  return new Map([...objects].filter(([hash]) => !isOther(hash)));
}

/** The districts that a desa of the region votes in. */
function districtsOf(model: Model): District[] {
  return model.contests.flatMap(({ districts }) =>
    districts.filter(({ desa }) => desa.some(({ code }) => code.startsWith(REGION))),
  );
}

test("of a part of a definition everything of the region is as in the whole", () => {
  const objects = needed();
  assert.ok(objects.size < world.objects.size);
  const part = readDefinition(world.model.root, (hash) => objects.get(hash), REGION);
  assert.equal(part.root, world.model.root);
  const codes = part.regions.map(({ code }) => code);
  assert.deepEqual(codes, ["0", "51", "5101", REGION, "5101011001", "5101011002"]);
  const outline = (model: Model) =>
    districtsOf(model).map(({ code, object, container, contest, choices }) => [
      contest.kind,
      code,
      object,
      container.code,
      choices.length,
    ]);
  assert.deepEqual(outline(part), outline(world.model));
  for (const code of ["5101011001003", "5101011002004"]) assert.ok(part.station(code), code);
  assert.equal(part.station("5101021001001"), undefined);
});

test("a part lacks nothing that is on the way to the region", () => {
  const { model } = world;
  for (const hash of needed().keys()) {
    if (model.districtByObject(hash) !== undefined) continue;
    const read = () =>
      readDefinition(model.root, (asked) => (asked === hash ? undefined : world.objects.get(asked)), REGION);
    try {
      assert.equal(read().root, model.root, "it belongs to a region beside");
    } catch (error) {
      assert.ok(error instanceof DefinitionError);
    }
  }
});
