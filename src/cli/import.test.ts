import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { jsonLines, makeZip, record } from "./archive/testing.ts";
import { BIG, evening, importBoth, morning, Scratch, STATIONS, station, teguh } from "./testing.ts";

const scratch = new Scratch();
after(() => scratch.remove());

const importing = (path: string, data: string, ...more: string[]) =>
  teguh("import", "kpu", path, "--data", data, "--contest", "ppwp", "--json", ...more);
const results = async (data: string, region: string, ...more: string[]) =>
  (await teguh("results", data, "--contest", "ppwp", "--region", region, "--json", ...more)).json() as Results;

interface Results {
  edition: number;
  count: Record<"expected" | "in" | "withVotes" | "posted" | "held", number> &
    Record<"votes" | "raised" | "removed" | "heldVotes", Record<string, number>>;
  children: { region: string; count: { votes: Record<string, number> } }[];
}

describe("teguh import kpu", () => {
  test("makes the election from the archive; what is reported becomes statements, and an edition", async () => {
    const data = scratch.fresh();
    const ran = await importing(scratch.write("m.jsonl", morning()), data);
    assert.equal(ran.code, 0, ran.err);
    const total = STATIONS + 3;
    assert.deepEqual(ran.json(), { read: total, new: total - 1, unchanged: 1, rejected: [], edition: 1 });
    const { count } = await results(data, "51");
    assert.deepEqual([count.expected, count.in, count.posted, count.held], [total, total - 1, total - 1, 0]);
    // 300 × (1, 100, 50) + (10, 20, 30) + (7, 7, 7)
    assert.deepEqual(count.votes, { 100025: 317, 100026: 30_027, 100027: 15_037 });
  });

  test("an archive imported again says nothing new and makes no edition", async () => {
    const data = scratch.fresh();
    const path = scratch.write("m.jsonl", morning());
    await importing(path, data);
    const again = (await importing(path, data)).json() as { new: number; edition: number };
    assert.deepEqual([again.new, again.edition], [0, 1]);
  });

  test("only what changed becomes a statement: a correction, a withdrawal, a held sheet", async () => {
    const data = await importBoth(scratch);
    const { edition, count } = await results(data, "0");
    assert.equal(edition, 2);
    // Station 1 of the big desa (1, 100, 50) → (1, 90, 55); station 1 of the small one loses (10, 20, 30).
    assert.deepEqual(count.votes, { 100025: 307, 100026: 29_997, 100027: 15_012 });
    assert.deepEqual(count.raised, { 100025: 0, 100026: 0, 100027: 5 });
    assert.deepEqual(count.removed, { 100025: 10, 100026: 30, 100027: 30 });
    assert.deepEqual(count.heldVotes, { 100025: 100, 100026: 5, 100027: 5 });
    assert.equal(count.held, 1);
  });

  test("records of two dates in one import give the same figures as two imports", async () => {
    const data = scratch.fresh();
    const both = Buffer.concat([evening(), morning()]);
    await importing(scratch.write("both.jsonl", both), data);
    assert.deepEqual((await results(data, "0")).count, (await results(await importBoth(scratch), "0")).count);
  });

  test("--as-of leaves out what is later", async () => {
    const data = scratch.fresh();
    const path = scratch.write("both.jsonl", Buffer.concat([morning(), evening()]));
    await importing(path, data, "--as-of", "2024-02-15 12:00:00");
    assert.equal((await results(data, "0")).count.votes[100026], 30_027);
    await importing(path, data);
    assert.equal((await results(data, "0")).count.votes[100026], 29_997);
  });

  test("what cannot be imported is named with file and line; the rest is imported; --strict makes it exit 1", async () => {
    const bad = [
      JSON.stringify({ kode: station(BIG, 1), ...record([1, 2, 3], "2024-02-15 08:00:00") }),
      JSON.stringify({ kode: station(BIG, 2), chart: { 100025: "12" } }),
      JSON.stringify({ kode: "5199992001001", chart: { 100025: 12 } }),
    ].join("\n");
    const path = scratch.write("bad.jsonl", bad);
    const ran = await importing(path, scratch.fresh());
    const { rejected, ...rest } = ran.json() as { rejected: { file: string; line: number }[] };
    assert.equal(ran.code, 0);
    assert.deepEqual(rest, { read: 3, new: 1, unchanged: 0, edition: 1 });
    assert.deepEqual(
      rejected.map(({ file, line }) => [file === path, line]),
      [
        [true, 2],
        [true, 3],
      ],
    );
    assert.equal((await importing(path, scratch.fresh(), "--strict")).code, 1);
  });

  test("new stations and a new choice amend the definition, and old sheets keep their meaning", async () => {
    const data = scratch.fresh();
    await importing(scratch.write("m.jsonl", morning()), data);
    const more = jsonLines([
      [
        station(BIG, 301),
        {
          ...record([1, 2, 3], "2024-02-16 08:00:00"),
          chart: { 100025: 0, 100026: 0, 100027: 0, 100028: 9 },
          administrasi: null,
        },
      ],
    ]);
    assert.equal((await importing(scratch.write("more.jsonl", more), data)).code, 0);
    const { count } = await results(data, "0");
    assert.deepEqual(count.votes, { 100025: 317, 100026: 30_027, 100027: 15_037, 100028: 9 });
    assert.equal((await teguh("verify", data)).code, 0);
  });

  test("imports the contests with parties and those with districts of provinces", async () => {
    const dpr = (own: number, a: number) => ({
      chart: { 1: { jml_suara_total: own + a, jml_suara_partai: own }, 2: { jml_suara_total: 4, jml_suara_partai: 4 } },
      caleg: { 1: { 101: a }, 2: { 201: 0 } },
      kode_dapil: "5101",
      ts: "2024-02-15 08:00:00",
    });
    const zip = makeZip([
      { name: `hhcw/pdpr/51/${station(BIG, 1)}.json`, content: JSON.stringify(dpr(5, 6)) },
      { name: `hhcw/pdpd/51/${station(BIG, 1)}.json`, content: '{"chart":{"695965":4,"695966":7,"null":null}}' },
    ]);
    const data = scratch.fresh();
    const ran = await teguh("import", "kpu", scratch.write("a.zip", zip), "--data", data, "--json");
    assert.equal(ran.code, 0, ran.err);
    const shown = (await teguh("results", data, "--contest", "dpr", "--region", BIG, "--json")).json() as {
      count: { votes: object; parties: object };
    };
    assert.deepEqual(shown.count.votes, { 1: 5, 101: 6, 2: 4, 201: 0 });
    assert.deepEqual(shown.count.parties, { 1: 11, 2: 4 });
    assert.equal((await teguh("verify", data)).code, 0);
  });

  for (const [what, argv, message] of [
    ["another source", ["import", "kpx", "a"], /no import from "kpx"/],
    ["no folder", ["import", "kpu", "a"], /--data is missing/],
    [
      "a contest that does not exist",
      ["import", "kpu", "a", "--data", "b", "--contest", "pilkades"],
      /no contest "pilkades"/,
    ],
    ["an option that does not exist", ["import", "kpu", "a", "--datum", "b"], /'--datum'/],
    ["a time that is none", ["import", "kpu", "a", "--data", "b", "--as-of", "kemarin"], /"kemarin" is no time/],
  ] as const) {
    test(`answers ${what} with one line and exit code 2`, async () => {
      const ran = await teguh(...argv);
      assert.equal(ran.code, 2);
      assert.match(ran.err, message);
      assert.equal(ran.err.trimEnd().split("\n").length, 1);
    });
  }
});

const DATA = process.env.TEGUH_DATA ?? new URL("../../../shared/data", import.meta.url).pathname;
const BALI = join(DATA, "kpu-bali-20240313/ppwp_tps_20240313.jsonl.gz");

test("Bali in March 2024 comes out as published", {
  skip: existsSync(BALI) ? false : "no archive data (TEGUH_DATA)",
}, async () => {
  const data = scratch.fresh("bali");
  await importing(BALI, data);
  const { count } = (await results(data, "51")) as Results & { count: { flags: Record<string, number> } };
  assert.deepEqual(
    [count.expected, count.in, count.withVotes, count.posted, count.held],
    [12_759, 8_163, 7_480, 7_252, 228],
  );
  assert.deepEqual(count.votes, { 100025: 48_199, 100026: 803_715, 100027: 664_250 });
  assert.deepEqual(count.heldVotes, { 100025: 2_345, 100026: 23_811, 100027: 20_500 });
  const { E101, E102, E103, E301, E302, E304, E306, W402, W403, W408 } = count.flags;
  assert.deepEqual(
    [E101, E102, E103, E301, E302, E304, E306, W402, W403, W408],
    [197, 216, 92, 30, 255, 150, 68, 98, 11, 56],
  );
});
