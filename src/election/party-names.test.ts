import assert from "node:assert/strict";
import { test } from "node:test";
import { listsApart, partyNames } from "./party-names.ts";
import { exampleFile, modelOf } from "./testing.ts";

const model = modelOf(exampleFile());

/** The same with a party that stands in the second district of a contest alone. */
function withAnother(kind: string, file = exampleFile()) {
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

test("a region above the kecamatan that has several districts has them apart, and names their parties like those below it", () => {
  const file = exampleFile();
  // The first district now has a desa of the other kabupaten too.
  const beta = { code: "7102012002", name: "Desa Danau", stations: [[1, 2] as [number, number]] };
  file.regions.splice(
    file.regions.findIndex(({ code }) => code === "72"),
    0,
    beta,
  );
  const [first, second] = file.contests.find(({ kind }) => kind === "dprdk")?.districts ?? [];
  first?.regions.push("7102012001");
  second?.regions.splice(1, 1, "7102012002");
  const several = withAnother("dprdk", file);
  const dprdk = several.contest("dprdk") ?? assert.fail();
  assert.deepEqual([...listsApart(dprdk)].sort(), ["71", "7101", "7102"]);
  const parties = { 71: ["7101-1", "71-2"], 7101: ["7101-1", "71-2"], 7102: ["7101-1", "71-2"] };
  assert.deepEqual(namedIn(several, "dprdk"), { ...parties, 0: ["7101-1", "71-2"] });
  assert.deepEqual([...listsApart(model.contest("dprdk") ?? assert.fail())], [], "of one district they are not");
});
