import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { test } from "node:test";

const MODULE = new URL("./precedence.ts", import.meta.url).href;
const isRoot = process.getuid?.() === 0;
const hasChrt = spawnSync("chrt", ["--version"]).status === 0;

/** What a process of its own prints that has run this. */
function said(code: string): string {
  const program = `const { comeFirst, comeLast, giveWay } = await import(${JSON.stringify(MODULE)});
    const os = await import("node:os"); const { readFileSync } = await import("node:fs"); ${code}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program]);
  assert.equal(status, 0, String(stderr));
  return String(stdout).trim();
}

/** The scheduling policy of the calling process: the 41st field of its stat, after a name that may hold spaces. */
const POLICY = `readFileSync("/proc/self/stat", "utf8").split(") ").at(-1).split(" ")[38]`;

test("who gives way does so by some steps from where it was started, and who comes last has the last place", () => {
  const [before, after, last] = said(
    "const b = os.getPriority(); giveWay(); const a = os.getPriority(); comeLast(); console.log(b, a, os.getPriority())",
  ).split(" ");
  assert.deepEqual([Number(after), Number(last)], [Math.min(19, Number(before) + 8), 19]);
});

test("root's process comes first in real time", { skip: !(isRoot && hasChrt && availableParallelism() > 1) }, () => {
  assert.equal(said(`comeFirst(); console.log(${POLICY})`), "2");
});

test("where the system does not allow it, a process goes on as it is", { skip: !isRoot }, () => {
  assert.equal(said(`process.setuid(65534); comeFirst(); giveWay(); console.log(${POLICY})`), "0");
});
