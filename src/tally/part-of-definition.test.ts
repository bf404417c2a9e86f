import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { DefinitionError } from "../election/definition-objects.ts";
import type { District, Model } from "../election/model.ts";
import { readDefinition } from "../election/read-definition.ts";
import { smallElection, World } from "./testing.ts";

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
  const part = readDefinition(world.model.root, (hash) => objects.get(hash), { region: REGION });
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

test("what is on the way to the region must be there", () => {
  const objects = needed();
  const get = (hash: string) => objects.get(hash);
  for (const region of ["510102", "520101"] as RegionCode[]) {
    const part = readDefinition(world.model.root, get, { region });
    assert.ok(part.region(region), "its regions are there, being small here");
  }
  const [kecamatan] =
    [...objects].find(([, bytes]) => new TextDecoder().decode(bytes).includes('"code":"510101","desa"')) ?? [];
  assert.ok(kecamatan);
  objects.delete(kecamatan);
  assert.throws(() => readDefinition(world.model.root, get, { region: REGION }), DefinitionError);
});
