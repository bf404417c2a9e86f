import assert from "node:assert/strict";
import { test } from "node:test";
import { regionCode } from "../../../src/election/codes.ts";
import { parseRoute, routeTo } from "./route.ts";

test("an address names the hall, the page in it and what the page is told", () => {
  assert.deepEqual(parseRoute("#/510303/baca/0/ppwp/5103031001002"), {
    region: "510303",
    page: "baca",
    args: ["0", "ppwp", "5103031001002"],
  });
  assert.deepEqual(parseRoute("#/510303"), { region: "510303", page: "", args: [] });
});

test("an address without a hall, or with an impossible one, leads to the choice of a hall", () => {
  for (const hash of ["", "#", "#/", "#/balai", "#/%E0%A4%A", "#/51030"]) {
    assert.deepEqual(parseRoute(hash), { region: null, page: "", args: [] }, hash);
  }
});

test("an address that was made is read back as it was meant", () => {
  const region = regionCode("510303");
  assert.equal(routeTo(region), "#/510303");
  assert.equal(routeTo(region, "baca", 0), "#/510303/baca/0");
  assert.deepEqual(parseRoute(routeTo(region, "d-hasil", "dpr", "BALI/1")).args, ["dpr", "BALI/1"]);
  assert.equal(routeTo(null), "#/");
});
