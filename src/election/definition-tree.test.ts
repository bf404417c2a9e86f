import assert from "node:assert/strict";
import { test } from "node:test";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { checkElection } from "./check-election.ts";
import { regionCode, stationCode } from "./codes.ts";
import type { ElectionFile } from "./definition.ts";
import { DefinitionError } from "./definition-objects.ts";
import { definitionObjects } from "./definition-tree.ts";
import type { Region } from "./model.ts";
import { readDefinition } from "./read-definition.ts";
import { exampleFile, modelOf } from "./testing.ts";

function objectsOf(file: ElectionFile) {
  const checked = checkElection(file);
  assert.ok("ok" in checked);
  return definitionObjects(checked.ok);
}

const model = modelOf(exampleFile());
const codes = (regions: readonly Region[]) => regions.map(({ code }) => code);

function region(code: string): Region {
  const found = model.region(code);
  assert.ok(found, code);
  return found;
}

test("the order in which a file lists its regions does not change the root", () => {
  const file = exampleFile();
  assert.equal(objectsOf({ ...file, regions: [...file.regions].reverse() }).root, objectsOf(file).root);
});

test("the day of the vote is part of the definition where the file says it, and changes nothing where it does not", () => {
  const file = exampleFile();
  const votingDay = "2029-02-14";
  assert.equal(modelOf({ ...file, votingDay }).votingDay, votingDay);
  assert.equal(modelOf(file).votingDay, null);
  assert.ok(
    ![...objectsOf(file).objects.values()].some((bytes) => new TextDecoder().decode(bytes).includes("votingDay")),
  );
});

test("everything within a region, and its stations, is one range", () => {
  for (const { index, end, code, stationFrom, stationTo } of model.regions) {
    for (const other of model.regions) {
      const inside = code === "0" || other.code.startsWith(code);
      assert.equal(other.index >= index && other.index < end, inside, `${other.code} in ${code}`);
    }
    for (let i = 0; i < model.stationCount; i++) {
      const inside = code === "0" || model.stationAt(i).startsWith(code);
      assert.equal(i >= stationFrom && i < stationTo, inside, `station ${i} in ${code}`);
    }
  }
});

test("a station is found by its code, and its code by its place", () => {
  assert.equal(model.stationCount, 13);
  for (let i = 0; i < model.stationCount; i++) assert.equal(model.station(model.stationAt(i))?.index, i);
  assert.deepEqual(model.station("7101012001901"), { desa: region("7101012001"), slot: 3, index: 3 });
  for (const unknown of ["7101012001004", "71010120011e0", "7101012001 01", "7101012009001", "7101012001", "x"])
    assert.equal(model.station(unknown), undefined);
  assert.throws(() => model.stationAt(13), RangeError);
});

test("kinds, registered voters, zones and noken are those of the file, handed down", () => {
  const kinds = ["7101012001001", "7101012001901", "9901010001002", "9901010001003"].map((c) =>
    model.kind(stationCode(c)),
  );
  assert.deepEqual(kinds, ["tps", "special", "ksk", "pos"]);
  assert.equal(model.registered(stationCode("7101012001002")), 260);
  assert.equal(model.registered(stationCode("7101012001003")), null);
  assert.deepEqual(
    [region("7101012001").zone, region("7201011001").zone, region("9901").zone],
    ["WITA", "WIB", "+08:00"],
  );
  assert.equal(model.noken(stationCode("7101012002001")), true);
  assert.equal(model.noken(regionCode("7101012001")), false);
});

test("a district knows its container, its largest parts and its desa", () => {
  const [whole] = model.contest("ppwp")?.districts ?? [];
  assert.deepEqual([whole?.container.code, codes(whole?.parts ?? [])], ["0", ["0"]]);
  const spanning = model.contest("dprdk")?.district("71-2");
  assert.ok(spanning);
  assert.equal(spanning.container.code, "71");
  assert.deepEqual(codes(spanning.parts), ["7101012002", "7102"]);
  assert.deepEqual(codes(spanning.desa), ["7101012002", "7102012001"]);
  const abroad = model.contest("dpr")?.district("72");
  assert.deepEqual([abroad?.container.code, codes(abroad?.parts ?? [])], ["0", ["72", "99"]]);
});

