import assert from "node:assert/strict";
import { test } from "node:test";
import { type Hit, searchFolder, wordFile } from "../../../src/election/search.ts";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { Finder, parseQuestion, SearchUnavailable } from "./finder.ts";

const KUTA_UTARA: Hit = [
  "5103061001",
  "Kuta Utara",
  "Mengwi",
  [
    [1, 12],
    [901, 901],
  ],
];
const SRI: Hit = ["dpr", "c1", 3, "Sri Kuta", "PA", "Bali", "51"];
const many = Array.from({ length: 3 }, (_, i): Hit => ["dpr", `s${i}`, i, `Sri ${i}`, "PA", "Bali", "51"]);

/** An index in which "s" is split by the next letter. */
const FILES: Record<string, unknown> = {
  "index.json": {
    format: "teguh/search/v1",
    definition: "d",
    regions: [
      ["51", "Bali"],
      ["5103", "Kabupaten Badung"],
    ],
    files: ["b", "k", "s", "sr", "sri", "sri_", "u"],
  },
  [wordFile("b")]: [
    ["51", "Bali", null, null],
    ["5103", "Kabupaten Badung", null, null],
  ],
  [wordFile("k")]: [["510301", "Kuta", null, null], KUTA_UTARA, SRI],
  [wordFile("u")]: [KUTA_UTARA],
  [wordFile("sri")]: many,
  [wordFile("sri_")]: [...many, SRI],
  "c/5103.json": [["510301", "Kuta", null, null], KUTA_UTARA],
};

const asked: string[] = [];
const finder = new Finder(async (path) => {
  asked.push(path);
  const file = FILES[path.slice(searchFolder("d").length)];
  return file === undefined ? null : utf8(JSON.stringify(file));
}, "d");

const found = async (question: string): Promise<string[]> =>
  (await finder.find(question)).map((each) =>
    each.kind === "choice" ? `${each.contest} ${each.id}` : `${each.code}${each.station ?? ""}`,
  );

for (const [question, answers] of [
  ["kuta", ["510301", "5103061001", "dpr c1"]],
  ["KÚTA", ["510301", "5103061001", "dpr c1"]],
  ["desa kuta", ["5103061001", "510301", "dpr c1"]],
  ["kuta utara", ["5103061001"]],
  ["kuta mengwi", ["5103061001"]],
  ["kuta badung", ["510301", "5103061001"]],
  ["kec kuta badung tps 12", ["5103061001012"]],
  ["kuta tps 13", []],
  ["sri kuta", ["dpr c1"]],
  ["xyz", []],
  ["", []],
  ["51", ["51", "5103"]],
  ["5103", ["5103", "510301", "5103061001"]],
  ["51.03.06", ["5103061001"]],
  ["5103061001 012", ["5103061001012"]],
  ["51030610019", ["5103061001901"]],
  ["5199061001001", []],
] as const) {
  test(`${JSON.stringify(question)} finds ${answers.join(", ") || "nothing"}`, async () => {
    assert.deepEqual(await found(question), answers);
  });
}

test("a file is fetched once, however often it is asked for", async () => {
  await found("kuta");
  await found("kuta utara");
  assert.equal(asked.filter((path) => path.endsWith("w/k.json")).length, 1);
});

test("a question is words, a number of a station, or a code", () => {
  assert.deepEqual(parseQuestion("TPS 005 Kuta"), { code: "", words: ["kuta"], station: 5, level: null });
  assert.deepEqual(parseQuestion("5103.06.1001-005"), { code: "5103061001005", words: [], station: null, level: null });
  assert.deepEqual(parseQuestion("Desa"), { code: "", words: ["desa"], station: null, level: 10 });
});

for (const [what, index] of [
  ["is not there", null],
  ["is no index", { format: "other" }],
  ["names a region that is none", { ...(FILES["index.json"] as object), regions: [["../x", "Bali"]] }],
] as const) {
  test(`an index that ${what} is unavailable, and asked for again the next time`, async () => {
    let times = 0;
    const broken = new Finder(async () => {
      times++;
      return index === null ? null : utf8(JSON.stringify(index));
    }, "d");
    await assert.rejects(broken.find("kuta"), SearchUnavailable);
    await assert.rejects(broken.find("kuta"), SearchUnavailable);
    assert.equal(times, 2);
  });
}
