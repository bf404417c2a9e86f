// The stranger's script of docs/VERIFY.md: it must agree with an honest publication, and name the file where a dishonest
// one is wrong. It shares no code with the program, so this is also a second implementation that agrees with the first.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ContestKind } from "../src/election/codes.ts";
import type { Office } from "../src/publish/testing.ts";
import { type Forged, forgeResult, publishExample } from "./published-example.ts";

const SCRIPT = join(import.meta.dirname, "../docs/verify-by-hand.py");
const PYTHON = spawnSync("python3", ["--version"]).status === 0;
const skip = PYTHON ? false : "python3 is not installed";

let office: Office;
let copies: string;
before(async () => {
  office = await publishExample({ editions: 1 });
  copies = mkdtempSync(join(tmpdir(), "teguh-by-hand-"));
});
after(() => {
  office.close();
  rmSync(copies, { recursive: true, force: true });
});

function run(publicDir: string, ...options: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("python3", [SCRIPT, publicDir, ...options], { encoding: "utf8" });
  return { status, output: stdout + stderr };
}

/** A copy of the publication, for a forger. */
function copy(name: string): string {
  const dir = join(copies, name.replaceAll(/\W+/g, "-"));
  cpSync(office.publicDir, dir, { recursive: true });
  return dir;
}

test("an honest publication holds, down to every statement's signature", { skip }, () => {
  const { status, output } = run(office.publicDir);
  assert.equal(status, 0, output);
  assert.match(output, /^HOLDS edition 1/m);
  assert.doesNotMatch(output, /FAULT/);
});

test("one region and one contest can be checked alone", { skip }, () => {
  const { status, output } = run(office.publicDir, "--contest", "ppwp", "--region", "510101", "--account");
  assert.equal(status, 0, output);
  assert.match(output, /count p1 +opening +0 first +100 raised +0 removed +10 closing +90/);
  assert.match(output, /recap p1 +opening +0 first +90 raised +0 removed +2 closing +88/);
});

test("a key other than the one that a reader trusts is not believed", { skip }, () => {
  const other = "uji.teguh.example/2029+bc2a2d38+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
  const { status, output } = run(office.publicDir, "--key", other);
  assert.notEqual(status, 0, output);
});

/** Changes the bytes of a file, by their Latin-1 text. */
function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, "latin1");
  const after = change(before);
  assert.notEqual(after, before, `${path} was to be changed`);
  writeFileSync(path, after, "latin1");
}

const BROKEN: readonly (readonly [file: string, change: (text: string) => string])[] = [
  ["checkpoint", (text) => text.replace("\n1\n", "\n2\n")],
  ["tile/0/000.p/1", (text) => `${text.slice(1)}x`],
  ["tile/entries/000.p/1", (text) => text.replace('"number":1', '"number":2')],
  ["log/tps/510101/tile/entries/000.p/8", (text) => text.replace('"votes":[90', '"votes":[91')],
  ["log/tps/510101/checkpoint", (text) => text.replace("\n8\n", "\n7\n")],
  ["log/pleno/51/tile/0/000.p/5", (text) => `${text.slice(1)}x`],
];

for (const [file, change] of BROKEN) {
  test(`a changed ${file} is named`, { skip }, () => {
    const dir = copy(file);
    edit(join(dir, file), change);
    const { status, output } = run(dir);
    assert.equal(status, 1, output);
    assert.match(output, new RegExp(`^FAULT ${file}: `, "m"));
  });
}

/** What a publisher who lies could sign: hashes and signatures are right, the figures are not. */
const LIES: readonly (readonly [
  what: string,
  contest: ContestKind,
  path: readonly string[],
  change: (object: Forged) => void,
  says: RegExp,
])[] = [
  [
    "a total that is not the sum of its parts",
    "ppwp",
    ["0"],
    (nation) => {
      nation.count.lists[0].votes[0] += 1;
    },
    /votes of district 0 is published as \[91, 65, 40\], its parts add up to \[90, 65, 40\]/,
  ],
  [
    "a row that is not the region's own figures",
    "ppwp",
    ["0"],
    (nation) => {
      nation.children[0].count.lists[0].votes[0] += 1;
      nation.count.lists[0].votes[0] += 1;
    },
    /the count row of 51 is not what that region's object says/,
  ],
  [
    "a candidate's votes that are not in the objects below",
    "dpr",
    ["0", "51", "5101"],
    (kabupaten) => {
      kabupaten.count.lists[0].votes[1] += 1;
    },
    /votes of district 5100 is published as \[0, 1, 0, 1, 2, 3\], its parts add up to \[0, 0, 0, 1, 2, 3\]/,
  ],
  [
    "a candidate's votes apart that are not in the objects below",
    "dprdp",
    ["0", "51", "lists"],
    (lists) => {
      lists.count[0].votes[1] += 1;
    },
    /votes of district 5101 is published as \[5, 11, 15, 1, 2, 3\], its parts add up to \[5, 10, 15, 1, 2, 3\]/,
  ],
  [
    "candidates of another region",
    "dprdp",
    ["0", "51", "lists"],
    (lists) => {
      lists.region = "5102";
    },
    /is not of the candidates of dprdp in 51/,
  ],
  [
    "candidates of one book alone",
    "dprdp",
    ["0", "51", "lists"],
    (lists) => {
      lists.count = null;
    },
    /count: object\/.* has not the candidates of this book/,
  ],
  [
    "a ruling that names the columns of another district",
    "dprdp",
    ["0", "51"],
    (province) => {
      province.recap.adjustments[0].district = "5101";
    },
    /a ruling names the columns of 5102, and is of 5101/,
  ],
  [
    "a station that is not shown as its statement says",
    "ppwp",
    ["0", "51", "5101", "510101", "5101011001"],
    (desa) => {
      desa.stations[0].count.votes = [91, 64, 40];
      desa.count.lists[0].votes = [91, 64, 40];
    },
    /station 5101011001001 is not shown as entry 7 of tps\/510101 says/,
  ],
  [
    "votes that were removed without a posting",
    "ppwp",
    ["0", "51", "5101", "510101"],
    (kecamatan) => {
      kecamatan.journal.count = [];
    },
    /5101011001 has 10 votes removed in column 0 of district 0, its journal explains 0/,
  ],
];

for (const [how, spoil] of [
  ["changed", (path: string) => edit(path, (text) => text.replace('"votes":[5', '"votes":[6'))],
  ["missing", (path: string) => rmSync(path)],
] as const) {
  test(`candidates apart that are ${how} are named`, { skip }, () => {
    const dir = copy(`apart ${how}`);
    const { lists } = JSON.parse(readFileSync(join(dir, "now/dprdp/51.json"), "utf8")) as { lists: string };
    const path = `object/${lists.slice(0, 2)}/${lists.slice(2)}.json`;
    spoil(join(dir, path));
    const { status, output } = run(dir, "--contest", "dprdp");
    assert.equal(status, 1, output);
    assert.match(output, new RegExp(`^FAULT ${path}: `, "m"));
  });
}

for (const [what, contest, path, change, says] of LIES) {
  test(`${what}, signed by the publisher, is named with its object`, { skip }, () => {
    const dir = copy(what);
    const changed = forgeResult(dir, contest, path, change);
    const { status, output } = run(dir, "--contest", contest);
    assert.equal(status, 1, output);
    assert.match(output, says);
    assert.ok(output.includes(`object/${changed.slice(0, 2)}/${changed.slice(2)}.json`), output);
  });
}
