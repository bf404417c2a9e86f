import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ContestKind, RegionCode, StationCode } from "../../election/codes.ts";
import { ARCHIVE_ORIGIN, ArchiveElection } from "./election.ts";
import type { Found } from "./files.ts";
import type { JsonValue } from "./json.ts";
import { readRecord } from "./record.ts";

const NAMES = new Map(
  Object.entries({
    "51": "Bali",
    "5103": "Kabupaten Badung",
    "510303": "Mengwi",
    "5103032001": "Mengwi",
    "5103032002": "Baha",
  }) as [RegionCode, string][],
);

function found(station: string, contest: ContestKind, json: unknown): Found {
  const record = readRecord(json as JsonValue, contest);
  assert.ok(!("faults" in record));
  return { file: "f", line: 1, station: station as StationCode, contest, record, date: "2024-03-13" };
}

const pairs = (...ids: number[]) => ({ chart: Object.fromEntries(ids.map((id) => [id, 1])) });

describe("ArchiveElection", () => {
  test("has the stations that have records and the choices that records name, in the order of their ids", () => {
    const election = new ArchiveElection(null, NAMES);
    for (const [station, json] of [
      ["5103032001001", pairs(100026)],
      ["5103032001002", pairs(100025, 100027)],
      ["5103032001901", {}],
    ] as const) {
      assert.equal(election.add(found(station, "ppwp", json)), null);
    }
    const file = election.file();
    assert.equal(file.origin, ARCHIVE_ORIGIN);
    assert.deepEqual(file.regions.at(-1)?.stations, [[1, 2], 901]);
    assert.equal(file.regions.find(({ code }) => code === "51")?.zone, "WITA");
    assert.deepEqual(
      file.contests[0]?.districts[0]?.choices?.map(({ id, name }) => [id, name]),
      [
        ["100025", "Pasangan calon 01"],
        ["100026", "Pasangan calon 02"],
        ["100027", "Pasangan calon 03"],
      ],
    );
  });

  test("refuses a station of a desa that does not exist, except overseas", () => {
    const election = new ArchiveElection(null, NAMES);
    assert.match(election.add(found("5199992001001", "ppwp", {})) ?? "", /unknown station/);
    assert.equal(election.add(found("9901010001001", "ppwp", pairs(1))), null);
  });

  test("a choice that appears in a later import takes the last column, whatever its id", () => {
    const first = new ArchiveElection(null, NAMES);
    first.add(found("5103032001001", "ppwp", pairs(100026, 100027)));
    const second = new ArchiveElection(first.file(), NAMES);
    second.add(found("5103032001002", "ppwp", pairs(100025)));
    assert.deepEqual(second.file().contests[0]?.districts[0]?.columns, ["100026", "100027", "100025"]);
  });

  test("an import that brings nothing new leaves the election as it was", () => {
    const first = new ArchiveElection(null, NAMES);
    first.add(found("5103032001001", "ppwp", pairs(100026, 100027)));
    first.add(
      found("5103032002001", "dpr", {
        chart: { 7: {}, 12: {} },
        caleg: { 7: { 71: 3 }, 12: { 121: 4 } },
        kode_dapil: "5101",
      }),
    );
    assert.deepEqual(new ArchiveElection(first.file(), NAMES).file(), first.file());
  });

  test("a new candidate of an old party takes the last column and stays within the party", () => {
    const record = (candidates: Record<string, number>) => ({
      chart: { 1: { jml_suara_partai: 3 }, 2: { jml_suara_partai: 4 } },
      caleg: { 1: candidates, 2: { 21: 1 } },
      kode_dapil: "5101",
    });
    const first = new ArchiveElection(null, NAMES);
    first.add(found("5103032001001", "dpr", record({ 11: 5 })));
    const second = new ArchiveElection(first.file(), NAMES);
    second.add(found("5103032001001", "dpr", record({ 10: 1, 11: 5 })));
    const district = second.file().contests[0]?.districts[0];
    assert.deepEqual(district?.columns, ["1", "11", "2", "21", "10"]);
    assert.deepEqual(
      district?.parties?.map(({ id, candidates }) => [id, ...candidates.map((candidate) => candidate.id)]),
      [
        ["1", "11", "10"],
        ["2", "21"],
      ],
    );
  });

  test("a desa without a district for a contest does not have it", () => {
    const election = new ArchiveElection(null, NAMES);
    election.add(found("5103032001001", "ppwp", pairs(1)));
    election.add(found("5103032002001", "dpr", { chart: { 1: { jml_suara_partai: 3 } }, kode_dapil: "5101" }));
    assert.deepEqual(
      election.file().contests.map(({ kind, without }) => [kind, without]),
      [
        ["ppwp", undefined],
        ["dpr", ["5103032001"]],
      ],
    );
  });

  test("a desa cannot be in two districts of a contest", () => {
    const election = new ArchiveElection(null, NAMES);
    const dpr = (dapil: string) => found("5103032001001", "dpr", { chart: null, kode_dapil: dapil });
    assert.equal(election.add(dpr("5101")), null);
    assert.match(election.add(dpr("5102")) ?? "", /is in district 5101, but the record says 5102/);
  });
});
