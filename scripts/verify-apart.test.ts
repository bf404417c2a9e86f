// Candidates that stand apart from their region's object, as `teguh verify` and `teguh results` read them: what a poor disk or a
// publisher who lies makes of them is refused, and says where.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { teguh } from "../src/cli/testing.ts";
import type { Office } from "../src/publish/testing.ts";
import { type Forged, forgeResult, publishExample } from "./published-example.ts";

let office: Office;
let copies: string;
before(async () => {
  office = await publishExample({ editions: 1 });
  copies = mkdtempSync(join(tmpdir(), "teguh-apart-"));
});
after(() => {
  office.close();
  rmSync(copies, { recursive: true, force: true });
});

/** A copy of the publication, and in it the file of a region's candidates. */
function copy(region: string): { dir: string; file: string } {
  const dir = mkdtempSync(join(copies, "x"));
  cpSync(office.publicDir, dir, { recursive: true });
  const { lists } = JSON.parse(readFileSync(join(dir, `now/dprdp/${region}.json`), "utf8")) as { lists: string };
  return { dir, file: `object/${lists.slice(0, 2)}/${lists.slice(2)}.json` };
}

async function faultsOf(dir: string): Promise<string> {
  const { code, out } = await teguh("verify", dir, "--json");
  const { faults } = JSON.parse(out) as { faults: { where: string; what: string }[] };
  assert.equal(code, faults.length === 0 ? 0 : 1);
  return faults.map(({ where, what }) => `${where}: ${what}`).join("\n");
}

test("what was published holds, and the results of the region have its candidates", async () => {
  assert.equal(await faultsOf(office.publicDir), "");
  const { out } = await teguh("results", office.publicDir, "--contest", "dprdp", "--region", "51", "--json");
  const { count, recap, children } = JSON.parse(out) as Forged;
  assert.deepEqual([count.votes["5101-a1"], count.votes["5102-b2"], count.parties], [10, 8, { a: 38, b: 18 }]);
  assert.equal(recap.votes["5102-a1"], 2, "a ruling");
  assert.deepEqual(
    children.map((child: Forged) => [child.region, child.count.votes["5101-a1"]]),
    [
      ["5101", 0],
      ["5102", 10],
    ],
  );
});

for (const [what, spoil] of [
  ["altered", (path: string) => writeFileSync(path, readFileSync(path, "utf8").replace("[5,10,15", "[5,11,15"))],
  ["not there", (path: string) => rmSync(path)],
  ["those of another region", (path: string) => cpSync(join(path, "../../..", copy("5102").file), path)],
] as const) {
  test(`candidates that are ${what} are named with their file`, async () => {
    const { dir, file } = copy("51");
    spoil(join(dir, file));
    assert.match(await faultsOf(dir), new RegExp(`^${file}: `, "m"));
    const { code, err } = await teguh("results", dir, "--contest", "dprdp", "--region", "51");
    assert.notEqual(code, 0);
    assert.ok(err.includes(file), err);
  });
}

const LIES: readonly (readonly [what: string, change: (lists: Forged) => void])[] = [
  [
    "other votes",
    (lists) => {
      lists.count[0].votes[1] += 1;
    },
  ],
  [
    "another region",
    (lists) => {
      lists.region = "5102";
    },
  ],
];

for (const [what, change] of LIES) {
  test(`candidates with ${what}, signed by the publisher, are not what the statements give`, async () => {
    const { dir } = copy("51");
    forgeResult(dir, "dprdp", ["0", "51", "lists"], change);
    assert.match(await faultsOf(dir), /^edition 1: the result of dprdp is not what its statements give$/m);
  });
}

test("the results of a region refuse candidates that are signed and of another", async () => {
  const { dir } = copy("51");
  forgeResult(dir, "dprdp", ["0", "51", "lists"], (lists) => {
    lists.region = "5102";
  });
  const { code, err } = await teguh("results", dir, "--contest", "dprdp", "--region", "51");
  assert.notEqual(code, 0);
  assert.match(err, /not of the candidates of dprdp 51, which names it for them/);
});
