import assert from "node:assert/strict";
import { test } from "node:test";
import { partyNames } from "./party-names.ts";
import { exampleFile, modelOf } from "./testing.ts";

const model = modelOf(exampleFile());

/** The same with a party that stands in the second district of a contest alone. */
function withAnother(kind: string) {
  const file = exampleFile();
  const [first, second] = file.contests.find((contest) => contest.kind === kind)?.districts ?? [];
  const party = structuredClone(first?.parties?.[0] ?? assert.fail());
  const candidates = party.candidates.map((candidate) => ({ ...candidate, id: `other-${candidate.id}` }));
  second?.parties?.push({ ...party, id: "P9", number: 9, name: "Partai Contoh 9", short: "PC9", candidates });
  return modelOf(file);
}

/** Codes of the districts that name parties, by region. */
function namedIn(of: typeof model, kind: "ppwp" | "dpr" | "dprdk"): Record<string, string[]> {
  const found = [...partyNames(of.contest(kind) ?? assert.fail())].map(([region, hashes]) => {
    return [region, hashes.map((hash) => of.districtByObject(hash)?.code ?? assert.fail(hash))] as const;
  });
  return Object.fromEntries(found);
}

test("a region above districts has the first of them, and those with a party that none before it has", () => {
  const alone = { 71: ["7101-1"], 7101: ["7101-1"], 710101: ["7101-1"] };
  assert.deepEqual(namedIn(model, "dprdk"), { ...alone, 0: ["7101-1"] });
  assert.deepEqual(namedIn(withAnother("dprdk"), "dprdk"), { ...alone, 0: ["7101-1", "71-2"] });
});

test("a district that reaches as far as the region itself is not below it", () => {
  assert.deepEqual(namedIn(withAnother("dpr"), "dpr"), { 0: ["71"] });
});

test("without parties no region has any", () => {
  assert.deepEqual(namedIn(model, "ppwp"), {});
});
