import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { utf8 } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import { Outbox } from "./outbox.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-outbox-"));
after(() => rmSync(folder, { recursive: true }));
const id = hashHex(utf8("a sheet"));

test("a phone that was switched off makes the same sheet again, and sends nothing that has its receipt", () => {
  const path = join(folder, "a");
  const before = new Outbox(path);
  assert.equal(before.make("5103032001004/dpr/0", 17), 17);
  before.keep("5103032001004/dpr/0", id, utf8("receipt"));
  before.make("5103032001005/dpr/0", 18);
  const again = new Outbox(path);
  assert.equal(again.sent("5103032001004/dpr/0"), id);
  assert.equal(again.sent("5103032001005/dpr/0"), undefined);
  assert.equal(again.make("5103032001005/dpr/0", 99), 18);
});

test("a line that was cut off is forgotten, and the next one is whole", () => {
  const path = join(folder, "b");
  new Outbox(path).make("5103032001004/dpr/0", 17);
  appendFileSync(path, '{"made":"5103032001005/dp');
  new Outbox(path).make("5103032001006/dpr/0", 19);
  assert.equal(readFileSync(path, "utf8").split("\n").length, 3);
  assert.equal(new Outbox(path).make("5103032001006/dpr/0", 99), 19);
});
