/** Papers against what the publisher itself wrote: of the log as it was, of a newer state, of no such log, and forged ones. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { publishExample } from "../../../scripts/published-example.ts";
import { toHex } from "../../../src/ledger/bytes.ts";
import { leafHash, rootOf } from "../../../src/ledger/tree.ts";
import { publicLink } from "../../../src/recap/hall-papers.ts";
import { qrText } from "../../../src/recap/qr.ts";
import { HEADING } from "../../../src/recap/testing/forms.ts";
import { ORIGIN } from "../../../src/tally/testing.ts";
import { parseRoute } from "../route.ts";
import { Fault } from "../verify/fault.ts";
import type { Fetch } from "../verify/files.ts";
import { visitMemory } from "../verify/memory.ts";
import { Reader } from "../verify/verify.ts";
import { checkPrinted, printedIn } from "./printed.ts";

const office = await publishExample({ editions: 2 });
after(() => office.close());

const LOG = "pleno/510101";
const entries = office.world.logs.get(LOG) ?? [];
const rootAt = (size: number) => toHex(rootOf(entries.slice(0, size).map(leafHash)));

const files: Fetch = async (path) => {
  const file = join(office.publicDir, path);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
};
const readerOf = (fetch: Fetch) => new Reader({ fetch, memory: visitMemory, status: null });
const reader = readerOf(files);
const snapshot = await reader.load("ppwp", "0");
const check = (log: string, size: number, root: string) =>
  checkPrinted(reader, snapshot, { log: `${ORIGIN}/log/${log}`, size: String(size), root });

test("the address in a paper's code is that of its region's page, with what it says of the log", () => {
  const link = publicLink("https://hasil.example/", "dpr", "510101" as never);
  const url = new URL(
    qrText({ heading: HEADING, log: { origin: `${ORIGIN}/log/${LOG}`, size: 7, root: rootAt(7) as never }, link }),
  );
  const route = parseRoute(url.hash);
  assert.deepEqual([url.origin, url.pathname], ["https://hasil.example", "/"]);
  assert.deepEqual([route.contest, route.region, route.page], ["dpr", "510101", "kertas"]);
  assert.deepEqual(printedIn(route.ask), { origin: `${ORIGIN}/log/${LOG}`, log: LOG, size: 7, root: rootAt(7) });
  assert.equal(parseRoute(new URL(publicLink("https://hasil.example", "dpd", "0" as never)).hash).region, "0");
});

test("a paper of any earlier state of the log is found the same, and none whose root is another", async () => {
  assert.ok(entries.length > 3);
  for (let size = 0; size <= entries.length; size++) {
    const same = await check(LOG, size, rootAt(size));
    assert.deepEqual([same.what, "now" in same && same.now], ["same", entries.length]);
    const forged = await check(LOG, size, "ab".repeat(32));
    assert.deepEqual([forged.what, "root" in forged && forged.root], ["differs", rootAt(size)]);
  }
});

test("a paper that is newer, of an unknown log, of another election, or none is told apart", async () => {
  const root = rootAt(1);
  assert.equal((await check(LOG, entries.length + 1, root)).what, "later");
  assert.equal((await check("pleno/770101", 1, root)).what, "unknown-log");
  const other = { log: "lain.example/2029/log/pleno/510101", size: "1", root };
  assert.equal((await checkPrinted(reader, snapshot, other)).what, "other-election");
  for (const log of ["tps/510101", "editions", "pleno/../0"])
    assert.equal((await check(log, 1, root)).what, "no-paper");
});

test("whatever an address says, it is a paper's code or it is not", () => {
  const word = fc.oneof(
    fc.string(),
    fc.constant(`${ORIGIN}/log/${LOG}`),
    fc.constant("12"),
    fc.constant("ab".repeat(32)),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("log", "size", "root", "x"), word), (ask) => {
      const found = printedIn(ask);
      assert.ok(found === null || (Number.isSafeInteger(found.size) && found.size >= 0 && found.root.length === 64));
    }),
  );
});

test("tiles that do not lead to the log's head are an alarm, and no answer about the paper", async () => {
  const lying = readerOf(async (path) => {
    const bytes = await files(path);
    return path.startsWith(`log/${LOG}/tile/0`)
      ? (bytes?.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) ?? null)
      : bytes;
  });
  const ask = { log: `${ORIGIN}/log/${LOG}`, size: "2", root: rootAt(2) };
  await assert.rejects(checkPrinted(lying, snapshot, ask), (fault) => fault instanceof Fault && fault.isAlarm);
});
