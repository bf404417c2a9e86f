import assert from "node:assert/strict";
import { test } from "node:test";
import { fromUtf8, toHex } from "../../../src/ledger/bytes.ts";
import type { JsonObject } from "../../../src/ledger/canonical.ts";
import { ed25519Signer } from "../../../src/ledger/note.ts";
import { parseStatement, signStatement } from "../../../src/ledger/statement.ts";
import { EDITIONS_SEED, makeFixture, ORIGIN } from "../testdata/fixture.ts";
import { readHeads } from "../verify/heads.ts";
import { visitMemory } from "../verify/memory.ts";
import { provedEntries } from "../verify/tiles.ts";
import { Reader } from "../verify/verify.ts";
import { brokenReceipt, checkReceipt } from "./receipt.ts";

const { files } = makeFixture();
const reader = new Reader({ fetch: async (path) => files.get(path) ?? null, memory: visitMemory, status: null });
const snapshot = await reader.load("ppwp", "0");
const LOG = "tps/410101";
const head = (await readHeads(reader, snapshot.edition, "410101")).get(LOG);
assert.ok(head);
const [first] = await provedEntries(reader.fetch, head, [0]);
assert.ok(first);
const ID = toHex(parseStatement(first).id);

/** A receipt of the log, with some of it changed. */
function receipt(change: JsonObject = {}, seed = EDITIONS_SEED): string {
  const body: JsonObject = { election: "00".repeat(16), id: ID, index: 0, log: LOG, time: 1, ...change };
  return fromUtf8(signStatement("teguh/receipt/v1", body, [ed25519Signer(`${ORIGIN}/log/${body.log}`, seed)]));
}

test("a kept promise is found in the log, however the text was pasted", async () => {
  for (const text of [receipt(), `\n${receipt().replaceAll("\n", "\r\n")}  `]) {
    const answer = await checkReceipt(reader, snapshot, text);
    assert.deepEqual([answer.what, "index" in answer && answer.index], ["kept", 0]);
  }
});

test("what is not kept is told apart: later, a relay's, no such log, another key, no receipt", async () => {
  const cases: readonly [string, string][] = [
    [receipt({ index: 99_999 }), "later"],
    [receipt({ index: null }), "relay"],
    [receipt({ log: "tps/999999" }), "unknown-log"],
    [receipt({}, new Uint8Array(32).fill(8)), "bad-signature"],
    [receipt({ log: "../../etc" }), "no-receipt"],
    ["230 suara", "no-receipt"],
    ["", "no-receipt"],
  ];
  for (const [text, expected] of cases) assert.equal((await checkReceipt(reader, snapshot, text)).what, expected);
});

test("a signed promise that the log breaks is an alarm, with the receipt as evidence", async () => {
  const text = receipt({ id: "ab".repeat(32) });
  const answer = await checkReceipt(reader, snapshot, text);
  assert.equal(answer.what, "broken");
  if (answer.what !== "broken") return;
  const fault = brokenReceipt(answer, text);
  assert.equal(fault.isAlarm, true);
  assert.deepEqual(fault.evidence, [text]);
});
