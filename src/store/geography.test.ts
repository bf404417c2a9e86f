import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { type RegionCode, regionCode } from "../election/codes.ts";
import { csvFields, GeographyError, readRegions, regionNames } from "./geography.ts";

test("regions of every level have their official names", () => {
  const names = regionNames();
  assert.equal(names.get(regionCode("51")), "Bali");
  assert.equal(names.get(regionCode("5103")), "Kabupaten Badung");
  assert.equal(names.get(regionCode("510303")), "Abiansemal");
  assert.equal([...names.keys()].filter((code) => code.length === 2).length, 38);
  assert.ok([...names.keys()].filter((code) => code.length === 10).length > 83_000);
});

test("a name with a comma or a quote survives", () => {
  assert.deepEqual(csvFields('11.01,"Satu, Dua","kata ""kutip"""'), ["11.01", "Satu, Dua", 'kata "kutip"']);
});

test("files of another shape are refused with the line", () => {
  assert.throws(() => readRegions("kode,nama\n11,Aceh\n", new Map()), GeographyError);
  assert.throws(() => readRegions("code,name\nx,Aceh\n", new Map()), /not a region code: x,Aceh/);
});

const data = join(process.env.TEGUH_DATA ?? join(import.meta.dirname, "../../../shared/data"), "tps-2024.json.gz");
test("most regions of the 2024 election are named", { skip: existsSync(data) ? false : "no real data here" }, () => {
  const { id2name } = JSON.parse(gunzipSync(readFileSync(data)).toString()) as { id2name: Record<string, string> };
  const names = regionNames();
  const codes = Object.keys(id2name).filter((code) => !code.startsWith("99"));
  const missing = codes.filter((code) => !names.has(code as RegionCode));
  assert.ok(missing.length < codes.length / 20, `${missing.length} of ${codes.length} have no name`);
});
