import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { PublishIndex } from "./index-db.ts";
import { snapshotsWithin } from "./snapshots.ts";

test("of snapshots that do not fit a person is told once", () => {
  const index = PublishIndex.open(":memory:");
  const regions = ["510101", "510102"] as RegionCode[];
  index.putUnits(regions.map((region) => [region, new Uint8Array(100)]));
  const lines: string[] = [];
  const saved = snapshotsWithin(index, new Map(), (line) => lines.push(line));
  assert.equal(saved("520101" as RegionCode), null);
  assert.deepEqual(lines, [], "there is none of it");
  for (const region of regions) assert.equal(saved(region), null);
  assert.match(lines.join("\n"), /^the snapshot of kecamatan 510101 does not fit[^\n]*$/);
  index.close();
});
