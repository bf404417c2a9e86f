/** Keys recalled are the keys that would be derived, or none are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256 } from "../ledger/hash.ts";
import { LogKeys } from "./log-keys.ts";

const keysOf = (secret: number) =>
  new LogKeys(
    { master: sha256(new Uint8Array([secret])), editions: sha256(new Uint8Array([secret, 1])) },
    () => "e.id/1",
  );

const LOGS = ["editions", "pleno/0", "tps/510303"];

test("keys that were derived once are taken over, and said to be fresh only once", () => {
  const first = keysOf(1);
  const vkeys = LOGS.map(first.vkeyOf);
  const fresh = first.fresh();
  assert.deepEqual(
    fresh.map(([log]) => log),
    LOGS,
  );
  assert.deepEqual(first.fresh(), []);
  const second = keysOf(1);
  second.recall(new Map(fresh));
  assert.deepEqual(LOGS.map(second.vkeyOf), vkeys);
  assert.deepEqual(
    second.fresh().map(([log]) => log),
    ["editions"],
  );
});

test("keys of other secrets are not taken over", () => {
  const first = keysOf(1);
  LOGS.forEach(first.vkeyOf);
  const other = keysOf(2);
  other.recall(new Map(first.fresh()));
  assert.notEqual(other.vkeyOf("tps/510303"), first.vkeyOf("tps/510303"));
  assert.equal(other.vkeyOf("pleno/0").split("+")[0], other.signer("pleno/0").name);
});
