import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../../../src/election/codes.ts";
import { asHash } from "../../../src/ledger/hash.ts";
import { vkeyOf } from "../../../src/ledger/note.ts";
import type { WriterView } from "../../../src/recap/wire/sync.ts";
import { handOver, inFours, shortOfKey, takeBack } from "./forms.ts";

const LOG = "pleno/510303";
const ROOT = asHash("a".repeat(64));
const writer: WriterView = {
  region: { code: "510303" as RegionCode, name: "Abiansemal" },
  log: LOG,
  size: 7,
  root: ROOT,
  epoch: 2,
  vkey: null,
  key: null,
  since: null,
  contact: null,
  forks: [],
  apart: [],
};
const KEY = vkeyOf(`contoh.example/log/${LOG}`, new Uint8Array(32).fill(3));

test("a log is handed over where it stands, to a key of that very log", () => {
  assert.deepEqual(handOver(writer, ` ${KEY}\n`).draft, {
    type: "custody",
    body: { log: LOG, size: 7, root: ROOT, epoch: 3, vkey: KEY },
  });
  const fields = (typed: string, of: WriterView | null = writer) =>
    handOver(of, typed).needs?.map(({ field }) => field);
  assert.deepEqual(fields(KEY, null), ["region"]);
  assert.deepEqual(fields(""), ["key"]);
  assert.deepEqual(fields(KEY.replace("510303", "510304")), ["key"]);
  assert.deepEqual(fields(KEY.slice(0, -3)), ["key"]);
});

test("a log is taken back by the centre's own key of it", () => {
  const view = { writers: [writer], centre: { [LOG]: KEY } };
  const { draft } = takeBack(writer, view);
  assert.equal(draft?.type === "custody" && draft.body.vkey, KEY);
  assert.deepEqual(
    takeBack(null, view).needs?.map(({ field }) => field),
    ["back"],
  );
});

test("a key is compared by sixteen letters in fours", () => {
  assert.match(shortOfKey(KEY, LOG) ?? "", /^([0-9A-F]{4}-){3}[0-9A-F]{4}$/);
  assert.equal(shortOfKey("anything", LOG), null);
  assert.equal(inFours("0123456789abcdef"), "0123-4567-89AB-CDEF");
});
