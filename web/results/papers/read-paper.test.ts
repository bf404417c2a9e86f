import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jpeg, png } from "../../../src/election/testing/photos.ts";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import type { Fetch } from "../verify/files.ts";
import { readPaper } from "./read-paper.ts";

const served =
  (files: Readonly<Record<string, Uint8Array>>): Fetch =>
  async (path) =>
    files[path] ?? null;

const serving = (bytes: Uint8Array) => served({ [`photo/${hashHex(bytes)}`]: bytes });

test("a photograph whose bytes have the hash that the statement names is shown, as what its first bytes say it is", async () => {
  for (const [bytes, type] of [
    [jpeg(), "image/jpeg"],
    [png({ width: 30, height: 40 }), "image/png"],
  ] as const) {
    const paper = await readPaper(serving(bytes), hashHex(bytes));
    assert.equal(paper.state, "photo");
    assert.equal(paper.state === "photo" && paper.type, type);
  }
});

test("a photograph with any one byte changed is never shown", async () => {
  const right = png();
  const place = fc.nat(right.length - 1);
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const forged = right.map((byte, i) => (i === at ? byte ^ change : byte));
      const paper = await readPaper(served({ [`photo/${hashHex(right)}`]: forged }), hashHex(right));
      assert.deepEqual(paper, { state: "wrong" });
    }),
  );
});

test("a damaged copy in a cache is fetched again before it is an alarm", async () => {
  const right = jpeg();
  const fetch: Fetch = async (_path, fresh) => (fresh ? right : right.subarray(1));
  assert.equal((await readPaper(fetch, hashHex(right))).state, "photo");
});

test("a list of pages names them in their order", async () => {
  const pages = [hashHex(jpeg()), hashHex(png())];
  const list = utf8(JSON.stringify(pages));
  assert.deepEqual(await readPaper(serving(list), hashHex(list)), { state: "list", pages });
});

test("what is named and not published is absent, and what is neither picture nor list is not shown", async () => {
  assert.deepEqual(await readPaper(served({}), hashHex(jpeg())), { state: "absent" });
  for (const bytes of [utf8("<svg/>"), utf8("[]"), utf8('["../now"]'), jpeg().subarray(0, 40)]) {
    assert.deepEqual(await readPaper(serving(bytes), hashHex(bytes)), { state: "unreadable" });
  }
});

test("a name that is no hash is not asked for", async () => {
  const fetch: Fetch = async (path) => assert.fail(`asked for ${path}`);
  assert.deepEqual(await readPaper(fetch, "../status.json"), { state: "unreadable" });
});
