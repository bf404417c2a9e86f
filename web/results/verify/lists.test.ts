import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { fromUtf8, utf8 } from "../../../src/ledger/bytes.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import { type Office, readyOffice } from "../../../src/publish/testing.ts";
import { severalDistricts, World } from "../../../src/tally/testing.ts";
import { choicesOf } from "../choice.ts";
import { Fault, type FaultCode } from "./fault.ts";
import { objectPath } from "./files.ts";
import { withCandidates, withLists } from "./lists.ts";
import { visitMemory } from "./memory.ts";
import type { ResultObject } from "./objects.ts";
import { Reader, type Snapshot } from "./verify.ts";

let office: Office;
/** What was asked for, and what is served in its stead. */
const asked: string[] = [];
const served = new Map<string, Uint8Array | null>();
let reader: Reader;
let snapshot: Snapshot;
let province: ResultObject;

before(async () => {
  // Two districts, each with a part of both regencies: one has reported from each.
  office = readyOffice(new World(severalDistricts()));
  office.world.sheet("5101011001001", "dprdp", [5, 10, 15, 1, 2, 3], null);
  office.world.sheet("5102011002001", "dprdp", [7, 0, 1, 4, 0, 8], null);
  await office.receive();
  await (await office.open()).step();
});
after(() => office.close());

beforeEach(async () => {
  served.clear();
  const fetch = async (path: string) => {
    asked.push(path);
    const file = join(office.publicDir, path);
    if (served.has(path)) return served.get(path) ?? null;
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
  };
  reader = new Reader({ fetch, memory: visitMemory, status: null });
  snapshot = await reader.load("dprdp", "51");
  assert.ok(snapshot.place?.reported);
  province = snapshot.place.object;
  asked.length = 0;
});

const pathOf = ({ lists }: ResultObject) => objectPath(lists ?? assert.fail("its candidates stand apart"));

/** The province with other candidates, under a hash that fits. */
function forged(change: (lists: Forged) => void): ResultObject {
  const lists = JSON.parse(readFileSync(join(office.publicDir, pathOf(province)), "utf8")) as Forged;
  change(lists);
  const bytes = utf8(JSON.stringify(lists));
  const hash = hashHex(bytes);
  served.set(objectPath(hash), bytes);
  return { ...province, lists: hash };
}

interface Forged {
  region: string;
  format: string;
  count: { district: string; votes: number[] }[];
}

const rejectsWith = (work: Promise<unknown>, code: FaultCode, detail: RegExp) =>
  assert.rejects(work, (cause) => cause instanceof Fault && cause.code === code && detail.test(cause.message));

test("a region whose candidates stand apart is verified without them, with the names of its parties", () => {
  assert.deepEqual(
    choicesOf(province, snapshot.names).map(({ key }) => key),
    ["partai-a", "partai-b"],
  );
  assert.deepEqual([province.count.lists, province.count.parties?.votes], [[], [38, 18]]);
});

test("a page of one district costs its names and the candidates, and has these and the parties", async () => {
  const shown = await withCandidates(reader, snapshot, { code: "5102", choice: undefined });
  assert.equal(asked.length, 2);
  assert.ok(shown.place?.reported);
  const keys = choicesOf(shown.place.object, shown.names).map(({ key }) => key);
  assert.deepEqual(keys, ["partai-a", "partai-b", "a", "5102-a1", "5102-a2", "b", "5102-b1", "5102-b2"]);
  assert.deepEqual(
    shown.place.object.count.lists.map(({ district, votes }) => [district, votes]),
    [["5102", [7, 0, 1, 4, 0, 8]]],
  );
});

test("a choice alone is found in its district, and one that is in none leaves the parties", async () => {
  const districts = async (choice: string) => {
    const { place } = await withCandidates(reader, snapshot, { code: undefined, choice });
    return place?.reported ? place.object.count.lists.map(({ district }) => district) : null;
  };
  assert.deepEqual(await districts("5101-b2"), ["5101"]);
  assert.deepEqual(await districts("nobody"), []);
});

test("candidates that are altered or not there are refused", async () => {
  const path = pathOf(province);
  const bytes = readFileSync(join(office.publicDir, path));
  served.set(path, utf8(fromUtf8(bytes).replace("[5,10,15", "[5,11,15")));
  await rejectsWith(withLists(reader, province), "wrong-hash", /the hash of the bytes is/);
  served.set(path, null);
  await rejectsWith(withLists(reader, province), "gone", /not there/);
});

test("candidates of another region, or an object that is something else, are refused though their hash is right", async () => {
  const other = forged((lists) => {
    lists.region = "5101";
  });
  await rejectsWith(withLists(reader, other), "wrong-place", /candidates of dprdp in 51, found those of dprdp in 5101/);
  const thing = forged((lists) => {
    lists.format = "teguh/result/v1";
  });
  await rejectsWith(withLists(reader, thing), "malformed", /not the candidates of a region/);
});

test("candidates with more votes than their parties are refused: together, or those of one party", async () => {
  const more = forged(({ count: [first] }) => {
    if (first) first.votes[1] = 11;
  });
  await rejectsWith(withLists(reader, more), "wrong-sum", /the parties have 56, their candidates 57/);
  const moved = forged(({ count: [first] }) => {
    first?.votes.splice(0, 6, 0, 0, 0, 0, 17, 19);
  });
  const { place, ...rest } = snapshot;
  assert.ok(place?.reported);
  const shown = withCandidates(reader, { ...rest, place: { ...place, object: moved } }, { code: "5101", choice: "" });
  await rejectsWith(shown, "wrong-sum", /the parties have 18, their candidates 36/);
});
