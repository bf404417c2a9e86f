import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../../election/codes.ts";
import { utf8 } from "../../ledger/bytes.ts";
import { StoredHall } from "../testing/stored.ts";
import { actView, MOST_ACTS } from "./acts-view.ts";

const KEC = "510101" as RegionCode;

test("the minutes are the hall's log, newest first, and what does not stand says why", async () => {
  const stored = new StoredHall(KEC);
  stored.desk.say({ what: "open" }, ["chair"]);
  stored.desk.say({ what: "open" }, ["chair"]);
  const hall = await stored.open(KEC);
  const { log, acts } = await hall.acts();
  const [again, first] = acts;
  assert.equal(again?.index, log.size - 1);
  assert.equal(again?.refusal?.id, "Rapat ini sudah dibuka. Lanjutkan saja.");
  assert.deepEqual(first?.stated?.type === "minutes" && first.stated.body.act, { what: "open" });
  assert.equal(first?.refusal, null);
});

test("a long sitting is read stretch by stretch, each entry once", async () => {
  const stored = new StoredHall(KEC);
  for (let i = 0; i < MOST_ACTS; i++) stored.desk.say({ what: "open" }, ["chair"]);
  const hall = await stored.open(KEC);
  const newest = await hall.acts();
  const lowest = newest.acts.at(-1)?.index ?? 0;
  const older = await hall.acts(lowest);
  assert.equal(newest.acts.length, MOST_ACTS);
  const indices = [...newest.acts, ...older.acts].map(({ index }) => index);
  assert.deepEqual(
    indices,
    Array.from({ length: newest.log.size }, (_, i) => newest.log.size - 1 - i),
  );
  assert.deepEqual((await hall.acts(0)).acts, []);
});

test("an entry that cannot be read stands in the minutes and says nothing", () => {
  assert.deepEqual(actView(utf8("no statement"), 3, "malformed").stated, null);
});
