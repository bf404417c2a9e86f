import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type Found, findRecords, isRejected, type Rejected } from "./files.ts";
import { isReported } from "./record.ts";
import { jsonLines, makeZip, record } from "./testing.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-archive-"));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function find(path: string, contest: "ppwp" | "dpr" | null = "ppwp") {
  const found: Found[] = [];
  const rejected: Rejected[] = [];
  for await (const item of findRecords([path], contest)) (isRejected(item) ? rejected : found).push(item as never);
  return {
    stations: found.map((item) => item.station as string),
    contests: found.map((item) => item.contest),
    rejected,
  };
}

const TS = "2024-02-15 08:00:54";
const A = "5103032001001";
const B = "5103032001002";
const one = JSON.stringify(record([1, 2, 3], TS));

describe("findRecords", () => {
  const lines = jsonLines([
    [A, record([1, 2, 3], TS)],
    [B, record(null, TS)],
  ]);
  for (const [name, content] of [
    ["a.jsonl", lines],
    ["a.jsonl.gz", gzipSync(lines)],
    ["a.json", lines],
    ["deep/pemilu/hhcw/ppwp/51/5103/510303/5103032001/5103032001001.json", one],
    ["5103032001001.json.gz", gzipSync(one)],
    [
      "a.zip",
      makeZip([
        { name: `x/${A}.json`, content: one },
        { name: "readme.txt", content: "?" },
      ]),
    ],
  ] as const) {
    test(`reads ${name}`, async () => {
      const path = write(`forms/${name}`, content);
      const { stations, rejected } = await find(path);
      assert.equal(stations[0], A);
      assert.deepEqual(rejected, []);
    });
  }

  test("walks a folder of any nesting and passes over the archive's tables of regions", async () => {
    write("nested/51/5103/510303.json", '{"table":{}}');
    write("nested/51/5103/510303/5103032001.json", '{"table":{}}');
    write(`nested/51/5103/510303/5103032001/${A}.json`, one);
    write(`nested/again/${B}.json`, one);
    write("nested/notes.txt", "hello");
    assert.deepEqual(await find(join(folder, "nested")), {
      stations: [A, B],
      contests: ["ppwp", "ppwp"],
      rejected: [],
    });
  });

  test("takes the contest from the folder's name when none is given, and only the given one otherwise", async () => {
    write(`mixed/hhcw/ppwp/51/${A}.json`, one);
    write(`mixed/hhcw/pdpr/51/${A}.json`, '{"chart":null}');
    assert.deepEqual((await find(join(folder, "mixed"), null)).contests, ["dpr", "ppwp"]);
    assert.deepEqual((await find(join(folder, "mixed"), "dpr")).contests, ["dpr"]);
  });

  test("says that the contest must be named where nothing names it", async () => {
    const { rejected } = await find(write(`plain/${A}.json`, one), null);
    assert.match(rejected[0]?.what ?? "", /--contest/);
  });

  test("what cannot be read is named with its file and line, and the rest is read", async () => {
    const bad = [
      JSON.stringify({ kode: A, ...record([1, 2, 3], TS) }),
      `{"kode":"${B}","chart":{"100025":"12"}}`,
      `{"kode":"${B}","chart":{"100025":1,"100025":2}}`,
      `{"kode":"51","chart":null}`,
      `{"chart":null}`,
      `{"kode":"${B}","ch`,
      "",
      JSON.stringify({ kode: B, ...record([4, 5, 6], TS) }),
    ].join("\n");
    const path = write("bad.jsonl", bad);
    const { stations, rejected } = await find(path);
    assert.deepEqual(stations, [A, B]);
    assert.deepEqual(
      rejected.map((item) => [item.file === path, item.line]),
      [2, 3, 4, 5, 6].map((line) => [true, line]),
    );
    assert.match(rejected[1]?.what ?? "", /twice/);
    assert.match(rejected[4]?.what ?? "", /cut off/);
  });

  test("a gzip file that is cut off gives the lines before the cut, then says so", async () => {
    const many = jsonLines(Array.from({ length: 2000 }, (_, i) => [A, record([i, 2, 3], TS)] as const));
    const packed = gzipSync(many);
    const { stations, rejected } = await find(write("cut.jsonl.gz", packed.subarray(0, packed.length - 20)));
    assert.ok(stations.length > 0 && stations.length <= 2000);
    assert.match(rejected.at(-1)?.what ?? "", /cut off in the middle of its gzip data/);
  });

  for (const [name, content, what] of [
    [`${A}.json`, one.slice(0, 40), /cut off/],
    [`${A}.json`, Uint8Array.of(0xff, 0xfe), /not UTF-8/],
    [`${A}.json.gz`, utf8Text("no gzip"), /gzip data is damaged/],
    ["broken.zip", makeZip([{ name: `${A}.json`, content: one }]).subarray(0, 100), /not a ZIP archive, or cut off/],
    ["list.json", "[\n1,\n2\n]", /neither named by a station/],
  ] as const) {
    test(`a file that cannot be read is one rejection: ${name} ${what.source}`, async () => {
      const { stations, rejected } = await find(write(`wrong/${name}`, content));
      assert.deepEqual(stations, []);
      assert.equal(rejected.length, 1);
      assert.match(rejected[0]?.what ?? "", what);
    });
  }
});

function utf8Text(text: string): Uint8Array {
  return Buffer.from(text);
}

const DATA = process.env.TEGUH_DATA ?? new URL("../../../../shared/data", import.meta.url).pathname;
const skip = existsSync(DATA) ? false : "no archive data on this machine (TEGUH_DATA)";

describe("the real archive", { skip }, () => {
  const count = async (path: string) => {
    let [read, reported, votes] = [0, 0, 0];
    for await (const item of findRecords([join(DATA, path)], "ppwp")) {
      assert.ok(!isRejected(item), JSON.stringify(item));
      read++;
      if (isReported(item.record)) reported++;
      if (item.record.votes) votes++;
    }
    return [read, reported, votes];
  };

  test("Bali in March 2024: 12,759 stations, 8,163 with something reported, 7,480 with votes", async () => {
    assert.deepEqual(await count("kpu-bali-20240313/ppwp_tps_20240313.jsonl.gz"), [12_759, 8_163, 7_480]);
  });

  test("a ZIP of 1,000 stations of Jakarta is read whole", async () => {
    assert.equal((await count("kpu-dki-sample/tingkat6_1000data.zip"))[0], 1_000);
  });
});
