import assert from "node:assert/strict";
import { test } from "node:test";
import { amend } from "./amend.ts";
import { checkElection } from "./check-election.ts";
import type { DistrictEntry, ElectionFile } from "./definition.ts";
import { exampleFile, modelOf } from "./testing.ts";

function checked(file: ElectionFile): ElectionFile {
  const result = checkElection(file);
  assert.ok("ok" in result, JSON.stringify(result));
  return result.ok;
}

/** The outcome of amending the example by `change`. */
function amended(change: (file: ElectionFile) => void) {
  const next = exampleFile();
  change(next);
  return amend(checked(exampleFile()), checked(next));
}

function faults(change: (file: ElectionFile) => void): string[] {
  const result = amended(change);
  return "ok" in result ? [] : result.faults.map(({ path, what }) => `${path}: ${what.en}`);
}

function district(file: ElectionFile, contest: number, place: number): DistrictEntry {
  const found = file.contests[contest]?.districts[place];
  assert.ok(found);
  return found;
}

const candidate = (id: string, number: number) => ({ id, number, name: `Calon Contoh ${id}` });

test("a candidate restored by a court stands at the end of the columns, with the party", () => {
  const result = amended((file) => district(file, 1, 0).parties?.[0]?.candidates.push(candidate("a-1-3", 3)));
  assert.ok("ok" in result);
  const found = modelOf(result.ok).contest("dpr")?.district("71");
  assert.deepEqual(
    found?.choices.map(({ id }) => id),
    ["P1", "a-1-1", "a-1-2", "P2", "a-2-1", "a-2-2", "a-1-3"],
  );
  assert.deepEqual(
    found?.parties.map(({ columns }) => columns),
    [
      [0, 1, 2, 6],
      [3, 4, 5],
    ],
  );
});

test("a party that comes first on the ballot is still appended", () => {
  const result = amended((file) => {
    district(file, 1, 1).parties?.unshift({
      ...structuredClone(district(file, 1, 1).parties?.[0] ?? assert.fail()),
      id: "P0",
      number: 1,
      name: "Partai Contoh Nol",
      candidates: [candidate("b-0-1", 1)],
    });
    for (const { parties = [] } of file.contests[1]?.districts ?? []) {
      for (const party of parties) if (party.id === "P1") party.number = 2;
      for (const party of parties) if (party.id === "P2") party.number = 3;
    }
  });
  assert.ok("ok" in result, JSON.stringify(result));
  const found = modelOf(result.ok).contest("dpr")?.district("72");
  assert.deepEqual(
    found?.parties.map(({ id, columns }) => [id, columns]),
    [
      ["P1", [0, 1, 2]],
      ["P0", [3, 4]],
    ],
  );
});

test("an amendment of an amendment keeps the columns of both", () => {
  const first = amended((file) => district(file, 1, 0).parties?.[0]?.candidates.push(candidate("a-1-3", 3)));
  assert.ok("ok" in first);
  const next = exampleFile();
  district(next, 1, 0).parties?.[0]?.candidates.push(candidate("a-1-3", 3));
  district(next, 1, 0).parties?.[1]?.candidates.push(candidate("a-2-3", 3));
  const second = amend(first.ok, checked(next));
  assert.ok("ok" in second);
  assert.deepEqual(district(second.ok, 1, 0).columns?.slice(-2), ["a-1-3", "a-2-3"]);
});

test("names may be corrected, stations added, a candidate withdrawn", () => {
  const found = faults((file) => {
    const [candidateEntry] = district(file, 1, 0).parties?.[0]?.candidates ?? [];
    assert.ok(candidateEntry && file.regions[3]);
    candidateEntry.withdrawn = true;
    file.regions[3].name = "Desa Awan Baru";
    file.regions[3].stations = [[1, 4], 901];
    delete file.regions[3].registered;
  });
  assert.deepEqual(found, []);
});

const refused: readonly [string, (file: ElectionFile) => void, readonly string[]][] = [
  ["the election's name", (f) => Object.assign(f, { origin: "lain.example" }), ["origin: must not change"]],
  ["an invented election made real", (f) => Object.assign(f, { simulation: false }), ["simulation: must not change"]],
  [
    "a candidate removed",
    (f) => district(f, 1, 0).parties?.[0]?.candidates.pop(),
    ['contests[1].districts[0]: choice a-1-2 was removed; mark it "withdrawn" instead'],
  ],
  [
    "a candidate in another party",
    (f) => {
      const [one, two] = district(f, 1, 0).parties ?? [];
      const moved = one?.candidates.pop();
      assert.ok(moved && two);
      two.candidates.push({ ...moved, number: 3 });
    },
    ["contests[1].districts[0]: candidate a-1-2 changed party"],
  ],
  [
    "columns moved",
    (f) => Object.assign(district(f, 0, 0), { columns: ["2", "1", "3"] }),
    ["contests[0].districts[0].columns: the old columns must keep their places"],
  ],
  [
    "a station removed",
    (f) => Object.assign(f.regions[3] ?? {}, { stations: [[1, 3]], registered: [1, 2, 3] }),
    ["regions.7101012001: station 901 was removed"],
  ],
  [
    "a desa moved to another district",
    (f) => {
      district(f, 2, 0).regions.push("7102");
      district(f, 2, 1).regions.pop();
    },
    ["contests.dprdk: desa 7102012001 moved from district 71-2 to 7101-1"],
  ],
  ["a contest removed", (f) => f.contests.pop(), ["contests: contest dprdk was removed"]],
];

for (const [name, change, expected] of refused) {
  test(`${name} is refused`, () => {
    assert.deepEqual(faults(change), expected);
  });
}

test("a district or desa removed is refused with what follows from it", () => {
  const found = faults((file) => {
    district(file, 2, 1).regions.push("7101012001");
    file.contests[2]?.districts.shift();
  });
  assert.deepEqual(found, [
    "contests[2].districts: district 7101-1 was removed",
    "contests.dprdk: desa 7101012001 moved from district 7101-1 to 71-2",
  ]);
});
