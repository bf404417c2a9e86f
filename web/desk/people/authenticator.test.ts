import assert from "node:assert/strict";
import { test } from "node:test";
import { canHavePasskeys } from "./authenticator.ts";

const places: readonly (readonly [hostname: string, isSecure: boolean, can: boolean])[] = [
  ["meja.kpu.example", true, true],
  ["localhost", true, true],
  ["meja.kpu.example", false, false],
  ["192.168.7.1", true, false],
  ["[fe80::1]", true, false],
  ["127.0.0.1", true, false],
];

for (const [hostname, isSecureContext, can] of places) {
  test(`at ${hostname}, ${isSecureContext ? "" : "not "}over a safe connection, there can be ${can ? "" : "no "}passkeys`, () => {
    const window = { isSecureContext, location: { hostname }, PublicKeyCredential: class {} };
    assert.equal(canHavePasskeys(window), can);
    assert.equal(canHavePasskeys({ isSecureContext, location: { hostname } }), false, "an old browser has none");
  });
}
