/** Stations of several districts in one file, on what the publisher itself writes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ContestKind, RegionCode } from "../../../src/election/codes.ts";
import type { EditionRoots } from "../../../src/export/places.ts";
import type { ObjectSource } from "../../../src/export/source.ts";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { asHash } from "../../../src/ledger/hash.ts";
import { objectPath } from "../../../src/publish/layout.ts";
import { readyOffice } from "../../../src/publish/testing.ts";
import { type Comparison, compare, ownRows, stationsOf } from "./compare.ts";
import { matchColumns } from "./match-columns.ts";
import { openArea, remembering, stationsIn } from "./published-stations.ts";
import { readCsv } from "./read-csv.ts";

const office = readyOffice();
after(() => office.close());

const read: string[] = [];
const folder: ObjectSource = {
  object: async (hash) => {
    read.push(hash);
    return JSON.parse(readFileSync(join(office.publicDir, objectPath(asHash(hash))), "utf8"));
  },
};
let edition: EditionRoots;

before(async () => {
  const { world } = office;
  // Party A, its candidates 1 and 2; then party B alike: 10 + 1 + 2 votes for A in the first district.
  world.sheet("5101011001001", "dprdk", [10, 1, 2, 20, 3, 4], null);
  world.sheet("5101011002001", "dprdk", [30, 5, 6, 40, 7, 8], null);
  world.sheet("5101011001001", "dpd", [4, 3, 2, 1], null);
  world.sheet("5201011001001", "dpd", [8, 7, 6, 5], null);
  await office.receive();
  const publisher = await office.open();
  await publisher.step();
  assert.ok(publisher.latest);
  ({ edition } = publisher.latest);
});

/** As the worker does it. */
async function compared(csv: string, contest: ContestKind, region: string): Promise<Comparison> {
  const source = remembering(folder);
  const sheet = readCsv(utf8(csv));
  const subject = { contest, region: region as RegionCode, book: "count" } as const;
  const area = await openArea(source, edition, subject, stationsOf(sheet, matchColumns(sheet, [])));
  const own = ownRows(sheet, matchColumns(sheet, [...area.columns, ...area.candidates]));
  const stations = await stationsIn(source, edition, area, true, () => undefined);
  return compare(own, stations, region, (key) => ({ id: key, en: key }));
}

test("each station is held against the candidates of its own district, and against the parties of all", async () => {
  const csv = [
    "Kode TPS,1. A,A 1. Calon a1 510101,A 2. Calon a2 510102,Suara sah",
    "5101011001001,13,1,,40",
    "5101011002001,41,,9,96",
  ];
  const { same, differing, refused } = await compared(csv.join("\n"), "dprdk", "51");
  assert.equal(same, 1);
  assert.deepEqual(refused, []);
  assert.deepEqual(
    differing.map(({ code, differences }) => [code, differences]),
    [["5101011002001", [{ key: "510102-a2", own: 9, published: 6 }]]],
  );
});

test("votes for a candidate of another district are named as such; a 0 in that column is nothing", async () => {
  const csv = "Kode TPS,A 1. Calon a1 510101,A 1. Calon a1 510102\n5101011001001,1,7\n5101011002001,0,5\n";
  const { same, refused } = await compared(csv, "dprdk", "5101");
  assert.equal(same, 2);
  assert.deepEqual(
    refused.map(({ line, what }) => [line, what.id]),
    [[2, '"510102-a1" tidak ada di surat suara dapil TPS ini; suaranya tidak dibandingkan.']],
  );
});

test("a party's own votes are no candidate's, so that beside totals of parties they are not mistaken for these", async () => {
  const source = remembering(folder);
  const subject = { contest: "dprdk", region: "51" as RegionCode, book: "count" } as const;
  const area = await openArea(source, edition, subject, ["5101011001001", "5101011002001"]);
  const keys = area.candidates.map(({ key }) => key);
  assert.deepEqual(
    keys.toSorted(),
    ["510101", "510102"].flatMap((code) => ["a1", "a2", "b1", "b2"].map((end) => `${code}-${end}`)),
  );
  assert.ok(area.columns.some(({ key }) => key === "a"));
});

test("of the whole country each province is held against its own candidates (DPD)", async () => {
  const csv = "Kode TPS,1. Calon DPD 1 51,1. Calon DPD 1 52\n5101011001001,4,\n5201011001001,,9\n5201011001002,,1\n";
  const { same, differing, silent } = await compared(csv, "dpd", "0");
  assert.equal(same, 1);
  assert.deepEqual(differing[0]?.differences, [{ key: "52-1", own: 9, published: 8 }]);
  assert.deepEqual(
    silent.map(({ code }) => code),
    ["5201011001002"],
  );
});

test("a file of one kecamatan costs what that kecamatan has, each object once", async () => {
  read.length = 0;
  await compared("Kode TPS,1. A,A 1. Calon a1 510101\n5101011001001,13,1\n", "dprdk", "51");
  assert.equal(new Set(read).size, read.length);
  const regions = read.map((hash) => readFileSync(join(office.publicDir, objectPath(asHash(hash))), "utf8"));
  assert.ok(regions.every((text) => !text.includes('"region":"5101011002"')));
});
