import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DataFolder } from "../cli/data-folder.ts";
import { checkElection } from "../election/check-election.ts";
import { exampleFile } from "../election/testing.ts";
import { runStart } from "./main.ts";
import { ROLES, type Role } from "./roles.ts";
import { CANNOT_RUN } from "./supervisor.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-start-"));
const data = join(folder, "data");

before(async () => {
  const checked = checkElection(exampleFile());
  assert.ok("ok" in checked);
  const made = await DataFolder.found(data, checked.ok, "1/KPU/2029");
  await made.publish(() => undefined);
  await made.close();
});
after(() => rmSync(folder, { recursive: true }));

/** A started program, whose events a test waits for instead of for time. */
function start(change: Partial<Parameters<typeof runStart>[0]> = {}) {
  const stopping = new AbortController();
  const addresses = new Map<Role, string>();
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const tell = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const ended = runStart({
    data,
    publicPort: 0,
    intakePort: 0,
    deskPort: 0,
    photosPort: 0,
    host: "127.0.0.1",
    onReady: (role, address) => {
      addresses.set(role, address);
      tell();
    },
    log: (line) => {
      lines.push(line);
      tell();
    },
    signal: stopping.signal,
    ...change,
  });
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { ended, addresses, lines, until, stop: () => stopping.abort() };
}

test("start brings up every role, each reachable at the address it gives, and stops cleanly", {
  timeout: 60_000,
}, async () => {
  const program = start();
  await program.until(() => ROLES.every((role) => program.addresses.has(role)));
  const status = await fetch(`${program.addresses.get("public")}status.json`);
  assert.equal(((await status.json()) as { election: string }).election, exampleFile().origin);
  assert.equal((await fetch(`${program.addresses.get("intake")}health`)).status, 200);
  program.stop();
  assert.equal(await program.ended, 0);
});

test("a role alone runs in this process", { timeout: 60_000 }, async () => {
  const program = start({ role: "public" });
  await program.until(() => program.addresses.size === 1);
  assert.equal((await fetch(`${program.addresses.get("public")}checkpoint`)).status, 200);
  program.stop();
  assert.equal(await program.ended, 0);
});

test("where there is no election, start says so and does not go on trying", { timeout: 60_000 }, async () => {
  const program = start({ data: join(folder, "nothing") });
  assert.equal(await program.ended, CANNOT_RUN);
});

test("a port that is taken stops a role with a line that names it", { timeout: 60_000 }, async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const program = start({ role: "public", publicPort: port });
  assert.equal(await program.ended, CANNOT_RUN);
  assert.match(program.lines.join("\n"), new RegExp(`${port}`));
  other.close();
});
