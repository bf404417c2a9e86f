import assert from "node:assert/strict";
import { test } from "node:test";
import { commonRegion } from "./load.ts";

test("the account of a district is kept in the smallest region that has all its parts", () => {
  const cases: readonly [readonly string[], string][] = [
    [["0"], "0"],
    [["51"], "51"],
    [["510101", "510102"], "5101"],
    [["5101011001", "5101011002"], "510101"],
    [["5101011001", "510102"], "5101"],
    [["5101", "5102"], "51"],
    [["51", "52"], "0"],
    [[], "0"],
  ];
  for (const [regions, expected] of cases) assert.equal(commonRegion(regions), expected, regions.join());
});
