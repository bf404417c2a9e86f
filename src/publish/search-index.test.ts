import assert from "node:assert/strict";
import { test } from "node:test";
import { codeFile, type Hit, type SearchIndex, searchWords, WORD_END, wordFile } from "../election/search.ts";
import type { ObjectSource } from "../export/source.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { searchFiles } from "./search-index.ts";

/** A definition of one kabupaten with so many desa of these names, and some choices. */
function definition(names: readonly string[], choices: readonly string[]): ObjectSource {
  const desa = names.map((name, i) => ({
    code: `510101${1001 + i}`,
    name,
    stations: [
      [1, 3],
      [901, 901],
    ],
  }));
  const objects: Record<string, JsonObject> = {
    root: { regions: "nation", contests: [["dpr", "dpr"]] },
    nation: { children: [["51", "Bali", "51"]] },
    51: { children: [["5101", "Kabupaten Badung", "5101"]] },
    5101: { children: [["510101", "Kuta", "510101"]] },
    510101: { code: "510101", name: "Kuta", desa },
    dpr: { districts: [["5100", "Bali", "district"]] },
    district: {
      name: "Bali",
      regions: ["5101"],
      parties: [{ short: "PA" }],
      choices: choices.map((name, i) => ({ id: `c${i}`, number: i + 1, name, party: 0, withdrawn: name === "Pergi" })),
    },
  };
  return { object: async (hash) => objects[hash] ?? assert.fail(`no object ${hash}`) };
}

async function filesOf(source: ObjectSource): Promise<Map<string, unknown>> {
  const files = new Map<string, unknown>();
  for await (const [path, text] of searchFiles(source, "root")) files.set(path, JSON.parse(text));
  return files;
}

test("a place is found under each word of its name, with what it lies in and its stations", async () => {
  const files = await filesOf(definition(["Tegal Sari", "Legian"], []));
  const hit = [
    "5101011001",
    "Tegal Sari",
    "Kuta",
    [
      [1, 3],
      [901, 901],
    ],
  ];
  assert.deepEqual(files.get(wordFile("t")) as Hit[], [hit]);
  assert.deepEqual(files.get(wordFile("s")) as Hit[], [hit]);
  assert.deepEqual(
    (files.get(codeFile("5101")) as Hit[]).map(([code]) => code),
    ["510101", "5101011001", "5101011002"],
  );
});

test("a choice is found by its name and leads to the region that holds its district; one that was withdrawn is not", async () => {
  const files = await filesOf(definition([], ["Ketut Made", "Pergi"]));
  assert.deepEqual(files.get(wordFile("m")), [["dpr", "c0", 1, "Ketut Made", "PA", "Bali", "5101", "5100"]]);
  assert.equal(files.get(wordFile("p")), undefined);
});

test("a beginning with many entries has the best, and a file for each further letter until all are found", async () => {
  const names = Array.from(
    { length: 900 },
    (_, i) => `Sari ${"abcdefghij"[i % 10]}${"klmnopqrst"[Math.floor(i / 10) % 10]}${i}`,
  );
  const files = await filesOf(definition(names, []));
  const index = files.get("index.json") as SearchIndex;
  assert.ok((files.get(wordFile("s")) as Hit[]).length <= 40);
  assert.equal((files.get(wordFile(`sari${WORD_END}`)) as Hit[]).length, 900);
  for (const name of names) {
    for (const word of searchWords(name)) {
      const own = index.files.filter((file) => `${word}${WORD_END}`.startsWith(file)).at(-1) ?? "";
      const hits = files.get(wordFile(own)) as Hit[];
      assert.ok(
        hits.some((hit) => hit[1] === name),
        `${name} is not in ${own}`,
      );
    }
  }
});

test("the index is the last of its files and lists the others", async () => {
  const files = await filesOf(definition(["Legian"], ["Ayu"]));
  assert.equal([...files.keys()].at(-1), "index.json");
  const { files: listed, regions } = files.get("index.json") as SearchIndex;
  assert.deepEqual(
    listed.map(wordFile),
    [...files.keys()].filter((path) => path.startsWith("w/")),
  );
  assert.deepEqual(regions, [
    ["51", "Bali"],
    ["5101", "Kabupaten Badung"],
  ]);
});
