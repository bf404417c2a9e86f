import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CANNOT_RUN, REPLACED, type RoleProcess, Supervisor, type SupervisorOptions } from "./supervisor.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-supervisor-"));
after(() => rmSync(folder, { recursive: true }));

/** A role that does what the lines of JavaScript say. */
function role(name: string, code: string) {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  return { name, file, args: [] };
}

const WORKS = `process.on("message", () => process.send({ alive: true }));
process.on("SIGTERM", () => process.exit(0)); process.send("here"); setInterval(() => {}, 1000);`;
const pauses = { first: 1, longest: 4, kill: 50, ping: 20 };

function supervise(
  roles: readonly RoleProcess[],
  onReady: (name: string, times: number, all: Supervisor) => void,
  options: Partial<SupervisorOptions> = {},
) {
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
    ...options,
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

test("a role that hangs is killed and comes back, and the others do not notice", { timeout }, async () => {
  const circling = role("circling", "");
  // In its first life it answers once and then turns in circles.
  writeFileSync(
    circling.file,
    `import { existsSync, writeFileSync } from "node:fs";
    const mark = import.meta.filename + ".lived";
    const isFirst = !existsSync(mark);
    writeFileSync(mark, "");
    if (isFirst) process.on("message", () => process.send({ alive: true }, () => { for (;;); }));
    ${WORKS}`,
  );
  const seen: string[] = [];
  const { run, lines } = supervise(
    [role("stopped", WORKS), circling, role("well", WORKS)],
    (name, times, supervisor) => {
      seen.push(`${name} ${times}`);
      if (name === "stopped" && times === 1) process.kill(supervisor.processes.get(name) ?? 0, "SIGSTOP");
      if (seen.includes("stopped 2") && seen.includes("circling 2")) supervisor.stop();
    },
    { pauses: { ...pauses, hung: 1_000 } },
  );
  assert.equal(await run, 0);
  assert.deepEqual(seen.toSorted(), ["circling 1", "circling 2", "stopped 1", "stopped 2", "well 1"]);
  assert.match(lines.join("\n"), /stopped has answered none of \d+ questions/);
});

test("roles are stopped in their order, each step once the one before has ended", { timeout }, async () => {
  const order = join(folder, "order");
  const slow = (name: string, step: number) => ({
    ...role(
      name,
      `import { appendFileSync } from "node:fs";
      process.on("SIGTERM", () => setTimeout(() => { appendFileSync(${JSON.stringify(order)}, "${name} "); process.exit(0); }, ${30 - 10 * step}));
      process.send("here"); setInterval(() => {}, 1000);`,
    ),
    step,
  });
  let ready = 0;
  const { run } = supervise(
    [slow("last", 2), slow("first", 0), slow("second", 1)],
    (_name, _times, supervisor) => {
      if (++ready === 3) supervisor.stop();
    },
    { pauses: { ...pauses, kill: 20_000 } },
  );
  assert.equal(await run, 0);
  assert.equal(readFileSync(order, "utf8"), "first second last ");
});

test("the pause before a start is spread, grows to its bound, and is short again after a healthy life", {
  timeout,
}, async () => {
  const dies = role("dies", `process.send("here"); process.exitCode = 1; process.disconnect();`);
  const waits = async (healthy: number) => {
    const { run, lines } = supervise(
      [dies],
      (_name, times, supervisor) => {
        if (times === 5) supervisor.stop();
      },
      { random: () => 0.5, pauses: { ...pauses, first: 4, longest: 16, healthy } },
    );
    assert.equal(await run, 0);
    return lines.map((line) => Number(/again in (\d+) ms/.exec(line)?.[1]));
  };
  assert.deepEqual(await waits(60_000), [2, 4, 8, 8]);
  assert.deepEqual(await waits(0), [2, 2, 2, 2]);
});
