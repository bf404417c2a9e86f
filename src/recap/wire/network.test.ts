// The address that a device scans from the main laptop's screen, and what the desk's page makes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inGroups, pairingIn, wayAddress } from "./network.ts";

const fingerprint = "0a".repeat(32);

test("what is scanned says nothing to whoever listens: all but the address stands behind the hash", () => {
  const url = new URL(wayAddress("http://192.168.43.1:8082/", { fingerprint, code: "K7QM2XPD", next: "" }));
  assert.equal(`${url.origin}${url.pathname}`, "http://192.168.43.1:8082/");
  assert.equal(url.hash, `#${fingerprint}/K7QM2XPD`);
});

test("the desk's page reads the code from its address, and where to go afterwards", () => {
  assert.deepEqual(pairingIn("#/pasang/K7QM2XPD"), { code: "K7QM2XPD", next: "" });
  assert.deepEqual(pairingIn("#/pasang/K7QM2XPD/510303/layar/0"), { code: "K7QM2XPD", next: "#/510303/layar/0" });
  for (const other of ["", "#/", "#/510303", "#/pasang", "#/pasang/", "#/pasang/<b>"])
    assert.equal(pairingIn(other), null);
});

test("a fingerprint is read out in groups of four", () => {
  assert.equal(inGroups(fingerprint).split(" ").length, 16);
  assert.match(inGroups(fingerprint), /^0A0A 0A0A /);
});
