import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CANNOT_RUN, REPLACED, Supervisor } from "./supervisor.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-supervisor-"));
after(() => rmSync(folder, { recursive: true }));

/** A role that does what the lines of JavaScript say. */
function role(name: string, code: string) {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  return { name, file, args: [] };
}

const WORKS = `process.on("SIGTERM", () => process.exit(0)); process.send("here"); setInterval(() => {}, 1000);`;
const pauses = { first: 1, longest: 4, kill: 50 };

function supervise(roles: ReturnType<typeof role>[], onReady: (name: string, times: number, all: Supervisor) => void) {
  const lines: string[] = [];
  const ready = new Map<string, number>();
  const supervisor: Supervisor = new Supervisor({
    roles,
    pauses,
    log: (line) => lines.push(line),
    onReady: (name) => {
      const times = (ready.get(name) ?? 0) + 1;
      ready.set(name, times);
      onReady(name, times, supervisor);
    },
  });
  return { run: supervisor.run(), lines };
}

const timeout = 30_000;

test("a role that is killed comes back, and the others do not notice", { timeout }, async () => {
  const seen: string[] = [];
  const { run, lines } = supervise([role("one", WORKS), role("two", WORKS)], (name, times, supervisor) => {
    seen.push(`${name} ${times}`);
    if (seen.length === 2) process.kill(supervisor.processes.get("one") ?? 0, "SIGKILL");
    if (name === "one" && times === 2) supervisor.stop();
  });
  assert.equal(await run, 0);
  assert.deepEqual(seen.toSorted(), ["one 1", "one 2", "two 1"]);
  assert.match(lines.join("\n"), /one stopped \(killed\)/);
});

test("a role that can never run stops everything", { timeout }, async () => {
  const { run, lines } = supervise([role("one", WORKS), role("never", `process.exit(${CANNOT_RUN})`)], () => undefined);
  assert.equal(await run, CANNOT_RUN);
  assert.match(lines.join("\n"), /never cannot run/);
});

test("a role that was taken over is left to the other process", { timeout }, async () => {
  const replaced = role("replaced", `process.send("here"); process.exitCode = ${REPLACED}; process.disconnect();`);
  const { run, lines } = supervise([replaced], () => undefined);
  assert.equal(await run, 0);
  assert.match(lines.join("\n"), /taken over/);
});

test("a role that does not stop when asked is made to", { timeout }, async () => {
  const deaf = role("deaf", `process.on("SIGTERM", () => {}); process.send("here"); setInterval(() => {}, 1000);`);
  const { run } = supervise([deaf], (_name, _times, supervisor) => supervisor.stop());
  assert.equal(await run, 0);
});
