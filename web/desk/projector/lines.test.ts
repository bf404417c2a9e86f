import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DistrictCode } from "../../../src/election/codes.ts";
import { asHash } from "../../../src/ledger/hash.ts";
import type { DistrictView } from "../../../src/recap/wire/views.ts";
import { LINES, linesOf, pageOf, pagesOf } from "./lines.ts";

const choice = (number: number, party: number): DistrictView["choices"][number] => ({
  id: `${party}-${number}`,
  number,
  name: `Nama ${number}`,
  colour: party < 0 ? "#111" : `#${party}${party}${party}`,
  party,
  kind: party < 0 ? "pair" : "candidate",
  withdrawn: false,
});
const district = (choices: DistrictView["choices"], parties: DistrictView["parties"]): DistrictView => ({
  contest: "dpr",
  code: "BALI" as DistrictCode,
  name: "Bali",
  object: asHash("0".repeat(64)),
  choices,
  parties,
});

test("of pairs each has its line, with the station's votes and the desa's so far", () => {
  const pairs = district([choice(1, -1), choice(2, -1)], []);
  const [, second] = linesOf(pairs, [10, 20], [110, 220]);
  assert.deepEqual([second?.number, second?.station, second?.desa], [2, 20, 220]);
});

test("of parties each has one line: its own votes and its candidates' together", () => {
  const party = (number: number) => ({ id: `${number}`, number, name: `Partai ${number}`, short: `P${number}` });
  const list = district([choice(0, 0), choice(1, 0), choice(0, 1)], [party(3), party(8)]);
  const [third, eighth] = linesOf(list, [5, 7, null], [50, 70, 90]);
  assert.deepEqual([third?.name, third?.station, third?.desa], ["P3", 12, 120]);
  // Nobody reported the eighth party's votes in this station: that is not 0.
  assert.deepEqual([eighth?.station, eighth?.desa], [null, 90]);
});

test("before the station is known its column is empty, and the desa's sum stays", () => {
  const [line] = linesOf(district([choice(1, -1)], []), null, [110]);
  assert.deepEqual([line?.station, line?.desa], [null, 110]);
});

test("every line comes on exactly one page, no page has too many, and after the last page comes the first", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(50), (length, turn) => {
      const lines = Array.from({ length }, (_, i) => i);
      const pages = pagesOf(lines);
      const all = Array.from({ length: pages }, (_, page) => pageOf(lines, page + turn * pages));
      assert.deepEqual(all.flat(), lines);
      assert.ok(all.every((page) => page.length <= LINES));
    }),
  );
});
