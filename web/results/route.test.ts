import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedEdition, parseRoute, routeTo, routeToPage } from "./route.ts";

test("an address and its route say the same, for regions, stations and pages", () => {
  const cases: readonly [string, string, string | null, string | null][] = [
    [routeTo("dpd", "0"), "0", null, null],
    [routeTo("dpd", "5103032001", "007"), "5103032001", "007", null],
    [routeToPage("dpd", "0", "riwayat"), "0", null, "riwayat"],
    [routeToPage("dpd", "5103", "perubahan", { pilihan: "D3", buku: undefined }), "5103", null, "perubahan"],
    [routeToPage("dpd", "5103032001", "riwayat", {}, "007"), "5103032001", "007", "riwayat"],
  ];
  for (const [address, region, station, page] of cases) {
    const route = parseRoute(address);
    assert.deepEqual([route.contest, route.region, route.station, route.page], ["dpd", region, station, page], address);
  }
  assert.deepEqual(parseRoute(routeToPage("dpd", "51", "riwayat", { pilihan: "D 3&x", dari: "4" })).ask, {
    pilihan: "D 3&x",
    dari: "4",
  });
});

test("an address can be shortened by hand, and needs no ancestors", () => {
  const about = (hash: string) => {
    const { contest, region, station } = parseRoute(hash);
    return [contest, region, station];
  };
  assert.deepEqual(about("#/dpr/51/5103/510303/5103032001/001"), ["dpr", "5103032001", "001"]);
  assert.deepEqual(about("#/dpr/51/5103"), ["dpr", "5103", null]);
  assert.deepEqual(about("#/dpr/510303"), ["dpr", "510303", null]);
  assert.deepEqual(about("#/x/../001"), ["ppwp", "0", null]);
  assert.equal(routeTo("dpr", "5103032001", "001"), "#/dpr/51/5103/510303/5103032001/001");
  assert.equal(routeTo("ppwp", "0"), "#/ppwp");
});

test("an address fixes an edition by its number, and by nothing else", () => {
  assert.equal(fixedEdition("?data=12"), 12);
  for (const query of ["", "?data=", "?data=0", "?data=-1", "?data=1e3", "?data=12x", "?lain=12"]) {
    assert.equal(fixedEdition(query), null, query);
  }
});

test("what cannot be read falls back to the nearest that can", () => {
  assert.deepEqual(parseRoute(""), { contest: "ppwp", region: "0", station: null, page: null, ask: {} });
  assert.equal(parseRoute("#/dpr/51/9/zzz9").region, "51");
  assert.equal(parseRoute("#/nope/51").contest, "ppwp");
});
