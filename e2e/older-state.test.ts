/**
 * A backup put back under what was published since: started from there, every server refuses, since going on would make a
 * second history under the same keys. Whoever reads the refusal learns what is older, and what to do.
 */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { evening, morning, teguh } from "../src/cli/testing.ts";
import type { Role } from "../src/server/roles.ts";
import { type Election, foundElection, storedSizes } from "./election.ts";
import { Phone } from "./phone.ts";
import { Program } from "./program.ts";
import { untilPublished } from "./receipts.ts";

const scratch = mkdtempSync(join(tmpdir(), "teguh-older-"));
const data = join(scratch, "data");
const backup = join(scratch, "backup");
after(() => rmSync(scratch, { recursive: true }));

before(async () => {
  const election = await foundElection(data);
  await publishOneMore(election, 0);
  cpSync(data, backup, { recursive: true });
  await publishOneMore(election, 1);
});

/** A run of the whole program in which one sheet is sent and published; the stores are closed in the end. */
async function publishOneMore(election: Election, i: number): Promise<void> {
  const program = new Program(data);
  const station = election.stations[i] ?? assert.fail("there are stations enough");
  const note = election.sheet(station, "ppwp", [30, 20, 10]);
  const { status } = await new Phone(election, station).send(await program.address("intake"), note);
  assert.equal(status, 200);
  await untilPublished(data);
  assert.equal(await program.stop(), 0);
}

let copies = 0;

/** A copy of the data folder in which these stores are again as they were in the backup, write-ahead logs included. */
function withOld(...names: readonly string[]): string {
  const copy = join(scratch, `copy-${copies++}`);
  cpSync(data, copy, { recursive: true });
  const isOld = (file: string) => names.some((name) => file.startsWith(name));
  for (const file of readdirSync(copy).filter(isOld)) rmSync(join(copy, file));
  for (const file of readdirSync(backup).filter(isOld)) cpSync(join(backup, file), join(copy, file));
  return copy;
}

/** Every file of the public folder. */
function published(folder: string): Record<string, string> {
  const dir = join(folder, "public");
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => join(parentPath, name)).map((path) => [path, readFileSync(path, "base64")]),
  );
}

const STORES = ["store.db", "publish.db", "publish-index.db"];
/** Said by the files where the editions are older too, else by the newest edition. */
const BEHIND_FILES = /log\/(tps|pleno)\/\d+\/checkpoint is of size \d+, but the store has \d+ entries/;
const BEHIND_STORE = /an edition has (tps|pleno)\/\d+ up to \d+, but the store has \d+/;
const BEHIND_EDITIONS = /the public folder has edition \d+, but the newest edition stored here is \d+/;
const WHAT_TO_DO = /Bring back the newest stores, or publish from the machine that has them/;

const CASES: readonly { what: string; old: readonly string[]; role: Role | undefined; says: RegExp }[] = [
  { what: "all stores", old: STORES, role: undefined, says: /OlderThanPublished/ },
  { what: "all stores", old: STORES, role: "core", says: BEHIND_FILES },
  { what: "all stores", old: STORES, role: "publish", says: BEHIND_EDITIONS },
  { what: "the store of statements", old: ["store.db"], role: "core", says: BEHIND_STORE },
  {
    what: "the store of statements",
    old: ["store.db"],
    role: "publish",
    says: BEHIND_STORE,
  },
  { what: "the editions", old: ["publish.db"], role: "publish", says: BEHIND_EDITIONS },
];

for (const { what, old, role, says } of CASES) {
  test(`${what} older than what was published: ${role ?? "the whole program"} does not start, and writes nothing`, async () => {
    const folder = withOld(...old);
    const before = [published(folder), await storedSizes(folder)];
    const program = new Program(folder, role);
    const came = await program.address(role ?? "publish").catch(() => program.ended);
    await program.stop();
    assert.equal(came, 2, "it ended before it was ready");
    assert.match(program.errors, says);
    assert.match(program.errors, WHAT_TO_DO);
    assert.deepEqual([published(folder), await storedSizes(folder)], before);
  });
}

test("an import into older statements is refused before it writes any", async () => {
  const folder = join(scratch, "imported");
  const bring = (name: string, lines: Uint8Array) => {
    writeFileSync(join(scratch, name), lines);
    return teguh("import", "kpu", join(scratch, name), "--data", folder, "--contest", "ppwp");
  };
  assert.equal((await bring("morning.jsonl", morning())).code, 0);
  const old = readFileSync(join(folder, "store.db"));
  assert.equal((await bring("evening.jsonl", evening())).code, 0);
  writeFileSync(join(folder, "store.db"), old);
  const before = await storedSizes(folder);
  const again = await bring("evening.jsonl", evening());
  assert.equal(again.code, 2);
  assert.match(again.err, BEHIND_STORE);
  assert.match(again.err, WHAT_TO_DO);
  assert.deepEqual(await storedSizes(folder), before);
});

test("the newest state starts again as if nothing had happened", async () => {
  const program = new Program(withOld());
  await Promise.all([program.address("intake"), program.address("publish")]);
  assert.equal(await program.stop(), 0);
  // The desk of an election without a chair says how the first one is made; nobody complains.
  assert.match(program.errors, /^(desk: .*set-up code of the desk.*\n)?$/);
});

test("a lost index of what may be let go is not needed: the editions go on", async () => {
  const folder = withOld("publish-index.db");
  const program = new Program(folder, "publish");
  await program.address("publish");
  assert.equal(await program.stop(), 0);
});
