import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { isOutOfRoom } from "./room.ts";
import { StoreFull } from "./store.ts";

/** What SQLite throws at this. */
function thrown(...statements: readonly string[]): unknown {
  const db = new DatabaseSync(":memory:");
  try {
    for (const statement of statements) db.exec(statement);
  } catch (error) {
    return error;
  } finally {
    db.close();
  }
  throw new RangeError("none of the statements failed");
}

const coded = (code: string) => Object.assign(new Error("write"), { code });

test("a disk without room is known by what the system, a store or any database file says of it", () => {
  const database = thrown("PRAGMA max_page_count = 2", "CREATE TABLE a(b)", "INSERT INTO a VALUES (zeroblob(9000))");
  for (const error of [coded("ENOSPC"), coded("EDQUOT"), new StoreFull("a store"), database]) {
    assert.ok(isOutOfRoom(error), String(error));
    assert.ok(isOutOfRoom(new Error("the publisher has failed", { cause: error })));
  }
});

test("no other failure is taken for a want of room", () => {
  const database = thrown("CREATE TABLE a(b)", "CREATE TABLE a(b)");
  for (const error of [coded("EIO"), new RangeError("none"), database, "ENOSPC", null]) {
    assert.ok(!isOutOfRoom(error), String(error));
  }
});
