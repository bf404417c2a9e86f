import assert from "node:assert/strict";
import { test } from "node:test";
import { checkElection } from "./check-election.ts";
import type { ElectionFile } from "./definition.ts";
import { exampleFile } from "./testing.ts";

/** A copy that a test may damage in ways that the types forbid. */
type Loose = { [key: string]: Loose } & Loose[] & (string | number | boolean | undefined);
const damaged = (damage: (file: Loose) => void): unknown => {
  const file = structuredClone(exampleFile()) as unknown as Loose;
  damage(file);
  return file;
};

function faultsOf(json: unknown): string[] {
  const checked = checkElection(json);
  return "ok" in checked ? [] : checked.faults.map(({ path, what }) => `${path}: ${what.en}`);
}

function okOf(json: unknown, names?: (code: string) => string | undefined): ElectionFile {
  const checked = checkElection(json, names);
  assert.ok("ok" in checked, JSON.stringify(checked));
  return checked.ok;
}

test("a right file comes out complete, with the nation and in the order of codes", () => {
  const { regions } = okOf(exampleFile());
  assert.deepEqual(regions[0], { code: "0", name: "Indonesia" });
  assert.deepEqual(
    regions.map(({ code }) => code),
    [...regions.map(({ code }) => code)].sort(),
  );
});

test("parents and names that the file leaves out come from the source of names", () => {
  const file = damaged((f) => {
    f.regions = (f.regions as unknown as { code: string; name?: string }[])
      .filter(({ code }) => code.length === 10)
      .map(({ name, ...rest }) => rest) as unknown as Loose;
  });
  const { regions } = okOf(file, (code) => `Wilayah ${code}`);
  assert.equal(regions.find(({ code }) => code === "7101")?.name, "Wilayah 7101");
  assert.equal(regions.length, 17);
  assert.match(faultsOf(file).join("\n"), /region 7101012001 has no name/);
});

const cases: readonly [string, (file: Loose) => void, readonly string[]][] = [
  [
    "fields that are missing, unknown or of the wrong type",
    (f) => {
      f.origin = 7 as unknown as Loose;
      f.colour = "x" as unknown as Loose;
      (f.contests?.[0] as Loose).kind = "bupati" as unknown as Loose;
      Reflect.deleteProperty(f, "title");
    },
    [
      "title: is required",
      "colour: is not a known field; remove it",
      "origin: must be text",
      "contests[0].kind: must be one of: ppwp, dpr, dpd, dprdp, dprdk",
    ],
  ],
  [
    "a day of the vote that is none",
    (f) => {
      f.votingDay = "2029-02-30" as unknown as Loose;
    },
    ["votingDay: the calendar has no 2029-02-30"],
  ],
  [
    "a day of the vote in other words",
    (f) => {
      f.votingDay = "14 Februari 2029" as unknown as Loose;
    },
    ["votingDay: must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}$"],
  ],
  [
    "districts that overlap",
    (f) => {
      (f.contests?.[1]?.districts?.[1]?.regions as Loose)[2] = "7101" as unknown as Loose;
    },
    ["contests[1].districts[1].regions[2]: region 7101 already belongs to 71"],
  ],
  [
    "regions that are in no district",
    (f) => {
      (f.contests?.[2] as Loose).without = ["72"] as unknown as Loose;
      (f.contests?.[2]?.districts?.[1] as Loose).regions = ["7101012002"] as unknown as Loose;
    },
    [
      'contests[2].districts: region 7102 is in no district; put it into one, or into "without"',
      'contests[2].districts: region 99 is in no district; put it into one, or into "without"',
    ],
  ],
  [
    "a region that does not exist",
    (f) => {
      (f.contests?.[2]?.without as Loose)[2] = "73" as unknown as Loose;
    },
    ["contests[2].without[2]: region 73 is not in the list of regions"],
  ],
  [
    "the same region, contest, district or choice twice",
    (f) => {
      (f.regions as unknown as unknown[]).push({ code: "71", name: "Lagi" });
      (f.contests?.[2] as Loose).kind = "dpr" as unknown as Loose;
      (f.contests?.[1]?.districts?.[1] as Loose).code = "71" as unknown as Loose;
      (f.contests?.[1]?.districts?.[1]?.parties?.[0]?.candidates?.[0] as Loose).id = "a-1-1" as unknown as Loose;
    },
    [
      "regions[16].code: 71 twice",
      "contests[1].districts[1].code: 71 twice",
      "contests[1].districts[1].parties[0].candidates[0].id: id a-1-1 is used at contests[1].districts[0].parties[0].candidates[0]",
      "contests[2].kind: dpr twice",
    ],
  ],
  [
    "choices out of the order of the ballot",
    (f) => {
      (f.contests?.[0]?.districts?.[0]?.choices?.[1] as Loose).number = 1 as unknown as Loose;
    },
    ["contests[0].districts[0].choices[1].number: number 1 after 1; order them as on the ballot"],
  ],
  [
    "parties where pairs stand, and pairs where parties stand",
    (f) => {
      const district = f.contests?.[0]?.districts?.[0] as Loose;
      district.parties = f.contests?.[1]?.districts?.[0]?.parties as Loose;
      Reflect.deleteProperty(district, "choices");
    },
    ["contests[0].districts[0].choices: is required", 'contests[0].districts[0].parties: ppwp has "choices"'],
  ],
  [
    "a party that has another name elsewhere",
    (f) => {
      (f.contests?.[1]?.districts?.[1]?.parties?.[0] as Loose).name = "Partai Lain" as unknown as Loose;
    },
    ["contests[1].districts[1].parties[0]: party P1 has another number or name in another district"],
  ],
  [
    "stations that cannot be",
    (f) => {
      (f.regions?.[0] as Loose).stations = [1] as unknown as Loose;
      Object.assign(f.regions?.[3] as Loose, { stations: [[3, 1], 5, 5], kinds: { "7": "pos" }, registered: [1] });
      Reflect.deleteProperty(f.regions?.[4] as Loose, "stations");
    },
    [
      "regions[0].stations: only a desa has this",
      "regions[3].stations[0]: the range runs backwards",
      "regions[3].stations: station 5 twice",
      "regions[3].kinds.7: this desa has no station 7",
      "regions[3].registered: 1 numbers for 2 stations",
      "regions[4].stations: the stations of this desa are missing",
    ],
  ],
  [
    "a station number out of 1…999",
    (f) => {
      (f.regions?.[7] as Loose).stations = [1000] as unknown as Loose;
    },
    ["regions[7].stations[0]: must be at most 999"],
  ],
  [
    "columns that are not the choices",
    (f) => {
      (f.contests?.[0]?.districts?.[0] as Loose).columns = ["1", "2", "2", "9"] as unknown as Loose;
    },
    [
      "contests[0].districts[0].columns: an id is listed twice",
      "contests[0].districts[0].columns: choice 3 is missing",
      "contests[0].districts[0].columns: choice 9 is unknown",
    ],
  ],
];

for (const [name, damage, expected] of cases) {
  test(`${name}: every fault is named with its place`, () => {
    assert.deepEqual(faultsOf(damaged(damage)), expected);
  });
}

test("anything that is not an election file is refused without an exception", () => {
  for (const json of [null, 1, "x", [], {}, { regions: [null], contests: [null] }]) {
    assert.ok(faultsOf(json).length > 0);
  }
});