test("a region without a contest has no district in it", () => {
  const contest = model.contest("dprdk");
  assert.equal(contest?.districtOf(region("7201011001")), null);
  assert.equal(contest?.districtOf(region("7101012001"))?.code, "7101-1");
  assert.equal(model.contest("dpd"), undefined);
});

test("a party's columns are its own votes and then its candidates'", () => {
  const district = model.contest("dpr")?.district("71");
  assert.deepEqual(
    district?.parties.map(({ columns }) => columns),
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  );
  assert.deepEqual(
    district?.choices.map(({ id }) => id),
    ["P1", "a-1-1", "a-1-2", "P2", "a-2-1", "a-2-2"],
  );
  assert.deepEqual([...(district?.partyOf ?? [])], [0, 0, 0, 1, 1, 1]);
});

test("a sheet's district is found by the hash of its object", () => {
  for (const { districts } of model.contests) {
    for (const district of districts) assert.equal(model.districtByObject(district.object), district);
  }
  assert.equal(model.districtByObject("00"), undefined);
});

test("an object that is missing or was changed is refused, whichever it is", () => {
  const { root, objects } = objectsOf(exampleFile());
  for (const hash of objects.keys()) {
    assert.throws(
      () => readDefinition(root, (asked) => (asked === hash ? undefined : objects.get(asked))),
      DefinitionError,
    );
    const spoil = (asked: Hash) => {
      const bytes = objects.get(asked);
      return asked === hash && bytes ? bytes.with(bytes.length - 2, 0x20) : bytes;
    };
    assert.throws(() => readDefinition(root, spoil), DefinitionError);
  }
});

test("a ballot that is read later is the same, and nothing of it is read before", () => {
  const { root, objects } = objectsOf(exampleFile());
  let read = 0;
  const get = (hash: Hash) => {
    read++;
    return objects.get(hash);
  };
  const whole = readDefinition(root, get);
  const later = readDefinition(root, get, { ballotsLater: true });
  const before = read;
  for (const contest of whole.contests) {
    for (const district of contest.districts) {
      const same = later.contest(contest.kind)?.district(district.code);
      for (const field of ["code", "name", "seats", "choices", "parties", "partyOf"] as const) {
        assert.deepEqual(same?.[field], district[field]);
      }
      assert.deepEqual(
        same?.desa.map(({ code }) => code),
        district.desa.map(({ code }) => code),
      );
    }
  }
  assert.equal(
    read - before,
    whole.contests.reduce((sum, { districts }) => sum + districts.length, 0),
  );
});

test("an object of the wrong kind is refused even under its right hash", () => {
  const bytes = new TextEncoder().encode('{"a":1}');
  assert.throws(() => readDefinition(hashHex(bytes), () => bytes), /has not the right shape/);
});

test("two districts of a contest with a region in common are refused", () => {
  const { root, objects: made } = objectsOf(exampleFile());
  const objects = new Map(made);
  const put = (value: unknown): Hash => {
    const bytes = utf8(JSON.stringify(value));
    objects.set(hashHex(bytes), bytes);
    return hashHex(bytes);
  };
  const read = (hash: Hash) => JSON.parse(fromUtf8(objects.get(hash) ?? utf8("")));
  const election = read(root);
  const contests = election.contests.map(([kind, hash]: [string, Hash]) => {
    const contest = read(hash);
    const [[, name, district]] = contest.districts;
    return [kind, put({ ...contest, districts: [...contest.districts, ["twice", name, district]] })];
  });
  const get = (hash: Hash) => objects.get(hash);
  assert.throws(() => readDefinition(put({ ...election, contests }), get, { ballotsLater: true }), /overlap/);
});
