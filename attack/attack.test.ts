/** The suite itself, small: three attacks against real processes. What it measures on a busy machine is not judged, only that nothing is lost. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import type { Measured } from "../bench/figure.ts";

const PROGRAM = join(import.meta.dirname, "attack.ts");
const run = (...args: string[]) => spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8" });

test("three attacks on the real processes: true sheets come in, lies do not, nothing is lost or doubled", () => {
  const { status, stdout, stderr } = run("--short", "--json", "--only", "unsigned,rivals,lies");
  assert.ok(status === 0 || status === 1, stderr);
  const figures = JSON.parse(stdout) as Measured[];
  const figureOf = (words: RegExp) => figures.find(({ what }) => words.test(what))?.value ?? assert.fail(`${words}`);
  assert.ok(figureOf(/^unsigned: requests of the attacker/) > 0);
  assert.equal(figureOf(/^lies: believed/), 0);
  assert.equal(figureOf(/^lies: answered with a fault of ours/), 0);
  assert.ok(figureOf(/^rivals: .* taken/) <= 9);
  assert.equal(figureOf(/acknowledged sheets, not there/), 0);
  assert.equal(figureOf(/there twice/), 0);
});

test("an attack that is not there is named, with those that are", () => {
  const { status, stderr } = run("--only", "earthquake");
  assert.equal(status, 2);
  assert.match(stderr, /no attack "earthquake"; there are .*unsigned.*torn/);
});
